package dev.drover.converters;

import org.jspecify.annotations.Nullable;

/**
 * How a disk is copied.
 *
 * @param limit of the bytes of data a second; may be shared with other disks
 * @param checkpoint where to keep how far the copy has come, or null: then a copy that ends early
 *     leaves nothing behind, and begins again
 */
public record CopySettings(RateLimit limit, @Nullable CopyCheckpoint checkpoint) {
  /** As fast as it goes, from the beginning. */
  public static final CopySettings PLAIN = new CopySettings(RateLimit.NONE, null);
}
