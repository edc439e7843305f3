package dev.drover.mappings.plan;

import dev.drover.mappings.failure.EnvironmentFailed;
import dev.drover.mappings.failure.Retry;
import dev.drover.mappings.model.VmRef;
import dev.drover.mappings.waves.Planning;
import dev.drover.mappings.waves.WavePlan;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** An earlier plan that is planned again: its waves stay where they can, and its settings all. */
public final class PlanAgain {
  /** The name of a window that somebody wrote into a wave without one. */
  static final String BY_HAND = "by hand";

  private final Path file;
  private final MigrationPlan plan;

  private PlanAgain(Path file, MigrationPlan plan) {
    this.file = file;
    this.plan = plan;
  }

  /** Reads the plan; fails as {@link PlanReader} does. */
  public static PlanAgain of(Path file) {
    return new PlanAgain(file, PlanReader.read(file));
  }

  public MigrationPlan plan() {
    return plan;
  }

  /**
   * Its waves for the planner.
   *
   * @param moved VMs that are known to have moved
   * @param known whether anybody knows; if not, a wave whose window has begun counts as run
   */
  public List<Planning.Earlier> waves(Set<VmRef> moved, boolean known, Instant now) {
    List<Planning.Earlier> waves = new ArrayList<>();
    for (Wave wave : plan.waves()) {
      Map<VmRef, String> vms = new HashMap<>();
      wave.vms().forEach(vm -> vms.put(vm.ref(), vm.sourceName()));
      Wave.Window window = wave.window();
      boolean begun = window != null && !window.start().toInstant().isAfter(now);
      Set<VmRef> gone =
          begun && !known
              ? vms.keySet()
              : vms.keySet().stream().filter(moved::contains).collect(Collectors.toSet());
      waves.add(
          new Planning.Earlier(
              wave.name(),
              window == null
                  ? null
                  : new WavePlan.Slot(
                      window.name() == null ? BY_HAND : window.name(),
                      window.start(),
                      window.end()),
              begun || (!vms.isEmpty() && gone.size() == vms.size()),
              vms,
              gone));
    }
    return waves;
  }

  /** What is set for its VMs. */
  public Map<VmRef, VmPlan> vms() {
    Map<VmRef, VmPlan> vms = new LinkedHashMap<>();
    plan.waves().forEach(w -> w.vms().forEach(vm -> vms.put(vm.ref(), vm)));
    return vms;
  }

  /** What stays of its waves: settings, limits, and the text at VMs that stay. */
  public PlanKept kept() {
    Map<String, Wave.Limits> limits = new HashMap<>();
    plan.waves().forEach(w -> limits.put(w.name(), w.limits()));
    return new PlanKept(vms(), limits, VmBlocks.of(file, plan));
  }

  /** All that stands before its waves, as somebody wrote it, with the new inputs. */
  public String head(PlanInputs inputs) {
    try {
      String text = Files.readString(file, StandardCharsets.UTF_8);
      int at = text.startsWith("waves:") ? 0 : text.indexOf("\nwaves:") + 1;
      int end = text.indexOf('\n', at);
      if (at == 0
          || !text.substring(at, end < 0 ? text.length() : end).matches("waves:\\s*(#.*)?")) {
        throw new EnvironmentFailed(
            file.toString(),
            "the line \"waves:\" is not found, so what stands before it cannot be kept",
            "write it on a line of its own, with the waves below it");
      }
      return PlanDraft.withInputs(text.substring(0, end + 1), inputs);
    } catch (IOException e) {
      throw new EnvironmentFailed(
          file.toString(), "the plan cannot be read", "check its permissions", Retry.POINTLESS, e);
    }
  }
}
