package dev.drover.kube.directory;

import dev.drover.mappings.target.TargetVm;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Keeps a complete VM from runs that know nothing of it: of another state directory, or of another
 * working directory. The marker says that it is complete, and {@code disks/.run}, which git ignores
 * as it ignores the disks, by which run. A run that died between its last file and its ledger's
 * note of it resumes under its own id and goes on.
 */
final class FolderRuns {
  private static final Pattern RUN_ID = Pattern.compile("[A-Za-z0-9._-]{1,100}");

  private final String own;
  private final Set<String> known;

  /**
   * For one run.
   *
   * @param earlier runs whose work it goes on with
   */
  FolderRuns(String own, Set<String> earlier) {
    this.own = own;
    this.known = new HashSet<>(earlier);
    known.add(own);
  }

  /**
   * Who moved the VM, where it is here, complete, and this run may not touch it. A folder without
   * disks, as git brings it, holds nothing that could be lost.
   */
  Optional<String> movedByAnother(VmFolder folder, TargetVm vm) throws IOException {
    Optional<Marker> marker = Marker.read(folder);
    if (marker.isEmpty()
        || !marker.get().ref().equals(vm.source())
        || !marker.get().saysComplete()
        || marker.get().disks().keySet().stream().noneMatch(disk -> isThere(folder, disk))) {
      return Optional.empty();
    }
    String run = read(folder);
    return known.contains(run)
        ? Optional.empty()
        : Optional.of(run.isEmpty() ? "a run that left no name" : "run " + run);
  }

  private static boolean isThere(VmFolder folder, String disk) {
    return Files.exists(folder.path().resolve(disk), LinkOption.NOFOLLOW_LINKS);
  }

  /** Empty where there is none, or one that Drover did not write. */
  private static String read(VmFolder folder) throws IOException {
    Path file = folder.path().resolve(VmFolder.RUN);
    if (!Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS) || Files.size(file) > 200) {
      return "";
    }
    String text = new String(Files.readAllBytes(file), StandardCharsets.UTF_8).strip();
    return RUN_ID.matcher(text).matches() ? text : "";
  }

  /** From now on it is this run's. */
  void write(VmFolder folder) throws IOException {
    WholeFile.write(folder.path().resolve(VmFolder.RUN), own + "\n");
  }
}
