package dev.drover.mappings.disk;

import dev.drover.mappings.model.ByteSize;
import java.net.URI;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A disk to read, as an importer hands it over. It holds no open file. */
public sealed interface DiskSource {
  /** What the user reads in a message: {@code web-1/disk0 (web.ova!disk1.vmdk)}. */
  String label();

  /**
   * An image in one of the formats that Drover knows.
   *
   * @param parts the file's bytes in order; more than one where the source cut it into chunks
   * @param compression of the joined parts
   * @param declaredFormat what the source says, or null; the header decides, and a contradiction is
   *     an error, so that a raw disk with a qcow2 header inside is never opened as qcow2
   * @param declaredSize the virtual size that the source promises, or null
   * @param parent the image that this one is a delta of, or null
   * @param siblings files that this image may name as its extents (split and flat VMDK), and no
   *     other file
   */
  record ImageFile(
      String label,
      List<FilePart> parts,
      Compression compression,
      @Nullable DiskFormat declaredFormat,
      @Nullable ByteSize declaredSize,
      @Nullable ImageFile parent,
      List<FilePart> siblings)
      implements DiskSource {
    public ImageFile {
      parts = List.copyOf(parts);
      siblings = List.copyOf(siblings);
      if (parts.isEmpty()) {
        throw new IllegalArgumentException("an image without a file: " + label);
      }
    }
  }

  /** A disk of zeros: the source declares it and has no file for it. */
  record Blank(String label, ByteSize size) implements DiskSource {}

  /**
   * A raw disk that a server gives out.
   *
   * @param address {@code nbd://HOST[:PORT]/EXPORT}, {@code nbds://…} behind TLS, {@code
   *     nbd+unix:///EXPORT?socket=PATH}, or {@code http(s)://…} of a server that gives ranges
   * @param identity tells this state of the disk from any other (a checkpoint's or a snapshot's
   *     id), so that a copy can go on in the middle; null where nothing tells, and then a copy that
   *     was interrupted begins again
   */
  record Remote(String label, URI address, @Nullable String identity) implements DiskSource {}

  /** A disk that the source itself serves block by block. */
  record Blocks(String label, Opener opener) implements DiskSource {}

  /** Opens a reader; called again for a second pass or after a failure. */
  @FunctionalInterface
  interface Opener {
    /** A new reader that the caller closes. */
    BlockReader open();
  }
}
