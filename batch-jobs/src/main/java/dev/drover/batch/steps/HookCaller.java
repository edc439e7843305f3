package dev.drover.batch.steps;

import dev.drover.mappings.plan.Hooks;
import java.util.List;
import java.util.Map;

/** Runs programs of the user at points of a run. */
@FunctionalInterface
public interface HookCaller {
  /**
   * Runs them one after the other.
   *
   * @param point {@code beforeVm}, for messages
   * @param environment facts, on top of Drover's own environment
   * @throws dev.drover.mappings.failure.Failure when one fails or takes too long
   */
  void run(String point, List<Hooks.Hook> hooks, Map<String, String> environment);
}
