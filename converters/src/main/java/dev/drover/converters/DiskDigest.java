package dev.drover.converters;

/**
 * The digest of a logical disk, whatever format holds it.
 *
 * @param algorithm {@code sha256-tree-4MiB}: see docs/disk-digest.md
 * @param hex the root, lower case
 * @param size of the disk in bytes
 */
public record DiskDigest(String algorithm, String hex, long size) {}
