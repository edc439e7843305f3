package dev.drover.importers.vsphere;

import com.vmware.vim25.GuestDiskInfo;
import dev.drover.mappings.model.Answer;
import dev.drover.mappings.model.ByteSize;
import dev.drover.mappings.model.Guest;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads what runs inside, as far as VMware Tools told it. */
final class GuestReader {
  private final Props vm;

  GuestReader(Props vm) {
    this.vm = vm;
  }

  Guest read() {
    return new Guest(
        vm.text("config.guestId"),
        vm.text("config.guestFullName"),
        vm.text("guest.guestFullName"),
        vm.text("guest.hostName"),
        tools(),
        filesystems(),
        Answer.UNKNOWN);
  }

  private Guest.@Nullable Tools tools() {
    String running = vm.text("guest.toolsRunningStatus");
    if ("guestToolsNotInstalled".equals(vm.text("guest.toolsVersionStatus")) || running == null) {
      return null;
    }
    String version = vm.text("guest.toolsVersion");
    return new Guest.Tools(
        "VMware Tools",
        version == null || version.equals("0") ? null : version,
        Answer.of(running.equals("guestToolsRunning")));
  }

  /** Null where tools never reported any. */
  private @Nullable List<Guest.Filesystem> filesystems() {
    List<GuestDiskInfo> disks = vm.all("guest.disk", GuestDiskInfo.class);
    if (disks.isEmpty()) {
      return null;
    }
    List<Guest.Filesystem> all = new ArrayList<>();
    for (GuestDiskInfo each : disks) {
      if (each.diskPath != null && each.capacity != null && each.capacity >= 0) {
        Long free = each.freeSpace;
        all.add(
            new Guest.Filesystem(
                each.diskPath,
                Newer.text(each, "filesystemType"),
                new ByteSize(each.capacity),
                free == null || free < 0 ? null : new ByteSize(free)));
      }
    }
    return all;
  }
}
