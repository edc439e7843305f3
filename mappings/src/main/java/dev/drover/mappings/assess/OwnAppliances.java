package dev.drover.mappings.assess;

import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
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

  /** Of nearly all VMs it says in one look that no line fits. */
  private static final Pattern ANY_SURE = any(Line::sure);

  private static final Pattern ANY_NAME = any(Line::name);

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
    if (ANY_SURE.matcher(signs).find()) {
      told.add(SURE, first(Line::sure, signs));
    } else if (ANY_NAME.matcher(name).find()) {
      told.add(LIKELY, first(Line::name, name));
    }
  }

  private static String first(Function<Line, @Nullable Pattern> sign, CharSequence text) {
    for (Line line : LINES) {
      Pattern pattern = sign.apply(line);
      if (pattern != null && pattern.matcher(text).find()) {
        return line.product();
      }
    }
    throw new IllegalStateException("no line fits alone, but all together do");
  }

  private static Pattern any(Function<Line, @Nullable Pattern> sign) {
    String all =
        LINES.stream()
            .map(sign)
            .filter(Objects::nonNull)
            .map(p -> "(?:" + p.pattern() + ")")
            .collect(Collectors.joining("|"));
    return Pattern.compile(all, Pattern.CASE_INSENSITIVE);
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
