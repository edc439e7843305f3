package dev.drover.mappings.assess;

import dev.drover.mappings.model.Identity;
import dev.drover.mappings.model.SnapshotNode;
import dev.drover.mappings.model.SourceVm;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What shows that somebody takes snapshots of a VM by a schedule, from {@code backup-products.tsv}.
 */
final class BackupTraces {
  private record Product(String name, Pattern sign) {}

  private static final List<Product> PRODUCTS =
      Tsv.read("backup-products.tsv", 2).stream()
          .map(c -> new Product(c[0], Pattern.compile(c[1], Pattern.CASE_INSENSITIVE)))
          .toList();

  /** Names that schedules give: vCenter's own, and what people write into a script. */
  private static final Pattern SCHEDULED =
      Pattern.compile("(?i)\\b(hourly|daily|weekly|nightly|scheduled?|auto[-_ ]?snap)");

  private static final int LONGEST = 2048;
  private static final int MOST = 8192;
  private static final int MOST_SNAPSHOTS = 200;

  private BackupTraces() {}

  /** What was seen, for people; null for nothing. */
  static @Nullable String of(SourceVm vm) {
    String text = words(vm);
    if (text.isBlank()) {
      return null;
    }
    for (Product product : PRODUCTS) {
      if (product.sign().matcher(text).find()) {
        return "traces of " + product.name();
      }
    }
    return SCHEDULED.matcher(text).find() ? "a snapshot or tag that names a schedule" : null;
  }

  private static String words(SourceVm vm) {
    StringBuilder text = new StringBuilder();
    Identity identity = vm.identity();
    identity.attributes().entrySet().stream()
        .sorted(Map.Entry.comparingByKey())
        .filter(e -> !e.getValue().isBlank())
        .forEach(e -> add(text, e.getKey() + "=" + e.getValue()));
    identity
        .tags()
        .forEach(t -> add(text, (t.category() == null ? "" : t.category() + "=") + t.name()));
    add(text, identity.notes());
    Deque<SnapshotNode> waiting = new ArrayDeque<>();
    if (vm.snapshots() != null) {
      waiting.addAll(vm.snapshots());
    }
    for (int seen = 0; seen < MOST_SNAPSHOTS && !waiting.isEmpty(); seen++) {
      SnapshotNode node = waiting.removeFirst();
      add(text, node.name());
      add(text, node.description());
      waiting.addAll(node.children());
    }
    return text.toString();
  }

  private static void add(StringBuilder to, @Nullable String text) {
    if (text != null && to.length() < MOST) {
      to.append(text, 0, Math.min(LONGEST, text.length())).append('\n');
    }
  }
}
