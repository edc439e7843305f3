package dev.drover.batch.cli;

import dev.drover.mappings.inventory.InventoryReader;
import dev.drover.mappings.model.SourceVm;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Reads the VMs of an inventory on a thread of its own, some hundred ahead of who takes them. */
final class ReadAhead {
  private static final int BATCH = 64;
  private static final int BATCHES = 8;

  private final BlockingQueue<Batch> queue = new ArrayBlockingQueue<>(BATCHES);

  private ReadAhead() {}

  /** Some VMs; the last batch says how the reading ended. */
  private record Batch(List<SourceVm> vms, boolean last, @Nullable Throwable failure) {}

  /** Hands each VM over once, in the order of the file; fails as the reader does. */
  static void each(InventoryReader reader, Consumer<SourceVm> take) {
    ReadAhead ahead = new ReadAhead();
    Thread thread = new Thread(() -> ahead.read(reader), "inventory");
    thread.setDaemon(true);
    thread.start();
    try {
      ahead.take(take);
    } finally {
      thread.interrupt();
      joined(thread);
    }
  }

  private void take(Consumer<SourceVm> take) {
    while (true) {
      Batch batch;
      try {
        batch = queue.take();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new IllegalStateException("interrupted while an inventory is read", e);
      }
      batch.vms().forEach(take);
      if (batch.failure() instanceof RuntimeException failure) {
        throw failure;
      } else if (batch.failure() instanceof Error failure) {
        throw failure;
      } else if (batch.last()) {
        return;
      }
    }
  }

  private void read(InventoryReader reader) {
    List<SourceVm> some = new ArrayList<>(BATCH);
    try {
      for (SourceVm vm : (Iterable<SourceVm>) reader.vms()::iterator) {
        some.add(vm);
        if (some.size() == BATCH) {
          queue.put(new Batch(some, false, null));
          some = new ArrayList<>(BATCH);
        }
      }
      queue.put(new Batch(some, true, null));
    } catch (InterruptedException e) {
      // Nobody takes them any more.
    } catch (RuntimeException | Error e) {
      fail(some, e);
    }
  }

  private void fail(List<SourceVm> read, Throwable failure) {
    try {
      queue.put(new Batch(read, true, failure));
    } catch (InterruptedException e) {
      // Nobody takes them any more.
    }
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
