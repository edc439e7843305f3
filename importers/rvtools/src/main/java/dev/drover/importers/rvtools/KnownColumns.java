package dev.drover.importers.rvtools;

import java.util.Arrays;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Columns of vInfo that RVTools 3.x to 4.x itself writes and Drover has no use for. Every other one
 * is a custom attribute of the vCenter, of which RVTools makes a column each.
 */
final class KnownColumns {
  private static final Set<String> UNUSED =
      Arrays.stream(
              """
              Config status|Heartbeat|Overall Status|DNS Servers|Creation date|Change Version
              PowerOn|Suspended To Memory|Suspend time|Suspend Interval|Suspend Supported|Active Memory
              Overall Cpu Readiness|min Required EVC Mode Key|Num Monitors|Video Ram KiB|Video Ram KB
              Resource Health|Unshared|Shared|Commited|Committed|Uncommitted|Ballooned|Swapped
              HA Restart Priority|HA Isolation Response|HA VM Monitoring|Cluster rule(s)
              Cluster rule name(s)|Boot Required|Boot delay|Boot retry delay|Boot retry enabled
              Boot BIOS setup|Reboot PowerOff|EFI Secure boot|HW upgrade status|HW upgrade policy
              HW target|Path|Log directory|Snapshot directory|Suspend directory|DAS protection
              FT Latency|FT Bandwidth|FT Sec. Latency|FT Role|Fixed Passthru HotPlug|Customization Info
              Guest Detailed Data|Op Notification Timeout|Overall|Primary|VI SDK Server type
              Internal Sort Column|VMX Path|Provisioned|Annotation|Standby|Memory overhead
              Alarm|Autostart|Hot Add|Boot order|Firmware version|VM Storage Policy
              vSphere Client|Run Strategy|Guest Heartbeat|Guest operations ready
              Interactive Guest|Guest kernel crashed|App status|Guest State Change Supported
              """
                  .split("[|\n]"))
          .map(String::strip)
          .filter(c -> !c.isEmpty())
          .map(c -> HeaderName.of(c).word())
          .collect(Collectors.toUnmodifiableSet());

  private KnownColumns() {}

  /** Whether RVTools writes a column of this normalised name. */
  static boolean isOfRvtools(String word) {
    return UNUSED.contains(word)
        || (word.startsWith("vinfo") && UNUSED.contains(word.substring("vinfo".length())));
  }
}
