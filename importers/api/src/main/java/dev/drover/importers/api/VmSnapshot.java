package dev.drover.importers.api;

import dev.drover.mappings.disk.DiskSource;
import dev.drover.mappings.model.SourceVm;

/** A VM as it stood at one instant. Closing it frees what holds it still at the source. */
public interface VmSnapshot extends AutoCloseable {
  /** The VM. */
  SourceVm vm();

  /**
   * Where the bytes of a disk are.
   *
   * @param diskId the id of one of the VM's disks
   * @throws dev.drover.mappings.failure.SourceFailed when there is no such disk, or its file is
   *     missing
   */
  DiskSource disk(String diskId);

  @Override
  void close();
}
