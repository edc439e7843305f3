package dev.drover.importers.ova;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
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
import dev.drover.mappings.model.SourceDevice;
import dev.drover.mappings.model.SourceDisk;
import dev.drover.mappings.model.SourceVm;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class DescriptorsTest {
  @SuppressWarnings("NullAway.Init") // JUnit sets it.
  @TempDir
  Path folder;

  @BeforeEach
  void putTheDiskBesideIt() {
    Listing.write(folder.resolve("disk1.vmdk"), "KDMV");
  }

  private SourceVm vm(String text) {
    return vm(text, Map.of());
  }

  private SourceVm vm(String text, Map<String, String> options) {
    return Listing.vm(Listing.write(folder.resolve("web.ovf"), text), options);
  }

  /** A VM of 1 CPU and 64 MiB with more in its hardware section. */
  private SourceVm withHardware(String hardware) {
    return vm(Ovfs.simple("web", "disk1.vmdk", hardware));
  }

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

  @ParameterizedTest
  @CsvSource({
    "5, PIIX4, IDE, PIIX4",
    "6, lsilogic, SCSI, lsilogic",
    "6, lsilogicsas, SCSI, lsilogicsas",
    "6, buslogic, SCSI, buslogic",
    "6, 'someother, lsilogic', SCSI, lsilogic",
    "20, AHCI, SATA, AHCI",
    "20, vmware.sata.ahci, SATA, vmware.sata.ahci",
    "20, vmware.nvme.controller, NVME, vmware.nvme.controller",
    "20, LsiLogicSas, SCSI, LsiLogicSas"
  })
  void knowsControllers(int type, String subtype, DiskAddress.Bus bus, String model) {
    String controller =
        Ovfs.item(3, type, Ovfs.field("Address", "2") + Ovfs.field("ResourceSubType", subtype));
    SourceVm vm = vm(Ovfs.simple("web").replace(Ovfs.scsi(3), controller));
    assertEquals(new DiskAddress(bus, model, 2, 0), vm.disks().get(0).address());
  }

  @Test
  void ordersDisksByAddressAndGivesClashingOnesAFreePlace() {
    String more = Ovfs.drive(9, 3, 0, "vmdisk1") + Ovfs.drive(10, 77, 0, "vmdisk1");
    SourceVm vm = withHardware(more);
    assertEquals(
        List.of("vmdisk1", "vmdisk1~2", "vmdisk1~3"),
        vm.disks().stream().map(SourceDisk::id).toList());
    assertEquals(1, vm.disks().get(1).address().unit());
    assertEquals(DiskAddress.Bus.UNKNOWN, vm.disks().get(2).address().bus());
    assertEquals(1, Listing.findings(vm, "OVF-013").size());
    assertEquals(1, Listing.findings(vm, "OVF-012").size());
    assertEquals(2, Listing.findings(vm, "OVF-008").size());
  }

  @Test
  void readsNetworkCards() {
    SourceVm vm =
        withHardware(
            Ovfs.item(
                    7,
                    10,
                    Ovfs.field("ElementName", "Network adapter 1")
                        + Ovfs.field("Address", "00-50-56-AA-BB-CC")
                        + Ovfs.field("AutomaticAllocation", "true")
                        + Ovfs.field("Connection", "VM Network")
                        + Ovfs.field("ResourceSubType", "VmxNet3"))
                + Ovfs.item(
                    9,
                    10,
                    Ovfs.field("Address", "005056000001")
                        + Ovfs.field("AutomaticAllocation", "false")
                        + Ovfs.field("Connection", "Other")
                        + Ovfs.field("ResourceSubType", "Warp9")));
    assertEquals("vmxnet3", vm.nics().get(0).model());
    assertEquals("00:50:56:aa:bb:cc", vm.nics().get(0).mac());
    assertEquals("VM Network", vm.nics().get(0).network());
    assertEquals(Answer.YES, vm.nics().get(0).connected());
    assertEquals("00:50:56:00:00:01", vm.nics().get(1).mac());
    assertEquals(Answer.NO, vm.nics().get(1).connected());
    assertEquals(
        List.of(Finding.Severity.WARNING, Finding.Severity.INFO),
        Listing.findings(vm, "OVF-019").stream().map(Finding::severity).toList());
  }

  @Test
  void listsDevicesThatAreNeitherDiskNorCard() {
    SourceVm vm =
        withHardware(
            Ovfs.item(
                    20,
                    15,
                    Ovfs.field("ElementName", "CD") + Ovfs.field("HostResource", "ovf:/file/file1"))
                + Ovfs.item(21, 14, "")
                + Ovfs.item(22, 23, "")
                + Ovfs.item(23, 21, "")
                + Ovfs.item(24, 22, "")
                + Ovfs.item(25, 24, Ovfs.field("ElementName", "video"))
                + Ovfs.item(26, 35, "")
                + Ovfs.item(27, 1, Ovfs.field("ResourceSubType", "vmware.pci.passthrough-dvx")));
    assertEquals(
        List.of(
            SourceDevice.Kind.CDROM,
            SourceDevice.Kind.FLOPPY,
            SourceDevice.Kind.USB_CONTROLLER,
            SourceDevice.Kind.SERIAL_PORT,
            SourceDevice.Kind.PARALLEL_PORT,
            SourceDevice.Kind.OTHER,
            SourceDevice.Kind.SOUND,
            SourceDevice.Kind.PCI_PASSTHROUGH),
        vm.devices().stream().map(SourceDevice::kind).toList());
    assertEquals("CD with disk1.vmdk", vm.devices().get(0).description());
    assertEquals(1, Listing.findings(vm, "OVF-027").size());
  }

  @Test
  void readsVersion2WithItsStorageAndPortItems() {
    String text =
        Ovfs.simple(
                "web",
                "disk1.vmdk",
                Ovfs.item(
                        7,
                        10,
                        Ovfs.field("Address", "005056000001")
                            + Ovfs.field("Connection", "VM Network"))
                    .replace("Item>", "EthernetPortItem>")
                    .replace("rasd:", "epasd:"))
            .replace(
                Ovfs.drive(8, 3, 0, "vmdisk1"),
                Ovfs.drive(8, 3, 0, "vmdisk1")
                    .replace("Item>", "StorageItem>")
                    .replace("rasd:", "sasd:"))
            .replace("envelope/1", "envelope/2")
            .replace("xmlns:vmw", "xmlns:sasd=\"urn:s\" xmlns:epasd=\"urn:e\" xmlns:vmw");
    SourceVm vm = vm(text);
    assertEquals("vmdisk1", vm.disks().get(0).id());
    assertEquals("00:50:56:00:00:01", vm.nics().get(0).mac());
  }

  @Test
  void readsVersion09() {
    String text =
        Ovfs.simple("web")
            .replace("http://schemas.dmtf.org/ovf/envelope/1", OvfNames.VMWARE_09)
            .replace(
                "xmlns:vmw", "xmlns:xsi=\"http://www.w3.org/2001/XMLSchema-instance\" xmlns:vmw")
            .replaceAll("<(\\w+Section)>", "<Section xsi:type=\"ovf:$1_Type\">")
            .replaceAll("</\\w+Section>", "</Section>")
            .replace("<VirtualSystem ", "<Content xsi:type=\"ovf:VirtualSystem_Type\" ")
            .replace("</VirtualSystem>", "</Content>")
            .replace("InstanceID", "InstanceId")
            .replace("ElementName", "Caption")
            .replace("ovf:/disk/", "/disk/");
    assertEquals(vm(Ovfs.simple("web")), vm(text));
  }

  @Test
  void choosesTheDefaultDeploymentOptionOrTheOneThatIsAskedFor() {
    String options =
        "<DeploymentOptionSection><Info/><Configuration ovf:id=\"small\"/>"
            + "<Configuration ovf:id=\"large\" ovf:default=\"true\"/></DeploymentOptionSection>";
    String large = Ovfs.cpu(8).replace("<Item>", "<Item ovf:configuration=\"large huge\">");
    String text =
        Ovfs.simple("web", "disk1.vmdk", large)
            .replace("<NetworkSection>", options + "<NetworkSection>");
    SourceVm byDefault = vm(text);
    assertEquals(8, byDefault.cpu().count());
    assertEquals("large", Listing.findings(byDefault, "OVF-001").get(0).evidence());
    assertEquals(2, vm(text, Map.of("configuration", "small")).cpu().count());
    Discovery.Unreadable bad =
        Listing.unreadable(folder.resolve("web.ovf"), Map.of("configuration", "tiny"));
    assertTrue(bad.problem().remedy().contains("small, large"), bad.toString());
    assertEquals(2, vm(Ovfs.simple("web"), Map.of("configuration", "tiny")).cpu().count());
  }

  @Test
  void takesTheNormalValueAndNotItsBounds() {
    String bounds =
        Ovfs.memory(256).replace("<Item>", "<Item ovf:bound=\"min\">")
            + Ovfs.memory(8192).replace("<Item>", "<Item ovf:bound=\"max\">");
    assertEquals(ByteSize.ofGiB(1), withHardware(bounds).memory().size());
    SourceVm only = vm(Ovfs.simple("web", "disk1.vmdk", bounds).replace(Ovfs.memory(1024), ""));
    assertEquals(ByteSize.ofMiB(256), only.memory().size());
    assertEquals(1, Listing.findings(only, "OVF-017").size());
  }

  @Test
  void readsACapacityFromAPropertyOfTheChosenOption() {
    String product =
        "<ProductSection ovf:class=\"com.acme\"><Info/>"
            + "<Property ovf:key=\"size\" ovf:value=\"7\"/>"
            + "<Property ovf:key=\"secret\" ovf:password=\"true\" ovf:value=\"hunter2\"/>"
            + "</ProductSection>";
    String text =
        Ovfs.simple("web")
            .replace("ovf:capacity=\"1\"", "ovf:capacity=\"${com.acme.size}\"")
            .replace("</VirtualSystem>", product + "</VirtualSystem>");
    SourceVm vm = vm(text);
    assertEquals(ByteSize.ofGiB(7), vm.disks().get(0).size());
    assertEquals("7", vm.identity().attributes().get("property.com.acme.size"));
    assertFalse(vm.toString().contains("hunter2"), "a password is in the inventory");
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
