package dev.drover.mappings.assess;

import dev.drover.mappings.model.Finding;
import dev.drover.mappings.yaml.Shown;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Finds sources that are one and the same: two exports of a vCenter under two names, or an export
 * beside the vCenter itself. Every VM is then there twice, and each finding on twins says so of one
 * VM; this says it once, and of what. Counts, and keeps no VM.
 */
final class SameSources {
  static final KnownFinding TWICE =
      KnownFinding.warning(
          "VM-054",
          "two sources list the same VMs, so that these are judged, counted and planned twice",
          "leave one of the two sources out of the inventory; of several exports of one vCenter keep the newest");

  /** So many of a hundred VMs of the smaller source are in the other, too. */
  private static final int BY_UUID = 50;

  private static final int BY_NAME = 80;

  /** Two small sites may well have a few names in common. */
  private static final int FEWEST_NAMES = 5;

  /** Two sources, the first of the inventory first. */
  private record Pair(String one, String other) {}

  /** How many VMs of the second of two sources are in the first as well. */
  private static final class Shared {
    private int byUuid;
    private int byName;
  }

  private final Map<String, Integer> vms = new TreeMap<>();
  private final Map<Pair, Shared> pairs = new HashMap<>();

  void observe(String source) {
    vms.merge(source, 1, Integer::sum);
  }

  /** A VM of a later source that an earlier one has with the same UUID. */
  void sameUuid(String earlier, String later) {
    shared(earlier, later).byUuid++;
  }

  /** A VM with the name of one of an earlier source, where UUIDs do not tell them apart. */
  void sameName(String earlier, String later) {
    shared(earlier, later).byName++;
  }

  private Shared shared(String earlier, String later) {
    return pairs.computeIfAbsent(new Pair(earlier, later), p -> new Shared());
  }

  /** What is to be told, in the order of the sources' names. */
  List<Finding> findings() {
    List<Finding> findings = new ArrayList<>();
    for (String one : vms.keySet()) {
      for (String other : vms.keySet()) {
        Shared shared = pairs.get(new Pair(one, other));
        if (shared != null) {
          int least = Math.min(vms.getOrDefault(one, 0), vms.getOrDefault(other, 0));
          String both = Shown.of(one) + " and " + Shown.of(other);
          if (shared.byUuid * 100L >= (long) least * BY_UUID) {
            findings.add(TWICE.seen(both + ": " + shared.byUuid + of(least) + " UUIDs"));
          } else if (shared.byName >= FEWEST_NAMES
              && shared.byName * 100L >= (long) least * BY_NAME) {
            findings.add(TWICE.seen(both + ": " + shared.byName + of(least) + " names"));
          }
        }
      }
    }
    return findings;
  }

  private static String of(int least) {
    return " of " + least + (least == 1 ? " VM" : " VMs") + " of the smaller one, by their";
  }
}
