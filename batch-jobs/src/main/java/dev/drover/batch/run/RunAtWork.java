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
import dev.drover.batch.steps.VmSteps;
import dev.drover.batch.steps.Words;
import dev.drover.importers.api.VmSource;
import dev.drover.kube.MigrationTarget;
import dev.drover.mappings.failure.EnvironmentFailed;
import dev.drover.mappings.failure.Failure;
import dev.drover.mappings.model.VmRef;
import dev.drover.mappings.plan.VmPlan;
import dev.drover.mappings.plan.Wave;
import dev.drover.mappings.progress.Progress;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Semaphore;
import java.util.function.Consumer;
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
  private final RunListener listener;
  private final List<RunSummary.Problem> problems = Collections.synchronizedList(new ArrayList<>());
  private final Map<String, String> warnings = Collections.synchronizedMap(new LinkedHashMap<>());
  private final long began = System.nanoTime();

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
    this.listener = new LoggedMessages(listener);
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
    return task.chosen().vms().stream().filter(vm -> isLeft(task, known, vm)).toList();
  }

  private static boolean isLeft(Task task, Map<VmRef, VmRecord> known, VmPlan vm) {
    VmRecord record = known.get(vm.ref());
    return record == null || !task.leave().contains(record.state());
  }

  private RunSummary nothingToDo(Task task, Map<VmRef, VmRecord> known) {
    MovedBefore.Seen seen = new MovedBefore.Seen();
    try (MigrationTarget target =
        ports
            .targets()
            .open(task.plan().target(), task.run().id(), earlier(task), progress::cancelled)) {
      seen = look(task, known, target, Map.of());
    } catch (Failure e) {
      warn(task.plan().name(), "the target cannot be looked at: " + e.getMessage());
    }
    listener.message(Standing.nothingLeft(task, known, seen.gone().size()));
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
        new Standing.Told(List.of(), warnings(), 0));
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
    seen.tell(this::warn);
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
        StatusBoard board = new StatusBoard(state.statusFile(), head, listener)) {
      begun.run();
      // A run that nobody remembers could neither go on nor be known by what it made.
      ledger.harden();
      ledger.endKilledSteps();
      MovedBefore.Seen seen = look(task, known, open.peers().target(), open.peers().sources());
      putUp(task, known, seen, board);
      EvidenceFolder evidence = EvidencePlace.of(task.plan(), state, tools);
      Together together = Together.look(ports, task.plan(), open.peers(), left, progress);
      together.targets().forEach((ref, target) -> board.target(ref, target, null));
      waves(
          task,
          known,
          board,
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
                  this::warn));
      return end(task, board, evidence, tools, progress.cancelled());
    }
  }

  private void putUp(
      Task task, Map<VmRef, VmRecord> known, MovedBefore.Seen seen, StatusBoard board) {
    for (Wave wave : task.chosen().waves()) {
      for (VmPlan vm : wave.vms()) {
        VmRecord record = isLeft(task, known, vm) ? null : known.get(vm.ref());
        board.put(vm.ref(), Standing.of(wave.name(), vm, record, seen.gone().get(vm.ref())));
      }
    }
    board.begin();
  }

  private void waves(
      Task task,
      Map<VmRef, VmRecord> known,
      StatusBoard board,
      Function<Wave, RunContext> contextOf) {
    for (Wave wave : task.chosen().waves()) {
      List<VmPlan> vms = wave.vms().stream().filter(vm -> isLeft(task, known, vm)).toList();
      if (vms.isEmpty() && task.chosen().waves().size() > 1 && isNew(task, wave, known)) {
        continue;
      }
      RunContext context = contextOf.apply(wave);
      if (context.progress().cancelled()) {
        return;
      }
      if (!wave(task, context, wave.with(vms), beginning(wave, vms.size()), board)) {
        tellOfWavesBehind(task, known, wave);
        return;
      }
    }
  }

  /** Answers whether the waves behind it may begin. */
  private boolean wave(
      Task task, RunContext context, Wave left, String beginning, StatusBoard board) {
    Consumer<Failure> problem = failure -> problem(left, failure);
    try (LogContext lines = LogContext.ofWave(context);
        CopyLimits limits = context.limits().watching()) {
      if (!task.window().isOpen(left, left.vms(), problem)) {
        return false;
      }
      listener.message(beginning);
      boolean complete = new WaveJob(database, VmSteps.all(), board, problem).run(context, left);
      return complete || task.wavesByName() || context.progress().cancelled();
    }
  }

  private static String beginning(Wave wave, int left) {
    int all = wave.vms().size();
    return "wave "
        + wave.name()
        + " begins: "
        + left
        + (left == 1 ? " VM" : " VMs")
        + " to move"
        + (left == all ? "" : ", " + (all - left) + " moved before");
  }

  /** Whether all of the wave was moved by earlier runs, so that its hooks have run as well. */
  private static boolean isNew(Task task, Wave wave, Map<VmRef, VmRecord> known) {
    return wave.vms().stream()
        .map(vm -> known.get(vm.ref()))
        .allMatch(record -> record != null && !record.runId().equals(task.run().id()));
  }

  /** One text may concern every disk of a run; it is told once. */
  private void warn(String vm, String text) {
    if (warnings.putIfAbsent(text, vm) == null) {
      listener.message(LoggedMessages.WARNING + vm + ": " + Words.withoutVm(vm, text));
    }
  }

  private double seconds() {
    return Math.round((System.nanoTime() - began) / 1e8) / 10.0;
  }

  private List<RunSummary.Warning> warnings() {
    List<RunSummary.Warning> all = new ArrayList<>();
    synchronized (warnings) {
      warnings.forEach(
          (text, vm) -> all.add(new RunSummary.Warning(vm, Words.withoutVm(vm, text))));
    }
    return all;
  }

  private void problem(Wave wave, Failure failure) {
    String what = failure.subject() + ": " + failure.what();
    problems.add(new RunSummary.Problem(wave.name(), what, failure.remedy()));
    listener.message("wave " + wave.name() + ": " + what + "; " + failure.remedy());
  }

  private void tellOfWavesBehind(Task task, Map<VmRef, VmRecord> known, Wave failed) {
    List<String> behind =
        task.chosen().waves().stream()
            .dropWhile(wave -> !wave.name().equals(failed.name()))
            .skip(1)
            .filter(wave -> wave.vms().stream().anyMatch(vm -> isLeft(task, known, vm)))
            .map(Wave::name)
            .toList();
    for (String name : behind) {
      problems.add(
          new RunSummary.Problem(
              name,
              "not begun, because wave " + failed.name() + " is not complete",
              "mend what failed and run \"drover resume\", or ask for it with --wave " + name));
    }
    if (!behind.isEmpty()) {
      listener.message(
          "wave " + failed.name() + " is not complete; not begun: " + String.join(", ", behind));
    }
  }

  private RunSummary end(
      Task task,
      StatusBoard board,
      EvidenceFolder evidence,
      Map<String, String> tools,
      boolean stopped) {
    List<VmStatus> vms = board.vms();
    boolean all = vms.stream().allMatch(Standing::isOver) && problems.isEmpty();
    String how = all ? "DONE" : stopped ? "INTERRUPTED" : "FAILED";
    RunSummary summary = Standing.summary(task, how, vms, tools, told());
    try {
      evidence.write(summary);
    } catch (EnvironmentFailed e) {
      // What became of the VMs, and what to do, is told all the same; but nothing proves it.
      problems.add(
          new RunSummary.Problem(
              "",
              "the evidence lacks the summary of this run: " + e.subject() + ": " + e.what(),
              e.remedy()));
      summary = Standing.summary(task, all ? "FAILED" : how, vms, tools, told());
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

  private Standing.Told told() {
    return new Standing.Told(List.copyOf(problems), warnings(), seconds());
  }
}
