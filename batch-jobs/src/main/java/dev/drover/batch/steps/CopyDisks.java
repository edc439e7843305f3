package dev.drover.batch.steps;

import dev.drover.batch.ledger.DiskRecord;
import dev.drover.converters.CopyCheckpoint;
import dev.drover.converters.CopyResult;
import dev.drover.converters.CopySettings;
import dev.drover.converters.DiskDestination;
import dev.drover.converters.RateLimit;
import dev.drover.mappings.disk.DiskSource;
import dev.drover.mappings.failure.ConversionFailed;
import dev.drover.mappings.progress.Progress;
import dev.drover.mappings.target.TargetDisk;
import dev.drover.mappings.target.TargetVm;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Copies the disks of a VM, several at once as far as the wave's limits allow. */
final class CopyDisks implements VmStep {
  private static final Logger LOG = LoggerFactory.getLogger(CopyDisks.class);

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
      DiskSource from = vm.snapshot().disk(disk.sourceId());
      DiskDestination to = vm.context().peers().target().prepareDisk(target, disk);
      Move move = new Move(disk, from, to, Origin.of(from));
      DiskRecord before = done.get(disk.sourceId());
      if (before == null || !move.isWhat(before)) {
        work.add(() -> copy(vm, target, move));
      } else {
        LOG.debug("{} is copied already", disk.claim());
        vm.progress().copiedBefore(disk.claim(), disk.size().bytes());
      }
    }
    Parallel.run(work);
  }

  private static void copy(VmRun vm, TargetVm target, Move move) {
    RunContext context = vm.context();
    TargetDisk disk = move.disk();
    try (Slot slot = Slot.take(context, disk.claim());
        Progress bar = vm.progress().child("copy " + disk.claim(), disk.size().bytes())) {
      long start = System.nanoTime();
      LOG.info("copy of {} begins, {} bytes declared", move.from().label(), disk.size().bytes());
      refuseLargerThan(
          disk.size().bytes(), move.from(), context.peers().copier().inspect(move.from()).size());
      CopyResult result = copy(vm, move, bar);
      refuseLargerThan(disk.size().bytes(), move.from(), result.size());
      bar.advance(disk.size().bytes() - result.size()); // an image may hold less than was declared
      double seconds = (System.nanoTime() - start) / 1e9;
      // A volume that an earlier try had begun to fill was replaced by the copy.
      DiskDestination filled =
          move.to() instanceof DiskDestination.Stream
              ? context.peers().target().prepareDisk(target, disk)
              : move.to();
      context.ledger().put(vm.plan().ref(), move.to(filled).record(result, seconds));
      LOG.info(
          "copied {} bytes, {} of them data, in {} s, {} MB/s: {}, way {}",
          result.size(),
          result.dataBytes(),
          Math.round(seconds * 100) / 100.0,
          Math.round(result.size() / Math.max(seconds, 1e-3) / 1e4) / 100.0,
          result.how(),
          result.path());
      result.warnings().forEach(text -> context.warnings().tell(vm.label(), text));
    }
  }

  private static CopyResult copy(VmRun vm, Move move, Progress bar) {
    RunContext context = vm.context();
    String host = vm.sourceVm().placement().host();
    RateLimit limit = context.limits().disk(host == null ? vm.plan().ref().source() : host);
    try {
      CopyCheckpoint kept = context.ledger().checkpoint(vm.plan().ref(), move.disk().sourceId());
      CopySettings settings = new CopySettings(limit, kept);
      return context.peers().copier().copy(move.from(), move.to(), settings, bar);
    } finally {
      context.limits().done(limit);
    }
  }

  /** The header says more than the source: one of them lies, and a volume would be too small. */
  static void refuseLargerThan(long declared, DiskSource from, long size) {
    if (size > declared) {
      throw new ConversionFailed(
          from.label(),
          "the image holds " + size + " bytes, but the source declares a disk of " + declared,
          "correct the declared capacity at the source");
    }
  }

  /** A disk on its way. */
  private record Move(TargetDisk disk, DiskSource from, DiskDestination to, String origin) {
    /** Whether the ledger's disk is this one, from the same files to the same place. */
    boolean isWhat(DiskRecord before) {
      return before.claim().equals(disk.claim())
          && before.destination().equals(destination())
          && before.origin().equals(origin)
          && (!(to instanceof DiskDestination.LocalFile file) || Files.exists(file.path()));
    }

    Move to(DiskDestination other) {
      return new Move(disk, from, other, origin);
    }

    DiskRecord record(CopyResult result, double seconds) {
      return new DiskRecord(
          disk.sourceId(), disk.claim(), destination(), origin, result, seconds, null);
    }

    private String destination() {
      if (to instanceof DiskDestination.LocalFile file) {
        return file.path() + " " + file.format() + (file.compress() ? " compressed" : "");
      }
      DiskDestination.Stream stream = (DiskDestination.Stream) to;
      return stream.label() + " " + stream.identity();
    }
  }
}
