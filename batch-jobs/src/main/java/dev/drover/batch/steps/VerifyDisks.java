package dev.drover.batch.steps;

import dev.drover.batch.ledger.DiskRecord;
import dev.drover.converters.DiskDestination;
import dev.drover.converters.Verification;
import dev.drover.mappings.failure.ConversionFailed;
import dev.drover.mappings.failure.Retry;
import dev.drover.mappings.progress.Progress;
import dev.drover.mappings.target.TargetDisk;
import dev.drover.mappings.target.TargetVm;
import java.util.Optional;

/** Reads back what was written and compares it with what was read, before anything changes it. */
final class VerifyDisks implements VmStep {
  @Override
  public String name() {
    return "verify";
  }

  @Override
  public void run(VmRun vm) {
    TargetVm target = vm.targetVm();
    for (TargetDisk disk : target.disks()) {
      DiskRecord record = recordOf(vm, disk);
      if (record.verified() == null) {
        verify(vm, target, disk, record);
      }
    }
  }

  private static DiskRecord recordOf(VmRun vm, TargetDisk disk) {
    Optional<DiskRecord> found =
        vm.context().ledger().disks(vm.plan().ref()).stream()
            .filter(d -> d.diskId().equals(disk.sourceId()))
            .findFirst();
    return found.orElseThrow(
        () ->
            new ConversionFailed(
                "disk " + disk.claim(),
                "the ledger has no copy of it",
                "run \"drover rollback\" for this VM and move it again"));
  }

  private static void verify(VmRun vm, TargetVm target, TargetDisk disk, DiskRecord record) {
    RunContext context = vm.context();
    context.stopIfCancelled("disk " + disk.claim());
    DiskDestination to = context.target().prepareDisk(target, disk);
    try (Progress bar = context.progress().child("verify " + disk.claim(), disk.size().bytes())) {
      Verification verified =
          context.copier().verify(vm.snapshot().disk(disk.sourceId()), record.copied(), to, bar);
      context
          .ledger()
          .put(
              vm.plan().ref(),
              new DiskRecord(
                  record.diskId(), record.claim(), record.copied(), record.seconds(), verified));
    } catch (ConversionFailed e) {
      if (!context.progress().cancelled() && e.retry() == Retry.POINTLESS) {
        // What was written is not what was read: the copy is worth nothing any more.
        context.ledger().forgetDisk(vm.plan().ref(), disk.sourceId());
      }
      throw e;
    }
  }
}
