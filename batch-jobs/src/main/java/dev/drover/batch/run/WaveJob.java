package dev.drover.batch.run;

import dev.drover.batch.steps.RunContext;
import dev.drover.batch.steps.VmStep;
import dev.drover.mappings.failure.Failure;
import dev.drover.mappings.model.Sha256;
import dev.drover.mappings.plan.Wave;
import java.time.LocalDateTime;
import java.util.List;
import java.util.function.Consumer;
import org.springframework.batch.core.BatchStatus;
import org.springframework.batch.core.ExitStatus;
import org.springframework.batch.core.job.JobExecution;
import org.springframework.batch.core.job.JobExecutionException;
import org.springframework.batch.core.job.JobInstance;
import org.springframework.batch.core.job.SimpleJob;
import org.springframework.batch.core.job.parameters.JobParameters;
import org.springframework.batch.core.job.parameters.JobParametersBuilder;
import org.springframework.batch.core.repository.JobRepository;
import org.springframework.batch.core.step.StepExecution;

/** A wave as a job of Spring Batch: its hooks before, its VMs, its hooks after. */
final class WaveJob {
  static final String NAME = "wave";

  private final JobDatabase database;
  private final List<VmStep> steps;
  private final StatusBoard board;
  private final Consumer<Failure> problem;

  /**
   * For all waves of a run.
   *
   * @param problem is told what concerns a wave as a whole
   */
  WaveJob(JobDatabase database, List<VmStep> steps, StatusBoard board, Consumer<Failure> problem) {
    this.database = database;
    this.steps = steps;
    this.board = board;
    this.problem = problem;
  }

  /**
   * Runs the wave, or what an earlier process left of it.
   *
   * @param wave with the VMs that are still to be moved
   * @return whether the wave is complete
   */
  boolean run(RunContext context, Wave wave) {
    JobRepository repository = database.repository();
    JobParameters parameters = parameters(context.plan().digest(), wave.name(), context.runId());
    JobExecution last = repository.getLastJobExecution(NAME, parameters);
    if (last != null && last.getStatus() == BatchStatus.COMPLETED) {
      return true;
    }
    if (last == null) {
      forgetUnbegun(repository, parameters);
    } else {
      settle(repository, last);
    }
    WaveHooks after =
        new WaveHooks(
            repository, context, "afterWave", context.plan().hooks().afterWave(), problem);
    try {
      JobExecution execution =
          database.operator().start(job(repository, context, wave, after), parameters);
      boolean complete = execution.getStatus() == BatchStatus.COMPLETED;
      if (!complete) {
        // A job ends at the first step that fails, and these programs put back what was changed.
        after.callAfterFailure();
      }
      return complete;
    } catch (JobExecutionException e) {
      throw new IllegalStateException("Spring Batch does not start wave " + wave.name(), e);
    }
  }

  /** What tells one wave of a run from all others. */
  static JobParameters parameters(String planDigest, String wave, String runId) {
    return new JobParametersBuilder()
        .addString("plan", planDigest)
        // A wave's name may be longer than the column; its digest never is.
        .addString("wave", Sha256.hex(wave))
        .addString("run", runId)
        .toJobParameters();
  }

  private SimpleJob job(JobRepository repository, RunContext context, Wave wave, WaveHooks after) {
    SimpleJob job = new SimpleJob(NAME);
    job.setJobRepository(repository);
    job.addStep(
        new WaveHooks(
            repository, context, "beforeWave", context.plan().hooks().beforeWave(), problem));
    WaveVms vms =
        new WaveVms(repository, context, wave.limits().vms(), wave.vms(), steps, board, problem);
    job.addStep(vms);
    job.addStep(after);
    return job;
  }

  /**
   * Spring Batch writes an instance and then its first execution, each on its own; an instance of a
   * process that died in between would never start.
   */
  private static void forgetUnbegun(JobRepository repository, JobParameters parameters) {
    JobInstance unbegun = repository.getJobInstance(NAME, parameters);
    if (unbegun != null) {
      repository.deleteJobInstance(unbegun);
    }
  }

  /**
   * Says of what a dead process left running that it failed. Like {@code JobOperator.recover},
   * which refuses an execution whose context says that it was recovered before, and executions in
   * the state UNKNOWN. The lock of the run says that the other process is dead.
   */
  private static void settle(JobRepository repository, JobExecution last) {
    LocalDateTime now = LocalDateTime.now(java.time.ZoneId.systemDefault());
    for (StepExecution step : last.getStepExecutions()) {
      if (isOpen(step.getStatus())) {
        step.setStatus(BatchStatus.FAILED);
        step.setExitStatus(ExitStatus.FAILED);
        step.setEndTime(now);
        repository.update(step);
      }
    }
    if (isOpen(last.getStatus())) {
      last.setStatus(BatchStatus.FAILED);
      last.setExitStatus(ExitStatus.FAILED);
      last.setEndTime(now);
      repository.update(last);
    }
  }

  private static boolean isOpen(BatchStatus status) {
    return status.isRunning() || status == BatchStatus.UNKNOWN;
  }
}
