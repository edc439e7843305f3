package dev.drover.converters.image;

import java.io.IOException;

/** Where the pieces of a disk stand in its image. Safe for use by several threads. */
interface PieceMap {
  /** Bytes of the disk. */
  long size();

  /**
   * What is at an offset and goes on behind it, as far as is cheap to tell.
   *
   * @param offset below {@link #size()}; the run does not go beyond it
   * @throws dev.drover.mappings.failure.HostileInput where the tables make no sense
   */
  Run run(long offset) throws IOException;
}
