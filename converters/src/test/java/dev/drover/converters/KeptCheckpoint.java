package dev.drover.converters;

import org.jspecify.annotations.Nullable;

/** What a copy saved of itself, in memory, for a test to look at. */
public final class KeptCheckpoint implements CopyCheckpoint {
  private byte @Nullable [] state;

  @Override
  public byte @Nullable [] load() {
    return state;
  }

  @Override
  public void save(byte[] next) {
    state = next;
  }

  @Override
  public void clear() {
    state = null;
  }
}
