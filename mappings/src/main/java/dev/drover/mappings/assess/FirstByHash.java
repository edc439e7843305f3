package dev.drover.mappings.assess;

/** From 64-bit hashes to the number that came first, in two arrays: twelve bytes a place. */
final class FirstByHash {
  private static final int EMPTY = -1;

  private long[] keys = new long[1 << 10];
  private int[] values = filled(1 << 10);
  private int size;

  /** The number that is there already, or -1 where this one is the first. */
  int putIfAbsent(long hash, int number) {
    if (size * 2 >= keys.length) {
      grow();
    }
    int at = place(keys, values, hash);
    if (values[at] != EMPTY) {
      return values[at];
    }
    keys[at] = hash;
    values[at] = number;
    size++;
    return EMPTY;
  }

  private void grow() {
    long[] newKeys = new long[keys.length * 2];
    int[] newValues = filled(keys.length * 2);
    for (int i = 0; i < keys.length; i++) {
      if (values[i] != EMPTY) {
        int at = place(newKeys, newValues, keys[i]);
        newKeys[at] = keys[i];
        newValues[at] = values[i];
      }
    }
    keys = newKeys;
    values = newValues;
  }

  private static int place(long[] keys, int[] values, long hash) {
    int at = (int) hash & (keys.length - 1);
    while (values[at] != EMPTY && keys[at] != hash) {
      at = (at + 1) & (keys.length - 1);
    }
    return at;
  }

  private static int[] filled(int length) {
    int[] values = new int[length];
    java.util.Arrays.fill(values, EMPTY);
    return values;
  }
}
