package dev.drover.converters;

import dev.drover.converters.engine.CopyEngine;

/** Opens the writer of a destination. */
final class Writers {
  private Writers() {}

  static BlockWriter open(DiskDestination to, long size) {
    if (to instanceof DiskDestination.LocalFile file) {
      return CopyEngine.writer(file, size);
    }
    return ((DiskDestination.Stream) to).opener().open(size);
  }
}
