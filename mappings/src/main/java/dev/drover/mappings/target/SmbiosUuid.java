package dev.drover.mappings.target;

import dev.drover.mappings.model.Identity;
import dev.drover.mappings.target.Platform.GuestFamily;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The SMBIOS UUID, so that the guest reads after the move what it read before.
 *
 * <p>SMBIOS since 2.6 says that the first three fields are stored little-endian; QEMU does that, so
 * that a guest reads what {@code firmware.uuid} says. VMware stores its {@code uuid.bios} in the
 * order in which it is written, at every hardware version. What the guest makes of those bytes
 * depends on the reader: Windows always swaps the first three fields; Linux swaps them from SMBIOS
 * 2.6 on, and VMware presents 2.7 from hardware version 13 on and 2.4 before (VMware's knowledge
 * base, article 53609: from 13 on, product_uuid differs from what vCenter shows). So a Windows
 * guest and any guest of {@code vmx-13} or newer has seen the fields swapped, and gets them
 * swapped; a Linux guest of an older hardware version has seen them as they are written. Other
 * hypervisors' UUIDs are taken as they are.
 */
final class SmbiosUuid {
  private static final Pattern UUID =
      Pattern.compile("([0-9a-f]{8})-?([0-9a-f]{4})-?([0-9a-f]{4})-?([0-9a-f]{4})-?([0-9a-f]{12})");

  private static final Pattern VMX = Pattern.compile("vmx-(\\d{1,3})");
  private static final int FIRST_WITH_SMBIOS_2_7 = 13;

  private SmbiosUuid() {}

  /** Null where the source has none, or none that is one. */
  static @Nullable String map(Mapping m) {
    Identity identity = m.vm().identity();
    if (identity.biosUuid() == null) {
      return null;
    }
    Matcher uuid = UUID.matcher(identity.biosUuid().strip().toLowerCase(Locale.ROOT));
    if (!uuid.matches() || uuid.group().matches("[0-]+|[f-]+")) {
      m.warning(
          "FW-006",
          "the source's SMBIOS UUID is none; KubeVirt chooses one",
          "see that no licence in the guest is bound to it",
          identity.biosUuid());
      return null;
    }
    String plain = join(uuid.group(1), uuid.group(2), uuid.group(3), uuid);
    if (!seenSwapped(identity.hardwareVersion(), m.os().family())) {
      return plain;
    }
    String swapped = join(swap(uuid.group(1)), swap(uuid.group(2)), swap(uuid.group(3)), uuid);
    m.info(
        "FW-007",
        "the guest reads the SMBIOS UUID with its first three fields swapped, as it did at the"
            + " source",
        "look for it at the target in this form",
        plain + " is " + swapped);
    return swapped;
  }

  private static boolean seenSwapped(@Nullable String hardwareVersion, GuestFamily family) {
    Matcher vmx = VMX.matcher(hardwareVersion == null ? "" : hardwareVersion);
    return vmx.matches()
        && (family == GuestFamily.WINDOWS
            || Integer.parseInt(vmx.group(1)) >= FIRST_WITH_SMBIOS_2_7);
  }

  private static String join(String low, String mid, String high, Matcher rest) {
    return String.join("-", low, mid, high, rest.group(4), rest.group(5));
  }

  private static String swap(String field) {
    StringBuilder swapped = new StringBuilder();
    for (int i = field.length() - 2; i >= 0; i -= 2) {
      swapped.append(field, i, i + 2);
    }
    return swapped.toString();
  }
}
