package dev.drover.converters.image;

import dev.drover.converters.SharedReader;
import dev.drover.mappings.disk.BlockReader;
import dev.drover.mappings.disk.Extent;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/** A disk in pieces, each of which has a reader of its own. */
final class JoinedReader implements SharedReader {
  private final List<Piece> pieces;

  /**
   * A piece of the disk.
   *
   * @param start its first byte on the disk
   * @param size bytes of the disk; the reader may have more
   */
  record Piece(long start, long size, BlockReader reader) {
    long end() {
      return start + size;
    }
  }

  /**
   * @param pieces in order, without gaps; closed with this
   */
  JoinedReader(List<Piece> pieces) {
    this.pieces = List.copyOf(pieces);
  }

  @Override
  public long size() {
    return pieces.get(pieces.size() - 1).end();
  }

  @Override
  public List<Extent> extents(long offset, long length) throws IOException {
    List<Extent> all = new ArrayList<>();
    for (Piece piece : pieces) {
      long from = Math.max(offset, piece.start());
      long to = Math.min(offset + length, piece.end());
      if (from < to) {
        for (Extent extent : piece.reader().extents(from - piece.start(), to - from)) {
          all.add(new Extent(extent.offset() + piece.start(), extent.length(), extent.kind()));
        }
      }
    }
    return all;
  }

  @Override
  public void read(long offset, ByteBuffer into) throws IOException {
    int limit = into.limit();
    long at = offset;
    for (Piece piece : pieces) {
      if (at >= piece.start() && at < piece.end() && into.position() < limit) {
        int n = (int) Math.min(limit - into.position(), piece.end() - at);
        into.limit(into.position() + n);
        piece.reader().read(at - piece.start(), into);
        into.limit(limit);
        at += n;
      }
    }
  }

  @Override
  public void close() throws IOException {
    IOException first = null;
    for (Piece piece : pieces) {
      try {
        piece.reader().close();
      } catch (IOException e) {
        first = e;
      }
    }
    if (first != null) {
      throw first;
    }
  }
}
