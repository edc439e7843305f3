package dev.drover.importers.ova;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.drover.mappings.model.Answer;
import dev.drover.mappings.model.DiskAddress;
import dev.drover.mappings.model.Finding;
import dev.drover.mappings.model.SourceDevice;
import dev.drover.mappings.model.SourceDisk;
import dev.drover.mappings.model.SourceVm;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Controllers, disks, cards and other devices of a descriptor. */
final class DeviceItemsTest extends DescriptorCase {
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
}
