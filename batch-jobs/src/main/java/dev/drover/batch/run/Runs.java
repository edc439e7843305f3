package dev.drover.batch.run;

import dev.drover.batch.evidence.RunSummary;
import dev.drover.batch.ledger.Ledger;
import dev.drover.batch.ledger.RunLedger;
import dev.drover.batch.ledger.RunRecord;
import dev.drover.batch.ledger.VmRecord;
import dev.drover.batch.ledger.VmState;
import dev.drover.batch.state.StateDirectory;
import dev.drover.converters.Engine;
import dev.drover.mappings.failure.EnvironmentFailed;
import dev.drover.mappings.failure.Failure;
import dev.drover.mappings.failure.UsageFailed;
import dev.drover.mappings.model.VmRef;
import dev.drover.mappings.plan.MigrationPlan;
import dev.drover.mappings.plan.VmPlan;
import dev.drover.mappings.progress.Progress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/**
 * Begins runs and goes on with them: takes the locks, opens the database, decides what is to do.
 */
final class Runs {
  private static final DateTimeFormatter ID =
      DateTimeFormatter.ofPattern("yyyyMMdd-HHmmss").withZone(ZoneOffset.UTC);

  private final Ports ports;

  Runs(Ports ports) {
    this.ports = ports;
  }

  RunSummary run(RunRequest request, Progress progress, RunListener listener) {
    Path file = Objects.requireNonNull(request.plan(), "a run needs a plan");
    MigrationPlan plan = ports.plans().apply(file);
    StateDirectory state = new StateDirectory(request.repository().state());
    if (!state.used()) {
      // A mistake on the command line shall leave no folder behind.
      Choice.of(plan, request.waves(), request.vms(), List.of());
    }
    // Closed last: a process that was asked to end lives until the database is closed.
    try (Stop stop = new Stop();
        StateDirectory.Lock lock = state.lock();
        JobDatabase database = JobDatabase.open(state, request.repository().databaseUrl())) {
      return inDatabase(
          state,
          request,
          () -> {
            String key = PlanKey.of(plan);
            database.lockPlan(key);
            Ledger ledger = new Ledger(database.dataSource(), key);
            Choice chosen = Choice.of(plan, request.waves(), request.vms(), ledger.vms());
            RunRecord record = newRun(plan, file, request);
            Task task =
                new Task(
                    record,
                    plan,
                    chosen,
                    Set.of(VmState.DONE),
                    !request.waves().isEmpty(),
                    new WaveWindow(request.outsideWindow()));
            return new RunAtWork(
                    ports, state, database, ledger, new StoppableProgress(progress, stop), listener)
                .begin(
                    task,
                    () -> PlanCopy.keep(plan, file, state.planOf(record.id()), ports.plans()));
          });
    }
  }

  RunSummary resume(RunRequest request, Progress progress, RunListener listener) {
    if (!request.waves().isEmpty() || !request.vms().isEmpty()) {
      throw new UsageFailed(
          "resume",
          "goes on with what the run was asked for, and takes no other choice",
          "leave out --wave and --vm, or start a new run for them");
    }
    StateDirectory state = new StateDirectory(request.repository().state());
    if (!state.used()) {
      throw nothingRan(state);
    }
    // Closed last: a process that was asked to end lives until the database is closed.
    try (Stop stop = new Stop();
        StateDirectory.Lock lock = state.lock();
        JobDatabase database = JobDatabase.open(state, request.repository().databaseUrl())) {
      return inDatabase(
          state,
          request,
          () -> {
            RunRecord record =
                engine(database, request, latest(database, request))
                    .orElseThrow(() -> nothingRan(state));
            MigrationPlan plan = planOf(state, record);
            refuseOtherFolder(record, plan);
            database.lockPlan(record.planKey());
            tellIfEdited(record, listener);
            Choice chosen = Choice.of(plan, record.waves(), record.vms(), List.of());
            Task task =
                new Task(
                    record,
                    plan,
                    chosen,
                    Set.of(VmState.DONE, VmState.ROLLED_BACK),
                    !record.waves().isEmpty(),
                    new WaveWindow(request.outsideWindow()));
            Ledger ledger = new Ledger(database.dataSource(), record.planKey());
            return new RunAtWork(
                    ports, state, database, ledger, new StoppableProgress(progress, stop), listener)
                .goOn(task);
          });
    }
  }

  /**
   * What a run is to do.
   *
   * @param leave VMs in these states are not touched
   * @param wavesByName whether the user asked for waves, and takes the order upon himself
   * @param window says which waves may be begun now
   */
  record Task(
      RunRecord run,
      MigrationPlan plan,
      Choice chosen,
      Set<VmState> leave,
      boolean wavesByName,
      WaveWindow window) {
    /**
     * Whether a VM is still to be moved.
     *
     * @param known how the VMs stood when the run began
     */
    boolean isLeft(Map<VmRef, VmRecord> known, VmPlan vm) {
      VmRecord record = known.get(vm.ref());
      return record == null || !leave.contains(record.state());
    }
  }

  /** Work on an open database. */
  @FunctionalInterface
  interface Work<T> {
    T run();
  }

  /** A database that breaks in the middle of the work is told like one that does not open. */
  static <T> T inDatabase(StateDirectory state, RunRequest request, Work<T> work) {
    try {
      return work.run();
    } catch (org.springframework.dao.DataAccessException
        | org.springframework.transaction.TransactionException e) {
      throw DatabaseTrouble.explain(state, request.repository().databaseUrl(), e);
    }
  }

  private Optional<RunRecord> latest(JobDatabase database, RunRequest request) {
    RunLedger runs = new RunLedger(database.dataSource());
    Optional<RunRecord> latest =
        request.plan() == null
            ? runs.latest()
            : runs.latest(PlanKey.of(ports.plans().apply(request.plan())));
    return latest.map(run -> run.state().equals("DONE") ? runs.unfinishedOf(run).orElse(run) : run);
  }

  /** Another engine stays with the run from now on. */
  private static Optional<RunRecord> engine(
      JobDatabase database, RunRequest request, Optional<RunRecord> run) {
    Engine wanted = request.engine();
    if (wanted == null) {
      return run;
    }
    RunLedger runs = new RunLedger(database.dataSource());
    run.ifPresent(record -> runs.engine(record.id(), wanted));
    return run.map(record -> record.by(wanted));
  }

  private static Failure nothingRan(StateDirectory state) {
    return new UsageFailed(
        state.folder().toString(),
        "nothing ran here that could be resumed",
        "start with \"drover run PLAN\", or name the folder of the run with --state");
  }

  private static RunRecord newRun(MigrationPlan plan, Path file, RunRequest request) {
    Instant now = StatusBoard.now();
    String id = ID.format(now) + "-" + String.format("%04x", new SecureRandom().nextInt(1 << 16));
    return new RunRecord(
        id,
        PlanKey.of(plan),
        plan.digest(),
        file.toAbsolutePath().normalize().toString(),
        workingFolder(),
        request.waves(),
        request.vms(),
        request.engine() == null ? Engine.DROVER : request.engine(),
        "RUNNING",
        now,
        null);
  }

  private static String workingFolder() {
    return Path.of("").toAbsolutePath().normalize().toString();
  }

  private MigrationPlan planOf(StateDirectory state, RunRecord record) {
    Path copy = state.planOf(record.id());
    if (!Files.exists(copy)) {
      throw new EnvironmentFailed(
          copy.toString(),
          "the copy of the plan that run " + record.id() + " went by is missing",
          "start a new run of the plan: what has arrived is not moved again");
    }
    MigrationPlan plan = ports.plans().apply(copy);
    if (!plan.digest().equals(record.planDigest())) {
      throw new EnvironmentFailed(
          copy.toString(),
          "is not the plan that run " + record.id() + " began with",
          "put it back, or start a new run of the plan: what has arrived is not moved again");
    }
    return plan;
  }

  private static void refuseOtherFolder(RunRecord record, MigrationPlan plan) {
    if (!record.folder().equals(workingFolder()) && !record.planKey().equals(PlanKey.of(plan))) {
      throw new UsageFailed(
          "run " + record.id(),
          "began in the folder " + record.folder() + ", and its plan's paths are relative to it",
          "go there and run \"drover resume\" with --state where it is needed");
    }
  }

  private void tellIfEdited(RunRecord record, RunListener listener) {
    Path file = Path.of(record.planFile());
    try {
      if (Files.exists(file) && !ports.plans().apply(file).digest().equals(record.planDigest())) {
        listener.message(
            file
                + " has changed since run "
                + record.id()
                + " began; the run goes on with the plan as it was. To use the new one, start a new"
                + " run: drover run "
                + file);
      }
    } catch (Failure e) {
      listener.message(file + " cannot be read any more; the run goes on with its own copy");
    }
  }
}
