package dev.drover.converters.engine;

import java.io.IOException;

/** Cuts a raw image into chunks. */
final class RawImage implements ChunkSource {
  private final ImageBytes in;
  private final long promised;

  /**
   * @param promised bytes that the image must have, or -1 where its end decides; its last sector
   *     may be incomplete
   */
  RawImage(ImageBytes in, long promised) {
    this.in = in;
    this.promised = promised;
  }

  @Override
  public void produce(Sink sink) throws IOException, InterruptedException {
    long max = promised < 0 ? Sectors.MAX_DISK : promised;
    long offset = 0;
    while (offset < max) {
      int wanted = (int) Math.min(TreeDigest.CHUNK, max - offset);
      Chunk chunk = sink.take(offset, wanted);
      int n = in.read(chunk.data, 0, wanted);
      if (n < wanted && promised >= 0 && Sectors.roundUp(offset + n) < promised) {
        throw in.hostile(offset + n, "the image ends here, " + promised + " bytes were promised");
      }
      offset += n;
      if (n > 0) {
        chunk.length = (int) Sectors.roundUp(n);
        java.util.Arrays.fill(chunk.data, n, chunk.length, (byte) 0);
        sink.put(chunk);
      }
      if (n < wanted) {
        break;
      }
    }
    if (in.read(new byte[1], 0, 1) > 0) {
      throw in.hostile(offset, "the image goes on behind the " + max + " bytes of the disk");
    }
    if (offset == 0) {
      throw in.hostile(0, "the image is empty");
    }
  }
}
