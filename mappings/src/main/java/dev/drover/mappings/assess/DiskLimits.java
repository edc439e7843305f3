package dev.drover.mappings.assess;

import dev.drover.mappings.model.ByteSize;
import dev.drover.mappings.model.SourceDisk;
import dev.drover.mappings.profile.TargetProfile.StorageClass;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** Disks that the target's class cannot hold, and disks beyond what was tried. */
final class DiskLimits implements Check {
  static final KnownFinding TOO_LARGE =
      KnownFinding.blocker(
          "DISK-043",
          "disk {} is larger than the largest volume of its storage class",
          "choose another class for its datastore in the policy, or split the disk in the guest");

  static final KnownFinding NO_ROOM =
      KnownFinding.warning(
          "DISK-044",
          "disk {} is larger than the free space of its storage class",
          "add capacity to the class, or choose another one in the policy");

  static final KnownFinding MANY =
      KnownFinding.warning(
          "DISK-045",
          "has more disks than anybody has moved with KubeVirt",
          "join disks in the guest, or serve some over the network");

  static final KnownFinding NO_CLASS =
      KnownFinding.blocker(
          "STO-040",
          "the policy gives its disks a storage class that the target does not have",
          "name a class of the profile under \"storage\" in the policy, or add the class to the profile");

  @Override
  public List<KnownFinding> findings() {
    return List.of(TOO_LARGE, NO_ROOM, MANY, NO_CLASS);
  }

  /** The bound of the disk count of Forklift's policies. */
  private static final int MOST_TRIED = 165;

  @Override
  public void look(Subject vm, Told told) {
    if (vm.vm().disks().size() > MOST_TRIED) {
      told.add(MANY, vm.vm().disks().size() + " disks, more than " + MOST_TRIED);
    }
    Set<String> missing = new TreeSet<>();
    for (SourceDisk disk : vm.vm().disks()) {
      String name = vm.storageClass(disk);
      if (name == null || vm.profile().storageClasses() == null) {
        continue;
      }
      vm.profile()
          .storageClass(name)
          .ifPresentOrElse(c -> room(disk, c, told), () -> missing.add(name));
    }
    missing.forEach(name -> told.add(NO_CLASS, name));
  }

  private static void room(SourceDisk disk, StorageClass of, Told told) {
    ByteSize largest = of.largestVolume();
    ByteSize free = of.free();
    String evidence = disk.size() + ", class " + of.name();
    if (largest != null && disk.size().compareTo(largest) > 0) {
      told.add(TOO_LARGE.seenAt(disk.label(), evidence + ": at most " + largest));
    } else if (free != null && disk.size().compareTo(free) > 0) {
      told.add(NO_ROOM.seenAt(disk.label(), evidence + ": " + free + " free"));
    }
  }
}
