package dev.drover.importers.ova;

import dev.drover.importers.api.VmSnapshot;
import dev.drover.mappings.disk.DiskSource;
import dev.drover.mappings.failure.SourceFailed;
import dev.drover.mappings.model.SourceDisk;
import dev.drover.mappings.model.SourceVm;

/** A VM in an appliance; files do not change under it, so it holds nothing. */
final class OvaSnapshot implements VmSnapshot {
  private final OvfVm ovf;
  private final DiskFiles files;

  OvaSnapshot(OvfVm ovf, DiskFiles files) {
    this.ovf = ovf;
    this.files = files;
  }

  @Override
  public SourceVm vm() {
    return ovf.vm();
  }

  @Override
  public DiskSource disk(String diskId) {
    SourceDisk disk =
        ovf.vm().disks().stream()
            .filter(d -> d.id().equals(diskId))
            .findFirst()
            .orElseThrow(
                () ->
                    new SourceFailed(
                        "VM \"" + ovf.vm().name() + "\"",
                        "it has no disk \"" + SafeName.shown(diskId) + "\"",
                        "take the inventory again"));
    OvfDisk source = ovf.drives().sources().get(diskId);
    if (source == null || disk.backing().kind() == SourceDisk.Kind.BLANK) {
      return new DiskSource.Blank(ovf.vm().name() + "/" + diskId, disk.size());
    }
    return files.image(source, disk.size(), ovf.vm().name(), ovf.properties());
  }

  @Override
  public void close() {
    // Nothing is held.
  }
}
