package dev.drover.mappings.assess;

import dev.drover.mappings.model.Answer;
import dev.drover.mappings.model.ByteSize;
import dev.drover.mappings.model.EstatePart;
import dev.drover.mappings.model.Guest.Filesystem;
import dev.drover.mappings.model.SourceDisk;
import dev.drover.mappings.profile.TargetProfile.StorageClass;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What a VM does at the source that its classes at the target must be able to do. */
final class StorageNeeds {
  /** Where a partition table of old age ends, and where many classes do. */
  private static final ByteSize LARGE = ByteSize.ofGiB(2048);

  /** A file system that is that full will have to grow. */
  private static final double FULL = 0.85;

  private static final ByteSize SMALLEST_TO_GROW = ByteSize.ofGiB(1);

  private final Subject vm;

  /** The largest disk in each class; a disk of which nobody knows the class is under "". */
  private final Map<String, SourceDisk> largest = new LinkedHashMap<>();

  private final List<StorageNeed> needs = new ArrayList<>();

  private StorageNeeds(Subject vm) {
    this.vm = vm;
  }

  /** In the order of the kinds, then of the disks; empty for a VM without disks. */
  static List<StorageNeed> of(Subject vm) {
    StorageNeeds needs = new StorageNeeds(vm);
    for (SourceDisk disk : vm.vm().disks()) {
      String name = vm.storageClass(disk);
      needs.largest.merge(
          name == null ? "" : name, disk, (a, b) -> a.size().compareTo(b.size()) >= 0 ? a : b);
    }
    needs.derive();
    return needs.needs;
  }

  private void derive() {
    String shared = shared();
    String moved = shared != null ? shared : liveMigrated();
    each(StorageNeed.Kind.READ_WRITE_MANY, moved, "choose a class with ReadWriteMany");
    each(
        StorageNeed.Kind.SNAPSHOT,
        BackupTraces.of(vm.vm()),
        "choose a class whose driver has a VolumeSnapshotClass");
    each(StorageNeed.Kind.EXPANSION, growing(), "choose a class with allowVolumeExpansion");
    each(StorageNeed.Kind.BLOCK, shared, "choose a class with raw block volumes");
    largest.forEach(
        (name, disk) -> {
          if (disk.size().compareTo(LARGE) > 0) {
            add(
                StorageNeed.Kind.LARGE_VOLUME,
                "disk " + disk.label() + " has " + disk.size(),
                name,
                disk,
                "choose a class that takes volumes of this size");
          }
        });
  }

  private @Nullable String liveMigrated() {
    if (vm.vm().placement().liveMigrated().isYes()) {
      return "the source moves it while it runs";
    }
    EstatePart.Cluster cluster = vm.cluster();
    return vm.on() && cluster != null && cluster.balances().isYes()
        ? "its cluster moves running VMs (DRS)"
        : null;
  }

  private @Nullable String shared() {
    return vm.vm().disks().stream()
        .filter(
            d ->
                d.sharing() == SourceDisk.Sharing.MULTI_WRITER
                    || d.sharing() == SourceDisk.Sharing.SHARED_BUS)
        .findFirst()
        .map(d -> "it shares disk " + Told.line(d.label(), 80) + " with other VMs")
        .orElse(null);
  }

  /** No source tells that a disk has grown; a full file system tells that one will have to. */
  private @Nullable String growing() {
    List<Filesystem> all = vm.vm().guest().filesystems();
    if (all == null) {
      return null;
    }
    for (Filesystem fs : all) {
      ByteSize free = fs.free();
      if (free == null
          || !Mounts.written(fs)
          || fs.mount().strip().startsWith("/boot")
          || fs.capacity().compareTo(SMALLEST_TO_GROW) < 0) {
        continue;
      }
      double used = 1 - (double) free.bytes() / fs.capacity().bytes();
      if (used >= FULL) {
        return "file system "
            + Told.line(fs.mount(), 80)
            + " is "
            + Math.round(used * 100)
            + "% full";
      }
    }
    return null;
  }

  private void each(StorageNeed.Kind kind, @Nullable String why, String remedy) {
    if (why != null) {
      largest.forEach((name, disk) -> add(kind, why, name, disk, remedy));
    }
  }

  private void add(StorageNeed.Kind kind, String why, String name, SourceDisk disk, String remedy) {
    String known = name.isEmpty() ? null : name;
    Answer met =
        known == null
            ? Answer.UNKNOWN
            : vm.profile().storageClass(known).map(c -> met(kind, c, disk)).orElse(Answer.UNKNOWN);
    String text =
        known == null ? "name a class for its datastore under \"storage\" in the policy" : remedy;
    needs.add(new StorageNeed(kind, why, known, met, text));
  }

  private static Answer met(StorageNeed.Kind kind, StorageClass of, SourceDisk disk) {
    return switch (kind) {
      case READ_WRITE_MANY -> of.readWriteMany();
      case SNAPSHOT -> of.snapshot();
      case EXPANSION -> of.expansion();
      case BLOCK -> of.block();
      case CLONE -> of.cloning();
      case LARGE_VOLUME -> {
        ByteSize most = of.largestVolume();
        yield most == null ? Answer.UNKNOWN : Answer.of(disk.size().compareTo(most) <= 0);
      }
    };
  }
}
