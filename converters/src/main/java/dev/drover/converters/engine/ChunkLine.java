package dev.drover.converters.engine;

import dev.drover.mappings.failure.ConversionFailed;
import dev.drover.mappings.failure.Retry;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * The line on which chunks travel: a source on a thread of its own, the workers, and whoever takes
 * them off in order. At most {@link #IN_FLIGHT} chunks exist, which bounds the memory.
 */
final class ChunkLine implements ChunkSource.Sink, AutoCloseable {
  /** With the packed bytes beside them and the blocks read ahead, below 64 MiB. */
  static final int IN_FLIGHT = Math.min(6, Workers.COUNT + 4);

  private static final long LOOK_MILLIS = 200;

  /** How many chunks are read at once, where a reader can be used by several threads. */
  private static final int LOADERS = 4;

  private final String label;
  private final BooleanSupplier cancelled;
  private final Cursor begin;
  private final BlockingQueue<Chunk> free = new ArrayBlockingQueue<>(IN_FLIGHT);
  private final BlockingQueue<Future<Stop>> line = new LinkedBlockingQueue<>();
  private final Thread producer;
  private @Nullable ExecutorService loaders;
  private int made;

  /**
   * What comes off the line.
   *
   * @param upTo bytes before this offset are zeros where no chunk came
   * @param chunk null where there is only a gap
   */
  record Stop(long upTo, @Nullable Chunk chunk, boolean end) {}

  /**
   * @param begin the first byte that is wanted, and what came before it
   */
  ChunkLine(String label, ChunkSource source, Cursor begin, BooleanSupplier cancelled) {
    this.label = label;
    this.begin = begin;
    this.cancelled = cancelled;
    this.producer = new Thread(() -> produce(source), "drover-decode " + label);
    producer.setDaemon(true);
    producer.start();
  }

  private void produce(ChunkSource source) {
    try {
      source.produce(this);
      line.add(CompletableFuture.completedFuture(new Stop(0, null, true)));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt(); // closed; nobody listens
    } catch (IOException | RuntimeException | Error e) {
      line.add(CompletableFuture.failedFuture(e));
    }
  }

  @Override
  public Cursor begin() {
    return begin;
  }

  @Override
  public Chunk take(long offset, int length) throws InterruptedException {
    Chunk chunk = free.poll();
    if (chunk == null) {
      if (made < IN_FLIGHT) {
        made++;
        boolean only = offset == 0 && length < TreeDigest.CHUNK;
        chunk = new Chunk(only ? roomFor(length) : TreeDigest.CHUNK);
      } else {
        chunk = free.take();
      }
    }
    chunk.offset = offset;
    chunk.length = length;
    chunk.mark = 0;
    return chunk;
  }

  /** A small disk is one chunk; a grain that stands across its end still has room. */
  private static int roomFor(int length) {
    int grain = SparseHeader.MAX_GRAIN * Sectors.SECTOR;
    return Math.min(TreeDigest.CHUNK, (length + grain - 1) / grain * grain);
  }

  @Override
  public void put(Chunk chunk) {
    if (chunk.load == null) {
      line.add(Workers.POOL.submit(() -> new Stop(chunk.offset, chunk.work(), false)));
      return;
    }
    if (loaders == null) {
      loaders = Executors.newFixedThreadPool(LOADERS, task -> Workers.daemon(task, "drover-load"));
    }
    line.add(
        CompletableFuture.supplyAsync(chunk::loaded, loaders)
            .thenApplyAsync(read -> new Stop(read.offset, read.work(), false), Workers.POOL));
  }

  @Override
  public void passed(long offset) throws InterruptedException {
    while (line.size() > IN_FLIGHT) {
      Thread.sleep(1); // a source of nothing but gaps must not fill the memory with notes of them
    }
    line.add(CompletableFuture.completedFuture(new Stop(offset, null, false)));
  }

  /**
   * The next in order.
   *
   * @throws ConversionFailed when the source is damaged, cannot be read, or the user stops the copy
   */
  Stop next() {
    try {
      Future<Stop> head = null;
      while (head == null) {
        checkCancelled();
        head = line.poll(LOOK_MILLIS, TimeUnit.MILLISECONDS);
      }
      return result(head);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw stopped();
    }
  }

  private Stop result(Future<Stop> head) throws InterruptedException {
    while (true) {
      checkCancelled();
      try {
        return head.get(LOOK_MILLIS, TimeUnit.MILLISECONDS);
      } catch (TimeoutException e) {
        // look again whether the user has stopped it
      } catch (ExecutionException e) {
        throw failure(e.getCause() == null ? e : e.getCause());
      }
    }
  }

  private RuntimeException failure(Throwable met) {
    Throwable cause = met;
    if (cause instanceof Error error) {
      throw error;
    }
    if (cause instanceof CompletionException && cause.getCause() != null) {
      return failure(cause.getCause());
    }
    if (cause instanceof RuntimeException failure && !(cause instanceof UncheckedIOException)) {
      return failure;
    }
    if (cause.getCause() instanceof IOException io) {
      cause = io;
    }
    return new ConversionFailed(
        label, "cannot be read", "check the source, then try again", Retry.WORTHWHILE, cause);
  }

  private void checkCancelled() {
    if (cancelled.getAsBoolean()) {
      throw stopped();
    }
  }

  private ConversionFailed stopped() {
    return new ConversionFailed(label, "was interrupted", "go on with \"drover resume\"");
  }

  private boolean loads() {
    ExecutorService reading = loaders;
    return reading != null && !reading.isTerminated();
  }

  /** Gives a chunk back. */
  void recycle(Chunk chunk) {
    free.add(chunk);
  }

  /** Stops the source; returns when all threads that use it have ended. */
  @Override
  public void close() {
    boolean interrupted = false;
    producer.interrupt();
    while (producer.isAlive() || loads()) {
      try {
        producer.join();
        ExecutorService reading = loaders;
        if (reading != null) {
          reading.shutdownNow();
          reading.awaitTermination(LOOK_MILLIS, TimeUnit.MILLISECONDS);
        }
      } catch (InterruptedException e) {
        interrupted = true;
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}
