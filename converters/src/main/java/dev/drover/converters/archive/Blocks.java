package dev.drover.converters.archive;

import dev.drover.mappings.failure.Failure;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** The blocks that travel between the thread that reads and the one that takes, and back. */
final class Blocks {
  static final int SIZE = 1 << 20;
  private static final int AHEAD = 4;

  private final BlockingQueue<Block> full = new ArrayBlockingQueue<>(AHEAD);
  private final BlockingQueue<Block> free = new ArrayBlockingQueue<>(AHEAD + 2);
  private int made;

  /** A run of bytes on its way; {@code length} -1 marks the end, or a failure. */
  static final class Block {
    static final Block NONE = new Block(new byte[0]);

    final byte[] bytes;
    int length;
    @Nullable Failure failure;

    private Block(byte[] bytes) {
      this.bytes = bytes;
    }
  }

  /** A block to fill; made only where a small file does not get by with fewer. */
  Block empty() throws InterruptedException {
    Block block = free.poll();
    if (block == null && made < AHEAD + 2) {
      made++;
      return new Block(new byte[SIZE]);
    }
    return block == null ? free.take() : block;
  }

  void put(Block filled) throws InterruptedException {
    full.put(filled);
  }

  /**
   * Nothing follows.
   *
   * @param failure why, or null where all is read
   */
  void end(@Nullable Failure failure) {
    Block last = new Block(new byte[0]);
    last.length = -1;
    last.failure = failure;
    try {
      full.put(last);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt(); // closed; nobody listens
    }
  }

  /** The next; null where none came within so many milliseconds. */
  @Nullable Block next(long millis) throws InterruptedException {
    return full.poll(millis, TimeUnit.MILLISECONDS);
  }

  void recycle(Block taken) {
    if (taken.bytes.length == SIZE) {
      free.add(taken);
    }
  }
}
