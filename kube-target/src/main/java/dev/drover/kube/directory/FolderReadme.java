package dev.drover.kube.directory;

import dev.drover.mappings.target.TargetDisk;
import dev.drover.mappings.target.TargetVm;
import java.util.regex.Pattern;

/** Tells the platform engineer what is in a VM's folder and how it gets onto a cluster. */
final class FolderReadme {
  /** What ends the code, and what a terminal or a browser obeys: marks of direction among them. */
  private static final Pattern NOT_IN_CODE = Pattern.compile("[`\\p{C}\\p{Zl}\\p{Zp}]");

  private FolderReadme() {}

  static String of(TargetVm vm) {
    StringBuilder text = new StringBuilder();
    text.append("# ").append(vm.path()).append("\n\n");
    text.append("Written by Drover from `").append(code(vm.sourceName()));
    text.append("` (`").append(code(vm.source().toString())).append("`).");
    text.append(" A new run writes these files again: change the plan, not them.\n\n");
    disks(vm, text);
    apply(vm, text);
    return text.toString();
  }

  private static void disks(TargetVm vm, StringBuilder text) {
    if (vm.disks().isEmpty()) {
      return;
    }
    text.append("| disk | file | size | DataVolume |\n| --- | --- | --- | --- |\n");
    for (TargetDisk disk : vm.disks()) {
      text.append("| ").append(disk.name());
      text.append(" | `").append(VmFolder.diskFile(disk));
      text.append("` | ").append(disk.size());
      text.append(" | `").append(disk.claim()).append("` |\n");
    }
    text.append("\nDisks are not in git (`disks/.gitignore`); take them along another way.");
    text.append(" Raw files have holes: copy them with `cp --sparse=always`, `rsync -S` or");
    text.append(" `tar -S`.\n\n");
  }

  private static void apply(TargetVm vm, StringBuilder text) {
    text.append("## Onto a cluster\n\nIn this folder, in this order:\n\n```sh\n");
    text.append("kubectl get namespace ").append(vm.namespace());
    text.append(" || kubectl create namespace ").append(vm.namespace()).append('\n');
    text.append("kubectl apply -k .\n");
    for (TargetDisk disk : vm.disks()) {
      text.append("virtctl image-upload dv ").append(disk.claim());
      text.append(" -n ").append(vm.namespace()).append(" --no-create --image-path ");
      text.append(VmFolder.diskFile(disk)).append('\n');
    }
    if (!vm.running()) {
      text.append("virtctl start ").append(vm.name()).append(" -n ").append(vm.namespace());
      text.append("    # it is meant to stay off until somebody does\n");
    }
    text.append("```\n\n");
    text.append("`kubectl apply -k .` creates the DataVolumes, then the VirtualMachine");
    text.append(" (`kustomization.yaml` keeps that order). ");
    text.append(
        vm.running()
            ? "KubeVirt starts it as soon as its volumes are filled.\n"
            : "Start it only when its volumes are filled.\n");
  }

  private static String code(String text) {
    return NOT_IN_CODE.matcher(text).replaceAll("?");
  }
}
