package dev.drover.kube.manifest;

import dev.drover.mappings.target.TargetDisk;
import dev.drover.mappings.target.TargetVm;

/** Renders what a VM becomes. */
public final class ManifestRenderer {
  private ManifestRenderer() {}

  /** The VirtualMachine over its claims, {@code runStrategy} as the plan wants it in the end. */
  public static Manifest virtualMachine(TargetVm vm, String runId) {
    throw new UnsupportedOperationException(vm + runId);
  }

  /** The DataVolume of a disk, source {@code upload}. */
  public static Manifest uploadVolume(TargetVm vm, TargetDisk disk, String runId) {
    throw new UnsupportedOperationException(vm + " " + disk + runId);
  }
}
