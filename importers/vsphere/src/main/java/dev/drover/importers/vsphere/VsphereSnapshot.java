package dev.drover.importers.vsphere;

import com.vmware.vim25.VirtualDevice;
import com.vmware.vim25.VirtualDisk;
import com.vmware.vim25.VirtualHardware;
import com.vmware.vim25.VirtualMachinePowerState;
import dev.drover.importers.api.VmSnapshot;
import dev.drover.mappings.disk.DiskSource;
import dev.drover.mappings.failure.SourceFailed;
import dev.drover.mappings.model.SourceDisk;
import dev.drover.mappings.model.SourceVm;
import java.net.URI;
import java.util.List;

/**
 * A VM that is off: its disks stay as they are, and nothing has to be held. Disks of a VM that runs
 * are refused.
 */
final class VsphereSnapshot implements VmSnapshot {
  private final Session session;
  private final SourceVm vm;
  private final Props props;
  private final Surroundings around;

  VsphereSnapshot(Session session, SourceVm vm, Props props, Surroundings around) {
    this.session = session;
    this.vm = vm;
    this.props = props;
    this.around = around;
  }

  @Override
  public SourceVm vm() {
    return vm;
  }

  private String subject() {
    return "VM \"" + vm.name() + "\"";
  }

  @Override
  public DiskSource disk(String diskId) {
    SourceDisk disk =
        vm.disks().stream()
            .filter(each -> each.id().equals(diskId))
            .findFirst()
            .orElseThrow(
                () ->
                    new SourceFailed(
                        subject(),
                        "it has no disk \"" + diskId + "\"",
                        "take the inventory again"));
    String label = vm.name() + "/" + disk.label();
    if (!backing(disk).isFlat()) {
      String refusal =
          "it lies on " + words(disk) + ", which this version does not copy over the network";
      return new DiskSource.Blocks(
          label + " (" + disk.backing().path() + ")",
          null,
          () -> {
            throw new SourceFailed(label, refusal, remedy(disk));
          });
    }
    URI file = FolderDisk.file(session, label, disk, props, around);
    String modified = FolderDisk.modified(session, file);
    String written = modified == null ? "" : ", written " + modified;
    return new DiskSource.Blocks(
        label + " (" + disk.backing().path() + written + ")",
        modified == null ? null : file + " " + modified,
        () -> {
          refuseWhileItRuns();
          return FolderDisk.open(session, label, file, disk);
        });
  }

  /** Asked again each time: somebody may have started it since it was opened. */
  private void refuseWhileItRuns() {
    Props now =
        new Collector(session)
            .one(props.ref(), List.of("runtime.powerState"), subject(), "it cannot be read");
    VirtualMachinePowerState state = now.get("runtime.powerState", VirtualMachinePowerState.class);
    if (state != VirtualMachinePowerState.poweredOff) {
      throw new SourceFailed(
          subject(),
          "it is "
              + (state == null ? "in an unknown power state" : state)
              + " at the source, so"
              + " that a copy is not of one instant",
          "shut it down at the source and run it again");
    }
  }

  private static String words(SourceDisk disk) {
    Integer depth = disk.backing().chainDepth();
    return switch (disk.backing().kind()) {
      case RDM_PHYSICAL, RDM_VIRTUAL, BLOCK -> "a raw device";
      case OBJECT -> "a vSAN or vVol object";
      default -> depth != null && depth > 0 ? "snapshots" : "a sparse file";
    };
  }

  private static String remedy(SourceDisk disk) {
    Integer depth = disk.backing().chainDepth();
    return depth != null && depth > 0
        ? "remove the VM's snapshots, so that one flat file is left"
        : "export the VM to an OVA and give Drover that (ova:FILE), or move the disk to a VMFS or"
            + " NFS datastore as a thick or thin file";
  }

  private DiskBacking backing(SourceDisk disk) {
    VirtualHardware hardware = props.get("config.hardware", VirtualHardware.class);
    for (VirtualDevice each :
        Props.list(hardware == null ? null : hardware.device, VirtualDevice.class)) {
      if (each instanceof VirtualDisk found && String.valueOf(found.key).equals(disk.id())) {
        return new DiskBacking(found, around);
      }
    }
    throw new IllegalStateException("the reader made a disk of nothing: " + disk.id());
  }

  @Override
  public void close() {
    // Nothing is held.
  }
}
