package dev.drover.mappings.disk;

import dev.drover.mappings.model.ByteSize;
import java.io.IOException;
import java.io.InputStream;
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

  /**
   * An image that the source gives once, from its first byte to its last, and never from the
   * middle: a disk of an NFC lease.
   *
   * @param declaredFormat what the source says; the header decides, and a contradiction is an error
   * @param declaredSize the virtual size that the source promises
   */
  record Streamed(
      String label, DiskFormat declaredFormat, ByteSize declaredSize, StreamOpener opener)
      implements DiskSource {}

  /**
   * A disk that the source itself serves block by block.
   *
   * @param identity as of {@link Remote}: tells this state of the disk from any other, or null
   */
  record Blocks(String label, @Nullable String identity, Opener opener) implements DiskSource {}

  /** Opens a reader; called again for a second pass or after a failure. */
  @FunctionalInterface
  interface Opener {
    /** A new reader that the caller closes. */
    BlockReader open();
  }

  /** Opens a stream; called again after a failure, and the stream begins at the first byte. */
  @FunctionalInterface
  interface StreamOpener {
    /**
     * A new stream that the caller closes. Closing it before its end gives the disk up.
     *
     * @throws dev.drover.mappings.failure.SourceFailed when the source does not give it
     */
    InputStream open() throws IOException;
  }
}
