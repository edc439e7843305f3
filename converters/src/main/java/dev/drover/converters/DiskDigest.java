package dev.drover.converters;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The digest of a logical disk, whatever format holds it.
 *
 * @param algorithm {@code sha256-tree-4MiB}: see docs/disk-digest.md
 * @param hex the root, lower case
 * @param size of the disk in bytes
 * @param parts one for each {@link #PART} of the disk, the last maybe of less, so that a difference
 *     can be told by its place; empty in records of older versions
 */
public record DiskDigest(String algorithm, String hex, long size, List<String> parts) {
  /** Bytes under one of the parts. */
  public static final long PART = 1L << 30;

  /** As it stands in records, where parts may be missing. */
  public DiskDigest(String algorithm, String hex, long size, @Nullable List<String> parts) {
    this.algorithm = algorithm;
    this.hex = hex;
    this.size = size;
    this.parts = parts == null ? List.of() : List.copyOf(parts);
  }

  /** Without parts. */
  public DiskDigest(String algorithm, String hex, long size) {
    this(algorithm, hex, size, List.of());
  }

  /** Whether both are digests of the same bytes. */
  public boolean isOfTheSame(DiskDigest other) {
    return algorithm.equals(other.algorithm) && hex.equals(other.hex) && size == other.size;
  }
}
