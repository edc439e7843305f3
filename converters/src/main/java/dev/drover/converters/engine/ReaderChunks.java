package dev.drover.converters.engine;

import dev.drover.converters.SharedReader;
import dev.drover.mappings.disk.BlockReader;
import dev.drover.mappings.disk.Extent;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Cuts what a reader gives into chunks; what it knows to be zeros is not read. A reader that
 * several threads may use reads several chunks at once.
 */
final class ReaderChunks implements ChunkSource {
  /** How much is asked for at once: few calls on an empty disk, few extents on a torn one. */
  private static final long WINDOW = 4L << 30;

  private final BlockReader from;
  private final boolean shared;

  ReaderChunks(BlockReader from) {
    this.from = from;
    this.shared = from instanceof SharedReader;
  }

  @Override
  public void produce(Sink sink) throws IOException, InterruptedException {
    long size = from.size();
    Filling filling = new Filling(sink, size);
    for (long at = sink.begin().offset(); at < size; at += WINDOW) {
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

  /** Bytes of the chunks of a range that hold data, as far as is known without reading. */
  static long dataBytes(BlockReader reader, long begin, long end) throws IOException {
    long bytes = 0;
    long counted = begin;
    for (long at = begin; at < end; at += WINDOW) {
      for (Extent extent : reader.extents(at, Math.min(WINDOW, end - at))) {
        if (extent.kind() == Extent.Kind.DATA) {
          long from = Math.max(counted, extent.offset() / TreeDigest.CHUNK * TreeDigest.CHUNK);
          long to = (extent.end() + TreeDigest.CHUNK - 1) / TreeDigest.CHUNK * TreeDigest.CHUNK;
          bytes += Math.max(0, to - from);
          counted = Math.max(counted, to);
        }
      }
    }
    return bytes;
  }

  /** Where data goes in a chunk; the gaps are zeros. */
  private record Piece(int start, int length) {}

  /** The chunk that is being filled. */
  private final class Filling {
    private final Sink sink;
    private final long size;
    private @Nullable Chunk chunk;
    private List<Piece> pieces = new ArrayList<>();

    Filling(Sink sink, long size) {
      this.sink = sink;
      this.size = size;
    }

    void data(Extent extent) throws IOException, InterruptedException {
      for (long at = extent.offset(); at < extent.end(); ) {
        Chunk current = at(at);
        int start = (int) (at - current.offset);
        int n = (int) Math.min(current.length - start, extent.end() - at);
        pieces.add(new Piece(start, n));
        at += n;
      }
    }

    private Chunk at(long offset) throws IOException, InterruptedException {
      Chunk current = chunk;
      if (current != null && offset < current.offset + TreeDigest.CHUNK) {
        return current;
      }
      end();
      long start = offset - offset % TreeDigest.CHUNK;
      current = sink.take(start, (int) Math.min(TreeDigest.CHUNK, size - start));
      chunk = current;
      return current;
    }

    /** Lets the other side know, where no chunk is open across this place. */
    void passed(long offset) throws IOException, InterruptedException {
      if (offset % TreeDigest.CHUNK == 0) {
        end();
        sink.passed(offset);
      }
    }

    void end() throws IOException, InterruptedException {
      Chunk done = chunk;
      chunk = null;
      if (done == null) {
        return;
      }
      int own = done.length;
      List<Piece> wanted = pieces;
      pieces = new ArrayList<>();
      done.length = (int) Sectors.roundUp(own);
      if (shared) {
        done.load = into -> read(into, wanted);
      } else {
        read(done, wanted);
      }
      sink.put(done);
    }
  }

  private void read(Chunk chunk, List<Piece> pieces) throws IOException {
    int filled = 0;
    for (Piece piece : pieces) {
      Arrays.fill(chunk.data, filled, piece.start, (byte) 0);
      from.read(
          chunk.offset + piece.start,
          ByteBuffer.wrap(chunk.data, piece.start, piece.length).slice());
      filled = piece.start + piece.length;
    }
    Arrays.fill(chunk.data, filled, chunk.length, (byte) 0);
  }
}
