package dev.drover.mappings.assess;

import java.util.List;
import java.util.regex.Pattern;

/** How old the virtual machine's hardware is. */
final class HardwareVersion implements Check {
  static final KnownFinding ANCIENT =
      KnownFinding.warning(
          "VM-042",
          "its virtual hardware is too old to track changed blocks, so that it moves only while it is off",
          "plan its downtime for the whole copy, or upgrade the virtual hardware at the source");

  static final KnownFinding OLD =
      KnownFinding.info(
          "VM-043",
          "its virtual hardware is old",
          "see that the guest takes newer devices: it meets many at once on KubeVirt");

  @Override
  public List<KnownFinding> findings() {
    return List.of(ANCIENT, OLD);
  }

  private static final Pattern VMX = Pattern.compile("(?:vmx-)?0*(\\d{1,3})");

  /** vSphere tracks changed blocks from hardware version 7 on (VMware's article 1020128). */
  private static final int FIRST_WITH_TRACKING = 7;

  /** The hardware of ESXi 6.5, whose general support ended in 2022. */
  private static final int OLDEST_MODERN = 13;

  @Override
  public void look(Subject vm, Told told) {
    String version = vm.vm().identity().hardwareVersion();
    var vmx = VMX.matcher(version == null ? "" : version.strip());
    if (!vmx.matches()) {
      return;
    }
    int number = Integer.parseInt(vmx.group(1));
    if (number < FIRST_WITH_TRACKING) {
      told.add(ANCIENT, "vmx-" + number);
    } else if (number < OLDEST_MODERN) {
      told.add(OLD, "vmx-" + number);
    }
  }
}
