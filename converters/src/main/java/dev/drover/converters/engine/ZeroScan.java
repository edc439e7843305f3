package dev.drover.converters.engine;

import java.util.Arrays;

/** Finds zeros in steps of 64 KiB. {@link Arrays#equals} compares with vector instructions. */
final class ZeroScan {
  static final int STEP = 64 << 10;

  private static final byte[] ZEROS = new byte[STEP];

  private ZeroScan() {}

  /** Whether a range of at most {@link #STEP} bytes is all zeros. */
  static boolean isZero(byte[] data, int from, int length) {
    return Arrays.equals(data, from, from + length, ZEROS, 0, length);
  }

  /** Bit n is set where step n of the first {@code length} bytes has a byte that is not zero. */
  static long dataSteps(byte[] data, int length) {
    long steps = 0;
    for (int from = 0, n = 0; from < length; from += STEP, n++) {
      if (!isZero(data, from, Math.min(STEP, length - from))) {
        steps |= 1L << n;
      }
    }
    return steps;
  }
}
