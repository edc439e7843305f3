package dev.drover.importers.ova;

import dev.drover.mappings.model.Finding;
import dev.drover.mappings.model.PowerState;
import dev.drover.mappings.model.SourceNic;
import dev.drover.mappings.model.SourceVm;
import dev.drover.mappings.model.VmRef;
import java.util.ArrayList;
import java.util.List;

/** Turns a VirtualSystem into a VM. */
final class VmReader {
  private final Envelope envelope;
  private final DeploymentOption option;
  private final DiskFiles files;
  private final List<Finding> common;

  /**
   * @param common findings that every VM of the descriptor gets
   */
  VmReader(Envelope envelope, DeploymentOption option, DiskFiles files, List<Finding> common) {
    this.envelope = envelope;
    this.option = option;
    this.files = files;
    this.common = List.copyOf(common);
  }

  /**
   * @throws OvfInvalid when it cannot be understood
   */
  OvfVm read(SystemNode system, VmRef ref) {
    List<Finding> findings = new ArrayList<>(common);
    option.report(findings);
    VmContext vm =
        new VmContext(
            envelope,
            system,
            option,
            Properties.of(system, envelope, option),
            Hardware.of(system, option, findings),
            files,
            findings);
    Drives drives = new DriveReader(vm).read();
    NicReader nicReader = new NicReader(vm);
    List<SourceNic> nics = nicReader.read();
    IdentityReader identity = new IdentityReader(vm);
    SourceVm.Builder builder =
        SourceVm.of(ref, identity.identity(), new CpuReader(vm).read(), new MemoryReader(vm).read())
            .firmware(
                new FirmwareReader(vm).read(drives.byInstance(), nicReader.byInstance(), nics))
            .guest(identity.guest())
            .placement(identity.placement())
            .power(PowerState.OFF)
            .snapshots(List.of());
    drives.disks().forEach(builder::disk);
    nics.forEach(builder::nic);
    new DeviceReader(vm).read().forEach(builder::device);
    new SectionFindings(vm).report();
    findings.forEach(builder::finding);
    return new OvfVm(builder.build(), drives, vm.properties());
  }
}
