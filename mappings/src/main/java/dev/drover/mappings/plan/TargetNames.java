package dev.drover.mappings.plan;

import dev.drover.mappings.model.DnsLabel;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Gives VMs whose names become one on the target a name each. The first keeps the plain one. */
final class TargetNames {
  /** Room for a dash and a number behind the name. */
  private static final int STEM = 55;

  private final Set<String> plain = new HashSet<>();
  private final Set<String> taken = new HashSet<>();
  private final Map<String, Integer> next = new HashMap<>();

  TargetNames(List<VmLine> lines) {
    lines.forEach(line -> plain.add(Names.derived(Naming.PLAIN, line.name())));
  }

  /** To be asked once for each VM, in the order of the plan. Null where the plain name is free. */
  @Nullable String chosen(String name) {
    String label = Names.derived(Naming.PLAIN, name);
    if (taken.add(label)) {
      return null;
    }
    String stem = label.length() > STEM ? DnsLabel.of(label.substring(0, STEM)) : label;
    int number = next.getOrDefault(stem, 2);
    while (plain.contains(stem + "-" + number) || !taken.add(stem + "-" + number)) {
      number++;
    }
    next.put(stem, number + 1);
    return stem + "-" + number;
  }
}
