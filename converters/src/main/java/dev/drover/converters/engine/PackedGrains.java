package dev.drover.converters.engine;

import java.util.Arrays;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;

/** The compressed grains of one chunk, which a worker inflates to their places. */
final class PackedGrains implements Chunk.Fill {
  private static final int MAX_GRAINS = TreeDigest.CHUNK / (8 * Sectors.SECTOR);

  /** What a chunk of noise takes: deflate adds a little, and each grain is padded to a sector. */
  private static final int MOST_USUAL = TreeDigest.CHUNK + TreeDigest.CHUNK / 8;

  private final ImageStream in;
  private final int grainBytes;
  private byte[] packed = new byte[TreeDigest.CHUNK / 4];
  private int used;
  private final int[] starts = new int[MAX_GRAINS];
  private final int[] lengths = new int[MAX_GRAINS];
  private final int[] targets = new int[MAX_GRAINS];
  private final long[] places = new long[MAX_GRAINS];
  private int count;

  PackedGrains(ImageStream in, int grainBytes) {
    this.in = in;
    this.grainBytes = grainBytes;
  }

  void clear() {
    used = 0;
    count = 0;
  }

  /**
   * Makes room for a grain's compressed bytes.
   *
   * @param target where it goes in the chunk
   * @param place of its marker in the image, for messages
   * @return where to put them in {@link #bytes}
   */
  int add(int length, int room, int target, long place) {
    if (packed.length - used < room) {
      int usual = Math.min(packed.length * 2, MOST_USUAL);
      packed = Arrays.copyOf(packed, Math.max(used + room, usual));
    }
    int start = used;
    starts[count] = start;
    lengths[count] = length;
    targets[count] = target;
    places[count] = place;
    count++;
    used += room;
    return start;
  }

  byte[] bytes() {
    return packed;
  }

  @Override
  public void into(Chunk chunk) {
    Inflater inflater = new Inflater();
    try {
      int filled = 0;
      for (int i = 0; i < count; i++) {
        Arrays.fill(chunk.data, filled, targets[i], (byte) 0);
        inflater.reset();
        inflater.setInput(packed, starts[i], lengths[i]);
        inflate(inflater, chunk, i);
        filled = targets[i] + grainBytes;
      }
      Arrays.fill(chunk.data, Math.min(filled, chunk.length), chunk.length, (byte) 0);
    } finally {
      inflater.end();
    }
  }

  /** A grain inflates to its full size; the last of a disk may also stop where the disk does. */
  private void inflate(Inflater inflater, Chunk chunk, int i) {
    int least = Math.min(grainBytes, chunk.length - targets[i]);
    int n = 0;
    try {
      while (!inflater.finished()) {
        int more = inflater.inflate(chunk.data, targets[i] + n, grainBytes - n);
        n += more;
        if (more == 0 && n == grainBytes && !inflater.finished()) {
          byte[] beyond = new byte[1];
          if (inflater.inflate(beyond) > 0) {
            throw in.hostile(
                places[i], "this grain inflates to more than " + grainBytes + " bytes");
          }
        }
        if (more == 0 && (inflater.needsInput() || inflater.needsDictionary())) {
          break;
        }
      }
    } catch (DataFormatException e) {
      throw in.hostile(places[i], "this grain does not inflate: " + e.getMessage());
    }
    if (!inflater.finished() || (n != grainBytes && n != least)) {
      throw in.hostile(
          places[i], "this grain inflates to " + n + " bytes instead of " + grainBytes);
    }
  }
}
