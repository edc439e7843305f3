package dev.drover.converters.engine;

import dev.drover.mappings.disk.BlockReader;
import dev.drover.mappings.disk.Extent;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Arrays;

/** Cuts what a reader gives into chunks; what it knows to be zeros is not read. */
final class ReaderChunks implements ChunkSource {
  /** How much is asked for at once: few calls on an empty disk, few extents on a torn one. */
  private static final long WINDOW = 4L << 30;

  private final BlockReader from;

  ReaderChunks(BlockReader from) {
    this.from = from;
  }

  @Override
  public void produce(Sink sink) throws IOException, InterruptedException {
    long size = from.size();
    Filling filling = new Filling(sink, size);
    for (long at = 0; at < size; at += WINDOW) {
      long length = Math.min(WINDOW, size - at);
      long expected = at;
      for (Extent extent : from.extents(at, length)) {
        if (extent.offset() != expected) {
          throw new IOException("extents with a gap at byte " + expected);
        }
        expected = extent.end();
        if (extent.kind() == Extent.Kind.DATA) {
          filling.data(extent);
        }
      }
      if (expected != at + length) {
        throw new IOException("extents that end at byte " + expected + " of " + (at + length));
      }
      filling.passed(at + length);
    }
    filling.end();
  }

  /** The chunk that is being filled. */
  private final class Filling {
    private final Sink sink;
    private final long size;
    private @org.jspecify.annotations.Nullable Chunk chunk;
    private int filled;

    Filling(Sink sink, long size) {
      this.sink = sink;
      this.size = size;
    }

    void data(Extent extent) throws IOException, InterruptedException {
      for (long at = extent.offset(); at < extent.end(); ) {
        Chunk current = at(at);
        int start = (int) (at - current.offset);
        int n = (int) Math.min(current.length - start, extent.end() - at);
        Arrays.fill(current.data, filled, start, (byte) 0);
        from.read(at, ByteBuffer.wrap(current.data, start, n).slice());
        filled = start + n;
        at += n;
      }
    }

    private Chunk at(long offset) throws InterruptedException {
      Chunk current = chunk;
      if (current != null && offset < current.offset + TreeDigest.CHUNK) {
        return current;
      }
      end();
      long start = offset - offset % TreeDigest.CHUNK;
      current = sink.take(start, (int) Math.min(TreeDigest.CHUNK, size - start));
      chunk = current;
      filled = 0;
      return current;
    }

    /** Lets the other side know, where no chunk is open across this place. */
    void passed(long offset) throws InterruptedException {
      if (offset % TreeDigest.CHUNK == 0) {
        end();
        sink.passed(offset);
      }
    }

    void end() throws InterruptedException {
      Chunk done = chunk;
      chunk = null;
      if (done != null) {
        int length = (int) Sectors.roundUp(done.length);
        Arrays.fill(done.data, filled, length, (byte) 0);
        done.length = length;
        sink.put(done);
      }
    }
  }
}
