package dev.drover.mappings.target;

import dev.drover.mappings.model.Firmware;
import org.jspecify.annotations.Nullable;

/**
 * The machine around CPU and memory.
 *
 * @param firmware BIOS or EFI, never UNKNOWN
 * @param secureBoot only with EFI; brings SMM with it
 * @param tpm a persistent vTPM
 * @param uuid the SMBIOS UUID, so that licences bound to it survive; null lets KubeVirt choose
 * @param clock what the hardware clock shows
 * @param timezone whose local time that is, by its IANA name; null where nobody says, or on UTC
 * @param machineType {@code q35}, …; null lets KubeVirt choose
 * @param guest decides about enlightenments and devices
 */
public record Platform(
    Firmware.Type firmware,
    boolean secureBoot,
    boolean tpm,
    @Nullable String uuid,
    Firmware.Clock clock,
    @Nullable String timezone,
    @Nullable String machineType,
    GuestFamily guest) {
  public Platform {
    if (firmware == Firmware.Type.UNKNOWN) {
      throw new IllegalArgumentException("the firmware of a target is known");
    }
    if (secureBoot && firmware != Firmware.Type.EFI) {
      throw new IllegalArgumentException("Secure Boot needs EFI");
    }
  }

  /** Of a clock whose zone nobody says. */
  public Platform(
      Firmware.Type firmware,
      boolean secureBoot,
      boolean tpm,
      @Nullable String uuid,
      Firmware.Clock clock,
      @Nullable String machineType,
      GuestFamily guest) {
    this(firmware, secureBoot, tpm, uuid, clock, null, machineType, guest);
  }

  /** Families that are treated differently. */
  public enum GuestFamily {
    LINUX,
    WINDOWS,
    OTHER
  }
}
