package dev.drover.importers.ova;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.drover.importers.api.Discovery;
import dev.drover.mappings.disk.DiskFormat;
import dev.drover.mappings.model.Answer;
import dev.drover.mappings.model.ByteSize;
import dev.drover.mappings.model.DiskAddress;
import dev.drover.mappings.model.Finding;
import dev.drover.mappings.model.Firmware;
import dev.drover.mappings.model.PowerState;
import dev.drover.mappings.model.SourceDisk;
import dev.drover.mappings.model.SourceVm;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class DescriptorsTest extends DescriptorCase {
  private static String config(String key, String value) {
    return "<vmw:Config ovf:required=\"false\" vmw:key=\""
        + key
        + "\" vmw:value=\""
        + value
        + "\"/>";
  }

  private static String extra(String key, String value) {
    return config(key, value).replace("vmw:Config", "vmw:ExtraConfig");
  }

  @Test
  void readsAPlainVm() {
    SourceVm vm = vm(Ovfs.simple("web"));
    assertEquals(2, vm.cpu().count());
    assertEquals(ByteSize.ofGiB(1), vm.memory().size());
    assertEquals("vmx-13", vm.identity().hardwareVersion());
    assertEquals(PowerState.OFF, vm.power());
    assertEquals(List.of(), vm.snapshots());
    SourceDisk disk = vm.disks().get(0);
    assertEquals("vmdisk1", disk.id());
    assertEquals("Hard disk 8", disk.label());
    assertEquals(ByteSize.ofGiB(1), disk.size());
    assertEquals(new DiskAddress(DiskAddress.Bus.SCSI, "VirtualSCSI", 0, 0), disk.address());
    assertEquals(DiskFormat.VMDK, disk.backing().format());
    assertEquals(SourceDisk.Sharing.NONE, disk.sharing());
    assertEquals(Firmware.ofType(Firmware.Type.BIOS), vm.firmware());
    assertEquals(List.of("OVF-004"), vm.findings().stream().map(Finding::code).toList());
  }

  @ParameterizedTest
  @CsvSource({
    "byte * 2^30, 1073741824", "byte * 2 ^ 20, 1048576", "bytes, 1", "byte*1024, 1024",
    "MegaBytes, 1048576", "GB, 1073741824", "KB, 1024", "byte * 10^9, 1000000000",
    "byte * 1000 * 2^10, 1024000", "TB, 1099511627776"
  })
  void knowsTheUnitsOfTheWild(String unit, long bytes) {
    SourceVm vm = vm(Ovfs.simple("web").replace("byte * 2^30", unit));
    assertEquals(bytes, vm.disks().get(0).size().bytes());
  }

  @Test
  void takesMegabytesForAMemoryWithoutAUnitAndSaysSo() {
    String text = Ovfs.simple("web").replace(Ovfs.field("AllocationUnits", "byte * 2^20"), "");
    SourceVm vm = vm(text);
    assertEquals(ByteSize.ofGiB(1), vm.memory().size());
    assertEquals(1, Listing.findings(vm, "OVF-016").size());
    assertEquals(ByteSize.ofGiB(1), vm(text.replace(">1024<", ">1073741824<")).memory().size());
  }

  @Test
  void readsTopologyReservationAndHotPlug() {
    String cpu =
        Ovfs.item(
            1,
            3,
            Ovfs.field("AllocationUnits", "hertz * 10^6")
                + Ovfs.field("VirtualQuantity", "8")
                + Ovfs.field("Reservation", "1500")
                + Ovfs.field("Limit", "-1")
                + "<vmw:CoresPerSocket ovf:required=\"false\">4</vmw:CoresPerSocket>");
    SourceVm vm =
        vm(
            Ovfs.simple("web")
                .replace(Ovfs.cpu(2), cpu)
                .replace(
                    "</VirtualHardwareSection>",
                    config("cpuHotAddEnabled", "true")
                        + config("memoryHotAddEnabled", "false")
                        + config("nestedHVEnabled", "true")
                        + extra("sched.cpu.latencySensitivity", "high")
                        + "</VirtualHardwareSection>"));
    assertEquals(8, vm.cpu().count());
    assertEquals(4, vm.cpu().coresPerSocket());
    assertEquals(1500L, vm.cpu().reservationMhz());
    assertNull(vm.cpu().limitMhz());
    assertEquals(Answer.YES, vm.cpu().hotAdd());
    assertEquals(Answer.NO, vm.memory().hotAdd());
    assertEquals(Answer.YES, vm.cpu().nested());
    assertEquals(Answer.YES, vm.cpu().latencySensitive());
  }

  @Test
  void takesBiosWhereVmwareSaysNothingAndNobodyElsesWord() {
    String vmware = Ovfs.simple("web");
    assertEquals(Firmware.Type.BIOS, vm(vmware).firmware().type());
    assertEquals(Firmware.Type.UNKNOWN, vm(vmware.replace("vmx-13", "xen-3")).firmware().type());
  }

  @Test
  void readsEfiSecureBootAndTpm() {
    SourceVm vm =
        withHardware(
            Ovfs.item(20, 1, Ovfs.field("ResourceSubType", "vmware.vtpm"))
                + config("firmware", "efi")
                + config("bootOptions.efiSecureBootEnabled", "true"));
    assertEquals(Firmware.Type.EFI, vm.firmware().type());
    assertEquals(Answer.YES, vm.firmware().secureBoot());
    assertEquals(Answer.YES, vm.firmware().tpm());
    assertEquals(List.of(), vm.devices());
    SourceVm other =
        withHardware(config("firmware", "bios") + extra("uefi.secureBoot.enabled", "FALSE"));
    assertEquals(Firmware.Type.BIOS, other.firmware().type());
    assertEquals(Answer.NO, other.firmware().secureBoot());
    assertEquals(Answer.UNKNOWN, other.firmware().tpm());
  }

  @Test
  void readsVirtualBoxsMachineForFirmwareAndClock() {
    String machine =
        "<vbox:Machine xmlns:vbox=\"http://www.virtualbox.org/ovf/machine\" ovf:required=\"false\""
            + " uuid=\"{0A1B2C3D-0000-4000-8000-000000000001}\"><Hardware>"
            + "<Firmware type=\"EFI\"/><RTC localOrUTC=\"UTC\"/></Hardware></vbox:Machine>";
    SourceVm vm = vm(Ovfs.simple("web").replace("</VirtualSystem>", machine + "</VirtualSystem>"));
    assertEquals(Firmware.Type.EFI, vm.firmware().type());
    assertEquals(Firmware.Clock.UTC, vm.firmware().clock());
    assertEquals("0a1b2c3d-0000-4000-8000-000000000001", vm.identity().biosUuid());
    String bios = machine.replace("<Firmware type=\"EFI\"/>", "");
    assertEquals(
        Firmware.Type.BIOS,
        vm(Ovfs.simple("web").replace("</VirtualSystem>", bios + "</VirtualSystem>"))
            .firmware()
            .type());
  }

  @Test
  void readsTheUuidThatTheGuestSees() {
    String spaced = "42 1f c9 52 0f 3a 71 2f-A7 40 1e b1 56 8f e6 0a";
    String plain = "421fc952-0f3a-712f-a740-1eb1568fe60a";
    assertEquals(plain, withHardware(extra("uuid.bios", spaced)).identity().biosUuid());
    assertEquals(plain, withHardware(config("uuid", plain)).identity().biosUuid());
    assertNull(withHardware(config("uuid", "none")).identity().biosUuid());
  }

  @Test
  void readsTheBootOrder() {
    String nic = Ovfs.item(7, 10, Ovfs.field("ResourceSubType", "E1000"));
    String order =
        "<vmw:BootOrderSection vmw:instanceId=\"8\" vmw:type=\"disk\"><Info/></vmw:BootOrderSection>"
            + "<vmw:BootOrderSection vmw:type=\"net\"><Info/></vmw:BootOrderSection>";
    SourceVm vm =
        vm(
            Ovfs.simple("web", "disk1.vmdk", nic)
                .replace("</VirtualSystem>", order + "</VirtualSystem>"));
    assertEquals(List.of("vmdisk1", "nic7"), vm.firmware().bootOrder());
  }

  @Test
  void readsVmsInNestedCollectionsWithTheirStartOrder() {
    String vm = Ovfs.system("db", Ovfs.hardware(Ovfs.cpu(1) + Ovfs.memory(64)));
    String startup =
        "<StartupSection><Info/><Item ovf:id=\"db\" ovf:order=\"3\" ovf:startDelay=\"20\"/></StartupSection>";
    Path file =
        Listing.write(
            folder.resolve("app.ovf"),
            Ovfs.envelope(
                "<VirtualSystemCollection ovf:id=\"shop\"><Info/>"
                    + "<VirtualSystemCollection ovf:id=\"tier\"><Info/><Name>Data</Name>"
                    + startup
                    + vm
                    + vm
                    + "</VirtualSystemCollection></VirtualSystemCollection>"));
    List<SourceVm> vms = Listing.of(file).stream().map(d -> ((Discovery.Found) d).vm()).toList();
    assertEquals(
        List.of("app.ovf#db", "app.ovf#db~2"), vms.stream().map(v -> v.ref().id()).toList());
    assertEquals("shop/Data", vms.get(0).placement().appliance());
    assertEquals("3", vms.get(0).identity().attributes().get("startup.order"));
    assertEquals(1, Listing.findings(vms.get(1), "OVF-021").size());
  }

  @Test
  void readsGuestAnnotationAndMessages() {
    String sections =
        "<OperatingSystemSection ovf:id=\"113\" vmw:osType=\"*windows9_64Guest\"><Info/>"
            + "<Description>Windows 10</Description></OperatingSystemSection>"
            + "<AnnotationSection><Info/><Annotation ovf:msgid=\"note\"/></AnnotationSection>";
    String strings =
        "<Strings xml:lang=\"en-US\"><Msg ovf:msgid=\"note\">take care</Msg></Strings>";
    SourceVm vm =
        vm(
            Ovfs.simple("web")
                .replace("</VirtualSystem>", sections + "</VirtualSystem>")
                .replace("</Envelope>", strings + "</Envelope>"));
    assertEquals("windows9_64Guest", vm.guest().configuredOs());
    assertEquals("Windows 10", vm.guest().configuredOsName());
    assertEquals("take care", vm.identity().notes());
  }

  @Test
  void saysWhatItDoesNotTakeAlong() {
    String sections =
        "<EulaSection><Info/><License>x</License></EulaSection>"
            + "<InstallSection><Info/></InstallSection>"
            + "<x:WarpSection xmlns:x=\"urn:x\"><Info/></x:WarpSection>"
            + "<x:MildSection xmlns:x=\"urn:x\" ovf:required=\"false\"/>"
            + "<ProductSection><Info/><Property ovf:key=\"ip\" ovf:userConfigurable=\"true\"/></ProductSection>";
    SourceVm vm =
        vm(
            Ovfs.simple("web")
                .replace(
                    "<VirtualHardwareSection>", "<VirtualHardwareSection ovf:transport=\"iso\">")
                .replace("</VirtualSystem>", sections + "</VirtualSystem>"));
    List<String> codes = vm.findings().stream().map(Finding::code).sorted().toList();
    assertEquals(List.of("OVF-004", "OVF-009", "OVF-014", "OVF-015", "OVF-029"), codes);
    assertTrue(Listing.findings(vm, "OVF-009").get(0).what().contains("WarpSection"));
  }

  @Test
  void choosesVmwareHardwareAmongSeveral() {
    String xen = Ovfs.hardware(Ovfs.cpu(16)).replace("vmx-13", "xen-3");
    SourceVm vm =
        vm(
            Ovfs.simple("web")
                .replace("<VirtualHardwareSection>", xen + "<VirtualHardwareSection>"));
    assertEquals(2, vm.cpu().count());
    assertEquals(1, Listing.findings(vm, "OVF-010").size());
  }
}
