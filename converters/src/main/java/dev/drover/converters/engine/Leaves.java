package dev.drover.converters.engine;

import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.Arrays;

/**
 * The leaves of the chunks that are done. A row of chunks of zeros takes nine bytes, any other
 * chunk 33.
 */
final class Leaves {
  private static final int ZEROS = 0;
  private static final int LEAF = 1;
  static final int BYTES = 32;

  private byte[] kept = new byte[1 << 10];
  private int used;
  private long zeroChunks;

  /** One more chunk. */
  void add(byte[] leaf) {
    if (Arrays.equals(leaf, TreeDigest.zeroLeaf(TreeDigest.CHUNK))) {
      addZeros(1);
      return;
    }
    settle();
    room(1 + BYTES);
    kept[used] = LEAF;
    System.arraycopy(leaf, 0, kept, used + 1, BYTES);
    used += 1 + BYTES;
  }

  /** So many whole chunks of zeros. */
  void addZeros(long chunks) {
    zeroChunks += chunks;
  }

  private void settle() {
    if (zeroChunks > 0) {
      room(1 + Long.BYTES);
      kept[used] = ZEROS;
      java.nio.ByteBuffer.wrap(kept).putLong(used + 1, zeroChunks);
      used += 1 + Long.BYTES;
      zeroChunks = 0;
    }
  }

  private void room(int more) {
    if (kept.length - used < more) {
      kept = Arrays.copyOf(kept, kept.length * 2);
    }
  }

  void write(DataOutputStream to) throws IOException {
    settle();
    to.writeInt(used);
    to.write(kept, 0, used);
  }

  static Leaves read(DataInputStream from) throws IOException {
    Leaves leaves = new Leaves();
    leaves.kept = from.readNBytes(from.readInt());
    leaves.used = leaves.kept.length;
    if (leaves.used == 0) {
      leaves.kept = new byte[1 << 10];
    }
    return leaves;
  }

  /** Gives all of them to a digest of whole chunks. */
  void replay(TreeDigest digest) throws IOException {
    settle();
    try (DataInputStream from =
        new DataInputStream(new java.io.ByteArrayInputStream(kept, 0, used))) {
      while (from.available() > 0) {
        if (from.readByte() == ZEROS) {
          digest.addZeros(from.readLong() * TreeDigest.CHUNK);
        } else {
          digest.add(from.readNBytes(BYTES), TreeDigest.CHUNK);
        }
      }
    }
  }

  /** A copy of this as bytes, for a digest that nobody changes any more. */
  byte[] bytes() throws IOException {
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    write(new DataOutputStream(all));
    return all.toByteArray();
  }
}
