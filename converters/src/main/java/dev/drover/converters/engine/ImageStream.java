package dev.drover.converters.engine;

import dev.drover.converters.CopyResult.CheckedFile;
import dev.drover.converters.archive.Decompression;
import dev.drover.converters.archive.StoredBytes;
import dev.drover.mappings.disk.Compression;
import dev.drover.mappings.disk.DiskSource;
import dev.drover.mappings.failure.ConversionFailed;
import dev.drover.mappings.failure.HostileInput;
import dev.drover.mappings.failure.Retry;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.function.LongConsumer;
import org.jspecify.annotations.Nullable;

/**
 * An image's bytes from the first to the last, behind its compression, with their places. Only
 * {@link #hostile} may be called by several threads.
 */
public final class ImageStream implements Closeable {
  private static final int SKIP = 64 << 10;

  private final String label;
  private final Compression compression;
  private final boolean once;
  private final StoredBytes stored;
  private @Nullable InputStream in;
  private long position;

  /** Opens the image and starts to read ahead. */
  ImageStream(DiskSource.ImageFile image, LongConsumer advanced) {
    this.label = image.label();
    this.compression = image.compression();
    this.once = false;
    this.stored = new StoredBytes(image.label(), image.parts(), advanced);
  }

  /** Opens what comes once, and starts to read ahead. */
  public ImageStream(DiskSource.Streamed source) {
    this.label = source.label();
    this.compression = Compression.NONE;
    this.once = true;
    this.stored = new StoredBytes(source);
  }

  /** Whether nobody can go back in it, or look at it a second time. */
  boolean comesOnce() {
    return once;
  }

  String label() {
    return label;
  }

  /** See {@link StoredBytes#head}; before anything else is read. */
  public byte[] head(BooleanSupplier cancelled) throws IOException {
    return stored.head(cancelled);
  }

  /** Bytes of the image so far. */
  long position() {
    return position;
  }

  /** Reads as many bytes as there are, at most {@code length}. */
  int read(byte[] into, int offset, int length) throws IOException {
    try {
      int n = opened().readNBytes(into, offset, length);
      position += n;
      return n;
    } catch (InterruptedIOException e) {
      throw e;
    } catch (IOException e) {
      throw damaged(e);
    }
  }

  private InputStream opened() throws IOException {
    if (in == null) {
      in = Decompression.open(compression, stored);
    }
    return in;
  }

  private HostileInput damaged(IOException cause) {
    StoredBytes.Place place = stored.place(stored.position());
    HostileInput damaged =
        new HostileInput(
            place.file(),
            place.offset(),
            label
                + ": "
                + compression
                + " data is damaged or ends too early, at or before this byte"
                + (cause.getMessage() == null ? "" : " (" + cause.getMessage() + ")"),
            "copy or export the file again");
    damaged.addSuppressed(cause);
    return damaged;
  }

  /**
   * Reads that many bytes.
   *
   * @param what is read, for the message when the image ends within it
   */
  void readFully(byte[] into, int offset, int length, String what) throws IOException {
    int n = read(into, offset, length);
    if (n < length) {
      throw ended(position, "the image ends within " + what);
    }
  }

  /** Passes over bytes. */
  void skip(long length, String what) throws IOException {
    skip(length, what, new Fingerprint());
  }

  /** Passes over bytes that were seen before. */
  void skip(long length, String what, Fingerprint seen) throws IOException {
    byte[] dropped = new byte[(int) Math.max(0, Math.min(length, SKIP))];
    for (long left = length; left > 0; ) {
      int n = (int) Math.min(left, SKIP);
      readFully(dropped, 0, n, what);
      seen.add(dropped, 0, n);
      left -= n;
    }
  }

  /**
   * Reads whatever is left, so that the digests of the files are known.
   *
   * @param cancelled asked now and then; true ends it early
   * @throws dev.drover.mappings.failure.ConversionFailed when a file is not what its manifest
   *     promises
   */
  List<CheckedFile> finish(BooleanSupplier cancelled) throws IOException {
    return stored.finish(cancelled);
  }

  /**
   * The refusal of an image that ends too early. A stream that does may only have been cut off.
   *
   * @param at where it ends
   */
  ConversionFailed ended(long at, String what) {
    if (!once) {
      return hostile(at, what);
    }
    return new ConversionFailed(
        label + " at byte " + at,
        what,
        "check the connection to the source, then go on with \"drover resume\"",
        Retry.WORTHWHILE,
        null);
  }

  /**
   * A refusal of what stands at a byte.
   *
   * @param at byte of the image behind its compression
   */
  HostileInput hostile(long at, String what) {
    if (compression != Compression.NONE) {
      return new HostileInput(
          stored.place(0).file(),
          at,
          label + ": " + what + " (bytes counted after " + compression + ")",
          "export the disk again, or convert it with the hypervisor's own tool first");
    }
    StoredBytes.Place place = stored.place(at);
    return new HostileInput(
        place.file(),
        place.offset(),
        label + ": " + what,
        "export the disk again, or convert it with the hypervisor's own tool first");
  }

  @Override
  public void close() throws IOException {
    try (stored) {
      InputStream opened = in;
      if (opened != null) {
        opened.close();
      }
    }
  }
}
