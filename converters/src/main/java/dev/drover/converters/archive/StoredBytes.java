package dev.drover.converters.archive;

import dev.drover.converters.CopyResult.CheckedFile;
import dev.drover.mappings.disk.FilePart;
import dev.drover.mappings.failure.ConversionFailed;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.function.BooleanSupplier;
import java.util.function.LongConsumer;
import org.jspecify.annotations.Nullable;

/**
 * The bytes of an image's parts, joined, as they are stored. A thread of its own reads them once
 * from the first to the last, a few megabytes ahead, and computes each part's own digest on the
 * way. To be read by one thread.
 *
 * <p>Failures of the source are thrown as {@link ConversionFailed}, not as {@link IOException}.
 */
public final class StoredBytes extends InputStream {
  static final int BLOCK = 1 << 20;
  static final int AHEAD = 4;

  private final List<FilePart> parts;
  private final LongConsumer advanced;
  private final BlockingQueue<Block> full = new ArrayBlockingQueue<>(AHEAD);
  private final BlockingQueue<Block> free = new ArrayBlockingQueue<>(AHEAD + 2);
  private final PartsReader reader;
  private final Thread thread;
  private Block current = new Block(new byte[0]);
  private int taken;
  private long position;
  private boolean ended;
  private @Nullable ConversionFailed failure;

  /** A run of bytes on its way; {@code length} -1 marks the end, or a failure. */
  static final class Block {
    final byte[] bytes;
    int length;
    @Nullable ConversionFailed failure;

    Block(byte[] bytes) {
      this.bytes = bytes;
    }
  }

  /**
   * A place in a file of the source.
   *
   * @param offset in {@code file}, after its wrapping is removed
   */
  public record Place(Path file, long offset) {}

  /**
   * Starts reading.
   *
   * @param label of the disk, for messages
   * @param advanced told of each run of stored bytes that was handed on
   */
  public StoredBytes(String label, List<FilePart> parts, LongConsumer advanced) {
    this.parts = List.copyOf(parts);
    this.advanced = advanced;
    this.reader = new PartsReader(label, this.parts, free, full);
    this.thread = new Thread(reader, "drover-read " + label);
    thread.setDaemon(true);
    thread.start();
  }

  /** How many bytes were read so far. */
  public long position() {
    return position;
  }

  /** Where a byte of the joined parts is stored. */
  public Place place(long at) {
    long left = at;
    for (int i = 0; i < parts.size() - 1; i++) {
      if (left < parts.get(i).length()) {
        return new Place(parts.get(i).file(), parts.get(i).offset() + left);
      }
      left -= parts.get(i).length();
    }
    FilePart last = parts.get(parts.size() - 1);
    return new Place(last.file(), last.offset() + left);
  }

  /**
   * Reads what is left, so that every part's digest is known.
   *
   * @param cancelled asked now and then; true ends it early
   * @return the parts that have a digest in the manifest; all are as promised
   * @throws ConversionFailed naming the part, what was promised and what was found
   */
  public List<CheckedFile> finish(BooleanSupplier cancelled) throws IOException {
    while (!cancelled.getAsBoolean() && fill()) {
      position += current.length - taken;
      taken = current.length;
    }
    if (failure != null) {
      throw failure; // again: whoever met it first may not have been heard
    }
    return reader.checked();
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
    if (!fill()) {
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
  private boolean fill() throws IOException {
    while (!ended && taken == current.length) {
      recycle();
      Block next = await();
      failure = next.failure;
      if (failure != null) {
        ended = true;
        throw failure;
      }
      ended = next.length < 0;
      if (!ended) {
        current = next;
        taken = 0;
        advanced.accept(next.length);
      }
    }
    return !ended;
  }

  private void recycle() {
    if (current.bytes.length == BLOCK) {
      free.add(current);
    }
    current = new Block(new byte[0]);
    taken = 0;
  }

  private Block await() throws IOException {
    try {
      return full.take();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new InterruptedIOException("reading was stopped");
    }
  }

  /** Stops reading; returns when the files are closed. */
  @Override
  public void close() {
    ended = true;
    thread.interrupt();
    boolean interrupted = false;
    while (thread.isAlive()) {
      try {
        thread.join();
      } catch (InterruptedException e) {
        interrupted = true;
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}
