package dev.drover.batch.run;

import dev.drover.batch.steps.RunContext;
import dev.drover.mappings.failure.Failure;
import dev.drover.mappings.plan.Hooks;
import java.util.List;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.MDC;
import org.springframework.batch.core.BatchStatus;
import org.springframework.batch.core.ExitStatus;
import org.springframework.batch.core.repository.JobRepository;
import org.springframework.batch.core.step.AbstractStep;
import org.springframework.batch.core.step.StepExecution;

/** The user's programs before or after a wave; what they did is not done again by a resume. */
final class WaveHooks extends AbstractStep {
  private static final Logger LOG = LoggerFactory.getLogger(WaveHooks.class);

  private final RunContext context;
  private final String point;
  private final List<Hooks.Hook> hooks;
  private final Consumer<Failure> problem;

  /**
   * Hooks of one point.
   *
   * @param point {@code beforeWave} or {@code afterWave}
   * @param problem is told when one of them fails
   */
  WaveHooks(
      JobRepository repository,
      RunContext context,
      String point,
      List<Hooks.Hook> hooks,
      Consumer<Failure> problem) {
    super(repository);
    setName(point);
    this.context = context;
    this.point = point;
    this.hooks = hooks;
    this.problem = problem;
  }

  @Override
  protected void doExecute(StepExecution execution) {
    MDC.put("run", context.runId());
    MDC.put("wave", context.wave());
    MDC.put("step", point);
    try {
      context.stopIfCancelled("wave " + context.wave());
      context.hooks().run(point, hooks, context.facts());
    } catch (Failure failure) {
      LOG.error("{}: {}", point, failure.getMessage());
      problem.accept(failure);
      execution.setStatus(BatchStatus.FAILED);
      execution.setExitStatus(ExitStatus.FAILED);
    } finally {
      MDC.clear();
    }
  }
}
