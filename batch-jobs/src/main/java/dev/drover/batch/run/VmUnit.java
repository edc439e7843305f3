package dev.drover.batch.run;

import dev.drover.batch.ledger.VmRecord;
import dev.drover.batch.ledger.VmState;
import dev.drover.batch.steps.Cancelled;
import dev.drover.batch.steps.RunContext;
import dev.drover.batch.steps.VmRun;
import dev.drover.batch.steps.VmStep;
import dev.drover.mappings.failure.Failure;
import dev.drover.mappings.model.VmRef;
import dev.drover.mappings.plan.VmPlan;
import dev.drover.mappings.target.TargetVm;
import java.util.List;
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
  private final JobRepository repository;
  private String target = "";

  VmUnit(
      JobRepository repository,
      RunContext context,
      VmPlan vm,
      List<VmStep> steps,
      StatusBoard board) {
    super(repository);
    this.repository = repository;
    this.context = context;
    this.vm = vm;
    this.steps = steps;
    this.board = board;
  }

  @Override
  protected void doExecute(StepExecution execution) {
    VmRef ref = vm.ref();
    MDC.put("run", context.runId());
    MDC.put("wave", context.wave());
    MDC.put("vm", vm.sourceName());
    try (CountingProgress progress =
            new CountingProgress(context.progress(), percent -> board.percent(ref, percent));
        VmRun run = new VmRun(context, vm, progress)) {
      String step = "";
      try {
        for (int next = done(execution); next < steps.size(); next++) {
          step = steps.get(next).name();
          step(execution, run, next);
        }
        end(execution, VmState.DONE, null, null);
      } catch (Cancelled e) {
        end(execution, VmState.INTERRUPTED, step, null);
      } catch (Throwable e) {
        Failure failure = Unexpected.explain(run.subject(), step, e);
        if (failure == e) {
          LOG.error("failed in step \"{}\": {}", step, failure.getMessage());
        } else {
          LOG.error("failed in step \"{}\"", step, e);
        }
        end(execution, VmState.FAILED, step, failure);
      }
    } finally {
      MDC.clear();
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

  private void note(VmState state, @Nullable String step, @Nullable Failure failure) {
    if (target.isEmpty()) {
      // Known when the first step is done; it stays what it is.
      target = context.ledger().target(vm.ref()).map(TargetVm::path).orElse("");
      board.target(vm.ref(), target);
    }
    try {
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
                  failure == null ? null : failure.subject() + ": " + failure.what(),
                  failure == null ? null : failure.remedy(),
                  StatusBoard.now()));
    } finally {
      board.vm(vm.ref(), state, step, failure);
    }
  }
}
