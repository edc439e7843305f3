package dev.drover.batch.steps;

import dev.drover.batch.ledger.Ledger;
import dev.drover.batch.ledger.SourceRecord;
import dev.drover.importers.api.VmPower;
import dev.drover.mappings.failure.SourceFailed;
import dev.drover.mappings.model.PowerState;
import dev.drover.mappings.model.VmRef;
import dev.drover.mappings.plan.Durations;
import dev.drover.mappings.plan.SourceRule;
import dev.drover.mappings.plan.SourceRule.WhenRunning;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Stops a VM at its source as far as the plan allows; of a rehearsal it only says so. */
final class StopSource implements VmStep {
  private static final Logger LOG = LoggerFactory.getLogger(StopSource.class);

  @Override
  public String name() {
    return "stop";
  }

  @Override
  public void run(VmRun vm) {
    if (vm.rehearsal()) {
      LOG.info("{} goes on running at the source; a snapshot of it is copied", vm.subject());
      return;
    }
    WhenRunning rule = vm.rule().running();
    boolean stops = rule == WhenRunning.shutDown || rule == WhenRunning.powerOff;
    if (stops && SourceOff.now(vm) == PowerState.ON) {
      stop(vm, power(vm));
      vm.close(); // what was read of it while it ran
    }
    SourceOff.check(vm);
  }

  private static VmPower power(VmRun vm) {
    return vm.source()
        .power()
        .orElseThrow(
            () ->
                new SourceFailed(
                    vm.subject(),
                    "is running, and this kind of source cannot be told to stop it",
                    "shut it down at the source, then run \"drover resume\""));
  }

  private static void stop(VmRun vm, VmPower power) {
    VmRef ref = vm.plan().ref();
    SourceRule rule = vm.rule();
    note(vm, "asked to shut down");
    LOG.info("{} is asked to shut down, within {}", vm.subject(), Durations.format(rule.limit()));
    if (power.shutDown(ref, rule.limit(), vm.context().progress()::cancelled)) {
      return;
    }
    vm.context().stopIfCancelled(vm.subject());
    if (rule.running() == WhenRunning.shutDown) {
      throw new SourceFailed(
          vm.subject(),
          "was asked to shut down and runs on: nothing in its guest listens, or it took longer than "
              + Durations.format(rule.limit()),
          "shut it down at the source, give it longer (source: {within: …}), or allow its power to"
              + " be cut (source: {whenRunning: powerOff}); then run \"drover resume\"");
    }
    note(vm, "power cut off");
    LOG.warn("{} did not shut down: its power is cut", vm.subject());
    power.powerOff(ref);
  }

  /** Before the source is asked: whoever goes on after a kill must know. */
  private static void note(VmRun vm, String what) {
    Ledger ledger = vm.context().ledger();
    SourceRecord known = vm.sourceRecord().orElseGet(() -> SourceRecord.of(PowerState.ON));
    ledger.source(vm.plan().ref(), known.stopping(act(vm.context().runId(), what)));
    ledger.harden();
  }

  private static SourceRecord.Act act(String runId, String what) {
    return new SourceRecord.Act(what, Instant.now().truncatedTo(ChronoUnit.MILLIS), runId);
  }
}
