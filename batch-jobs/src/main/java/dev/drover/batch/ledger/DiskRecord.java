package dev.drover.batch.ledger;

import dev.drover.converters.CopyResult;
import dev.drover.converters.Verification;
import org.jspecify.annotations.Nullable;

/**
 * A disk that was copied.
 *
 * @param diskId at the source
 * @param claim at the target
 * @param destination which file or volume it went to; another one is copied anew
 * @param origin marks the state of the source's files; other files are copied anew
 * @param seconds that the copy took
 * @param verified null where that is still to be done
 */
public record DiskRecord(
    String diskId,
    String claim,
    String destination,
    String origin,
    CopyResult copied,
    double seconds,
    @Nullable Verification verified) {

  /** The same, verified. */
  public DiskRecord verified(Verification how) {
    return new DiskRecord(diskId, claim, destination, origin, copied, seconds, how);
  }
}
