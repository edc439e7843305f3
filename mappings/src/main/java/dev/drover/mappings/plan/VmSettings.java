package dev.drover.mappings.plan;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What can be said of all VMs (the plan's defaults) and of one (an override). Null leaves the
 * choice to the defaults, and there to Drover.
 *
 * @param diskBus for every disk of the VM; null means virtio where the guest has the driver, else
 *     SATA
 * @param nicModel {@code virtio}, {@code e1000e}, {@code e1000}, {@code rtl8139}; null as above
 * @param instanceType {@code name} or {@code kind/name}
 * @param preference {@code name} or {@code kind/name}
 * @param power what the VM is after the move; null keeps the source's state, and leaves the copy of
 *     a rehearsal stopped
 * @param source what may be done to it at the source
 * @param firmware what the VM starts from, whatever the source says; null takes the source's word
 * @param secureBoot the same for Secure Boot
 * @param timezone the IANA name of the zone that a hardware clock on local time shows; null is UTC
 * @param labels added to the objects; an override's keys win over the defaults'
 * @param annotations the same
 */
public record VmSettings(
    @Nullable String namespace,
    @Nullable DiskBus diskBus,
    @Nullable String nicModel,
    @Nullable String instanceType,
    @Nullable String preference,
    @Nullable Power power,
    SourceRule source,
    @Nullable GuestConversion guestConversion,
    @Nullable String machineType,
    @Nullable Firmware firmware,
    @Nullable Boolean secureBoot,
    @Nullable String timezone,
    Map<String, String> labels,
    Map<String, String> annotations) {
  /** Nothing said. */
  public static final VmSettings NONE =
      new VmSettings(
          null,
          null,
          null,
          null,
          null,
          null,
          SourceRule.NONE,
          null,
          null,
          null,
          null,
          null,
          Map.of(),
          Map.of());

  public VmSettings {
    labels = Map.copyOf(labels);
    annotations = Map.copyOf(annotations);
  }

  /** Buses that KubeVirt offers to a disk. */
  public enum DiskBus {
    virtio,
    sata,
    scsi,
    usb
  }

  /** What a VM starts from. */
  public enum Firmware {
    bios,
    efi
  }

  /** The state after the move. */
  public enum Power {
    running,
    stopped,
    asSource
  }

  /** Whether drivers are put into the guest. */
  public enum GuestConversion {
    none,
    auto
  }
}
