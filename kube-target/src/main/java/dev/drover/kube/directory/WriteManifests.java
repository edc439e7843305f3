package dev.drover.kube.directory;

import dev.drover.kube.manifest.ManifestRenderer;
import dev.drover.kube.manifest.ManifestYaml;
import dev.drover.mappings.target.TargetDisk;
import dev.drover.mappings.target.TargetVm;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Writes what stands beside the disks of a VM. The same VM gives the same bytes. */
final class WriteManifests {
  /** Disks do not belong into git; the folder does. */
  private static final String IGNORE = "# Disks are too large for git.\n*\n!.gitignore\n";

  private WriteManifests() {}

  static void ignoreDisks(VmFolder folder) throws IOException {
    WholeFile.writeInPassing(folder.path().resolve(VmFolder.GITIGNORE), IGNORE);
  }

  static void write(VmFolder folder, TargetVm vm) throws IOException {
    List<String> resources = new ArrayList<>();
    for (TargetDisk disk : vm.disks()) {
      resources.add(VmFolder.volumeFile(disk));
      put(
          folder,
          VmFolder.volumeFile(disk),
          ManifestYaml.write(ManifestRenderer.uploadVolume(vm, disk)));
    }
    resources.add(VmFolder.MACHINE);
    put(folder, VmFolder.MACHINE, ManifestYaml.write(ManifestRenderer.virtualMachine(vm)));
    WholeFile.writeInPassing(folder.path().resolve(VmFolder.README), FolderReadme.of(vm));
    if (!vm.disks().isEmpty()) {
      ignoreDisks(folder);
    }
    // Last: the list of all VMs takes a folder for whole once this is there.
    put(folder, VmFolder.KUSTOMIZATION, kustomization(resources));
    removeOld(folder, vm);
  }

  /** Resources in the order in which they are applied. */
  static String kustomization(List<String> resources) {
    Map<String, Object> body = new LinkedHashMap<>();
    body.put("apiVersion", "kustomize.config.k8s.io/v1beta1");
    body.put("kind", "Kustomization");
    body.put("sortOptions", Map.of("order", "fifo"));
    body.put("resources", resources);
    return ManifestYaml.write(body);
  }

  /** What an earlier plan made for this VM and this one does not: a disk in another format. */
  private static void removeOld(VmFolder folder, TargetVm vm) throws IOException {
    List<String> now = VmFolder.files(vm);
    List<String> before = Marker.read(folder).map(Marker::files).orElse(List.of());
    for (String file : before) {
      if (!now.contains(file)) {
        Path old = folder.path().resolve(file);
        Files.deleteIfExists(WholeFile.partial(old));
        Files.deleteIfExists(old);
      }
    }
    Marker.whole(vm).write(folder);
  }

  private static void put(VmFolder folder, String file, String text) throws IOException {
    WholeFile.write(folder.path().resolve(file), text);
  }
}
