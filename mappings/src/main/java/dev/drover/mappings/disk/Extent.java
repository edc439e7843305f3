package dev.drover.mappings.disk;

/**
 * A run of bytes of one kind.
 *
 * @param offset first byte
 * @param length at least 1
 */
public record Extent(long offset, long length, Kind kind) {
  public Extent {
    if (offset < 0 || length < 1 || offset > Long.MAX_VALUE - length) {
      throw new IllegalArgumentException("no such extent: " + offset + "+" + length);
    }
  }

  /** The first byte behind it. */
  public long end() {
    return offset + length;
  }

  /** What is known of the bytes without reading them. */
  public enum Kind {
    /** To be read; may be zeros all the same. */
    DATA,
    /** Reads as zeros, but space is allocated for it. */
    ZERO,
    /** Reads as zeros, nothing is allocated. */
    HOLE
  }
}
