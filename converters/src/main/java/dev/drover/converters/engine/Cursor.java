package dev.drover.converters.engine;

/**
 * How far a copy has come.
 *
 * @param offset a multiple of a chunk; everything before it is done
 * @param dataBytes of what is done
 * @param mark {@link Fingerprint} of the stored bytes that are done; 0 where nobody took it
 */
record Cursor(long offset, long dataBytes, long mark) {
  static final Cursor START = new Cursor(0, 0, 0);

  Cursor {
    if (offset < 0 || offset % TreeDigest.CHUNK != 0) {
      throw new IllegalArgumentException("a cursor at byte " + offset);
    }
  }

  /**
   * Compares what comes again with what was copied.
   *
   * @throws SourceChanged where it is not the same
   */
  void check(String label, Fingerprint seen) {
    if (mark != 0 && mark != seen.value()) {
      throw new SourceChanged(label);
    }
  }
}
