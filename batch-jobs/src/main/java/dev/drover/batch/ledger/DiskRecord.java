package dev.drover.batch.ledger;

import dev.drover.converters.CopyResult;
import dev.drover.converters.Verification;
import org.jspecify.annotations.Nullable;

/**
 * A disk that was copied.
 *
 * @param diskId at the source
 * @param claim at the target
 * @param seconds that the copy took
 * @param verified null where that is still to be done
 */
public record DiskRecord(
    String diskId,
    String claim,
    CopyResult copied,
    double seconds,
    @Nullable Verification verified) {}
