package dev.drover.mappings.target;

import dev.drover.mappings.disk.DiskFormat;
import dev.drover.mappings.model.ByteSize;
import dev.drover.mappings.plan.StorageMapping.AccessMode;
import dev.drover.mappings.plan.StorageMapping.VolumeMode;
import dev.drover.mappings.plan.VmSettings.DiskBus;
import org.jspecify.annotations.Nullable;

/**
 * A disk as it will be attached.
 *
 * @param sourceId the disk's id at the source
 * @param name of disk and volume inside the VirtualMachine, a DNS label: {@code disk0}
 * @param claim name of the DataVolume and its PersistentVolumeClaim, or of the file: {@code
 *     web-1-disk0}
 * @param size virtual bytes
 * @param bootOrder from 1, or null
 * @param serial at most 20 characters of what the guest reads, or null
 * @param storage which volume it becomes
 */
public record TargetDisk(
    String sourceId,
    String name,
    String claim,
    ByteSize size,
    DiskBus bus,
    @Nullable Integer bootOrder,
    @Nullable String serial,
    Storage storage) {

  /**
   * The volume.
   *
   * @param storageClass null lets the cluster choose
   * @param accessMode null lets CDI's storage profile choose
   * @param volumeMode null lets CDI's storage profile choose
   * @param format RAW or QCOW2, for a directory target
   * @param compress zstd inside qcow2
   */
  public record Storage(
      @Nullable String storageClass,
      @Nullable AccessMode accessMode,
      @Nullable VolumeMode volumeMode,
      DiskFormat format,
      boolean compress) {}
}
