package dev.drover.mappings.plan;

import dev.drover.mappings.failure.UsageFailed;
import dev.drover.mappings.model.SourceVm;
import dev.drover.mappings.model.VmRef;
import dev.drover.mappings.waves.WavePlan;
import dev.drover.mappings.waves.WavePlan.PlannedWave;
import dev.drover.mappings.yaml.YamlText;
import java.io.IOException;
import java.io.Writer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * A plan with the waves of the planner, as text that people read, edit and keep in git: each VM on
 * lines of its own in the order of the ids, so that a diff shows what moved. What it writes, {@link
 * PlanReader} reads. Of each VM only a line is kept in memory.
 */
public final class PlanDraft {
  /** More VMs than this go to a file a wave: nobody opens 100 MB of YAML. */
  public static final int MOST_IN_ONE_FILE = 2000;

  /** More VMs left out than this are counted by reason in the plan, and listed beside it. */
  private static final int MOST_LEFT_OUT = 1000;

  private final List<SourceSpec> sources;
  private final SourceMaps maps = new SourceMaps();
  private final Map<VmRef, VmLine> lines = new HashMap<>();
  private final YamlText yaml = new YamlText();

  /** Empty. */
  public PlanDraft(List<SourceSpec> sources) {
    this.sources = List.copyOf(sources);
  }

  /** Files beside the plan, by their path relative to its folder. */
  @FunctionalInterface
  public interface Beside {
    Writer open(String path) throws IOException;
  }

  /** Takes a VM that may move. */
  public void add(SourceVm vm) {
    lines.put(vm.ref(), VmLine.of(vm));
    maps.add(vm);
  }

  /** All that stands before the waves, {@code waves:} included. */
  public String head(String name, TargetSpec target, @Nullable PlanInputs inputs) {
    String head = PlanHead.of(name, sources, target, maps.networks(), maps.datastores());
    return inputs == null ? head : withInputs(head, inputs);
  }

  /**
   * Looks at what the caller gave, before anything is written; a VM stands in for all.
   *
   * @throws UsageFailed where a source or the target cannot stand in a plan
   */
  public static void check(String head, WavePlan plan) {
    String ref =
        plan.waves().isEmpty() ? "none" : plan.waves().get(0).vms().get(0).ref().toString();
    if (!ref.equals("none")) {
      PlanGenerator.check(head, ref);
    }
  }

  /** The head of an earlier plan with what the new one was made of. */
  static String withInputs(String head, PlanInputs inputs) {
    String block = inputs(inputs);
    String mark = "\nplanning:\n";
    int at = head.indexOf(mark);
    if (at < 0) {
      int sources = head.indexOf("\nsources:");
      int before = head.lastIndexOf("\n\n", Math.max(0, sources));
      return before < 0
          ? head.substring(0, sources + 1) + block + head.substring(sources + 1)
          : head.substring(0, before + 1) + block + head.substring(before + 1);
    }
    int end = at + mark.length();
    while (end < head.length() && (head.charAt(end) == ' ' || head.charAt(end) == '#')) {
      int next = head.indexOf('\n', end);
      end = next < 0 ? head.length() : next + 1;
    }
    String kept = head.substring(0, at + 1);
    return kept + block.substring(block.indexOf("planning:")) + head.substring(end);
  }

  private static String inputs(PlanInputs inputs) {
    YamlText yaml = new YamlText();
    StringBuilder out = new StringBuilder();
    out.append(
        "\n# What the waves were made of; drover explain and drover plan --again read it.\n");
    out.append("planning:\n");
    out.append("  inventory: ").append(yaml.scalar(inputs.inventory())).append('\n');
    out.append("  inventoryDigest: ").append(yaml.scalar(inputs.inventoryDigest())).append('\n');
    String[] keys = {"profile", "policy", "rates"};
    String[] values = {inputs.profile(), inputs.policy(), inputs.rates()};
    for (int i = 0; i < keys.length; i++) {
      String value = values[i];
      if (value != null) {
        out.append("  ").append(keys[i]).append(": ").append(yaml.scalar(value)).append('\n');
      }
    }
    out.append("  from: ").append(yaml.scalar(inputs.from().toString())).append('\n');
    return out.toString();
  }

  /**
   * Writes the waves and what is left out.
   *
   * @param kept of an earlier plan
   * @param copies at once, for the limits of new waves
   * @throws UsageFailed when there is nothing to move
   */
  public void waves(WavePlan plan, PlanKept kept, int copies, Writer to, Beside beside)
      throws IOException {
    if (plan.waves().isEmpty()) {
      throw new UsageFailed(
          "the inventory",
          "no VM can be put into a wave"
              + plan.problems().stream()
                  .map(p -> "; " + p.what())
                  .limit(3)
                  .collect(Collectors.joining()),
          "mend what stands in the way; see also drover assess");
    }
    List<VmLine> order = new ArrayList<>();
    plan.waves().forEach(w -> w.vms().forEach(vm -> order.add(line(vm))));
    TargetNames names = new TargetNames(order);
    WaveText text = new WaveText(yaml, names, kept, copies);
    boolean files = order.size() > MOST_IN_ONE_FILE;
    for (PlannedWave wave : plan.waves()) {
      text.head(wave, to);
      if (files) {
        String path = "waves/" + wave.name() + ".yaml";
        to.write("    vmsFile: " + yaml.scalar(path) + "\n");
        try (Writer own = beside.open(path)) {
          own.write("# The VMs of " + YamlText.comment(wave.name()) + "\n");
          own.write("apiVersion: drover.dev/v1alpha1\nkind: MigrationWave\nvms:\n");
          text.vms(wave, this::line, "  ", own);
        }
      } else {
        to.write("    vms:\n");
        text.vms(wave, this::line, "      ", to);
      }
    }
    leftOut(plan, to, beside);
  }

  private VmLine line(WavePlan.PlacedVm vm) {
    VmLine known = lines.get(vm.ref());
    return known == null ? new VmLine(vm.ref(), vm.name(), null, List.of(), List.of()) : known;
  }

  private static void leftOut(WavePlan plan, Writer to, Beside beside) throws IOException {
    List<WavePlan.LeftOut> all = plan.leftOut();
    if (all.isEmpty()) {
      return;
    }
    to.write("\n# Left out, " + all.size() + (all.size() == 1 ? " VM:\n" : " VMs:\n"));
    if (all.size() <= MOST_LEFT_OUT) {
      for (WavePlan.LeftOut vm : all) {
        to.write(
            "#   " + YamlText.comment(vm.ref() + " \"" + vm.name() + "\": " + vm.reason()) + "\n");
      }
      return;
    }
    Map<String, Long> reasons =
        all.stream()
            .collect(
                Collectors.groupingBy(
                    WavePlan.LeftOut::kind, java.util.TreeMap::new, Collectors.counting()));
    for (Map.Entry<String, Long> reason : reasons.entrySet()) {
      to.write("#   " + reason.getValue() + ": " + YamlText.comment(reason.getKey()) + "\n");
    }
    to.write("# Each of them is in waves/left-out.txt.\n");
    try (Writer own = beside.open("waves/left-out.txt")) {
      for (WavePlan.LeftOut vm : all) {
        own.write(YamlText.comment(vm.ref() + " \"" + vm.name() + "\": " + vm.reason()) + "\n");
      }
    }
  }
}
