package dev.drover.converters;

import org.jspecify.annotations.Nullable;

/**
 * Where a copy keeps how far it has come, so that a killed process goes on in the middle. Of one
 * disk on its way to one place. The bytes are the engine's own, and tell themselves whether they
 * still fit: to the source as it is now, to the destination, to this version of Drover.
 *
 * <p>Used by one thread at a time.
 */
public interface CopyCheckpoint {
  /** What was saved last, or null. */
  byte @Nullable [] load();

  /**
   * Replaces what was saved; durable when it returns. What is told was made durable at the target
   * before.
   *
   * @param state 32 bytes for each GiB that is done, and at most 3 MiB more
   */
  void save(byte[] state);

  /** The copy is whole, or worth nothing any more. */
  void clear();
}
