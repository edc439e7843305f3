package dev.drover.batch.run;

import dev.drover.batch.steps.Cancelled;
import dev.drover.batch.steps.LogContext;
import dev.drover.batch.steps.RunContext;
import dev.drover.mappings.failure.Failure;
import dev.drover.mappings.plan.Hooks;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
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
  private boolean called;

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
    if (!call(point.equals("afterWave") ? "done" : null)) {
      execution.setStatus(BatchStatus.FAILED);
      execution.setExitStatus(ExitStatus.FAILED);
    }
  }

  /**
   * For a wave that is not complete: calls them unless they were called, or somebody asked to stop;
   * a wave that was interrupted is not over.
   */
  void callAfterFailure() {
    if (!called && !context.progress().cancelled()) {
      call("failed");
    }
  }

  private boolean call(@Nullable String state) {
    called = true;
    try (LogContext log = LogContext.ofWave(context).and("step", point)) {
      context.stopIfCancelled("wave " + context.wave());
      Map<String, String> facts = new HashMap<>(context.facts());
      if (state != null) {
        facts.put("DROVER_STATE", state);
      }
      context.hooks().run(point, hooks, facts);
      return true;
    } catch (Cancelled stopped) {
      LOG.info("{}: {}", point, stopped.getMessage());
      return false;
    } catch (Failure failure) {
      LOG.error(RunLog.TOLD, "{}: {}", point, failure.getMessage());
      problem.accept(failure);
      return false;
    }
  }
}
