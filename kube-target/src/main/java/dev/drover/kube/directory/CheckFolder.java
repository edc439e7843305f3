package dev.drover.kube.directory;

import dev.drover.mappings.failure.ShellWord;
import dev.drover.mappings.model.ByteSize;
import dev.drover.mappings.model.Finding;
import dev.drover.mappings.target.TargetDisk;
import dev.drover.mappings.target.TargetVm;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Looks whether a VM can be written, and writes nothing. */
final class CheckFolder {
  /** Manifests need as much as that. */
  private static final long LEAST_FREE = 1L << 20;

  private CheckFolder() {}

  static List<Finding> check(
      VmFolder folder, TargetVm vm, TopKustomization top, FolderRuns runs, FolderLocks locks)
      throws IOException {
    List<Finding> findings = new ArrayList<>();
    Path existing = existing(folder.root());
    if (!Files.isDirectory(existing)) {
      findings.add(
          Finding.blocker(
                  "DIR-001",
                  "the target's folder cannot be made, since a file is in its way",
                  "name another folder as the plan's target")
              .with(existing.toString()));
      return findings;
    }
    if (!Files.isWritable(existing)) {
      findings.add(
          Finding.blocker(
                  "DIR-001",
                  "the target's folder cannot be written to",
                  "give the user that runs Drover the right to write there, or name another folder")
              .with(existing.toString()));
      return findings;
    }
    String locked = locks.trouble();
    if (!locked.isEmpty()) {
      findings.add(
          Finding.blocker("DIR-008", "the target's lock file " + locked, FolderLocks.FOREIGN_REMEDY)
              .with(folder.root().resolve(FolderLocks.FILE).toString()));
    } else if (locks.heldByAnother(folder)) {
      findings.add(
          Finding.blocker(
                  "DIR-007",
                  "its folder at the target " + FolderLocks.what(FolderRuns.holder(folder)),
                  FolderLocks.REMEDY)
              .with(folder.path().toString()));
    } else {
      owner(folder, vm, runs, findings);
    }
    space(folder, vm, existing, findings);
    if (top.foreign()) {
      findings.add(
          Finding.warning(
                  "DIR-005",
                  "the target's kustomization.yaml is not Drover's and is left alone",
                  "add \"" + vm.path() + "\" to its resources")
              .with(folder.root().resolve(VmFolder.KUSTOMIZATION).toString()));
    }
    return findings;
  }

  private static void owner(VmFolder folder, TargetVm vm, FolderRuns runs, List<Finding> findings)
      throws IOException {
    ClaimFolder.State state = ClaimFolder.look(folder, vm);
    if (state.owner() == ClaimFolder.Owner.OTHER_VM) {
      findings.add(
          Finding.blocker(
                  "DIR-003",
                  "another VM has this name at the target already",
                  "add \"targetName: NAME\" to this VM in the plan, or take the other back with"
                      + " \"drover rollback\"")
              .with(folder.path() + ": " + state.other()));
    } else if (state.owner() == ClaimFolder.Owner.STRANGER) {
      findings.add(
          Finding.blocker(
                  "DIR-004",
                  "a folder of this name is at the target and not Drover's",
                  "move it away, or add \"targetName: NAME\" to this VM in the plan")
              .with(state.other()));
    } else if (state.owner() == ClaimFolder.Owner.THIS_VM) {
      runs.movedByAnother(folder, vm)
          .ifPresent(
              run ->
                  findings.add(
                      Finding.blocker(
                              "DIR-006",
                              "this VM is at the target already, complete, and this run knows"
                                  + " nothing of its move",
                              takeBack(vm))
                          .with(folder.path() + ": moved from " + vm.source() + " by " + run)));
    }
  }

  static String takeBack(TargetVm vm) {
    return "nothing is to be done if it is as it should be; to move it again, take it back first"
        + " with \"drover rollback PLAN --vm "
        + ShellWord.quoted(vm.sourceName())
        + "\" and the --state folder of the run that moved it";
  }

  /**
   * Both formats leave zeros out, and how many there are nobody knows before they are read: a
   * source that tells what is allocated counts zeros that were written. So whatever a disk's size,
   * it is a warning, and a blocker only where nothing fits.
   */
  private static void space(VmFolder folder, TargetVm vm, Path existing, List<Finding> findings) {
    double needed = 0;
    for (TargetDisk disk : vm.disks()) {
      if (!Files.exists(folder.disk(disk))) {
        needed += disk.size().bytes();
      }
    }
    long free = existing.toFile().getUsableSpace();
    String where = "the file system of " + folder.root().toAbsolutePath().normalize();
    String evidence = "needed: up to " + amount((long) needed) + "; free: " + amount(free);
    if (free < LEAST_FREE) {
      findings.add(
          Finding.blocker(
                  "DIR-002", where + " is full", "free space, or name another folder in the plan")
              .with(evidence));
    } else if (needed > free) {
      findings.add(
          Finding.warning(
                  "DIR-002",
                  where
                      + " may be too small: the disks fit only if they hold zeros enough, which"
                      + " are left out",
                  "free space, or name a folder on a larger file system in the plan")
              .with(evidence));
    }
  }

  private static String amount(long bytes) {
    return new ByteSize(bytes) + " (" + bytes + " bytes)";
  }

  private static Path existing(Path root) {
    Path path = root.toAbsolutePath();
    while (!Files.exists(path, LinkOption.NOFOLLOW_LINKS)) {
      Path parent = path.getParent();
      if (parent == null) {
        break;
      }
      path = parent;
    }
    return path;
  }
}
