package dev.drover.mappings.target;

import dev.drover.mappings.model.Firmware;
import dev.drover.mappings.plan.VmSettings;
import dev.drover.mappings.target.Platform.GuestFamily;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

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
    String zone = zone(m, clock);
    String machine = m.settings().machineType();
    return new Platform(
        type,
        secureBoot(m, firmware, type),
        tpm,
        SmbiosUuid.map(m),
        clock,
        zone,
        machine == null ? MACHINE : machine,
        m.os().family());
  }

  private static Firmware.Type type(Mapping m, Firmware firmware) {
    VmSettings.Firmware wanted = m.settings().firmware();
    Firmware.Type type =
        wanted == null
            ? ofSource(m, firmware)
            : wanted == VmSettings.Firmware.efi ? Firmware.Type.EFI : Firmware.Type.BIOS;
    if (firmware.type() != Firmware.Type.UNKNOWN && type != firmware.type()) {
      m.warning(
          "FW-010",
          "the plan has it start from " + type + ", the source from " + firmware.type(),
          "see that the guest's disk can be started like that",
          "");
    }
    if (type == Firmware.Type.EFI) {
      m.info(
          "FW-002",
          "EFI variables do not move; the firmware starts with its defaults",
          "see that the disk has \\EFI\\BOOT\\BOOTX64.EFI, which is found without a boot entry",
          firmware.nvramFile() == null ? "" : firmware.nvramFile());
    }
    return type;
  }

  private static Firmware.Type ofSource(Mapping m, Firmware firmware) {
    if (firmware.type() != Firmware.Type.UNKNOWN) {
      return firmware.type();
    }
    Boolean secure = m.settings().secureBoot();
    boolean efi = secure == null ? firmware.secureBoot().isYes() : secure;
    Firmware.Type chosen = efi ? Firmware.Type.EFI : Firmware.Type.BIOS;
    m.warning(
        "FW-001",
        "the source does not say whether it starts from BIOS or EFI; it gets " + chosen,
        PlanLines.setting(m.vmPlan(), efi ? "firmware: bios" : "firmware: efi")
            + " if the guest's disk was made for that",
        "");
    return chosen;
  }

  private static boolean secureBoot(Mapping m, Firmware firmware, Firmware.Type type) {
    Boolean asked = m.settings().secureBoot();
    boolean wanted = asked == null ? firmware.secureBoot().isYes() : asked;
    if (!wanted) {
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
        (asked == null ? "the source" : "the plan")
            + " says Secure Boot, but it starts from BIOS; it gets none",
        PlanLines.setting(m.vmPlan(), "firmware: efi") + " if the guest's disk was made for EFI",
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

  /** Of a clock on UTC nobody asks for the zone. */
  private static @Nullable String zone(Mapping m, Firmware.Clock clock) {
    if (clock != Firmware.Clock.LOCALTIME) {
      return null;
    }
    if (m.settings().timezone() == null) {
      m.warning(
          "FW-008",
          "the guest takes its hardware clock for local time, and nobody says of which zone: it"
              + " starts with UTC and is wrong until it is synchronised",
          PlanLines.setting(m.vmPlan(), "timezone: Europe/Berlin") + ", or the zone that is right",
          "");
    }
    return m.settings().timezone();
  }

  private static void os(Mapping m) {
    if (m.os() == GuestOs.UNKNOWN) {
      m.warning(
          "OS-001",
          "nobody says what system the guest is; it gets devices that most have drivers for",
          PlanLines.setting(m.vmPlan(), "diskBus: virtio") + " if it has virtio drivers",
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
