package dev.drover.mappings.model;

import dev.drover.mappings.disk.DiskFormat;
import org.jspecify.annotations.Nullable;

/**
 * A disk as the source describes it.
 *
 * @param id unique in its VM and stable: {@code vmdisk1}, a device key, {@code vda}
 * @param label what people call it: {@code Hard disk 1}
 * @param size virtual size
 * @param used bytes that hold data, or null where unknown
 * @param address where it hangs
 * @param backing what holds its bytes
 * @param sharing whether other VMs use it too
 * @param mode whether snapshots contain it
 * @param serial what the guest reads as the disk's serial number, or null
 * @param uuid or null
 * @param changeTracking whether the source can tell changed blocks
 * @param changeId the source's mark for the present state, or null
 */
public record SourceDisk(
    String id,
    String label,
    ByteSize size,
    @Nullable ByteSize used,
    DiskAddress address,
    Backing backing,
    Sharing sharing,
    Mode mode,
    @Nullable String serial,
    @Nullable String uuid,
    Answer changeTracking,
    @Nullable String changeId) {

  /**
   * What holds the bytes.
   *
   * @param kind how
   * @param format of the file, or null
   * @param path as the source spells it, or null for a disk that has no file yet
   * @param datastore or null
   * @param thin whether unused blocks take no space
   * @param chainDepth number of parents; 0 for a disk without a parent, null where unknown
   */
  public record Backing(
      Kind kind,
      @Nullable DiskFormat format,
      @Nullable String path,
      @Nullable String datastore,
      Answer thin,
      @Nullable Integer chainDepth) {}

  /** Kinds of backing. */
  public enum Kind {
    FILE,
    /** A block device or logical volume of the host. */
    BLOCK,
    /** A LUN mapped with its SCSI commands passed through. */
    RDM_PHYSICAL,
    /** A LUN mapped behind the hypervisor's own disk layer. */
    RDM_VIRTUAL,
    /** An object of vSAN or vVol: no flat file exists. */
    OBJECT,
    /** Ceph, iSCSI and others that the hypervisor opens itself. */
    NETWORK,
    /** Declared without content. */
    BLANK,
    UNKNOWN
  }

  /** Use by more than one VM. */
  public enum Sharing {
    NONE,
    /** Several VMs write at once. */
    MULTI_WRITER,
    /** A shared SCSI bus. */
    SHARED_BUS,
    UNKNOWN
  }

  /** How snapshots treat it. */
  public enum Mode {
    PERSISTENT,
    INDEPENDENT_PERSISTENT,
    INDEPENDENT_NONPERSISTENT,
    UNKNOWN
  }
}
