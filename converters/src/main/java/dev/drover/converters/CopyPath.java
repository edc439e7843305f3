package dev.drover.converters;

/** The ways that the bytes of a disk may take; {@link CopyPaths} says which disk takes which. */
public enum CopyPath {
  /** Nothing is read: the source has no bytes for this disk. */
  ZEROS("zeros, nothing is read"),
  /** A reader of the source's own gives blocks; what it knows to be zeros is not read. */
  BLOCKS("blocks that the source serves, copied by Drover"),
  /** Drover asks a server for ranges: by NBD, which tells holes, or by HTTP. */
  REMOTE("read from a server by Drover"),
  /** The files are read once, from the first byte to the last, digests and all. */
  ONE_PASS("read once from the first byte to the last, decoded by Drover"),
  /** The tables are read first, then only what holds data, several pieces at once. */
  IN_PLACE("read in place by its tables, decoded by Drover"),
  /** Unpacked to the scratch folder first, then as in place. */
  UNPACKED("unpacked to the scratch folder, then read by its tables, decoded by Drover"),
  /** Another program, confined. */
  QEMU_IMG("decoded by qemu-img");

  private final String words;

  CopyPath(String words) {
    this.words = words;
  }

  /** What people read. */
  public String words() {
    return words;
  }
}
