package dev.drover.batch.evidence;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a run did, in one file.
 *
 * @param state DONE, FAILED or INTERRUPTED
 * @param problems what concerns no single VM: a wave's hook that failed, a wave that was not begun;
 *     the wave is empty where it concerns the whole run
 * @param warnings each text once, with the first VM that it was said of
 * @param seconds that this process worked; a resume counts anew
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
    Map<String, String> tools,
    List<Problem> problems,
    List<Warning> warnings,
    double seconds) {
  public RunSummary {
    vms = List.copyOf(vms);
    problems = List.copyOf(problems);
    warnings = List.copyOf(warnings);
  }

  /** Without problems that concern no single VM. */
  public RunSummary(
      String apiVersion,
      String kind,
      String runId,
      VmEvidence.PlanRef plan,
      String state,
      Instant startedAt,
      Instant endedAt,
      List<Vm> vms,
      Map<String, String> tools) {
    this(
        apiVersion,
        kind,
        runId,
        plan,
        state,
        startedAt,
        endedAt,
        vms,
        tools,
        List.of(),
        List.of(),
        0);
  }

  /** Something that went otherwise than was meant; nothing failed of it. */
  public record Warning(String vm, String warning) {}

  /** Something that kept a wave from its end. */
  public record Problem(String wave, String problem, String remedy) {}

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
