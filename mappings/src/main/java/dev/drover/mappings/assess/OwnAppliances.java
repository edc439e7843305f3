package dev.drover.mappings.assess;

import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** VMware's own appliances, which must not be moved, from {@code vmware-appliances.tsv}. */
final class OwnAppliances implements Check {
  static final KnownFinding SURE =
      KnownFinding.blocker(
          "VM-040",
          "is an appliance of VMware's own, which has no use on KubeVirt",
          "leave it out; switch it off once nothing at the source needs it");

  static final KnownFinding LIKELY =
      KnownFinding.warning(
          "VM-041",
          "has the name of an appliance of VMware's own",
          "see what it is; leave it out if it is one");

  @Override
  public List<KnownFinding> findings() {
    return List.of(SURE, LIKELY);
  }

  private record Line(String product, @Nullable Pattern name, @Nullable Pattern sure) {}

  private static final List<Line> LINES =
      Tsv.read("vmware-appliances.tsv", 3).stream()
          .map(cell -> new Line(cell[0], pattern(cell[1]), pattern(cell[2])))
          .toList();

  private static final int LONGEST = 4096;

  @Override
  public void look(Subject vm, Told told) {
    StringBuilder signs = new StringBuilder();
    add(signs, vm.vm().identity().notes());
    add(signs, vm.vm().guest().configuredOsName());
    vm.vm().identity().attributes().entrySet().stream()
        .filter(e -> e.getKey().toLowerCase(Locale.ROOT).contains("product"))
        .map(java.util.Map.Entry::getValue)
        .sorted()
        .forEach(v -> add(signs, v));
    String name = cut(vm.vm().name(), 256);
    for (Line line : LINES) {
      if (line.sure() != null && line.sure().matcher(signs).find()) {
        told.add(SURE, line.product());
        return;
      }
    }
    for (Line line : LINES) {
      if (line.name() != null && line.name().matcher(name).find()) {
        told.add(LIKELY, line.product());
        return;
      }
    }
  }

  private static void add(StringBuilder to, @Nullable String text) {
    if (text != null && to.length() < LONGEST) {
      to.append(cut(text, LONGEST)).append('\n');
    }
  }

  private static String cut(String text, int longest) {
    return text.substring(0, Math.min(longest, text.length()));
  }

  private static @Nullable Pattern pattern(String text) {
    return text.isEmpty() ? null : Pattern.compile(text, Pattern.CASE_INSENSITIVE);
  }
}
