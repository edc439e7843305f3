package dev.drover.converters.engine;

import java.io.IOException;

/** Cuts a raw image into chunks. */
final class RawImage implements ChunkSource {
  private final ImageStream in;
  private final long promised;
  private final boolean exact;
  private volatile long ended;

  /**
   * @param promised bytes that the image must have, or -1 where its end decides; its last sector
   *     may be incomplete
   * @param exact whether it may not have fewer either: what its files tell is known before, what is
   *     behind a compression is only declared, and a disk goes on with zeros behind its image
   */
  RawImage(ImageStream in, long promised, boolean exact) {
    this.in = in;
    this.promised = promised;
    this.exact = exact;
  }

  /** Where the image has ended. */
  long ended() {
    return ended;
  }

  @Override
  public void produce(Sink sink) throws IOException, InterruptedException {
    long max = promised < 0 ? Sectors.MAX_DISK : promised;
    long offset = Math.min(sink.begin().offset(), max);
    Fingerprint seen = new Fingerprint();
    in.skip(offset, "the part of the disk that is copied already", seen);
    sink.begin().check(in.label(), seen);
    while (offset < max) {
      int wanted = (int) Math.min(TreeDigest.CHUNK, max - offset);
      Chunk chunk = sink.take(offset, wanted);
      int n = in.read(chunk.data, 0, wanted);
      if (n < wanted && exact && promised >= 0 && Sectors.roundUp(offset + n) < promised) {
        throw in.ended(offset + n, "the image ends here, " + promised + " bytes were promised");
      }
      offset += n;
      if (n > 0) {
        chunk.length = (int) Sectors.roundUp(n);
        java.util.Arrays.fill(chunk.data, n, chunk.length, (byte) 0);
        seen.add(chunk.data, 0, n);
        chunk.mark = seen.value();
        sink.put(chunk);
      }
      if (n < wanted) {
        break;
      }
    }
    ended = offset;
    if (in.read(new byte[1], 0, 1) > 0) {
      throw in.hostile(offset, "the image goes on behind the " + max + " bytes of the disk");
    }
    if (offset == 0) {
      throw in.hostile(0, "the image is empty");
    }
  }
}
