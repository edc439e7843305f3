package dev.drover.mappings.disk;

/** How a whole file is compressed from outside, apart from what its own format does. */
public enum Compression {
  NONE,
  GZIP,
  XZ,
  ZSTD
}
