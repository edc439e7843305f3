package dev.drover.batch.ledger;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.drover.mappings.disk.DiskFormat;
import dev.drover.mappings.model.ByteSize;
import dev.drover.mappings.model.Firmware;
import dev.drover.mappings.model.VmRef;
import dev.drover.mappings.plan.NetworkMapping;
import dev.drover.mappings.plan.StorageMapping;
import dev.drover.mappings.plan.VmSettings;
import dev.drover.mappings.target.Platform;
import dev.drover.mappings.target.Sizing;
import dev.drover.mappings.target.TargetDisk;
import dev.drover.mappings.target.TargetNic;
import dev.drover.mappings.target.TargetVm;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class TargetVmJsonTest {
  private static TargetVm vm(Sizing sizing, NetworkMapping.Destination network) {
    return new TargetVm(
        new VmRef("dc1", "vm-7"),
        "Web \u00fc \"7\"",
        "default",
        "web-7",
        sizing,
        new Platform(
            Firmware.Type.EFI,
            true,
            true,
            null,
            Firmware.Clock.LOCALTIME,
            "q35",
            Platform.GuestFamily.WINDOWS),
        List.of(
            new TargetDisk(
                "d0",
                "disk0",
                "web-7-disk0",
                ByteSize.ofGiB(60),
                VmSettings.DiskBus.sata,
                1,
                "S1",
                new TargetDisk.Storage(
                    "fast",
                    StorageMapping.AccessMode.ReadWriteMany,
                    StorageMapping.VolumeMode.Block,
                    DiskFormat.RAW,
                    false))),
        List.of(new TargetNic("n0", "net0", "virtio", "02:00:00:00:00:01", network, true, null)),
        true,
        Map.of("a", "b"),
        Map.of());
  }

  @Test
  void everyKindOfSizingAndNetworkComesBackAsItWas() {
    Sizing explicit =
        new Sizing.Explicit(1, 2, 1, ByteSize.ofGiB(4), ByteSize.ofGiB(2), 500L, null);
    Sizing typed =
        new Sizing.ByInstanceType(
            new Sizing.ObjectName("VirtualMachineClusterInstancetype", "u1.small"), null);
    for (Sizing sizing : List.of(explicit, typed)) {
      for (NetworkMapping.Destination network :
          List.of(new NetworkMapping.Pod(), new NetworkMapping.Multus("nets", "vlan7"))) {
        TargetVm vm = vm(sizing, network);
        assertEquals(vm, TargetVmJson.read(TargetVmJson.write(vm)));
      }
    }
  }
}
