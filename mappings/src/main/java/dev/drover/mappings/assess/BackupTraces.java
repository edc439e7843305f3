package dev.drover.mappings.assess;

import dev.drover.mappings.model.Identity;
import dev.drover.mappings.model.SnapshotNode;
import dev.drover.mappings.model.SourceVm;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
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

  private static final int NOTHING = Integer.MAX_VALUE;
  private static final Map<String, Integer> SEEN = new ConcurrentHashMap<>();
  private static final int REMEMBERED = 10_000;
  private static final int LONGEST_REMEMBERED = 128;
  private static final int LONGEST = 2048;
  private static final int MOST = 8192;
  private static final int MOST_SNAPSHOTS = 200;

  private BackupTraces() {}

  /** What was seen, for people; null for nothing. */
  static @Nullable String of(SourceVm vm) {
    int first = NOTHING;
    for (String word : words(vm).split("\n")) {
      first = Math.min(first, trace(word));
    }
    if (first == NOTHING) {
      return null;
    }
    return first < PRODUCTS.size()
        ? "traces of " + PRODUCTS.get(first).name()
        : "a snapshot or tag that names a schedule";
  }

  /** Attributes, tags and snapshots of thousands of VMs say the same few things. */
  private static int trace(String word) {
    Integer known = SEEN.get(word);
    if (known == null) {
      known = look(word);
      if (SEEN.size() < REMEMBERED && word.length() <= LONGEST_REMEMBERED) {
        SEEN.put(word, known);
      }
    }
    return known;
  }

  /** The place of the first product that shows, one behind the last for a schedule. */
  private static int look(String word) {
    for (int i = 0; i < PRODUCTS.size(); i++) {
      if (PRODUCTS.get(i).sign().matcher(word).find()) {
        return i;
      }
    }
    return SCHEDULED.matcher(word).find() ? PRODUCTS.size() : NOTHING;
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
