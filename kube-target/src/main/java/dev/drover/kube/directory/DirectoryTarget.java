package dev.drover.kube.directory;

import dev.drover.converters.DiskDestination;
import dev.drover.kube.MigrationTarget;
import dev.drover.mappings.disk.DiskFormat;
import dev.drover.mappings.failure.Retry;
import dev.drover.mappings.failure.TargetFailed;
import dev.drover.mappings.model.Finding;
import dev.drover.mappings.plan.TargetSpec;
import dev.drover.mappings.target.TargetDisk;
import dev.drover.mappings.target.TargetVm;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * A folder: {@code NAMESPACE/NAME} for each VM, with its disks, its manifests, how to apply them,
 * and a marker; and a kustomization over all of them. The same VM gives the same files, whenever
 * and by whatever run it is written; a complete one is left alone by runs that know nothing of it
 * ({@link FolderRuns}).
 */
public final class DirectoryTarget implements MigrationTarget {
  private final Path root;
  private final TopKustomization top;
  private final FolderRuns runs;
  private final FolderLocks locks;

  private DirectoryTarget(Path root, FolderRuns runs) {
    this.root = root;
    this.runs = runs;
    this.top = new TopKustomization(root);
    this.locks = new FolderLocks(root);
  }

  /**
   * Touches nothing yet; {@link #check} says what is wrong with the folder.
   *
   * @param earlier runs whose work the run goes on with
   */
  public static DirectoryTarget open(TargetSpec.Directory spec, String runId, Set<String> earlier) {
    return new DirectoryTarget(Path.of(spec.path()).normalize(), new FolderRuns(runId, earlier));
  }

  @Override
  public List<Finding> check(TargetVm vm) {
    VmFolder folder = VmFolder.of(root, vm);
    return asking(
        folder.path(),
        "cannot be looked at",
        () -> CheckFolder.check(folder, vm, top, runs, locks));
  }

  @Override
  public DiskDestination prepareDisk(TargetVm vm, TargetDisk disk) {
    VmFolder folder = VmFolder.of(root, vm);
    return asking(
        folder.path(),
        "cannot be made",
        () -> {
          ClaimFolder.claim(folder, vm, runs, locks);
          WriteManifests.ignoreDisks(folder);
          top.willChange();
          return new DiskDestination.LocalFile(
              folder.disk(disk), disk.storage().format(), disk.storage().compress());
        });
  }

  @Override
  public List<ObjectRef> create(TargetVm vm) {
    VmFolder folder = VmFolder.of(root, vm);
    return asking(
        folder.path(),
        "cannot be written",
        () -> {
          ClaimFolder.claim(folder, vm, runs, locks);
          disksAreThere(folder, vm);
          WriteManifests.write(folder, vm);
          // Whole, and marked as this run's: from here on that keeps others away.
          locks.release(folder);
          top.changed();
          List<ObjectRef> made = new ArrayList<>();
          VmFolder.files(vm).forEach(file -> made.add(ref(folder.path().resolve(file))));
          made.add(ref(folder.marker()));
          return made;
        });
  }

  /** Nothing runs in a folder. */
  @Override
  public void start(TargetVm vm) {
    top.willChange();
  }

  /**
   * Ready when all files are there and no raw disk is shorter than it was; what is missing does not
   * come back by itself.
   */
  @Override
  public Health observe(TargetVm vm) {
    top.willChange();
    VmFolder folder = VmFolder.of(root, vm);
    List<Path> files = new ArrayList<>();
    files.add(folder.marker());
    VmFolder.files(vm).forEach(file -> files.add(folder.path().resolve(file)));
    for (Path file : files) {
      if (!Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) {
        throw damaged(file, "is missing");
      }
    }
    vm.disks().forEach(disk -> isNotShort(folder.disk(disk), disk));
    return Health.READY;
  }

  /** Of raw disks only: the length of a qcow2 says nothing of the disk's. */
  private static void isNotShort(Path file, TargetDisk disk) {
    if (disk.storage().format() != DiskFormat.RAW) {
      return;
    }
    long length = asking(file, "cannot be read", () -> Files.size(file));
    if (length < disk.size().bytes()) {
      throw damaged(file, "has " + length + " bytes of a disk of " + disk.size().bytes());
    }
  }

  private static TargetFailed damaged(Path file, String how) {
    return new TargetFailed(
        file.toString(),
        how,
        "put it back if you have it, or take the VM back with \"drover rollback\" and move it"
            + " again");
  }

  @Override
  public List<ObjectRef> discard(TargetVm vm) {
    VmFolder folder = VmFolder.of(root, vm);
    return asking(
        folder.path(),
        "cannot be removed",
        () -> {
          List<Path> removed = discardAlone(folder, vm);
          top.changed();
          return removed.stream().map(DirectoryTarget::ref).toList();
        });
  }

  /** Not while another run writes there. */
  private List<Path> discardAlone(VmFolder folder, TargetVm vm) throws IOException {
    if (!Files.exists(folder.path(), LinkOption.NOFOLLOW_LINKS)) {
      return DiscardFolder.discard(folder, vm);
    }
    locks.take(folder, FolderRuns::holder);
    try {
      return DiscardFolder.discard(folder, vm);
    } finally {
      locks.release(folder);
    }
  }

  @Override
  public void close() {
    locks.close();
    asking(
        root,
        "cannot be listed",
        () -> {
          top.flush();
          return root;
        });
  }

  private static void disksAreThere(VmFolder folder, TargetVm vm) {
    for (TargetDisk disk : vm.disks()) {
      if (!Files.isRegularFile(folder.disk(disk), LinkOption.NOFOLLOW_LINKS)) {
        throw new TargetFailed(
            folder.disk(disk).toString(),
            "is missing, though it was copied",
            "take the VM back with \"drover rollback\" and move it again");
      }
    }
  }

  private static ObjectRef ref(Path file) {
    return new ObjectRef("File", "", file.toString(), "");
  }

  private static <T> T asking(Path subject, String what, Work<T> work) {
    try {
      return work.run();
    } catch (IOException e) {
      throw new TargetFailed(
          subject.toString(),
          what,
          "see that the folder can be written to and that its file system has space, then run"
              + " \"drover resume\"",
          Retry.POINTLESS,
          e);
    }
  }

  @FunctionalInterface
  private interface Work<T> {
    T run() throws IOException;
  }
}
