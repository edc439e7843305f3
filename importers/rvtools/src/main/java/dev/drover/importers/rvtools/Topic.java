package dev.drover.importers.rvtools;

import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A sheet of an export: its name, and the columns that Drover reads, under every name that versions
 * 3.x to 4.x of RVTools and programs that merge its files gave them. A definition is {@code FIELD:
 * header|other header}, the present name first; one with {@code !} is in every export, so that its
 * absence is told. The length of this file is that of the table.
 */
enum Topic {
  INFO(
      "vInfo",
      Field.VM,
      """
      VM!: VM|VM Name|Name|Virtual Machine
      VM_ID!: VM ID|Object ID|VMID|MoRef|ID
      VM_UUID: VM UUID|Instance UUID
      SMBIOS_UUID: SMBIOS UUID|UUID|BIOS UUID
      SERVER: VI SDK Server|vCenter|VI SDK Server name
      SERVER_UUID!: VI SDK UUID
      SERVER_VERSION: VI SDK API Version
      POWER!: Powerstate|Power state|Power
      TEMPLATE!: Template
      PLACEHOLDER!: SRM Placeholder
      CONNECTION: Connection state
      GUEST_STATE: Guest state
      CONSOLIDATE: Consolidation Needed
      CPUS!: CPUs|# CPUs|CPU|Num CPU|vCPUs|vCPU
      MEMORY!: Memory|RAM
      NICS!: NICs|# NICs|Num NICs
      DISKS!: Disks|# Disks|Num disks|# vDisks
      DISK_TOTAL: Total disk capacity
      PROVISIONED: Provisioned|Provisioned space
      IN_USE!: In Use|Used|Used space
      CBT: CBT|Change Block Tracking|Changed Block Tracking
      ENABLE_UUID: EnableUUID|disk.EnableUUID
      FAULT_TOLERANCE: FT State
      LATENCY: Latency Sensitivity
      FIRMWARE!: Firmware
      SECURE_BOOT: EFI Secure boot|Secure Boot
      HW_VERSION: HW version|Hardware version
      DNS_NAME: DNS Name|Host name|Hostname
      ADDRESS: Primary IP Address|IP Address|IP
      NETWORK_1: Network #1|Network|Networks
      NETWORK_2: Network #2
      NETWORK_3: Network #3
      NETWORK_4: Network #4
      NETWORK_5: Network #5
      NETWORK_6: Network #6
      NETWORK_7: Network #7
      NETWORK_8: Network #8
      RESOURCE_POOL: Resource pool
      FOLDER!: Folder
      VAPP: vApp
      ANNOTATION: Annotation|Notes|Note
      TAGS: Tags|Tag
      DATACENTER!: Datacenter|Data center
      CLUSTER!: Cluster
      HOST!: Host|ESX Host
      OS_CONFIGURED!: OS according to the configuration file|OS|Guest OS|Operating System
      OS_TOOLS: OS according to the VMware Tools|OS Tools|OS according to VMware Tools
      PLAIN_DISKS: Disk sizes
      PLAIN_DATASTORE: Datastore
      """),
  CPU(
      "vCPU",
      Field.VM,
      """
      CPUS!: CPUs|# CPUs|CPU
      SOCKETS!: Sockets
      CORES_PER_SOCKET!: Cores p/s|Cores per socket
      HOT_ADD: Hot Add
      HOT_REMOVE: Hot Remove
      RESERVATION: Reservation
      LIMIT: Limit
      """),
  MEMORY(
      "vMemory",
      Field.VM,
      """
      SIZE!: Size MiB|Memory size
      RESERVATION: Reservation
      HOT_ADD: Hot Add
      """),
  DISK(
      "vDisk",
      Field.VM,
      """
      DISK!: Disk
      DISK_KEY: Disk Key|Key
      DISK_UUID: Disk UUID
      CAPACITY!: Capacity
      RAW!: Raw
      RAW_MODE: Raw Comp. Mode|Raw Compatibility Mode
      RAW_LUN: Raw LUN ID|Raw LUN
      DISK_MODE!: Disk Mode
      SHARING_MODE: Sharing mode
      SHARED_BUS: Shared Bus
      THIN!: Thin|Thin provisioned
      CONTROLLER!: Controller
      LABEL: Label|Controller label
      SCSI_UNIT: SCSI Unit #
      UNIT: Unit #
      PATH: Path
      DISK_PATH: Disk Path
      """),
  PARTITION(
      "vPartition",
      Field.VM,
      """
      DISK!: Disk|Partition
      DISK_KEY: Disk Key
      CAPACITY!: Capacity
      CONSUMED: Consumed
      FREE!: Free|Free space
      """),
  NETWORK(
      "vNetwork",
      Field.VM,
      """
      NIC_LABEL: NIC label|Label
      ADAPTER!: Adapter|Adapter type
      NETWORK!: Network|Network label
      SWITCH: Switch
      CONNECTED: Connected
      STARTS_CONNECTED: Starts Connected|Start Connected
      MAC!: Mac Address|Mac
      IPV4: IPv4 Address|IP Address|IPv4
      IPV6: IPv6 Address|IPv6
      DIRECT_PATH: Direct Path IO|DirectPath IO
      """),
  SNAPSHOT(
      "vSnapshot",
      Field.VM,
      """
      NAME!: Name
      DESCRIPTION: Description
      DATE!: Date / time|Date|Create time
      SIZE: Size MiB (total)|Size total|Size
      QUIESCED: Quiesced
      STATE: State
      """),
  TOOLS(
      "vTools",
      Field.VM,
      """
      TOOLS!: Tools|Tools status
      TOOLS_VERSION: Tools Version
      UPGRADEABLE: Upgradeable
      """),
  CD(
      "vCD",
      Field.VM,
      """
      CONNECTED: Connected
      STARTS_CONNECTED: Starts Connected
      DEVICE_TYPE!: Device Type
      """),
  USB(
      "vUSB",
      Field.VM,
      """
      DEVICE_TYPE!: Device Type|Device Node
      CONNECTED: Connected
      """),
  HOST(
      "vHost",
      Field.HOST,
      """
      HOST!: Host|Name
      DATACENTER: Datacenter
      CLUSTER: Cluster
      CONNECTION: Config status
      MAINTENANCE: in Maintenance Mode|Maintenance Mode
      CPU_MODEL: CPU Model
      HT_ACTIVE: HT Active
      SOCKETS: # CPU|CPUs
      CORES_PER_SOCKET: Cores per CPU
      CORES: # Cores|Cores
      MEMORY: # Memory|Memory
      ESX_VERSION: ESX Version|Version
      """),
  DATASTORE(
      "vDatastore",
      Field.NAME,
      """
      NAME!: Name
      TYPE!: Type
      ACCESSIBLE: Accessible
      CAPACITY!: Capacity
      FREE!: Free
      DATACENTER: Datacenter
      """),
  CLUSTER(
      "vCluster",
      Field.NAME,
      """
      NAME!: Name|Cluster
      DATACENTER: Datacenter
      HA!: HA enabled|HA
      DRS!: DRS enabled|DRS
      DRS_BEHAVIOUR: DRS default VM behavior|DRS default VM behaviour
      DPM: DPM enabled|DPM
      """),
  PORT_GROUP(
      "vPort",
      Field.NETWORK,
      """
      NETWORK!: Port Group
      SWITCH: Switch
      VLAN: VLAN
      DATACENTER: Datacenter
      """),
  DISTRIBUTED_PORT(
      "dvPort",
      Field.NETWORK,
      """
      NETWORK!: Port|Port Group|Name
      SWITCH: Switch
      TYPE: Type
      VLAN!: VLAN
      DATACENTER: Datacenter
      """),
  SOURCE(
      "vSource",
      Field.NAME,
      """
      NAME!: Name|VI SDK Server
      VERSION: Version|API version
      """),
  METADATA(
      "vMetaData",
      null,
      """
      VERSION: RVTools version
      DATE: xlsx creation datetime|creation datetime
      """);

  private static final Pattern SHEET =
      Pattern.compile(
          "(?i)(?:(?<![a-z])|(?<=tab))("
              + String.join("|", Arrays.stream(values()).map(t -> t.sheet).toList())
              + ")(?![a-z])");

  private final String sheet;
  private final @Nullable Field key;
  private final Map<String, Field> byHeader = new HashMap<>();
  private final Map<Field, Integer> slots = new LinkedHashMap<>();
  private final Map<Field, String> expected = new LinkedHashMap<>();

  Topic(String sheet, @Nullable Field key, String definition) {
    this.sheet = sheet;
    this.key = key;
    define(definition);
    define(
        """
        VM: VM|VM Name
        VM_ID: VM ID|Object ID
        VM_UUID: VM UUID
        SERVER: VI SDK Server
        SERVER_UUID: VI SDK UUID
        """);
  }

  private void define(String definition) {
    for (String line : definition.strip().split("\n")) {
      int colon = line.indexOf(':');
      String name = line.substring(0, colon).strip();
      Field field = Field.valueOf(name.replace("!", ""));
      String[] headers = line.substring(colon + 1).strip().split("\\|");
      slots.putIfAbsent(field, slots.size());
      if (name.endsWith("!")) {
        expected.put(field, headers[0]);
      }
      for (String header : headers) {
        byHeader.putIfAbsent(HeaderName.of(header).word(), field);
      }
    }
  }

  /** As RVTools writes it: {@code vInfo}. */
  String sheet() {
    return sheet;
  }

  /** The column without which a row says nothing; null where there is none. */
  @Nullable Field key() {
    return key;
  }

  /** Whether its rows belong to VMs. */
  boolean isOfVms() {
    return key == Field.VM;
  }

  /** The meaning of a normalised header; null where there is none. */
  @Nullable Field field(String word) {
    Field field = byHeader.get(word);
    String prefix = sheet.toLowerCase(Locale.ROOT);
    return field == null && word.startsWith(prefix)
        ? byHeader.get(word.substring(prefix.length()))
        : field;
  }

  /** Where a row keeps a field; -1 where this topic has none. */
  int slot(Field field) {
    Integer slot = slots.get(field);
    return slot == null ? -1 : slot;
  }

  int width() {
    return slots.size();
  }

  /** Columns that every export has, with the name that the user knows. */
  Map<Field, String> expected() {
    return expected;
  }

  /** The topic that a sheet's or a file's name tells; null where it tells none. */
  static @Nullable Topic named(String name) {
    Matcher match = SHEET.matcher(name);
    return match.find() ? ofSheet(match.group(1)) : null;
  }

  /** The name without its topic, by which the files of one export are known. */
  static String without(String name) {
    return SHEET.matcher(name).replaceFirst("*");
  }

  private static Topic ofSheet(String sheet) {
    return Arrays.stream(values())
        .filter(t -> t.sheet.equalsIgnoreCase(sheet))
        .findFirst()
        .orElseThrow();
  }

  /** What a missing sheet leaves unknown, as one clause; null where it is no loss worth telling. */
  @Nullable String lossWithout() {
    List<String> losses =
        List.of(
            "INFO=the VMs themselves",
            "CPU=sockets, hot add and reservations of CPUs",
            "MEMORY=reservations and hot add of memory",
            "DISK=every disk",
            "PARTITION=file systems in the guests and their free space",
            "NETWORK=adapters, MAC addresses and guest addresses",
            "SNAPSHOT=snapshots",
            "TOOLS=VMware Tools",
            "HOST=hosts, their cores and memory",
            "DATASTORE=datastores, their size and free space",
            "CLUSTER=whether VMs are moved between hosts (DRS), HA and DPM",
            "DISTRIBUTED_PORT=VLANs of distributed port groups",
            "PORT_GROUP=VLANs of standard port groups");
    return losses.stream()
        .filter(l -> l.startsWith(name() + "="))
        .map(l -> l.substring(name().length() + 1))
        .findFirst()
        .orElse(null);
  }
}
