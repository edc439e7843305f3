package dev.drover.kube.cluster;

import dev.drover.kube.manifest.Manifest;
import dev.drover.kube.manifest.ManifestRenderer;
import dev.drover.mappings.target.TargetDisk;
import dev.drover.mappings.target.TargetVm;

/** The manifests of a VM, marked for one run. */
interface Rendering {
  /** The VirtualMachine, {@code runStrategy} as it is to be in the end. */
  Manifest virtualMachine(TargetVm vm);

  /** The DataVolume that a disk is uploaded to. */
  Manifest uploadVolume(TargetVm vm, TargetDisk disk);

  /** What {@link ManifestRenderer} gives. */
  static Rendering ofRun(String runId) {
    return new Rendering() {
      @Override
      public Manifest virtualMachine(TargetVm vm) {
        return ManifestRenderer.virtualMachine(vm, runId);
      }

      @Override
      public Manifest uploadVolume(TargetVm vm, TargetDisk disk) {
        return ManifestRenderer.uploadVolume(vm, disk, runId);
      }
    };
  }
}
