package dev.drover.kube.directory;

import dev.drover.mappings.failure.TargetFailed;
import dev.drover.mappings.target.TargetVm;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Makes a VM's folder Drover's, or finds that it is somebody else's. */
final class ClaimFolder {
  /** How often a parent may vanish under us, since an undo of another VM takes empty ones away. */
  private static final int TRIES = 10;

  private ClaimFolder() {}

  /** Who has it. */
  enum Owner {
    NOBODY,
    THIS_VM,
    OTHER_VM,
    /** Files, but no marker, or one that is not Drover's. */
    STRANGER
  }

  /**
   * @param other the other VM, or the file that is in the way; empty for the rest
   */
  record State(Owner owner, String other) {}

  static State look(VmFolder folder, TargetVm vm) throws IOException {
    Path namespace = folder.namespace();
    if (Files.exists(namespace, LinkOption.NOFOLLOW_LINKS)
        && !Files.isDirectory(namespace, LinkOption.NOFOLLOW_LINKS)) {
      return new State(Owner.STRANGER, namespace + " is a link, or no folder");
    }
    if (!Files.exists(folder.path(), LinkOption.NOFOLLOW_LINKS)) {
      return new State(Owner.NOBODY, "");
    }
    Path disks = folder.path().resolve(VmFolder.DISKS);
    if (!Files.isDirectory(folder.path(), LinkOption.NOFOLLOW_LINKS)) {
      return new State(Owner.STRANGER, folder.path() + " is no folder");
    }
    if (Files.isSymbolicLink(disks)) {
      return new State(Owner.STRANGER, disks + " is a link");
    }
    Optional<Marker> marker;
    try {
      marker = Marker.read(folder);
    } catch (Marker.Unreadable e) {
      return new State(Owner.STRANGER, String.valueOf(e.getMessage()));
    }
    if (marker.isPresent()) {
      return marker.get().ref().equals(vm.source())
          ? new State(Owner.THIS_VM, "")
          : new State(Owner.OTHER_VM, marker.get().sourceName() + " (" + marker.get().ref() + ")");
    }
    try (Stream<Path> inside = Files.list(folder.path())) {
      Path partial = WholeFile.partial(folder.marker());
      return inside
          .filter(file -> !file.equals(partial))
          .min(Path::compareTo)
          .map(file -> new State(Owner.STRANGER, "there is " + file))
          .orElse(new State(Owner.NOBODY, ""));
    }
  }

  /**
   * Leaves folder and marker behind; the marker then lists what it listed before and what this VM
   * needs.
   *
   * @param locks keep the folder for this target until it lets go
   * @throws TargetFailed when it is somebody else's, or complete and another run's, or being
   *     written
   */
  static void claim(VmFolder folder, TargetVm vm, FolderRuns runs, FolderLocks locks)
      throws IOException {
    makeFolder(folder.root());
    boolean taken = locks.take(folder, FolderRuns::holder);
    boolean claimed = false;
    try {
      claimLocked(folder, vm, runs);
      claimed = true;
    } finally {
      if (taken && !claimed) {
        locks.release(folder);
      }
    }
  }

  private static void claimLocked(VmFolder folder, TargetVm vm, FolderRuns runs)
      throws IOException {
    State state = look(folder, vm);
    if (state.owner() == Owner.OTHER_VM) {
      throw new TargetFailed(
          folder.path().toString(),
          "holds another VM already: " + state.other(),
          "give one of them another name (\"targetName: NAME\" in the plan), or take the other back"
              + " with \"drover rollback\"");
    }
    if (state.owner() == Owner.STRANGER) {
      throw new TargetFailed(
          folder.path().toString(),
          "is there and not Drover's: " + state.other(),
          "move it away, or give the VM another name (\"targetName: NAME\" in the plan)");
    }
    Optional<String> run = runs.movedByAnother(folder, vm);
    if (run.isPresent()) {
      throw new TargetFailed(
          folder.path().toString(),
          "holds this VM already, complete, moved by " + run.get(),
          CheckFolder.takeBack(vm));
    }
    // The marker comes before anything else inside: a folder that a crash leaves has one or is
    // empty.
    makeFolder(folder.path());
    List<String> files = new ArrayList<>(VmFolder.files(vm));
    Marker.read(folder).ifPresent(old -> files.addAll(old.files()));
    Marker.begun(vm, files).write(folder);
    if (!vm.disks().isEmpty()) {
      makeFolder(folder.path().resolve(VmFolder.DISKS));
      runs.write(folder);
    }
  }

  private static void makeFolder(Path folder) throws IOException {
    for (int attempt = 1; ; attempt++) {
      try {
        Files.createDirectories(folder);
        return;
      } catch (NoSuchFileException e) {
        if (attempt == TRIES) {
          throw e;
        }
      }
    }
  }
}
