package dev.drover.batch.cli.demo;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * A VM of the sample, as VMware writes one into a descriptor.
 *
 * @param os CIM number, VMware's id and the name for people
 * @param devices extra items: CIM resource type and name
 */
record SampleVm(
    String name,
    int cpus,
    int memoryMiB,
    boolean efi,
    Os os,
    String network,
    String nicModel,
    List<Device> devices,
    List<Disk> disks) {
  record Os(int cim, String vmwareId, String text) {}

  record Device(int resourceType, String name) {}

  /** A disk; its file is {@code NAME-diskN.vmdk}. */
  record Disk(int sizeMiB, Content content) {}

  /** What is on a disk. */
  enum Content {
    FILES,
    DATABASE,
    EMPTY
  }

  static final Os DEBIAN = new Os(96, "debian12_64Guest", "Debian GNU/Linux 12 (64-bit)");
  static final Os OTHER = new Os(1, "otherGuest", "Other (32-bit)");

  /** The three that the demo moves. */
  static List<SampleVm> all() {
    return List.of(
        new SampleVm(
            "web-1",
            2,
            2048,
            false,
            DEBIAN,
            "VM Network",
            "VmxNet3",
            List.of(),
            List.of(new Disk(256, Content.FILES))),
        new SampleVm(
            "db-1",
            4,
            4096,
            true,
            DEBIAN,
            "VM Network",
            "VmxNet3",
            List.of(),
            List.of(new Disk(256, Content.FILES), new Disk(512, Content.DATABASE))),
        new SampleVm(
            "legacy-app",
            1,
            512,
            false,
            OTHER,
            "VLAN 17",
            "E1000",
            // Devices that no target has: the inventory says what becomes of them.
            List.of(new Device(14, "Floppy drive 1"), new Device(22, "Parallel port 1")),
            List.of(new Disk(64, Content.EMPTY))));
  }

  /** The name of a disk at the target, and of its original that the demo keeps to compare. */
  String diskName(int number) {
    return name + "-disk" + number;
  }

  /** The OVF 1.1 descriptor for disks in these files. */
  String descriptor(List<Path> files) throws java.io.IOException {
    StringBuilder references = new StringBuilder();
    StringBuilder diskSection = new StringBuilder();
    List<String> items = new ArrayList<>();
    items.add(
        item(
            1,
            3,
            cpus + " virtual CPU(s)",
            "<rasd:VirtualQuantity>" + cpus + "</rasd:VirtualQuantity>"));
    items.add(
        item(
            2,
            4,
            memoryMiB + " MB of memory",
            "<rasd:AllocationUnits>byte * 2^20</rasd:AllocationUnits><rasd:VirtualQuantity>"
                + memoryMiB
                + "</rasd:VirtualQuantity>"));
    items.add(
        item(
            3,
            6,
            "SCSI controller 0",
            "<rasd:Address>0</rasd:Address><rasd:ResourceSubType>VirtualSCSI</rasd:ResourceSubType>"));
    for (int i = 0; i < files.size(); i++) {
      Path file = files.get(i);
      references.append(
          """
              <File ovf:id="file%d" ovf:href="%s" ovf:size="%d"/>
          """
              .formatted(i, file.getFileName(), java.nio.file.Files.size(file)));
      diskSection.append(
          """
              <Disk ovf:diskId="vmdisk%d" ovf:fileRef="file%d" ovf:capacity="%d" ovf:capacityAllocationUnits="byte * 2^20" ovf:format="http://www.vmware.com/interfaces/specifications/vmdk.html#streamOptimized"/>
          """
              .formatted(i, i, disks.get(i).sizeMiB()));
      items.add(
          item(
              10 + i,
              17,
              "Hard disk " + (i + 1),
              "<rasd:AddressOnParent>"
                  + i
                  + "</rasd:AddressOnParent><rasd:HostResource>ovf:/disk/vmdisk"
                  + i
                  + "</rasd:HostResource><rasd:Parent>3</rasd:Parent>"));
    }
    items.add(
        item(
            20,
            10,
            "Network adapter 1",
            "<rasd:AddressOnParent>7</rasd:AddressOnParent><rasd:AutomaticAllocation>true</rasd:AutomaticAllocation><rasd:Connection>"
                + network
                + "</rasd:Connection><rasd:ResourceSubType>"
                + nicModel
                + "</rasd:ResourceSubType>"));
    for (int i = 0; i < devices.size(); i++) {
      items.add(
          item(
              30 + i,
              devices.get(i).resourceType(),
              devices.get(i).name(),
              "<rasd:AutomaticAllocation>false</rasd:AutomaticAllocation>"));
    }
    return TEMPLATE.formatted(
        references,
        diskSection,
        network,
        network,
        name,
        name,
        os.cim(),
        os.vmwareId(),
        os.text(),
        name,
        String.join("\n", items),
        efi ? "efi" : "bios");
  }

  /** The children of an item are in the alphabetical order that its schema wants. */
  private static String item(int id, int type, String elementName, String rest) {
    java.util.TreeMap<String, String> children = new java.util.TreeMap<>();
    java.util.regex.Matcher each =
        java.util.regex.Pattern.compile("<rasd:(\\w+)>.*?</rasd:\\1>").matcher(rest);
    while (each.find()) {
      children.put(each.group(1), each.group());
    }
    children.put("ElementName", "<rasd:ElementName>" + elementName + "</rasd:ElementName>");
    children.put("InstanceID", "<rasd:InstanceID>" + id + "</rasd:InstanceID>");
    children.put("ResourceType", "<rasd:ResourceType>" + type + "</rasd:ResourceType>");
    return "      <Item>\n        "
        + String.join("\n        ", children.values())
        + "\n      </Item>";
  }

  private static final String TEMPLATE =
      """
      <?xml version="1.0" encoding="UTF-8"?>
      <Envelope xmlns="http://schemas.dmtf.org/ovf/envelope/1" xmlns:ovf="http://schemas.dmtf.org/ovf/envelope/1" xmlns:rasd="http://schemas.dmtf.org/wbem/wscim/1/cim-schema/2/CIM_ResourceAllocationSettingData" xmlns:vssd="http://schemas.dmtf.org/wbem/wscim/1/cim-schema/2/CIM_VirtualSystemSettingData" xmlns:vmw="http://www.vmware.com/schema/ovf">
        <References>
      %s  </References>
        <DiskSection>
          <Info>Virtual disks</Info>
      %s  </DiskSection>
        <NetworkSection>
          <Info>Networks</Info>
          <Network ovf:name="%s"><Description>The %s network</Description></Network>
        </NetworkSection>
        <VirtualSystem ovf:id="%s">
          <Info>A virtual machine of the sample</Info>
          <Name>%s</Name>
          <OperatingSystemSection ovf:id="%d" vmw:osType="%s">
            <Info>The guest</Info>
            <Description>%s</Description>
          </OperatingSystemSection>
          <VirtualHardwareSection>
            <Info>Hardware</Info>
            <System>
              <vssd:ElementName>Virtual Hardware Family</vssd:ElementName>
              <vssd:InstanceID>0</vssd:InstanceID>
              <vssd:VirtualSystemIdentifier>%s</vssd:VirtualSystemIdentifier>
              <vssd:VirtualSystemType>vmx-19</vssd:VirtualSystemType>
            </System>
      %s
            <vmw:Config ovf:required="false" vmw:key="firmware" vmw:value="%s"/>
          </VirtualHardwareSection>
        </VirtualSystem>
      </Envelope>
      """;
}
