package dev.drover.converters.guard;

import java.util.BitSet;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;

/**
 * Which places of a file are in use by pieces of one size, so that none is used twice. One bit a
 * place as a rule; where pieces do not stand at multiples of their size, two bytes more. Pages are
 * made where something is used: 62 TiB in clusters of 64 KiB take 128 MiB at most.
 */
final class UsedPlaces {
  private static final int PAGE = 1 << 16;

  private final long unit;
  private final long granule;
  private final Map<Long, BitSet> pages = new HashMap<>();
  private final Map<Long, char[]> remainders = new HashMap<>();
  private final TreeMap<Long, Long> reserved = new TreeMap<>();

  /**
   * @param unit bytes of a piece
   * @param granule what all places are multiples of; unit / granule is below 65,536
   */
  UsedPlaces(long unit, long granule) {
    if (unit / granule > Character.MAX_VALUE) {
      throw new IllegalArgumentException("pieces of " + unit + " in steps of " + granule);
    }
    this.unit = unit;
    this.granule = granule;
  }

  /** Keeps a range of tables free of pieces; false where it is reserved already. */
  boolean reserve(long start, long end) {
    if (end <= start) {
      return true;
    }
    if (isReserved(start, end)) {
      return false;
    }
    long from = start;
    long to = end;
    Map.Entry<Long, Long> before = reserved.floorEntry(start);
    if (before != null && before.getValue() == start) {
      from = before.getKey();
    }
    Long behind = reserved.remove(end);
    if (behind != null) {
      to = behind;
    }
    reserved.put(from, to);
    return true;
  }

  private boolean isReserved(long start, long end) {
    Map.Entry<Long, Long> below = reserved.lowerEntry(end);
    return below != null && below.getValue() > start;
  }

  /** Takes the place of a piece; false where a part of it is in use. */
  boolean take(long start) {
    long place = start / unit;
    long remainder = start % unit / granule;
    if (isReserved(start, start + unit)
        || has(place)
        || (place > 0 && has(place - 1) && remainder(place - 1) > remainder)
        || (has(place + 1) && remainder(place + 1) < remainder)) {
      return false;
    }
    pages.computeIfAbsent(place / PAGE, p -> new BitSet()).set((int) (place % PAGE));
    if (remainder != 0) {
      remainders.computeIfAbsent(place / PAGE, p -> new char[PAGE])[(int) (place % PAGE)] =
          (char) remainder;
    }
    return true;
  }

  /** Whether a piece begins in the place of that number. */
  boolean has(long place) {
    BitSet page = pages.get(place / PAGE);
    return page != null && page.get((int) (place % PAGE));
  }

  private long remainder(long place) {
    char[] page = remainders.get(place / PAGE);
    return page == null ? 0 : page[(int) (place % PAGE)];
  }
}
