package dev.drover.batch.cli;

import dev.drover.mappings.inventory.InventoryReader;
import dev.drover.mappings.model.SourceVm;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.FutureTask;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Reads the VMs of an inventory on a thread of its own, some hundred ahead of who takes them, and
 * works on them on all processors in between.
 */
final class ReadAhead<T> {
  private static final int BATCH = 64;
  private static final int BATCHES = 8;

  private final BlockingQueue<Batch<T>> queue = new ArrayBlockingQueue<>(BATCHES);
  private final ExecutorService workers;
  private final Function<SourceVm, T> work;

  private ReadAhead(ExecutorService workers, Function<SourceVm, T> work) {
    this.workers = workers;
    this.work = work;
  }

  /** Some VMs; the last batch says how the reading ended. */
  private record Batch<T>(FutureTask<List<T>> worked, boolean last, @Nullable Throwable failure) {}

  /**
   * Hands over what is made of each VM once, in the order of the file; fails as the reader does.
   *
   * @param work from several threads at once
   * @param take on this thread
   */
  static <T> void each(InventoryReader reader, Function<SourceVm, T> work, Consumer<T> take) {
    ExecutorService workers =
        Executors.newFixedThreadPool(
            Runtime.getRuntime().availableProcessors(), r -> daemon(r, "inventory worker"));
    ReadAhead<T> ahead = new ReadAhead<>(workers, work);
    Thread thread = daemon(() -> ahead.read(reader), "inventory");
    thread.start();
    try {
      ahead.take(take);
    } finally {
      thread.interrupt();
      joined(thread);
      workers.shutdownNow();
    }
  }

  private static Thread daemon(Runnable work, String name) {
    Thread thread = new Thread(work, name);
    thread.setDaemon(true);
    return thread;
  }

  private void take(Consumer<T> take) {
    while (true) {
      Batch<T> batch;
      try {
        batch = queue.take();
        batch.worked().get().forEach(take);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new IllegalStateException("interrupted while an inventory is read", e);
      } catch (ExecutionException e) {
        throw unchecked(e.getCause());
      }
      if (batch.failure() != null) {
        throw unchecked(batch.failure());
      } else if (batch.last()) {
        return;
      }
    }
  }

  private static RuntimeException unchecked(@Nullable Throwable failure) {
    if (failure instanceof Error error) {
      throw error;
    }
    return failure instanceof RuntimeException runtime
        ? runtime
        : new IllegalStateException("an inventory cannot be read", failure);
  }

  private void read(InventoryReader reader) {
    List<SourceVm> some = new ArrayList<>(BATCH);
    try {
      try {
        for (SourceVm vm : (Iterable<SourceVm>) reader.vms()::iterator) {
          some.add(vm);
          if (some.size() == BATCH) {
            put(some, false, null);
            some = new ArrayList<>(BATCH);
          }
        }
        put(some, true, null);
      } catch (RuntimeException | Error e) {
        put(some, true, e);
      }
    } catch (InterruptedException e) {
      // Nobody takes them any more.
    }
  }

  private void put(List<SourceVm> vms, boolean last, @Nullable Throwable failure)
      throws InterruptedException {
    FutureTask<List<T>> worked = new FutureTask<>(() -> vms.stream().map(work).toList());
    queue.put(new Batch<>(worked, last, failure));
    workers.execute(worked);
  }

  /** The reader is closed by its owner, so nothing may read from it any more. */
  private static void joined(Thread thread) {
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
