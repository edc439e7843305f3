package dev.drover.mappings.target;

import dev.drover.mappings.model.Firmware;
import dev.drover.mappings.target.Platform.GuestFamily;

/**
 * What is known of a guest's system.
 *
 * @param virtio whether it boots from virtio as it is
 * @param ahci false where it cannot boot from SATA either
 * @param nic the emulated card that it has a driver for, in KubeVirt's words
 * @param clock what it takes the hardware clock for
 * @param name for people
 */
record GuestOs(
    GuestFamily family,
    Virtio virtio,
    boolean ahci,
    String nic,
    Firmware.Clock clock,
    String name) {
  /** A system that nobody named. */
  static final GuestOs UNKNOWN =
      new GuestOs(
          GuestFamily.OTHER, Virtio.UNKNOWN, true, "e1000", Firmware.Clock.UTC, "unknown system");

  /** Where virtio's drivers are. */
  enum Virtio {
    /** In the kernel and in what starts it. */
    BOOT,
    /** In the kernel, but perhaps not in an initramfs made for the old machine. */
    LATE,
    /** Nowhere, until somebody puts them in. */
    NO,
    UNKNOWN
  }
}
