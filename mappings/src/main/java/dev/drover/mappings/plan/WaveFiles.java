package dev.drover.mappings.plan;

import dev.drover.mappings.failure.UsageFailed;
import dev.drover.mappings.model.Sha256;
import dev.drover.mappings.yaml.Place;
import dev.drover.mappings.yaml.Problems;
import dev.drover.mappings.yaml.Shown;
import dev.drover.mappings.yaml.YamlDocument;
import dev.drover.mappings.yaml.YamlInvalid;
import dev.drover.mappings.yaml.YamlNode;
import dev.drover.mappings.yaml.YamlProblem;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The files in which the waves of a large plan keep their VMs. One at a time is held as a tree; of
 * the others only the VMs are kept.
 */
final class WaveFiles {
  private final @Nullable Path plan;
  private final Map<String, List<VmPlan>> vms = new TreeMap<>();
  private final Map<String, String> digests = new TreeMap<>();
  private final List<YamlProblem> found = new ArrayList<>();

  /**
   * Reads nothing yet.
   *
   * @param plan the plan's file; null where it is none
   */
  WaveFiles(@Nullable Path plan) {
    this.plan = plan;
  }

  /** What a wave's file has to be held against, beside its schema. */
  @FunctionalInterface
  interface Checks {
    void run(String file, YamlNode root, Problems problems);
  }

  /** Reads a file; what is wrong with it is kept, what is wrong with its name is told at once. */
  void read(Place place, String name, Problems problems, Checks checks) {
    Path file = inFolder(name);
    if (file == null) {
      problems.add(
          place.node(),
          place.path(),
          Shown.of(name) + " leads out of the plan's folder",
          "a file inside it",
          null);
      return;
    } else if (digests.containsKey(name)) {
      problems.add(
          place.node(), place.path(), "another wave has this file", "a file of its own", null);
      return;
    }
    digests.put(name, "");
    try {
      YamlDocument document =
          YamlDocument.read(
              file, PlanSchema.waveDialect(), (root, own) -> checks.run(name, root, own));
      vms.put(name, PlanBinder.vms(document.json()));
      digests.put(name, document.digest());
    } catch (YamlInvalid e) {
      found.addAll(e.problems());
    } catch (UsageFailed e) {
      problems.add(
          place.node(), place.path(), Shown.of(name) + ": " + e.what(), "a file of VMs", null);
    }
  }

  /** Null where a link leads out of the folder; the schema refuses a name that does. */
  private @Nullable Path inFolder(String name) {
    if (plan == null) {
      return null;
    }
    Path folder = plan.toAbsolutePath().normalize().getParent();
    Path file = plan.resolveSibling(name);
    if (folder == null || !file.toAbsolutePath().normalize().startsWith(folder)) {
      return null;
    }
    try {
      return !Files.exists(file) || file.toRealPath().startsWith(folder.toRealPath()) ? file : null;
    } catch (IOException e) {
      return null;
    }
  }

  /** The VMs of a file that was read. */
  List<VmPlan> vms(String name) {
    return vms.getOrDefault(name, List.of());
  }

  /** The mistakes of the plan, and behind them those of the files. */
  YamlInvalid with(YamlInvalid plans) {
    if (found.isEmpty()) {
      return plans;
    }
    List<YamlProblem> all = new ArrayList<>(plans.problems());
    all.addAll(found);
    return new YamlInvalid(plans.subject(), "plan", some(all));
  }

  void throwIfAny() {
    if (!found.isEmpty()) {
      throw new YamlInvalid(String.valueOf(plan), "plan", some(found));
    }
  }

  private static List<YamlProblem> some(List<YamlProblem> all) {
    return all.subList(0, Math.min(all.size(), 2 * Problems.MOST));
  }

  /** Of the plan alone where no wave has a file. */
  String digest(String ofPlan) {
    if (digests.isEmpty()) {
      return ofPlan;
    }
    StringBuilder all = new StringBuilder(ofPlan).append('\n');
    digests.forEach((name, digest) -> all.append(digest).append("  ").append(name).append('\n'));
    return Sha256.hex(all.toString());
  }
}
