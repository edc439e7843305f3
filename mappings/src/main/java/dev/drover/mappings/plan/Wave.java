package dev.drover.mappings.plan;

import java.util.List;

/** VMs that move together. */
public record Wave(String name, Limits limits, List<VmPlan> vms) {
  public Wave {
    vms = List.copyOf(vms);
  }

  /**
   * How much at once.
   *
   * @param vms VMs at once, at least 1
   * @param disks disks at once over all VMs, at least 1
   */
  public record Limits(int vms, int disks) {
    /** For a machine of two cores. */
    public static final Limits DEFAULT = new Limits(2, 2);

    public Limits {
      if (vms < 1 || disks < 1) {
        throw new IllegalArgumentException("a limit is at least 1: " + vms + ", " + disks);
      }
    }
  }
}
