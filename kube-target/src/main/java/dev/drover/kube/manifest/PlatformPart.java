package dev.drover.kube.manifest;

import dev.drover.mappings.model.Firmware;
import dev.drover.mappings.target.Platform;
import dev.drover.mappings.target.Platform.GuestFamily;
import java.util.Map;

/** Firmware, features and clock. */
final class PlatformPart {
  /** Attempts before the guest tells that it waits for a lock; what Windows is tuned for. */
  private static final int SPINLOCKS = 8191;

  /**
   * Seconds that a guest has to shut down before its power is cut: those of KubeVirt's common
   * templates. KubeVirt's own 30 cut a database off.
   */
  private static final int GRACE = 180;

  /** Windows may install updates on the way down. */
  private static final int GRACE_OF_WINDOWS = 3600;

  private PlatformPart() {}

  static int grace(Platform platform) {
    return platform.guest() == GuestFamily.WINDOWS ? GRACE_OF_WINDOWS : GRACE;
  }

  static Map<String, Object> firmware(Platform platform) {
    // secureBoot is said also where it is off: KubeVirt's default for EFI is on.
    Map<String, Object> bootloader =
        platform.firmware() == Firmware.Type.EFI
            ? Tree.of(
                "efi",
                Tree.start().put("persistent", true).put("secureBoot", platform.secureBoot()).map())
            : Tree.of("bios", Tree.empty());
    return Tree.start()
        .put("uuid", platform.uuid())
        .put("serial", platform.uuid())
        .put("bootloader", bootloader)
        .map();
  }

  static Map<String, Object> features(Platform platform) {
    return Tree.start()
        .put("acpi", Tree.empty())
        // KubeVirt's admission refuses Secure Boot without it.
        .putIf(platform.secureBoot(), "smm", on())
        .putIf(platform.guest() == GuestFamily.WINDOWS, "hyperv", hyperv())
        .map();
  }

  /** What a Windows guest is fast with; each needs the ones before it. */
  private static Map<String, Object> hyperv() {
    return Tree.start()
        .put("relaxed", on())
        .put("vapic", on())
        .put("spinlocks", Tree.start().put("enabled", true).put("spinlocks", SPINLOCKS).map())
        .put("vpindex", on())
        .put("runtime", on())
        .put("synic", on())
        .put("synictimer", Tree.start().put("enabled", true).put("direct", on()).map())
        .put("frequencies", on())
        .put("reset", on())
        .put("ipi", on())
        .put("tlbflush", on())
        .map();
  }

  private static Map<String, Object> on() {
    return Tree.of("enabled", true);
  }

  /**
   * KubeVirt knows UTC and named zones, no "localtime": without a name the guest starts on UTC, and
   * a finding has said so.
   */
  static Map<String, Object> clock(Platform platform) {
    Tree clock = Tree.start();
    String zone = platform.timezone();
    if (zone != null && platform.clock() == Firmware.Clock.LOCALTIME) {
      clock.put("timezone", zone);
    } else {
      clock.put("utc", Tree.empty());
    }
    return clock.putIf(platform.guest() != GuestFamily.OTHER, "timer", timers(platform)).map();
  }

  private static Map<String, Object> timers(Platform platform) {
    Map<String, Object> absent = Tree.of("present", false);
    if (platform.guest() == GuestFamily.WINDOWS) {
      return Tree.start()
          .put("hpet", absent)
          .put("pit", Tree.of("tickPolicy", "delay"))
          .put("rtc", Tree.of("tickPolicy", "catchup"))
          .put("hyperv", Tree.of("present", true))
          .map();
    }
    return Tree.start()
        .put("hpet", absent)
        .put("pit", Tree.of("tickPolicy", "delay"))
        .put("rtc", Tree.of("tickPolicy", "catchup"))
        .map();
  }
}
