package dev.drover.converters.engine;

import dev.drover.converters.BlockWriter;
import java.io.IOException;

/** A writer that somebody can go on with after the process was killed. */
interface ResumableWriter extends BlockWriter {
  /**
   * Makes all that was written durable, and tells what is needed to go on behind it.
   *
   * @return at most 2 MiB
   */
  byte[] checkpoint() throws IOException;

  /** Whether what was written stays when the writer is closed without a commit. */
  void keep(boolean whether);
}
