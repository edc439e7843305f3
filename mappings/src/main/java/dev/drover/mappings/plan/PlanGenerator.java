package dev.drover.mappings.plan;

import dev.drover.mappings.failure.EnvironmentFailed;
import dev.drover.mappings.failure.Retry;
import dev.drover.mappings.failure.UsageFailed;
import dev.drover.mappings.model.SourceVm;
import dev.drover.mappings.model.VmRef;
import dev.drover.mappings.yaml.YamlInvalid;
import dev.drover.mappings.yaml.YamlProblem;
import dev.drover.mappings.yaml.YamlText;
import java.io.IOException;
import java.io.Writer;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Makes a first plan of an inventory: one wave with every VM, and the maps that they need. The same
 * inventory gives the same text, in the order of the sources and of the VMs' ids, so that git shows
 * what changed at the source. What it writes, {@link PlanReader} reads.
 *
 * <p>Templates are left out and listed in comments. A VM without disks, or with a problem that the
 * importer saw, is in the plan with a comment. A NIC without a network is skipped. Of each VM only
 * a line is kept in memory.
 */
public final class PlanGenerator {
  private final List<SourceSpec> sources;
  private final SourceMaps maps = new SourceMaps();
  private final List<VmLine> lines = new ArrayList<>();
  private final List<VmLine> leftOut = new ArrayList<>();
  private final Set<VmRef> refs = new HashSet<>();

  private PlanGenerator(List<SourceSpec> sources) {
    this.sources = sources;
  }

  /**
   * Writes YAML with comments that say what may be changed.
   *
   * @param name of the plan; made an RFC 1123 label
   * @throws UsageFailed when there is nothing to move, or a source or the target cannot stand in a
   *     plan; nothing is written then
   */
  public static void write(
      String name, List<SourceSpec> sources, Stream<SourceVm> vms, TargetSpec target, Writer to) {
    PlanGenerator generator = new PlanGenerator(List.copyOf(sources));
    vms.forEach(generator::add);
    generator.order();
    String head =
        PlanHead.of(name, sources, target, generator.maps.networks(), generator.maps.datastores());
    check(head, generator.lines.get(0).ref().toString());
    try {
      to.write(head);
      generator.wave(to);
    } catch (IOException e) {
      throw new EnvironmentFailed(
          "the plan", "it cannot be written", "check folder and space", Retry.POINTLESS, e);
    }
  }

  private void add(SourceVm vm) {
    if (!refs.add(vm.ref())) {
      throw new UsageFailed(
          "the inventory", "the VM " + vm.ref() + " is there twice", "remove one of them");
    }
    VmLine line = VmLine.of(vm);
    if (line.leftOut() != null) {
      leftOut.add(line);
      return;
    }
    lines.add(line);
    maps.add(vm);
  }

  private void order() {
    if (lines.isEmpty()) {
      throw new UsageFailed(
          "the inventory",
          leftOut.isEmpty() ? "it holds no VM" : "it holds templates and no VM that can be moved",
          "check the source with: drover inventory");
    }
    Map<String, Integer> places = new HashMap<>();
    sources.forEach(s -> places.put(s.name(), places.size()));
    Comparator<VmLine> order =
        Comparator.comparing((VmLine l) -> places.getOrDefault(l.ref().source(), places.size()))
            .thenComparing(l -> l.ref().id());
    lines.sort(order);
    leftOut.sort(order);
  }

  /** The head holds what the caller gave; a VM stands in for all. */
  static void check(String head, String ref) {
    YamlText yaml = new YamlText();
    String whole = head + "  - {name: w, vms: [{vm: " + yaml.scalar(ref) + ", name: vm}]}\n";
    try {
      PlanReader.read("the new plan", whole);
    } catch (YamlInvalid e) {
      YamlProblem first = e.problems().get(0);
      throw new UsageFailed(
          first.path().isEmpty() ? "the new plan" : first.path() + " of the new plan",
          first.what(),
          "give it " + first.expected());
    }
  }

  private void wave(Writer to) throws IOException {
    YamlText yaml = new YamlText();
    TargetNames names = new TargetNames(lines);
    to.write("  - name: wave-1\n");
    to.write("    limits: {vms: 2, disks: 2}   # at once\n");
    to.write("    vms:\n");
    for (VmLine line : lines) {
      line.write(yaml, names, to);
    }
    if (!leftOut.isEmpty()) {
      to.write("\n# Left out:\n");
      for (VmLine line : leftOut) {
        to.write("#   " + YamlText.comment(line.ref() + ": " + line.leftOut()) + "\n");
      }
    }
  }
}
