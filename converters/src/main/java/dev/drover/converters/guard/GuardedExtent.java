package dev.drover.converters.guard;

import dev.drover.mappings.disk.FilePart;

/**
 * A file that holds a piece of a disk beside its descriptor.
 *
 * @param part one of the files that the source allows this image
 * @param start first byte of the piece inside the part; 0 for sparse extents
 * @param size bytes of the disk that it holds
 */
public record GuardedExtent(Kind kind, FilePart part, long start, long size) {
  /** How the bytes lie. */
  public enum Kind {
    /** As on the disk. */
    FLAT,
    /** A sparse VMDK of its own. */
    SPARSE
  }
}
