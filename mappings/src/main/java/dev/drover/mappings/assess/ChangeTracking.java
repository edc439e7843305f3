package dev.drover.mappings.assess;

import dev.drover.mappings.model.Answer;
import dev.drover.mappings.model.SourceDisk;
import java.util.List;
import java.util.Locale;

/** Whether a running VM can be copied ahead of its downtime. */
final class ChangeTracking implements Check {
  static final KnownFinding OFF =
      KnownFinding.info(
          "DISK-046",
          "changed block tracking is off, so that it cannot be copied while it runs",
          "switch on ctkEnabled at the source for a short downtime");

  static final KnownFinding NO_SERIAL =
      KnownFinding.info(
          "DISK-047",
          "the source hides the disks' serial numbers from the guest (disk.EnableUUID is off); the target shows them",
          "see that nothing in the guest is put off by disks that have names under /dev/disk/by-id");

  @Override
  public List<KnownFinding> findings() {
    return List.of(OFF, NO_SERIAL);
  }

  @Override
  public void look(Subject vm, Told told) {
    List<String> off =
        vm.vm().disks().stream()
            .filter(d -> d.changeTracking() == Answer.NO)
            .map(SourceDisk::label)
            .toList();
    if (!off.isEmpty()) {
      told.add(OFF, String.join(", ", off));
    }
    vm.vm().identity().attributes().entrySet().stream()
        .filter(e -> e.getKey().toLowerCase(Locale.ROOT).endsWith("enableuuid"))
        .filter(e -> e.getValue().equalsIgnoreCase("false"))
        .findFirst()
        .ifPresent(e -> told.add(NO_SERIAL, "disk.EnableUUID is false"));
  }
}
