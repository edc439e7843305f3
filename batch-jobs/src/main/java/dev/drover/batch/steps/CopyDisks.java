package dev.drover.batch.steps;

import dev.drover.batch.ledger.DiskRecord;
import dev.drover.converters.CopyResult;
import dev.drover.converters.DiskDestination;
import dev.drover.mappings.disk.DiskSource;
import dev.drover.mappings.failure.ConversionFailed;
import dev.drover.mappings.failure.Failure;
import dev.drover.mappings.progress.Progress;
import dev.drover.mappings.target.TargetDisk;
import dev.drover.mappings.target.TargetVm;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.slf4j.MDC;

/** Copies the disks of a VM, several at once as far as the wave's limits allow. */
final class CopyDisks implements VmStep {
  @Override
  public String name() {
    return "copy";
  }

  @Override
  public void run(VmRun vm) {
    TargetVm target = vm.targetVm();
    Map<String, DiskRecord> done =
        vm.context().ledger().disks(vm.plan().ref()).stream()
            .collect(Collectors.toMap(DiskRecord::diskId, Function.identity()));
    List<Runnable> work = new ArrayList<>();
    for (TargetDisk disk : target.disks()) {
      DiskDestination to = vm.context().target().prepareDisk(target, disk);
      if (done.containsKey(disk.sourceId()) && stillThere(to)) {
        continue;
      }
      DiskSource from = vm.snapshot().disk(disk.sourceId());
      work.add(() -> copy(vm, disk, from, to));
    }
    inParallel(work);
  }

  /** A disk that the ledger has is copied again only where somebody took its file away. */
  private static boolean stillThere(DiskDestination to) {
    return !(to instanceof DiskDestination.LocalFile file) || Files.exists(file.path());
  }

  private static void copy(VmRun vm, TargetDisk disk, DiskSource from, DiskDestination to) {
    RunContext context = vm.context();
    try {
      context.diskSlots().acquire();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new Cancelled(from.label());
    }
    try (Progress bar = context.progress().child(disk.claim(), disk.size().bytes())) {
      context.stopIfCancelled(from.label());
      MDC.put("disk", disk.claim());
      long start = System.nanoTime();
      CopyResult result = context.copier().copy(from, to, bar);
      if (result.size() > disk.size().bytes()) {
        throw new ConversionFailed(
            from.label(),
            "the image holds "
                + result.size()
                + " bytes, but the source declares a disk of "
                + disk.size().bytes(),
            "correct the declared capacity at the source");
      }
      double seconds = (System.nanoTime() - start) / 1e9;
      context
          .ledger()
          .put(
              vm.plan().ref(),
              new DiskRecord(disk.sourceId(), disk.claim(), result, seconds, null));
    } finally {
      MDC.remove("disk");
      context.diskSlots().release();
    }
  }

  /** Runs all to their end, then throws the first failure, the others behind it. */
  private static void inParallel(List<Runnable> work) {
    if (work.size() == 1) {
      work.get(0).run();
      return;
    }
    Map<String, String> mdc = MDC.getCopyOfContextMap();
    ExecutorService threads = Executors.newFixedThreadPool(Math.max(1, Math.min(work.size(), 8)));
    try {
      List<Future<?>> running = new ArrayList<>();
      for (Runnable one : work) {
        running.add(
            threads.submit(
                () -> {
                  if (mdc != null) {
                    MDC.setContextMap(mdc);
                  }
                  one.run();
                }));
      }
      RuntimeException first = null;
      for (Future<?> one : running) {
        RuntimeException failure = failureOf(one);
        if (first == null) {
          first = failure;
        } else if (failure != null) {
          first.addSuppressed(failure);
        }
      }
      if (first != null) {
        throw first;
      }
    } finally {
      threads.shutdown();
    }
  }

  private static @org.jspecify.annotations.Nullable RuntimeException failureOf(Future<?> one) {
    try {
      one.get();
      return null;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return new Cancelled("the copy");
    } catch (ExecutionException e) {
      if (e.getCause() instanceof Failure failure) {
        return failure;
      }
      return new IllegalStateException(e.getCause());
    }
  }
}
