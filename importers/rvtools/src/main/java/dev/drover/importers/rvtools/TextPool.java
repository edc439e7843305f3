package dev.drover.importers.rvtools;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Each text once, as UTF-8 in large blocks, known by a number. An export of 100,000 VMs has 15
 * million cells and 1.5 million different texts; as Strings in a map these would take three times
 * the memory. Number 0 is no text. Not thread-safe.
 */
final class TextPool {
  /**
   * No text is longer in UTF-8: {@link Limits#CELL_CHARS} times three, and the length before it.
   */
  private static final int BLOCK = 1 << 20;

  private final List<byte[]> blocks = new ArrayList<>(List.of(new byte[BLOCK]));
  private int used;
  private int[] places = new int[1 << 12];
  private int[] table = new int[1 << 13];
  private int count;

  /** The number of a text; 0 for the empty one. */
  int add(String text) {
    if (text.isEmpty()) {
      return 0;
    }
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    int slot = hash(bytes, 0, bytes.length) & (table.length - 1);
    for (; table[slot] != 0; slot = (slot + 1) & (table.length - 1)) {
      if (is(table[slot], bytes)) {
        return table[slot];
      }
    }
    int id = store(bytes);
    table[slot] = id;
    if (count * 2 > table.length) {
      grow();
    }
    return id;
  }

  private int store(byte[] bytes) {
    int needed = bytes.length + 3;
    if (needed > BLOCK) {
      throw new IllegalArgumentException("a text of " + bytes.length + " bytes");
    }
    if (used + needed > BLOCK) {
      blocks.add(new byte[BLOCK]);
      used = 0;
    }
    byte[] block = blocks.get(blocks.size() - 1);
    block[used] = (byte) (bytes.length >> 16);
    block[used + 1] = (byte) (bytes.length >> 8);
    block[used + 2] = (byte) bytes.length;
    System.arraycopy(bytes, 0, block, used + 3, bytes.length);
    count++;
    if (count == places.length) {
      places = Arrays.copyOf(places, places.length * 2);
    }
    places[count] = Math.addExact(Math.multiplyExact(blocks.size() - 1, BLOCK), used);
    used += needed;
    return count;
  }

  private void grow() {
    int[] larger = new int[table.length * 2];
    for (int id = 1; id <= count; id++) {
      byte[] block = blocks.get(places[id] >>> 20);
      int at = places[id] & (BLOCK - 1);
      int slot = hash(block, at + 3, length(block, at)) & (larger.length - 1);
      while (larger[slot] != 0) {
        slot = (slot + 1) & (larger.length - 1);
      }
      larger[slot] = id;
    }
    table = larger;
  }

  private boolean is(int id, byte[] bytes) {
    byte[] block = blocks.get(places[id] >>> 20);
    int at = places[id] & (BLOCK - 1);
    int length = length(block, at);
    return length == bytes.length
        && Arrays.equals(block, at + 3, at + 3 + length, bytes, 0, bytes.length);
  }

  private static int length(byte[] block, int at) {
    return (block[at] & 0xff) << 16 | (block[at + 1] & 0xff) << 8 | (block[at + 2] & 0xff);
  }

  /** FNV-1a, with its upper bits mixed into the lower ones that choose the slot. */
  private static int hash(byte[] bytes, int from, int length) {
    int hash = 0x811c9dc5;
    for (int i = from; i < from + length; i++) {
      hash = (hash ^ bytes[i]) * 0x01000193;
    }
    return hash ^ (hash >>> 15);
  }

  /** The text of a number; null for 0. */
  @Nullable String get(int id) {
    if (id == 0) {
      return null;
    }
    byte[] block = blocks.get(places[id] >>> 20);
    int at = places[id] & (BLOCK - 1);
    return new String(block, at + 3, length(block, at), StandardCharsets.UTF_8);
  }

  /** How many texts there are. */
  int size() {
    return count;
  }
}
