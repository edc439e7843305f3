package dev.drover.batch.run;

import dev.drover.batch.ledger.Ledger;
import dev.drover.batch.ledger.SourceRecord;
import dev.drover.batch.ledger.VmRecord;
import dev.drover.batch.ledger.VmState;
import dev.drover.batch.run.MigrationRuns.RolledBack;
import dev.drover.batch.state.StateDirectory;
import dev.drover.batch.state.StatusFile;
import dev.drover.batch.state.StatusFile.VmStatus;
import dev.drover.importers.api.VmSnapshot;
import dev.drover.importers.api.VmSource;
import dev.drover.kube.MigrationTarget;
import dev.drover.kube.MigrationTarget.ObjectRef;
import dev.drover.mappings.failure.Failure;
import dev.drover.mappings.failure.UsageFailed;
import dev.drover.mappings.plan.MigrationPlan;
import dev.drover.mappings.plan.VmPlan;
import dev.drover.mappings.plan.Wave;
import dev.drover.mappings.progress.Progress;
import dev.drover.mappings.target.TargetVm;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes VMs back: removes what Drover made at the target, by the ledger's note of what that was, so
 * that neither the source nor an unedited plan is needed. A VM that Drover stopped at its source is
 * started there again, when nothing is left of it at the target.
 */
final class Rollback {
  private static final Logger LOG = LoggerFactory.getLogger(Rollback.class);

  private final Ports ports;

  Rollback(Ports ports) {
    this.ports = ports;
  }

  List<RolledBack> of(RunRequest request, Progress progress, RunListener listener) {
    if (request.plan() == null || request.vms().isEmpty()) {
      throw new UsageFailed(
          "rollback",
          "takes back VMs that are named, and none was",
          "name the plan and each VM: drover rollback PLAN --vm NAME");
    }
    MigrationPlan plan = ports.plans().apply(request.plan());
    StateDirectory state = new StateDirectory(request.repository().state());
    if (!state.used()) {
      Choice chosen = Choice.of(plan, request.waves(), request.vms(), List.of());
      return chosen.vms().stream().map(vm -> byMarks(plan, state, vm, progress, listener)).toList();
    }
    try (StateDirectory.Lock lock = state.lock();
        JobDatabase database = JobDatabase.open(state, request.repository().databaseUrl())) {
      return Runs.inDatabase(
          state,
          request,
          () -> {
            String key = PlanKey.of(plan);
            database.lockPlan(key);
            Ledger ledger = new Ledger(database.dataSource(), key);
            Choice chosen = Choice.of(plan, request.waves(), request.vms(), ledger.vms());
            return new Back(plan, state, ledger, listener).all(chosen, progress);
          });
    }
  }

  /**
   * Takes back a VM that the ledger does not know, since its state was lost or is elsewhere: the
   * target's own marks say what is Drover's and of which VM it is.
   */
  private RolledBack byMarks(
      MigrationPlan plan,
      StateDirectory state,
      VmPlan vm,
      Progress progress,
      RunListener listener) {
    // Nothing is copied: no copier is opened, which would want qemu-img and make a scratch folder.
    try (VmSource source = ports.sources().apply(plan.source(vm.ref().source()).orElseThrow());
        VmSnapshot snapshot = source.open(vm.ref());
        MigrationTarget at =
            ports.targets().open(plan.target(), "rollback", Set.of(), progress::cancelled)) {
      TargetVm target = ports.mapping().map(snapshot.vm(), vm, plan).vm();
      List<ObjectRef> removed = target == null ? List.of() : at.discard(target);
      if (removed.isEmpty()) {
        return neverMoved(vm);
      }
      note(plan, state, Objects.requireNonNull(target), List.of(), listener);
      return new RolledBack(vm.ref().toString(), vm.sourceName(), removed, null);
    } catch (Failure failure) {
      return new RolledBack(vm.ref().toString(), vm.sourceName(), List.of(), failure.getMessage());
    }
  }

  /** Evidence that cannot be written is told, and does not keep the VM from being taken back. */
  private static void note(
      MigrationPlan plan,
      StateDirectory state,
      TargetVm vm,
      List<SourceRecord.Act> acts,
      RunListener listener) {
    String problem = EvidencePlace.of(plan, state, Map.of()).rolledBack(vm, acts);
    if (problem != null) {
      LOG.warn("{}", problem);
      listener.message(problem);
    }
  }

  private static RolledBack neverMoved(VmPlan vm) {
    return new RolledBack(
        vm.ref().toString(),
        vm.sourceName(),
        List.of(),
        "this plan has never moved it, so there is nothing to take back; \"drover status\" shows"
            + " what was moved");
  }

  /** The work, with what it needs. */
  private final class Back {
    private final MigrationPlan plan;
    private final StateDirectory state;
    private final Ledger ledger;
    private final RunListener listener;

    private Back(MigrationPlan plan, StateDirectory state, Ledger ledger, RunListener listener) {
      this.plan = plan;
      this.state = state;
      this.ledger = ledger;
      this.listener = listener;
    }

    List<RolledBack> all(Choice chosen, Progress progress) {
      List<RolledBack> results = new ArrayList<>();
      for (Wave wave : chosen.waves()) {
        for (VmPlan vm : wave.vms()) {
          if (progress.cancelled()) {
            return results;
          }
          results.add(one(wave.name(), vm, progress));
        }
      }
      return results;
    }

    private RolledBack one(String wave, VmPlan vm, Progress progress) {
      Optional<VmRecord> record = ledger.vm(vm.ref());
      Optional<TargetVm> made = ledger.target(vm.ref());
      if (record.isPresent() && record.get().state() == VmState.ROLLED_BACK) {
        return new RolledBack(vm.ref().toString(), vm.sourceName(), List.of(), null);
      }
      if (record.isEmpty() || made.isEmpty() && !stopped(vm)) {
        return byMarks(plan, state, vm, progress, listener);
      }
      String runId = record.get().runId();
      try {
        List<ObjectRef> removed =
            made.isPresent() ? discard(made.get(), runId, progress) : List.of();
        List<SourceRecord.Act> acts = startAgain(vm, runId);
        made.ifPresent(target -> note(plan, state, target, acts, listener));
        tell(wave, vm, record.get());
        ledger.forgetTarget(vm.ref());
        ledger.forgetSource(vm.ref());
        return new RolledBack(vm.ref().toString(), vm.sourceName(), removed, null);
      } catch (Failure failure) {
        LOG.error("rollback of {}: {}", vm.ref(), failure.getMessage());
        return new RolledBack(
            vm.ref().toString(), vm.sourceName(), List.of(), failure.getMessage());
      }
    }

    private List<ObjectRef> discard(TargetVm made, String runId, Progress progress) {
      try (MigrationTarget target =
          ports.targets().open(plan.target(), runId, Set.of(), progress::cancelled)) {
        return target.discard(made);
      }
    }

    private boolean stopped(VmPlan vm) {
      return ledger.source(vm.ref()).map(SourceRecord::stopped).orElse(false);
    }

    /** Starts what Drover stopped, and nothing that somebody else did; gives all that was done. */
    private List<SourceRecord.Act> startAgain(VmPlan vm, String runId) {
      SourceRecord known = ledger.source(vm.ref()).orElse(null);
      if (known == null || !known.stopped()) {
        return known == null ? List.of() : known.acts();
      }
      try (VmSource source = ports.sources().apply(plan.source(vm.ref().source()).orElseThrow())) {
        source.power().ifPresent(power -> power.start(vm.ref()));
      }
      LOG.info("{} is started again at the source", vm.ref());
      SourceRecord after =
          known.with(new SourceRecord.Act("started again", StatusBoard.now(), runId));
      ledger.source(vm.ref(), after);
      return after.acts();
    }

    private void tell(String wave, VmPlan vm, VmRecord was) {
      ledger.put(
          new VmRecord(
              was.ref(),
              was.runId(),
              was.wave(),
              was.name(),
              was.target(),
              VmState.ROLLED_BACK,
              null,
              null,
              null,
              StatusBoard.now()));
      VmStatus now =
          VmStatus.of(
              wave, vm.ref().toString(), vm.sourceName(), was.target(), VmState.ROLLED_BACK.name());
      StatusFile.replace(state.statusFile(), now);
      listener.vm(now);
    }
  }
}
