package dev.drover.importers.vsphere;

import java.util.List;

/** The least privileges for each thing that Drover does. docs/vsphere.md has the same table. */
final class Privileges {
  /** What objects a privilege is asked on. */
  enum Level {
    ROOT("Folder", "the root"),
    DATASTORE("Datastore", "datastores"),
    VM("VirtualMachine", "VMs");

    private final String type;
    private final String words;

    Level(String type, String words) {
      this.type = type;
      this.words = words;
    }

    String type() {
      return type;
    }

    String words() {
      return words;
    }
  }

  /**
   * One thing.
   *
   * @param work what they are for
   * @param needed whether nothing works without
   */
  record Need(String work, boolean needed, Level level, List<String> privileges) {
    Need {
      privileges = List.copyOf(privileges);
    }
  }

  static final List<Need> NEEDS =
      List.of(
          new Need(
              "inventory",
              true,
              Level.ROOT,
              List.of("System.Anonymous", "System.View", "System.Read")),
          new Need(
              "copies of flat disks",
              false,
              Level.DATASTORE,
              List.of("Datastore.Browse", "Datastore.FileManagement")),
          new Need("exports of other disks", false, Level.VM, List.of("VApp.Export")),
          new Need(
              "snapshots of running VMs",
              false,
              Level.VM,
              List.of(
                  "VirtualMachine.State.CreateSnapshot", "VirtualMachine.State.RemoveSnapshot")),
          new Need(
              "shutting down and starting",
              false,
              Level.VM,
              List.of("VirtualMachine.Interact.PowerOff", "VirtualMachine.Interact.PowerOn")));

  private Privileges() {}
}
