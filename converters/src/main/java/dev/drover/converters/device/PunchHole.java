package dev.drover.converters.device;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.file.Path;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Makes a range of a device read as zeros and gives its room back.
 *
 * <p>Of the ways that Linux has, this is {@code FALLOC_FL_PUNCH_HOLE} on the device (since 4.9), by
 * the program {@code fallocate}: it promises zeros, it leaves thin volumes thin, and it fails where
 * the device can do neither without writing. {@code BLKDISCARD} promises no zeros; {@code
 * BLKZEROOUT} ({@code blkdiscard --zeroout}) allocates what it zeros.
 */
final class PunchHole {
  private static final Logger LOG = LoggerFactory.getLogger(PunchHole.class);

  private final Path device;
  private boolean able = true;

  PunchHole(Path device) {
    this.device = device;
  }

  /**
   * Punches.
   *
   * @return false where the range is as it was: this device has no holes, and is not asked again
   */
  boolean punched(long offset, long length) throws IOException {
    if (!able) {
      return false;
    }
    String said;
    try {
      DeviceProgram.Outcome outcome = DeviceProgram.run(device, command(offset, length));
      able = outcome.exit() == 0;
      said = outcome.said();
    } catch (InterruptedIOException e) {
      throw e;
    } catch (IOException e) {
      able = false;
      said = String.valueOf(e.getMessage());
    }
    if (!able) {
      LOG.info("{}: zeros are written, as it makes no holes: {}", device, said);
    }
    return able;
  }

  private static List<String> command(long offset, long length) {
    return List.of(
        "fallocate",
        "--punch-hole",
        "--offset",
        Long.toString(offset),
        "--length",
        Long.toString(length),
        "/proc/self/fd/0");
  }
}
