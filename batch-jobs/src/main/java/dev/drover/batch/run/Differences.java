package dev.drover.batch.run;

import dev.drover.mappings.plan.SourceRule;
import dev.drover.mappings.target.TargetDisk;
import dev.drover.mappings.target.TargetVm;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** In what a VM as it was moved is not the VM that plan and source ask for now. */
final class Differences {
  private final List<String> found = new ArrayList<>();

  private Differences() {}

  /** One clause each, old before new; empty where there are none. */
  static List<String> between(TargetVm moved, TargetVm wanted) {
    Differences differences = new Differences();
    differences.of("its name", moved.path(), wanted.path());
    differences.of("made", kind(moved), kind(wanted));
    differences.disks(moved, wanted);
    differences.of("CPUs and memory", moved.sizing(), wanted.sizing());
    differences.of("firmware, clock or machine", moved.platform(), wanted.platform());
    differences.of("network cards", moved.nics(), wanted.nics());
    differences.of("labels", moved.labels(), wanted.labels());
    differences.of("annotations", moved.annotations(), wanted.annotations());
    differences.of(
        "power", moved.running() ? "running" : "stopped", wanted.running() ? "running" : "stopped");
    return differences.found;
  }

  private static String kind(TargetVm vm) {
    return vm.annotations().containsKey(SourceRule.REHEARSAL_ANNOTATION)
        ? "for a rehearsal"
        : "for good";
  }

  private void disks(TargetVm moved, TargetVm wanted) {
    Map<String, TargetDisk> before = new HashMap<>();
    moved.disks().forEach(disk -> before.put(disk.sourceId(), disk));
    for (TargetDisk now : wanted.disks()) {
      TargetDisk old = before.remove(now.sourceId());
      if (old == null) {
        found.add("disk " + now.name() + " was left behind");
      } else {
        // Another name of the VM gives its disks other names; that is said once.
        disk(old, now, moved.path().equals(wanted.path()));
      }
    }
    before.values().forEach(disk -> found.add("disk " + disk.name() + " is not wanted any more"));
  }

  private void disk(TargetDisk old, TargetDisk now, boolean named) {
    String disk = "disk " + now.name() + ", ";
    if (named) {
      of(disk + "name", old.claim(), now.claim());
    }
    of(disk + "size", old.size(), now.size());
    of(disk + "bus", old.bus(), now.bus());
    of(disk + "boot order", old.bootOrder(), now.bootOrder());
    of(disk + "format", formatOf(old), formatOf(now));
    of(disk + "storage class", old.storage().storageClass(), now.storage().storageClass());
    of(disk + "access mode", old.storage().accessMode(), now.storage().accessMode());
    of(disk + "volume mode", old.storage().volumeMode(), now.storage().volumeMode());
  }

  private static String formatOf(TargetDisk disk) {
    return disk.storage().format() + (disk.storage().compress() ? " compressed" : "");
  }

  private void of(String part, @Nullable Object moved, @Nullable Object wanted) {
    if (Objects.equals(moved, wanted)) {
      return;
    }
    boolean plain = isPlain(moved) && isPlain(wanted);
    found.add(plain ? part + ": " + text(moved) + ", now " + text(wanted) : part);
  }

  /** What reads well in a sentence. */
  private static boolean isPlain(@Nullable Object value) {
    return !(value instanceof Record || value instanceof List<?> || value instanceof Map<?, ?>)
        || value instanceof dev.drover.mappings.model.ByteSize;
  }

  private static String text(@Nullable Object value) {
    return value == null ? "the default" : value.toString();
  }
}
