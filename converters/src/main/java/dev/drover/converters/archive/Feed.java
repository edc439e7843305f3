package dev.drover.converters.archive;

import dev.drover.converters.CopyResult.CheckedFile;
import java.util.List;

/** Reads what is stored into {@link Blocks}, on a thread that is interrupted to end it. */
interface Feed extends Runnable {
  /** The files that are as their manifest promises, so far. */
  List<CheckedFile> checked();

  /** Ends a read that waits and does not heed an interrupt. */
  void stop();
}
