package dev.drover.converters.engine;

import java.io.IOException;
import java.util.Arrays;

/**
 * An image whose disk goes on behind it, with zeros: its last, short chunk is filled up, so that
 * the digest is that of the longer disk. Whole chunks behind it are nobody's to put.
 *
 * @param size of the disk in whole sectors, at least that of the image
 */
record LongerDisk(ChunkSource image, long size) implements ChunkSource {
  @Override
  public void produce(Sink sink) throws IOException, InterruptedException {
    image.produce(new Filling(sink, size));
  }

  /** Takes longer chunks than it is asked for. */
  private record Filling(Sink sink, long size) implements Sink {
    @Override
    public Cursor begin() {
      return sink.begin();
    }

    @Override
    public Chunk take(long offset, int length) throws InterruptedException {
      Chunk chunk = sink.take(offset, full(offset));
      chunk.length = length;
      return chunk;
    }

    private int full(long offset) {
      return (int) Math.min(TreeDigest.CHUNK, size - offset);
    }

    @Override
    public void put(Chunk chunk) throws InterruptedException {
      int own = chunk.length;
      int full = full(chunk.offset);
      Chunk.Fill fill = chunk.fill;
      if (own < full) {
        chunk.length = full;
        if (fill == null) {
          Arrays.fill(chunk.data, own, full, (byte) 0);
        } else {
          chunk.fill = longer -> fill(longer, fill, own, full);
        }
      }
      sink.put(chunk);
    }

    /** What fills the chunk must see the length that the image gives it. */
    private static void fill(Chunk chunk, Chunk.Fill fill, int own, int full) {
      chunk.length = own;
      fill.into(chunk);
      chunk.length = full;
      Arrays.fill(chunk.data, own, full, (byte) 0);
    }

    @Override
    public void passed(long offset) throws InterruptedException {
      sink.passed(offset);
    }
  }
}
