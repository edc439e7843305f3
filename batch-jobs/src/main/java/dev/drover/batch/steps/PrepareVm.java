package dev.drover.batch.steps;

import dev.drover.batch.ledger.Ledger;
import dev.drover.batch.ledger.SourceRecord;
import dev.drover.mappings.model.Finding;
import dev.drover.mappings.model.PowerState;
import dev.drover.mappings.model.VmRef;
import dev.drover.mappings.target.TargetDisk;
import dev.drover.mappings.target.TargetVm;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Maps the VM and asks the target what is missing, before a byte moves. */
final class PrepareVm implements VmStep {
  private static final Logger LOG = LoggerFactory.getLogger(PrepareVm.class);

  @Override
  public String name() {
    return "prepare";
  }

  @Override
  public void run(VmRun vm) {
    look(vm);
    TargetVm mapped = vm.mapped().vm();
    VmRef ref = vm.plan().ref();
    Ledger ledger = vm.context().ledger();
    List<Finding> found = findings(vm, mapped);
    ledger.findings(ref, found);
    List<Finding> blockers = VmRun.blockers(found);
    if (!blockers.isEmpty()) {
      throw new VmBlocked(vm.subject(), blockers);
    }
    TargetVm target = vm.targetVm();
    removeWhatHasAnotherName(vm, target);
    ledger.target(ref, target);
    vm.hooks("beforeVm", vm.context().plan().hooks().beforeVm());
    // The hook may have stopped the VM at the source: the next step looks again.
    vm.close();
  }

  /** How it is found decides what becomes of it, whoever stops it later. */
  private static void look(VmRun vm) {
    PowerState now = vm.snapshot().vm().power();
    SourceRecord known =
        vm.sourceRecord().map(record -> record.seen(now)).orElseGet(() -> SourceRecord.of(now));
    vm.context().ledger().source(vm.plan().ref(), known);
    if (vm.rehearsal()) {
      vm.close(); // its disks are read through another view
    }
  }

  /** All of them, whatever is found first: who mends one thing shall not meet the next tomorrow. */
  private static List<Finding> findings(VmRun vm, @Nullable TargetVm mapped) {
    Peers peers = vm.context().peers();
    List<Finding> found = new ArrayList<>(vm.mapped().findings());
    found.addAll(ConvertGuest.findings(vm.plan(), vm.context().plan()));
    found.addAll(AtSource.findings(vm.rule(), vm.snapshot().vm().power(), vm.source()));
    if (vm.snapshot().vm().power() != PowerState.ON) { // else nothing can be read of them yet
      found.addAll(
          InspectDisks.findings(
              peers.copier(), vm.snapshot(), mapped, vm.plan().skippedDisks(), found));
    }
    if (mapped != null) {
      found.addAll(peers.target().check(mapped));
    }
    return found;
  }

  /**
   * An earlier try may have begun under other names, before the plan was edited. What it made would
   * belong to nobody any more.
   */
  private static void removeWhatHasAnotherName(VmRun vm, TargetVm target) {
    Optional<TargetVm> before = vm.context().ledger().target(vm.plan().ref());
    if (before.isEmpty() || places(before.get()).equals(places(target))) {
      return;
    }
    LOG.info(
        "{} was begun as {} and is now {}: removing what was made before",
        vm.subject(),
        before.get().path(),
        target.path());
    vm.context().peers().target().discard(before.get());
    vm.context().ledger().forgetTarget(vm.plan().ref());
  }

  /** Everything that decides which objects and files a VM has. */
  private static List<String> places(TargetVm vm) {
    List<String> places = new ArrayList<>();
    places.add(vm.path());
    for (TargetDisk disk : vm.disks()) {
      places.add(disk.sourceId() + " " + disk.claim() + " " + disk.storage());
    }
    return places;
  }
}
