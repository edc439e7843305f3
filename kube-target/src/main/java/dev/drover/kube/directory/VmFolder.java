package dev.drover.kube.directory;

import dev.drover.mappings.target.TargetDisk;
import dev.drover.mappings.target.TargetVm;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Where the files of a VM are.
 *
 * @param root the target's folder
 * @param path {@code root/NAMESPACE/NAME}
 */
record VmFolder(Path root, Path path) {
  /** In the VM's folder: who made it, from what, and which files. */
  static final String MARKER = ".drover.json";

  static final String MACHINE = "virtualmachine.yaml";
  static final String KUSTOMIZATION = "kustomization.yaml";
  static final String README = "README.md";
  static final String DISKS = "disks";
  static final String GITIGNORE = DISKS + "/.gitignore";

  /** Names the run that wrote the disks; git ignores it with them. */
  static final String RUN = DISKS + "/.run";

  static VmFolder of(Path root, TargetVm vm) {
    if (!isName(vm.namespace()) || !isName(vm.name())) {
      throw new IllegalArgumentException("no names of folders: " + vm.path());
    }
    Path path = root.resolve(vm.namespace()).resolve(vm.name());
    return new VmFolder(root, path);
  }

  /** The mapper gives DNS labels; this keeps whatever comes another way inside the root. */
  private static boolean isName(String name) {
    return !name.isEmpty()
        && !name.startsWith(".")
        && Path.of(name).getNameCount() == 1
        && !Path.of(name).isAbsolute();
  }

  Path namespace() {
    return root.resolve(path.getName(path.getNameCount() - 2));
  }

  Path marker() {
    return path.resolve(MARKER);
  }

  Path disk(TargetDisk disk) {
    return path.resolve(diskFile(disk));
  }

  static String diskFile(TargetDisk disk) {
    return DISKS + "/" + disk.claim() + "." + disk.storage().format().extension();
  }

  static String volumeFile(TargetDisk disk) {
    return "datavolume-" + disk.claim() + ".yaml";
  }

  /** The VM's files but for the marker, relative to its folder, in the order of their making. */
  static List<String> files(TargetVm vm) {
    List<String> files = new ArrayList<>();
    if (!vm.disks().isEmpty()) {
      files.add(GITIGNORE);
    }
    vm.disks().forEach(disk -> files.add(diskFile(disk)));
    vm.disks().forEach(disk -> files.add(volumeFile(disk)));
    files.add(MACHINE);
    files.add(KUSTOMIZATION);
    files.add(README);
    return files;
  }
}
