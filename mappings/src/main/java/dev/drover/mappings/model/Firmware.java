package dev.drover.mappings.model;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Firmware, what it trusts, and what it boots.
 *
 * @param bootOrder ids of disks and NICs in the order in which the firmware tries them; empty where
 *     the source does not say
 * @param nvramFile where the source keeps the EFI variables, or null
 * @param clock null where unknown
 * @param machineType {@code q35}, {@code i440fx}, or null
 */
public record Firmware(
    Type type,
    Answer secureBoot,
    Answer tpm,
    List<String> bootOrder,
    @Nullable String nvramFile,
    @Nullable Clock clock,
    @Nullable String machineType) {
  public Firmware {
    bootOrder = List.copyOf(bootOrder);
  }

  /** What starts the guest. */
  public enum Type {
    BIOS,
    EFI,
    UNKNOWN
  }

  /** What the hardware clock shows to the guest. */
  public enum Clock {
    UTC,
    LOCALTIME
  }

  /** Nothing is known. */
  public static Firmware unknown() {
    return ofType(Type.UNKNOWN);
  }

  /** A type and nothing else. */
  public static Firmware ofType(Type type) {
    return new Firmware(type, Answer.UNKNOWN, Answer.UNKNOWN, List.of(), null, null, null);
  }
}
