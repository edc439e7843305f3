package dev.drover.converters.archive;

import dev.drover.converters.CopyResult.CheckedFile;
import dev.drover.converters.archive.Blocks.Block;
import dev.drover.mappings.disk.DiskSource;
import dev.drover.mappings.disk.FilePart;
import dev.drover.mappings.failure.ConversionFailed;
import dev.drover.mappings.failure.Failure;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.util.Arrays;
import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.function.LongConsumer;
import org.jspecify.annotations.Nullable;

/**
 * The bytes of an image as they are stored: its parts, joined, or what a source gives once. A
 * thread of its own reads them once from the first to the last, a few megabytes ahead, and computes
 * each part's own digest on the way. To be read by one thread.
 *
 * <p>Failures of the source are thrown as {@link Failure}, not as {@link IOException}.
 */
public final class StoredBytes extends InputStream {
  private static final long LOOK_MILLIS = 200;

  /** How long a stream that does not close is waited for. */
  private static final long CLOSE_MILLIS = 1000;

  private final String label;
  private final List<FilePart> parts;
  private final Blocks blocks;
  private final Feed feed;
  private final LongConsumer advanced;
  private final Thread thread;
  private Block current = Block.NONE;
  private int taken;
  private long position;
  private boolean ended;
  private @Nullable Failure failure;

  /**
   * A place in a file of the source.
   *
   * @param file its path; the disk's label where there is none
   * @param offset in {@code file}, after its wrapping is removed
   */
  public record Place(String file, long offset) {}

  /**
   * Starts reading.
   *
   * @param label of the disk, for messages
   * @param advanced told of each run of stored bytes that was handed on
   */
  public StoredBytes(String label, List<FilePart> parts, LongConsumer advanced) {
    this.label = label;
    this.parts = List.copyOf(parts);
    this.advanced = advanced;
    this.blocks = new Blocks();
    this.feed = new PartsReader(label, this.parts, blocks);
    this.thread = start();
  }

  /** Opens the stream, and starts reading. */
  public StoredBytes(DiskSource.Streamed source) {
    this.label = source.label();
    this.parts = List.of();
    this.advanced = n -> {};
    this.blocks = new Blocks();
    this.feed = new StreamFeed(source, blocks);
    this.thread = start();
  }

  private Thread start() {
    Thread started = new Thread(feed, "drover-read " + label);
    started.setDaemon(true);
    started.start();
    return started;
  }

  /**
   * The first bytes, which stay to be read: up to a megabyte, less only where there are no more.
   *
   * @param cancelled asked now and then
   * @throws ConversionFailed also when it was cancelled
   */
  public byte[] head(BooleanSupplier cancelled) throws IOException {
    fill(cancelled);
    return Arrays.copyOf(current.bytes, Math.max(0, current.length));
  }

  /** How many bytes were read so far. */
  public long position() {
    return position;
  }

  /** Where a byte of the joined parts is stored. */
  public Place place(long at) {
    if (parts.isEmpty()) {
      return new Place(label, at);
    }
    long left = at;
    for (int i = 0; i < parts.size() - 1; i++) {
      if (left < parts.get(i).length()) {
        return new Place(parts.get(i).file().toString(), parts.get(i).offset() + left);
      }
      left -= parts.get(i).length();
    }
    FilePart last = parts.get(parts.size() - 1);
    return new Place(last.file().toString(), last.offset() + left);
  }

  /**
   * Reads what is left, so that every part's digest is known.
   *
   * @param cancelled asked now and then; true ends it early
   * @return the parts that have a digest in the manifest; all are as promised
   * @throws ConversionFailed naming the part, what was promised and what was found
   */
  public List<CheckedFile> finish(BooleanSupplier cancelled) throws IOException {
    while (!cancelled.getAsBoolean() && fill(cancelled)) {
      position += current.length - taken;
      taken = current.length;
    }
    if (failure != null) {
      throw failure; // again: whoever met it first may not have been heard
    }
    return feed.checked();
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
  }

  @Override
  public int read(byte[] into, int offset, int length) throws IOException {
    if (length == 0) {
      return 0;
    }
    if (!fill(() -> false)) {
      return -1;
    }
    int n = Math.min(length, current.length - taken);
    System.arraycopy(current.bytes, taken, into, offset, n);
    taken += n;
    position += n;
    return n;
  }

  @Override
  public int available() {
    return ended ? 0 : Math.max(0, current.length - taken);
  }

  /** Makes sure that a byte is at hand; false at the end. */
  private boolean fill(BooleanSupplier cancelled) throws IOException {
    while (!ended && taken == current.length) {
      blocks.recycle(current);
      current = Block.NONE;
      taken = 0;
      Block next = await(cancelled);
      failure = next.failure;
      if (failure != null) {
        ended = true;
        throw failure;
      }
      ended = next.length < 0;
      if (!ended) {
        current = next;
        advanced.accept(next.length);
      }
    }
    return !ended;
  }

  private Block await(BooleanSupplier cancelled) throws IOException {
    try {
      while (!cancelled.getAsBoolean()) {
        Block next = blocks.next(LOOK_MILLIS);
        if (next != null) {
          return next;
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new InterruptedIOException("reading was stopped");
    }
    throw new ConversionFailed(label, "was interrupted", "go on with \"drover resume\"");
  }

  /** Stops reading; returns when the files are closed, and a stream is or does not come back. */
  @Override
  public void close() {
    ended = true;
    feed.stop();
    thread.interrupt();
    boolean interrupted = false;
    while (thread.isAlive()) {
      try {
        thread.join(parts.isEmpty() ? CLOSE_MILLIS : 0);
        break;
      } catch (InterruptedException e) {
        interrupted = true;
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}
