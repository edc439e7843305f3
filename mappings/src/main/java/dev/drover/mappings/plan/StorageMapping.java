package dev.drover.mappings.plan;

import dev.drover.mappings.disk.DiskFormat;
import org.jspecify.annotations.Nullable;

/**
 * A line of the storage map.
 *
 * @param source the source datastore's name; {@code *} matches any run of characters, and disks
 *     without a datastore
 * @param storageClass null lets the cluster choose
 * @param accessMode null lets CDI's storage profile choose
 * @param volumeMode null lets CDI's storage profile choose
 * @param format RAW or QCOW2; what a directory target writes (a cluster's volumes are always raw)
 * @param compress zstd inside qcow2
 */
public record StorageMapping(
    String source,
    @Nullable String storageClass,
    @Nullable AccessMode accessMode,
    @Nullable VolumeMode volumeMode,
    DiskFormat format,
    boolean compress) {
  /** Kubernetes' access modes. */
  public enum AccessMode {
    ReadWriteOnce,
    ReadWriteMany,
    ReadOnlyMany,
    ReadWriteOncePod
  }

  /** Kubernetes' volume modes. */
  public enum VolumeMode {
    Block,
    Filesystem
  }
}
