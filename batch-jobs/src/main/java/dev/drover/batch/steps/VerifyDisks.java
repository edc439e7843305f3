package dev.drover.batch.steps;

import dev.drover.batch.ledger.DiskRecord;
import dev.drover.converters.DiskDestination;
import dev.drover.converters.Verification;
import dev.drover.mappings.failure.ConversionFailed;
import dev.drover.mappings.failure.Retry;
import dev.drover.mappings.progress.Progress;
import dev.drover.mappings.target.TargetDisk;
import dev.drover.mappings.target.TargetVm;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Reads back what was written and compares it with what was read, before anything changes it. */
final class VerifyDisks implements VmStep {
  private static final Logger LOG = LoggerFactory.getLogger(VerifyDisks.class);

  private final CopyDisks copy = new CopyDisks();

  @Override
  public String name() {
    return "verify";
  }

  @Override
  public void run(VmRun vm) {
    // What an earlier verification rejected, or somebody took away, is copied again.
    copy.run(vm);
    TargetVm target = vm.targetVm();
    Map<String, DiskRecord> copied =
        vm.context().ledger().disks(vm.plan().ref()).stream()
            .collect(Collectors.toMap(DiskRecord::diskId, Function.identity()));
    for (TargetDisk disk : target.disks()) {
      DiskRecord record = copied.get(disk.sourceId());
      if (record == null) {
        throw new IllegalStateException("the ledger has no copy of " + disk.claim());
      }
      if (record.verified() == null) {
        verify(vm, target, disk, record);
      }
    }
  }

  private static void verify(VmRun vm, TargetVm target, TargetDisk disk, DiskRecord record) {
    RunContext context = vm.context();
    DiskDestination to = context.peers().target().prepareDisk(target, disk);
    try (Slot slot = Slot.take(context, disk.claim());
        Progress bar = vm.progress().child("verify " + disk.claim(), disk.size().bytes())) {
      long start = System.nanoTime();
      LOG.info("verification begins, {} bytes", record.copied().size());
      Verification verified =
          context
              .peers()
              .copier()
              .verify(vm.snapshot().disk(disk.sourceId()), record.copied(), to, bar);
      if (to instanceof DiskDestination.LocalFile) {
        bar.advance(disk.size().bytes() - record.copied().size());
      }
      context.ledger().put(vm.plan().ref(), record.verified(verified));
      LOG.info(
          "verified {} bytes in {} s: {}",
          record.copied().size(),
          Math.round((System.nanoTime() - start) / 1e7) / 100.0,
          verified.how());
    } catch (ConversionFailed e) {
      if (!context.progress().cancelled() && e.retry() == Retry.POINTLESS) {
        // What was written is not what was read: the copy is worth nothing any more.
        context.ledger().forgetDisk(vm.plan().ref(), disk.sourceId());
      }
      throw e;
    }
  }
}
