package dev.drover.mappings.model;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A virtual machine, free of any hypervisor's words: everything that the target needs and that the
 * assessment judges. What a source does not tell is null or {@link Answer#UNKNOWN}, never a guess.
 *
 * @param devices what is neither disk nor NIC; empty where there is none or nobody knows
 * @param snapshots null where the source cannot tell
 * @param findings what the importer itself noticed
 * @param used what all disks together take at the source, as it says itself, with swap and snapshot
 *     files where it counts them; null where unknown
 */
public record SourceVm(
    VmRef ref,
    Identity identity,
    Cpu cpu,
    Memory memory,
    Firmware firmware,
    List<SourceDisk> disks,
    List<SourceNic> nics,
    List<SourceDevice> devices,
    Guest guest,
    PowerState power,
    @Nullable List<SnapshotNode> snapshots,
    Placement placement,
    List<Finding> findings,
    @Nullable ByteSize used) {
  public SourceVm {
    disks = List.copyOf(disks);
    nics = List.copyOf(nics);
    devices = List.copyOf(devices);
    snapshots = snapshots == null ? null : List.copyOf(snapshots);
    findings = List.copyOf(findings);
  }

  /** The name that the source shows. */
  public String name() {
    return identity.name();
  }

  /** The sum of the virtual sizes. */
  public ByteSize totalDiskSize() {
    return disks.stream().map(SourceDisk::size).reduce(ByteSize.ZERO, ByteSize::plus);
  }

  /** The same VM in another power state. */
  public SourceVm in(PowerState other) {
    return new SourceVm(
        ref, identity, cpu, memory, firmware, disks, nics, devices, guest, other, snapshots,
        placement, findings, used);
  }

  /** Starts a VM of one CPU and the given memory, of which nothing else is known. */
  public static Builder of(VmRef ref, Identity identity, Cpu cpu, Memory memory) {
    return new Builder(ref, identity, cpu, memory);
  }

  /** Collects the optional parts. Not thread-safe. */
  public static final class Builder {
    private final VmRef ref;
    private final Identity identity;
    private final Cpu cpu;
    private final Memory memory;
    private Firmware firmware = Firmware.unknown();
    private final List<SourceDisk> disks = new ArrayList<>();
    private final List<SourceNic> nics = new ArrayList<>();
    private final List<SourceDevice> devices = new ArrayList<>();
    private Guest guest = Guest.configured(null, null);
    private PowerState power = PowerState.UNKNOWN;
    private @Nullable List<SnapshotNode> snapshots;
    private Placement placement = Placement.unknown();
    private final List<Finding> findings = new ArrayList<>();
    private @Nullable ByteSize used;

    private Builder(VmRef ref, Identity identity, Cpu cpu, Memory memory) {
      this.ref = ref;
      this.identity = identity;
      this.cpu = cpu;
      this.memory = memory;
    }

    /** Replaces the firmware. */
    public Builder firmware(Firmware value) {
      firmware = value;
      return this;
    }

    /** Adds a disk. */
    public Builder disk(SourceDisk value) {
      disks.add(value);
      return this;
    }

    /** Adds a NIC. */
    public Builder nic(SourceNic value) {
      nics.add(value);
      return this;
    }

    /** Adds a device. */
    public Builder device(SourceDevice value) {
      devices.add(value);
      return this;
    }

    /** Replaces what is known of the guest. */
    public Builder guest(Guest value) {
      guest = value;
      return this;
    }

    /** Replaces the power state. */
    public Builder power(PowerState value) {
      power = value;
      return this;
    }

    /** Replaces the snapshots; null is unknown. */
    public Builder snapshots(@Nullable List<SnapshotNode> value) {
      snapshots = value;
      return this;
    }

    /** Replaces the placement. */
    public Builder placement(Placement value) {
      placement = value;
      return this;
    }

    /** Adds a finding. */
    public Builder finding(Finding value) {
      findings.add(value);
      return this;
    }

    /** Replaces what all disks together take; null is unknown. */
    public Builder used(@Nullable ByteSize value) {
      used = value;
      return this;
    }

    /** The VM. */
    public SourceVm build() {
      return new SourceVm(
          ref, identity, cpu, memory, firmware, disks, nics, devices, guest, power, snapshots,
          placement, findings, used);
    }
  }
}
