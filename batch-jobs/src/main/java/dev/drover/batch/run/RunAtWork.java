package dev.drover.batch.run;

import dev.drover.batch.evidence.EvidenceFolder;
import dev.drover.batch.evidence.RunSummary;
import dev.drover.batch.ledger.Ledger;
import dev.drover.batch.ledger.RunLedger;
import dev.drover.batch.ledger.VmRecord;
import dev.drover.batch.ledger.VmState;
import dev.drover.batch.run.Runs.Task;
import dev.drover.batch.state.StateDirectory;
import dev.drover.batch.state.StatusFile.VmStatus;
import dev.drover.batch.steps.CopyLimits;
import dev.drover.batch.steps.LogContext;
import dev.drover.batch.steps.RunContext;
import dev.drover.importers.api.VmSource;
import dev.drover.kube.MigrationTarget;
import dev.drover.mappings.failure.EnvironmentFailed;
import dev.drover.mappings.failure.Failure;
import dev.drover.mappings.model.VmRef;
import dev.drover.mappings.plan.VmPlan;
import dev.drover.mappings.plan.Wave;
import dev.drover.mappings.progress.Progress;
import dev.drover.mappings.target.TargetVm;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Semaphore;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A run from its first wave to its summary. */
final class RunAtWork {
  private static final Logger LOG = LoggerFactory.getLogger(RunAtWork.class);

  /** How long a started VM may take to get ready; a first boot of Windows takes minutes. */
  private static final Duration READY_TIMEOUT = Duration.ofMinutes(10);

  private final Ports ports;
  private final StateDirectory state;
  private final JobDatabase database;
  private final Ledger ledger;
  private final Progress progress;
  private final RunTold told;

  RunAtWork(
      Ports ports,
      StateDirectory state,
      JobDatabase database,
      Ledger ledger,
      Progress progress,
      RunListener listener) {
    this.ports = ports;
    this.state = state;
    this.database = database;
    this.ledger = ledger;
    this.progress = progress;
    this.told = new RunTold(listener);
  }

  /**
   * Begins a new run.
   *
   * @param keepPlan is called once nothing stands against the beginning
   */
  RunSummary begin(Task task, Runnable keepPlan) {
    Map<VmRef, VmRecord> known = known();
    if (left(task, known).isEmpty()) {
      return nothingToDo(task, known);
    }
    return work(
        task,
        known,
        () -> {
          keepPlan.run();
          new RunLedger(database.dataSource()).begin(task.run());
        });
  }

  /** Goes on with a run that an earlier process began. */
  RunSummary goOn(Task task) {
    Map<VmRef, VmRecord> known = known();
    RunLedger runs = new RunLedger(database.dataSource());
    if (task.run().state().equals("DONE")) {
      return nothingToDo(task, known);
    }
    return work(task, known, () -> runs.state(task.run().id(), "RUNNING", null));
  }

  private Map<VmRef, VmRecord> known() {
    return ledger.vms().stream().collect(Collectors.toMap(VmRecord::ref, Function.identity()));
  }

  private static List<VmPlan> left(Task task, Map<VmRef, VmRecord> known) {
    return task.chosen().vms().stream().filter(vm -> task.isLeft(known, vm)).toList();
  }

  private RunSummary nothingToDo(Task task, Map<VmRef, VmRecord> known) {
    MovedBefore.Seen seen = new MovedBefore.Seen();
    try (MigrationTarget target =
        ports
            .targets()
            .open(task.plan().target(), task.run().id(), earlier(task), progress::cancelled)) {
      seen = look(task, known, target, Map.of());
    } catch (Failure e) {
      told.warn(task.plan().name(), "the target cannot be looked at: " + e.getMessage());
    }
    told.message(Standing.nothingLeft(task, known, seen.gone().size()));
    List<VmStatus> vms = new ArrayList<>();
    for (Wave wave : task.chosen().waves()) {
      for (VmPlan vm : wave.vms()) {
        VmRecord record = known.get(vm.ref());
        vms.add(Standing.of(wave.name(), vm, record, seen.gone().get(vm.ref())));
      }
    }
    return Standing.summary(
        task,
        seen.gone().isEmpty() ? "DONE" : "FAILED",
        vms,
        Versions.of(ports.tools()),
        told.all());
  }

  private Set<String> earlier(Task task) {
    return new RunLedger(database.dataSource()).ids(task.run().planKey());
  }

  /** At those that are left alone because they were moved before. */
  private MovedBefore.Seen look(
      Task task,
      Map<VmRef, VmRecord> known,
      MigrationTarget target,
      Map<String, VmSource> sources) {
    MovedBefore.Seen seen = new MovedBefore.Seen();
    try (MovedBefore look = new MovedBefore(ports, task.plan(), target, sources)) {
      for (VmPlan vm : task.chosen().vms()) {
        VmRecord record = known.get(vm.ref());
        boolean done = record != null && record.state() == VmState.DONE;
        if (done && !progress.cancelled()) {
          look.look(vm, ledger).ifPresent(finding -> seen.put(vm, finding));
        }
      }
    }
    seen.tell(told::warn);
    return seen;
  }

  private RunSummary work(Task task, Map<VmRef, VmRecord> known, Runnable begun) {
    Map<String, String> tools = Versions.of(ports.tools());
    StatusBoard.Head head =
        new StatusBoard.Head(
            task.run().id(), task.plan().name(), task.run().planFile(), task.run().started());
    List<VmPlan> left = left(task, known);
    try (OpenPeers open =
            OpenPeers.open(
                ports,
                task.plan(),
                task.run().id(),
                new OpenPeers.Needs(
                    left,
                    earlier(task),
                    state.scratch(),
                    task.run().engine(),
                    progress::cancelled));
        RunLog log = RunLog.open(state.logOf(task.run().id()));
        LogContext lines = LogContext.ofRun(task.run().id());
        StatusBoard board = new StatusBoard(state.statusFile(), head, told.listener())) {
      begun.run();
      // A run that nobody remembers could neither go on nor be known by what it made.
      ledger.harden();
      ledger.endKilledSteps();
      MovedBefore.Seen seen = look(task, known, open.peers().target(), open.peers().sources());
      putUp(task, known, seen, board);
      EvidenceFolder evidence = EvidencePlace.of(task.plan(), state, tools);
      Together together = Together.look(ports, task.plan(), open.peers(), left, progress);
      together.targets().forEach((ref, target) -> board.target(ref, target, null));
      new WavesInOrder(database, task, known, board, told)
          .run(
              wave ->
                  new RunContext(
                      task.run().id(),
                      wave.name(),
                      task.plan(),
                      open.peers(),
                      ledger,
                      evidence,
                      new HookRunner(task.plan(), progress),
                      progress,
                      together.collisions(),
                      new Semaphore(wave.limits().disks(), true),
                      new CopyLimits(task.plan().rateLimits(), Clock.systemUTC()),
                      READY_TIMEOUT,
                      told::warn));
      return end(task, board, evidence, tools, progress.cancelled());
    }
  }

  private void putUp(
      Task task, Map<VmRef, VmRecord> known, MovedBefore.Seen seen, StatusBoard board) {
    for (Wave wave : task.chosen().waves()) {
      for (VmPlan vm : wave.vms()) {
        VmRecord record = task.isLeft(known, vm) ? null : known.get(vm.ref());
        board.put(vm.ref(), Standing.of(wave.name(), vm, record, seen.gone().get(vm.ref())));
        if (record != null && record.state() == VmState.DONE) {
          ledger.target(vm.ref()).ifPresent(target -> arrived(board, target));
        }
      }
    }
    board.begin();
  }

  /** All its bytes have been copied and verified, by whichever process. */
  private static void arrived(StatusBoard board, TargetVm vm) {
    board.target(vm.source(), vm.path(), vm.diskBytes());
    board.counted(vm.source(), vm.diskBytes(), vm.diskBytes());
  }

  private RunSummary end(
      Task task,
      StatusBoard board,
      EvidenceFolder evidence,
      Map<String, String> tools,
      boolean stopped) {
    List<VmStatus> vms = board.vms();
    boolean all = vms.stream().allMatch(Standing::isOver) && told.isWell();
    String how = all ? "DONE" : stopped ? "INTERRUPTED" : "FAILED";
    RunSummary summary = Standing.summary(task, how, vms, tools, told.all());
    try {
      evidence.write(summary);
    } catch (EnvironmentFailed e) {
      // What became of the VMs, and what to do, is told all the same; but nothing proves it.
      told.keep(
          new RunSummary.Problem(
              "",
              "the evidence lacks the summary of this run: " + e.subject() + ": " + e.what(),
              e.remedy()));
      summary = Standing.summary(task, all ? "FAILED" : how, vms, tools, told.all());
    }
    board.end(summary.state());
    LOG.info("run {} of plan {} is {}", task.run().id(), task.plan().name(), summary.state());
    new RunLedger(database.dataSource())
        .state(
            task.run().id(),
            summary.state(),
            summary.state().equals("DONE") ? summary.endedAt() : null);
    return summary;
  }
}
