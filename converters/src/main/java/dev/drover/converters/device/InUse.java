package dev.drover.converters.device;

import dev.drover.mappings.failure.EnvironmentFailed;
import dev.drover.mappings.failure.Retry;
import dev.drover.mappings.failure.TargetFailed;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;

/**
 * Refuses a device that the kernel has given to somebody: a mount, also in another container, swap,
 * device mapper (LVM, LUKS, multipath), RAID; a whole disk too where a partition of it is.
 *
 * <p>The kernel tells who opens the device with {@code O_EXCL} alone, and Java adds {@code O_CREAT}
 * to that always. {@code wipefs --no-act} opens it so, and changes nothing. The tables of mounts
 * would tell less: those of other containers are not in them.
 *
 * <p>It is asked once. Who takes the device while the copy runs, writes to it without asking the
 * kernel (a second Drover does), or is another machine at the same SAN, is not seen.
 */
final class InUse {
  private InUse() {}

  /**
   * Asks.
   *
   * @param named as the user calls it
   * @throws TargetFailed where it is in use
   * @throws EnvironmentFailed where nobody can be asked
   */
  static void refuse(Path named, Path device) throws InterruptedIOException {
    DeviceProgram.Outcome outcome;
    try {
      outcome =
          DeviceProgram.run(device, List.of("wipefs", "--no-act", "--all", device.toString()));
    } catch (InterruptedIOException e) {
      throw e;
    } catch (IOException e) {
      throw new EnvironmentFailed(
          "wipefs",
          "cannot be run, so nobody knows whether " + named + " is in use",
          "install util-linux: apt-get install util-linux (Debian, Ubuntu), dnf install util-linux"
              + " (Fedora, RHEL)",
          Retry.POINTLESS,
          e);
    }
    if (outcome.exit() != 0) {
      boolean busy = outcome.said().toLowerCase(Locale.ROOT).contains("busy");
      throw new TargetFailed(
          named.toString(),
          busy
              ? "it is in use: mounted, swap, or a part of LVM, LUKS, multipath or RAID"
              : "it cannot be looked at: " + outcome.said(),
          "look with \"lsblk " + named + "\", and give a device that nobody uses");
    }
  }
}
