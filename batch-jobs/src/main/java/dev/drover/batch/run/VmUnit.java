package dev.drover.batch.run;

import dev.drover.batch.ledger.VmRecord;
import dev.drover.batch.ledger.VmState;
import dev.drover.batch.steps.Cancelled;
import dev.drover.batch.steps.LogContext;
import dev.drover.batch.steps.RunContext;
import dev.drover.batch.steps.VmRun;
import dev.drover.batch.steps.VmStep;
import dev.drover.batch.steps.Words;
import dev.drover.mappings.failure.EnvironmentFailed;
import dev.drover.mappings.failure.Failure;
import dev.drover.mappings.model.VmRef;
import dev.drover.mappings.plan.VmPlan;
import dev.drover.mappings.target.TargetVm;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.MDC;
import org.springframework.batch.core.BatchStatus;
import org.springframework.batch.core.ExitStatus;
import org.springframework.batch.core.repository.JobRepository;
import org.springframework.batch.core.step.AbstractStep;
import org.springframework.batch.core.step.StepExecution;

/**
 * A VM as a step execution of Spring Batch: runs the VM's steps one after the other and saves after
 * each how many are done, a number in the execution context. It is no tasklet, because a tasklet's
 * call is a transaction, and a copy of hours must not hold one.
 */
final class VmUnit extends AbstractStep {
  private static final Logger LOG = LoggerFactory.getLogger(VmUnit.class);
  private static final long LONG_STEP_NANOS = 500_000_000L;
  private static final String STEPS_DONE = "stepsDone";

  private final RunContext context;
  private final VmPlan vm;
  private final List<VmStep> steps;
  private final StatusBoard board;
  private final Consumer<Failure> problem;
  private final JobRepository repository;
  private String target = "";

  /**
   * A VM.
   *
   * @param problem is told what goes wrong besides the VM's own failure
   */
  VmUnit(
      JobRepository repository,
      RunContext context,
      VmPlan vm,
      List<VmStep> steps,
      StatusBoard board,
      Consumer<Failure> problem) {
    super(repository);
    this.repository = repository;
    this.context = context;
    this.vm = vm;
    this.steps = steps;
    this.board = board;
    this.problem = problem;
  }

  @Override
  protected void doExecute(StepExecution execution) {
    VmRef ref = vm.ref();
    try (LogContext log = LogContext.ofWave(context).and("vm", vm.sourceName());
        CountingProgress progress =
            new CountingProgress(
                context.progress(), (copied, verified) -> board.counted(ref, copied, verified))) {
      VmRun run = new VmRun(context, vm, progress);
      String step = "";
      try {
        for (int next = done(execution); next < steps.size(); next++) {
          step = steps.get(next).name();
          step(execution, run, next);
        }
        end(execution, VmState.DONE, null, null);
      } catch (Cancelled e) {
        end(execution, VmState.INTERRUPTED, step, null);
        tellOfSource(run);
      } catch (Throwable e) {
        Failure failure = Unexpected.explain(run.subject(), step, e);
        log(step, failure, e);
        end(execution, VmState.FAILED, step, failure);
        tellOfSource(run);
        callAfterVm(run, step, failure);
      } finally {
        release(run);
      }
    }
  }

  /** How the VM ended stands; what could not be freed at the source is told besides. */
  private void release(VmRun run) {
    try {
      run.close();
    } catch (Failure e) {
      LOG.warn("{}", e.getMessage());
      context
          .warnings()
          .tell(vm.sourceName(), e.what() + "; \"drover clean\" removes it from the source");
    }
  }

  /** The listener tells people; this is for the log. */
  private static void log(String step, Failure failure, Throwable thrown) {
    if (failure == thrown) {
      String message = String.valueOf(failure.getMessage()).replace("\n", "; ");
      LOG.error(RunLog.TOLD, "failed in step \"{}\": {}", step, message);
    } else {
      LOG.error(RunLog.TOLD, "failed in step \"{}\"", step, thrown);
    }
  }

  /** Whatever they do, the VM has failed of what it failed of. */
  private void callAfterVm(VmRun run, String step, Failure failure) {
    try {
      run.afterVm(
          "failed",
          Map.of("DROVER_STEP", step, "DROVER_PROBLEM", Words.of(vm.sourceName(), failure)));
    } catch (Cancelled e) {
      LOG.warn("afterVm: {}", e.getMessage());
    } catch (Failure e) {
      LOG.error(RunLog.TOLD, "afterVm: {}", e.getMessage());
      problem.accept(
          new EnvironmentFailed(run.subject() + ", " + e.subject(), e.what(), e.remedy()));
    }
  }

  private void step(StepExecution execution, VmRun run, int number) {
    VmStep step = steps.get(number);
    MDC.put("step", step.name());
    context.stopIfCancelled(run.subject());
    note(VmState.RUNNING, step.name(), null);
    LOG.info("{} begins", step.name());
    long start = System.nanoTime();
    new StepAttempts(context.ledger(), context.runId(), context.plan().retry(), context.progress())
        .run(step, run);
    if (number == 0) {
      target = "";
    }
    execution.getExecutionContext().putInt(STEPS_DONE, number + 1);
    repository.updateExecutionContext(execution);
    if (System.nanoTime() - start > LONG_STEP_NANOS) {
      context.ledger().harden();
    }
    LOG.info("{} done", step.name());
  }

  private int done(StepExecution execution) {
    int done = execution.getExecutionContext().getInt(STEPS_DONE, 0);
    if (done > 0 && done < steps.size()) {
      LOG.info("goes on with step \"{}\"", steps.get(done).name());
    }
    return Math.min(done, steps.size());
  }

  /** No exception to Spring Batch: it would print a stack trace for what is said in plain words. */
  private void end(
      StepExecution execution, VmState state, @Nullable String step, @Nullable Failure failure) {
    if (state != VmState.DONE) {
      boolean stopped = state == VmState.INTERRUPTED;
      execution.setStatus(stopped ? BatchStatus.STOPPED : BatchStatus.FAILED);
      execution.setExitStatus(stopped ? ExitStatus.STOPPED : ExitStatus.FAILED);
    }
    note(state, step, failure);
  }

  /** Nobody shall learn from its users that a VM is off. */
  private void tellOfSource(VmRun run) {
    if (run.leftOff()) {
      context
          .warnings()
          .tell(
              vm.sourceName(),
              "its source is off, since Drover stopped it: \"drover resume\" goes on, \"drover"
                  + " rollback PLAN --vm NAME\" starts it there again");
    }
  }

  /** The board learns of it also where the ledger cannot be asked any more. */
  private void note(VmState state, @Nullable String step, @Nullable Failure failure) {
    try {
      learnTarget();
      context
          .ledger()
          .put(
              new VmRecord(
                  vm.ref(),
                  context.runId(),
                  context.wave(),
                  vm.sourceName(),
                  target,
                  state,
                  step,
                  failure == null ? null : Words.of(vm.sourceName(), failure),
                  failure == null ? null : failure.remedy(),
                  StatusBoard.now()));
    } finally {
      board.vm(vm.ref(), state, step, failure);
    }
  }

  /** Known when the first step is done; it stays what it is. */
  private void learnTarget() {
    if (target.isEmpty()) {
      Optional<TargetVm> known = context.ledger().target(vm.ref());
      target = known.map(TargetVm::path).orElse("");
      if (known.isPresent()) {
        board.target(vm.ref(), target, known.get().diskBytes());
      }
    }
  }
}
