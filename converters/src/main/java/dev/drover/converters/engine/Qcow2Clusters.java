package dev.drover.converters.engine;

import java.io.IOException;
import java.nio.ByteBuffer;

/** Puts clusters of a disk into a qcow2 file, in ascending order. */
interface Qcow2Clusters {
  /**
   * Writes whole clusters; those of zeros only are left out.
   *
   * @param offset on the disk, a multiple of {@link Qcow2Format#CLUSTER}
   * @param data is not used after the return
   */
  void write(long offset, ByteBuffer data) throws IOException;

  /** All that was given is in the file. */
  void finish() throws IOException;

  /** Whether a cluster of a buffer is zeros. */
  static boolean isZero(ByteBuffer data, int from) {
    return data.slice(from, Qcow2Format.CLUSTER).equals(Zeros.CLUSTER.duplicate());
  }

  /** A cluster to compare with. */
  final class Zeros {
    private static final ByteBuffer CLUSTER =
        ByteBuffer.allocate(Qcow2Format.CLUSTER).asReadOnlyBuffer();

    private Zeros() {}
  }
}
