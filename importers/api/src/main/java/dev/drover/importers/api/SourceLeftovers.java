package dev.drover.importers.api;

import java.util.stream.Stream;

/**
 * A {@link VmSource} on which Drover makes things that a killed run leaves behind. It finds them by
 * Drover's own names, needs no state of this machine, and never touches what others made.
 */
public interface SourceLeftovers {
  /**
   * All of them, whichever run made them; the caller closes the stream and knows which runs are
   * under way.
   */
  Stream<Leftover> leftovers();

  /** Removes one; what is gone already is no failure. */
  void remove(Leftover leftover);
}
