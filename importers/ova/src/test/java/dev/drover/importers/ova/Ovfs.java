package dev.drover.importers.ova;

/** Descriptors for tests, made of the parts that a test changes. */
final class Ovfs {
  private static final String CIM = "http://schemas.dmtf.org/wbem/wscim/1/cim-schema/2/CIM_";

  private Ovfs() {}

  static String envelope(String content) {
    return "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
        + "<Envelope xmlns=\"http://schemas.dmtf.org/ovf/envelope/1\""
        + " xmlns:ovf=\"http://schemas.dmtf.org/ovf/envelope/1\""
        + " xmlns:rasd=\""
        + CIM
        + "ResourceAllocationSettingData\""
        + " xmlns:vssd=\""
        + CIM
        + "VirtualSystemSettingData\""
        + " xmlns:vmw=\"http://www.vmware.com/schema/ovf\">\n"
        + content
        + "\n</Envelope>\n";
  }

  /** An envelope with one file, one disk of 1 GiB, and a VM that has it. */
  static String simple(String id) {
    return simple(id, "disk1.vmdk", "");
  }

  /**
   * @param hardware more of the hardware section
   */
  static String simple(String id, String href, String hardware) {
    return envelope(
        file("file1", href, "")
            + disks(disk("vmdisk1", "1", "ovf:fileRef=\"file1\" " + gib()))
            + network("VM Network")
            + system(
                id,
                hardware(cpu(2) + memory(1024) + scsi(3) + drive(8, 3, 0, "vmdisk1") + hardware)));
  }

  static String gib() {
    return "ovf:capacityAllocationUnits=\"byte * 2^30\"";
  }

  static String file(String id, String href, String more) {
    return "<References><File ovf:id=\""
        + id
        + "\" ovf:href=\""
        + href
        + "\" "
        + more
        + "/></References>\n";
  }

  static String disks(String disks) {
    return "<DiskSection><Info/>" + disks + "</DiskSection>\n";
  }

  static String disk(String id, String capacity, String more) {
    return "<Disk ovf:diskId=\""
        + id
        + "\" ovf:capacity=\""
        + capacity
        + "\" ovf:format=\"http://www.vmware.com/interfaces/specifications/vmdk.html#streamOptimized\" "
        + more
        + "/>\n";
  }

  static String network(String name) {
    return "<NetworkSection><Info/><Network ovf:name=\"" + name + "\"/></NetworkSection>\n";
  }

  static String system(String id, String sections) {
    return "<VirtualSystem ovf:id=\""
        + id
        + "\"><Info/><Name>"
        + id
        + "</Name>\n"
        + sections
        + "</VirtualSystem>\n";
  }

  static String hardware(String items) {
    return "<VirtualHardwareSection><Info/><System>"
        + "<vssd:VirtualSystemType>vmx-13</vssd:VirtualSystemType></System>\n"
        + items
        + "</VirtualHardwareSection>\n";
  }

  static String item(int instance, int type, String fields) {
    return "<Item><rasd:InstanceID>"
        + instance
        + "</rasd:InstanceID><rasd:ResourceType>"
        + type
        + "</rasd:ResourceType>"
        + fields
        + "</Item>\n";
  }

  static String field(String name, String value) {
    return "<rasd:" + name + ">" + value + "</rasd:" + name + ">";
  }

  static String cpu(int count) {
    return item(1, 3, field("VirtualQuantity", "" + count));
  }

  static String memory(int mib) {
    return item(2, 4, field("AllocationUnits", "byte * 2^20") + field("VirtualQuantity", "" + mib));
  }

  static String scsi(int instance) {
    return item(instance, 6, field("Address", "0") + field("ResourceSubType", "VirtualSCSI"));
  }

  static String drive(int instance, int parent, int unit, String disk) {
    return item(
        instance,
        17,
        field("ElementName", "Hard disk " + instance)
            + field("HostResource", "ovf:/disk/" + disk)
            + field("Parent", "" + parent)
            + field("AddressOnParent", "" + unit));
  }
}
