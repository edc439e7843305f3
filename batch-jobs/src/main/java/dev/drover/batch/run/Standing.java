package dev.drover.batch.run;

import dev.drover.batch.evidence.EvidenceFolder;
import dev.drover.batch.evidence.RunSummary;
import dev.drover.batch.evidence.VmEvidence;
import dev.drover.batch.ledger.VmRecord;
import dev.drover.batch.ledger.VmState;
import dev.drover.batch.run.Runs.Task;
import dev.drover.batch.state.StatusFile.VmStatus;
import dev.drover.mappings.model.Finding;
import dev.drover.mappings.model.VmRef;
import dev.drover.mappings.plan.VmPlan;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** How VMs stand, in the words of the status and of the summary. */
final class Standing {
  private Standing() {}

  /**
   * Of a VM.
   *
   * @param record null for one that waits
   * @param gone why it is not whole any more, or null
   */
  static VmStatus of(String wave, VmPlan vm, @Nullable VmRecord record, @Nullable Finding gone) {
    VmStatus status =
        VmStatus.of(
            wave,
            vm.ref().toString(),
            vm.sourceName(),
            record == null ? "" : record.target(),
            (record == null ? VmState.WAITING : record.state()).name());
    return gone == null ? status : status.failed(gone.code() + " " + gone.what(), gone.remedy());
  }

  /** Whether nothing is left to be done for a VM, and nothing is wrong with it. */
  static boolean isOver(VmStatus vm) {
    return vm.problem() == null
        && (vm.state().equals(VmState.DONE.name())
            || vm.state().equals(VmState.ROLLED_BACK.name()));
  }

  /** What a run says that has no VM to move. */
  static String nothingLeft(Task task, Map<VmRef, VmRecord> known, int gone) {
    long takenBack =
        task.chosen().vms().stream()
            .map(vm -> known.get(vm.ref()))
            .filter(record -> record != null && record.state() == VmState.ROLLED_BACK)
            .count();
    return (gone == 0 ? "nothing to do" : "nothing is done")
        + ": all VMs that were asked for have been moved before"
        + (gone == 0 ? "" : "; not whole any more: " + gone)
        + (takenBack == 0
            ? ""
            : "; taken back since: " + takenBack + "; \"drover run PLAN\" moves those again");
  }

  /** What is said of no single VM. */
  record Told(
      List<RunSummary.Problem> problems, List<RunSummary.Warning> warnings, double seconds) {}

  static RunSummary summary(
      Task task, String how, List<VmStatus> vms, Map<String, String> tools, Told told) {
    return new RunSummary(
        EvidenceFolder.API_VERSION,
        "RunSummary",
        task.run().id(),
        new VmEvidence.PlanRef(task.plan().name(), task.plan().digest()),
        how,
        task.run().started(),
        StatusBoard.now(),
        vms.stream().map(Standing::summed).toList(),
        tools,
        told.problems(),
        told.warnings(),
        told.seconds());
  }

  private static RunSummary.Vm summed(VmStatus vm) {
    return new RunSummary.Vm(
        vm.wave(),
        vm.vm(),
        vm.name(),
        vm.target(),
        vm.state(),
        vm.step(),
        vm.problem(),
        vm.remedy());
  }
}
