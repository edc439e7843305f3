package dev.drover.importers.vsphere;

import com.vmware.vim25.VirtualDevice;
import com.vmware.vim25.VirtualDisk;
import com.vmware.vim25.VirtualHardware;
import dev.drover.importers.api.Hold;
import dev.drover.importers.api.VmSnapshot;
import dev.drover.mappings.disk.DiskFormat;
import dev.drover.mappings.disk.DiskSource;
import dev.drover.mappings.failure.SourceFailed;
import dev.drover.mappings.model.PowerState;
import dev.drover.mappings.model.SourceDisk;
import dev.drover.mappings.model.SourceVm;
import java.net.URI;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A VM that is off, whose disks stay as they are, or one that a snapshot holds still. A disk that
 * is one flat file is read from that; any other through a lease.
 */
final class VsphereSnapshot implements VmSnapshot {
  private final Site site;
  private final SourceVm vm;
  private final Props props;
  private final Surroundings around;
  private final Hold hold;
  private final SnapshotHold snapshots;
  private OwnSnapshots.@Nullable Own held;
  private @Nullable VirtualHardware hardware;
  private @Nullable VmExport export;

  VsphereSnapshot(Site site, SourceVm vm, Props props, Surroundings around, Hold hold) {
    this.site = site;
    this.vm = vm;
    this.props = props;
    this.around = around;
    this.hold = hold;
    this.snapshots = new SnapshotHold(site.session(), props.ref(), subject(), hold);
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
    Unreadable.refuse(label, disk, hold);
    List<VirtualDevice> devices = devices();
    VirtualDisk device = device(label, devices, diskId);
    DiskBacking backing = new DiskBacking(device, around);
    return backing.isFlat()
        ? flat(label, disk, backing)
        : exported(label, disk, device, backing, devices);
  }

  /** Those of the snapshot where one holds the VM: the frozen files. */
  private synchronized List<VirtualDevice> devices() {
    VirtualHardware now = hardware;
    if (now == null) {
      if (hold.snapshot()) {
        held = snapshots.take();
        now = snapshots.frozen(held);
      } else {
        now =
            Objects.requireNonNullElseGet(
                props.get("config.hardware", VirtualHardware.class), VirtualHardware::new);
      }
      hardware = now;
    }
    return Props.list(now.device, VirtualDevice.class);
  }

  private static VirtualDisk device(String label, List<VirtualDevice> devices, String diskId) {
    for (VirtualDevice each : devices) {
      if (each instanceof VirtualDisk found && String.valueOf(found.key).equals(diskId)) {
        return found;
      }
    }
    throw new SourceFailed(
        label,
        "the VM's snapshot does not hold it",
        "run it again: the disk was added after the snapshot was made");
  }

  private DiskSource flat(String label, SourceDisk disk, DiskBacking backing) {
    URI file = FolderPath.of(site.session(), label, backing.path(), props, around);
    String modified = FolderFile.modified(site.session(), file);
    String written = modified == null ? "" : ", written " + modified;
    return new DiskSource.Blocks(
        label + " (" + backing.path() + written + instant() + ")",
        modified == null ? null : file + " " + modified + instant(),
        () -> {
          refuseWhileItRuns();
          long size = disk.size().bytes();
          HostRoute route = site.routes().to(label, around.tree().name(host()), file);
          FolderFile from = new FolderFile(site.session(), label, file, size, route);
          return new FolderDisk(from, turn(label, backing));
        });
  }

  private DiskSource exported(
      String label,
      SourceDisk disk,
      VirtualDisk device,
      DiskBacking backing,
      List<VirtualDevice> devices) {
    String content = backing.contentId() == null ? "" : ", content " + backing.contentId();
    return new DiskSource.Streamed(
        label + " (" + backing.path() + content + instant() + ")",
        DiskFormat.VMDK,
        disk.size(),
        () -> {
          refuseWhileItRuns();
          long size = disk.size().bytes();
          return export().open(label, device, devices, size, turn(label, backing));
        });
  }

  /** Tells what one snapshot froze from what another did. */
  private synchronized String instant() {
    return held == null ? "" : ", snapshot " + held.ref().val + " " + held.since();
  }

  private Turns.Turn turn(String label, DiskBacking backing) {
    com.vmware.vim25.ManagedObjectReference host = host();
    return site.turns().take(label, host == null ? "?" : host.val, backing.datastoreId());
  }

  private com.vmware.vim25.@Nullable ManagedObjectReference host() {
    return props.ref("runtime.host");
  }

  private synchronized VmExport export() {
    VmExport now = export;
    if (now == null) {
      OwnSnapshots.Own own = held;
      now =
          new VmExport(
              site,
              subject(),
              own == null
                  ? (vim, c) -> vim.exportVm(props.ref())
                  : (vim, c) -> ExportSnapshot.call(vim, own.ref()));
      export = now;
    }
    return now;
  }

  /** Asked again each time: somebody may have started it since it was opened. */
  private void refuseWhileItRuns() {
    if (hold.snapshot()) {
      return;
    }
    Props now =
        new Collector(site.session())
            .one(props.ref(), List.of("runtime.powerState"), subject(), "it cannot be read");
    if (Power.state(now) != PowerState.OFF) {
      throw new SourceFailed(
          subject(),
          "it is "
              + Objects.requireNonNullElse(
                  now.values().get("runtime.powerState"), "in an unknown power state")
              + " at the source, so that a copy is not of one instant",
          "let the plan shut it down or copy it from a snapshot, or shut it down at the source");
    }
  }

  /**
   * Gives the lease back and removes the snapshot.
   *
   * @throws SourceFailed when the snapshot stays
   */
  @Override
  public synchronized void close() {
    if (export != null) {
      export.close();
      export = null;
    }
    OwnSnapshots.Own own = held;
    held = null;
    if (own != null) {
      snapshots.remove(own.ref());
    }
  }
}
