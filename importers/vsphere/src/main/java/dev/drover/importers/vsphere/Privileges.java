package dev.drover.importers.vsphere;

import java.util.List;

/** The least privileges for each thing that Drover does. docs/vsphere.md has the same table. */
final class Privileges {
  /**
   * @param work what they are for
   * @param needed whether nothing works without
   */
  record Need(String work, boolean needed, List<String> privileges) {
    Need {
      privileges = List.copyOf(privileges);
    }
  }

  static final List<Need> NEEDS =
      List.of(
          new Need("inventory", true, List.of("System.Anonymous", "System.View", "System.Read")),
          new Need(
              "cold copies of VMs that are off",
              false,
              List.of("Datastore.Browse", "Datastore.FileManagement", "VApp.Export")),
          new Need(
              "copies of running VMs",
              false,
              List.of(
                  "VirtualMachine.Interact.PowerOff",
                  "VirtualMachine.Interact.PowerOn",
                  "VirtualMachine.State.CreateSnapshot",
                  "VirtualMachine.State.RemoveSnapshot",
                  "VirtualMachine.Provisioning.DiskRandomRead",
                  "VirtualMachine.Provisioning.GetVmFiles")));

  private Privileges() {}
}
