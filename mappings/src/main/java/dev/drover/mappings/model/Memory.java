package dev.drover.mappings.model;

import org.jspecify.annotations.Nullable;

/**
 * The guest's memory.
 *
 * @param size what the guest sees
 * @param reservation null where unknown
 * @param hugePages whether the source backs it with huge pages
 */
public record Memory(
    ByteSize size, @Nullable ByteSize reservation, Answer hotAdd, Answer hugePages) {
  /** A size and nothing else. */
  public static Memory ofSize(ByteSize size) {
    return new Memory(size, null, Answer.UNKNOWN, Answer.UNKNOWN);
  }
}
