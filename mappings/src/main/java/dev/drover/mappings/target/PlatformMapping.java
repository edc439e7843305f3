package dev.drover.mappings.target;

import dev.drover.mappings.model.Firmware;
import dev.drover.mappings.target.Platform.GuestFamily;
import java.time.ZoneId;
import java.util.Objects;
import java.util.stream.Stream;

/** Firmware, Secure Boot, TPM, clock and machine type. */
final class PlatformMapping {
  /** The machine of every KubeVirt on x86-64 unless its administrator allows others. */
  private static final String MACHINE = "q35";

  private PlatformMapping() {}

  static Platform map(Mapping m) {
    Firmware firmware = m.vm().firmware();
    Firmware.Type type = type(m, firmware);
    boolean tpm = firmware.tpm().isYes();
    if (tpm) {
      m.warning(
          "TPM-001",
          "gets a new, empty TPM: what the old one sealed (BitLocker, LUKS, attestation keys) does"
              + " not move",
          "have the recovery keys at hand, or suspend BitLocker in the guest before the move",
          "");
    }
    os(m);
    Firmware.Clock clock = clock(m, firmware);
    zone(m, clock);
    String machine = m.settings().machineType();
    return new Platform(
        type,
        secureBoot(m, firmware, type),
        tpm,
        SmbiosUuid.map(m),
        clock,
        machine == null ? MACHINE : machine,
        m.os().family());
  }

  private static Firmware.Type type(Mapping m, Firmware firmware) {
    if (firmware.type() == Firmware.Type.UNKNOWN) {
      Firmware.Type chosen = firmware.secureBoot().isYes() ? Firmware.Type.EFI : Firmware.Type.BIOS;
      m.warning(
          "FW-001",
          "the source does not say whether it starts from BIOS or EFI; it gets " + chosen,
          "see that the guest's disk was made for " + chosen + ", else correct it at the source",
          "");
      return chosen;
    }
    if (firmware.type() == Firmware.Type.EFI) {
      m.info(
          "FW-002",
          "EFI variables do not move; the firmware starts with its defaults",
          "see that the disk has \\EFI\\BOOT\\BOOTX64.EFI, which is found without a boot entry",
          firmware.nvramFile() == null ? "" : firmware.nvramFile());
    }
    return firmware.type();
  }

  private static boolean secureBoot(Mapping m, Firmware firmware, Firmware.Type type) {
    if (!firmware.secureBoot().isYes()) {
      return false;
    }
    if (type == Firmware.Type.EFI) {
      m.info(
          "FW-003",
          "Secure Boot trusts the target's own keys; keys that were enrolled at the source do not"
              + " move",
          "enrol them again if the guest boots something that Microsoft's keys do not sign",
          "");
      return true;
    }
    m.warning(
        "FW-004",
        "the source says Secure Boot, but BIOS; it gets none",
        "correct the firmware at the source if it is EFI",
        "");
    return false;
  }

  private static Firmware.Clock clock(Mapping m, Firmware firmware) {
    if (firmware.clock() == null) {
      return m.os().clock();
    }
    if (firmware.clock() != m.os().clock() && m.os().family() == GuestFamily.WINDOWS) {
      m.info(
          "FW-005",
          "the source's clock runs on UTC, which Windows expects only with RealTimeIsUniversal",
          "see that the guest's time is right after the move",
          "");
    }
    return firmware.clock();
  }

  private static void zone(Mapping m, Firmware.Clock clock) {
    String zone = m.settings().annotations().get(Platform.TIMEZONE);
    if (zone != null) {
      if (!ZoneId.getAvailableZoneIds().contains(zone)) {
        m.blocker(
            "FW-009",
            "the plan names a time zone that does not exist",
            "write it as in Europe/Berlin, in the annotation " + Platform.TIMEZONE,
            zone);
      }
    } else if (clock == Firmware.Clock.LOCALTIME) {
      m.warning(
          "FW-008",
          "the guest takes its hardware clock for local time, and nobody says of which zone: it"
              + " starts with UTC and is wrong until it is synchronised",
          PlanLines.setting(m.vmPlan(), "annotations: {" + Platform.TIMEZONE + ": Europe/Berlin}"),
          "");
    }
  }

  private static void os(Mapping m) {
    if (m.os() == GuestOs.UNKNOWN) {
      m.warning(
          "OS-001",
          "nobody says what system the guest is; it gets devices that most have drivers for",
          PlanLines.setting(m.vmPlan(), "diskBus: virtio, nicModel: virtio")
              + " if it has virtio drivers",
          String.join(
              ", ",
              Stream.of(
                      m.vm().guest().reportedOs(),
                      m.vm().guest().configuredOs(),
                      m.vm().guest().configuredOsName())
                  .filter(Objects::nonNull)
                  .toList()));
    }
  }
}
