package dev.drover.batch.evidence;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a run did, in one file.
 *
 * @param state DONE, FAILED or INTERRUPTED
 */
public record RunSummary(
    String apiVersion,
    String kind,
    String runId,
    VmEvidence.PlanRef plan,
    String state,
    Instant startedAt,
    Instant endedAt,
    List<Vm> vms,
    Map<String, String> tools) {
  /** A VM of the run. */
  public record Vm(
      String wave,
      String vm,
      String name,
      String target,
      String state,
      @Nullable String step,
      @Nullable String problem,
      @Nullable String remedy) {}
}
