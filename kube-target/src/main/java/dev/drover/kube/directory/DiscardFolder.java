package dev.drover.kube.directory;

import dev.drover.mappings.target.TargetVm;
import java.io.IOException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Removes what Drover made for a VM: what its marker lists, and folders that are empty then. */
final class DiscardFolder {
  private DiscardFolder() {}

  /** Returns what was removed; nothing where the folder is not this VM's. */
  static List<Path> discard(VmFolder folder, TargetVm vm) throws IOException {
    List<Path> removed = new ArrayList<>();
    ClaimFolder.Owner owner = ClaimFolder.look(folder, vm).owner();
    if (owner == ClaimFolder.Owner.STRANGER) {
      return removed;
    }
    if (owner == ClaimFolder.Owner.THIS_VM) {
      Optional<Marker> marker = Marker.read(folder);
      // First, so that the list of all VMs and people see that the folder is no longer whole.
      remove(folder.path().resolve(VmFolder.KUSTOMIZATION), removed);
      for (String file : marker.map(Marker::files).orElse(List.of())) {
        remove(folder.path().resolve(file), removed);
      }
      remove(folder.path().resolve(VmFolder.RUN), new ArrayList<>());
      removeEmpty(folder.path().resolve(VmFolder.DISKS));
      remove(folder.marker(), removed);
    }
    removeEmpty(folder.path());
    removeEmpty(folder.namespace());
    return removed;
  }

  private static void remove(Path file, List<Path> removed) throws IOException {
    Files.deleteIfExists(WholeFile.partial(file));
    if (Files.deleteIfExists(file)) {
      removed.add(file);
    }
  }

  private static void removeEmpty(Path folder) throws IOException {
    try {
      if (Files.isDirectory(folder, LinkOption.NOFOLLOW_LINKS)) {
        Files.delete(folder);
      }
    } catch (DirectoryNotEmptyException | NoSuchFileException e) {
      // Somebody else's files, or another VM of the namespace: it stays.
    }
  }
}
