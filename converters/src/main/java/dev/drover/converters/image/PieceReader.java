package dev.drover.converters.image;

import dev.drover.converters.SharedReader;
import dev.drover.converters.archive.SeekableParts;
import dev.drover.mappings.disk.BlockReader;
import dev.drover.mappings.disk.Extent;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads a disk by the map of its pieces. */
final class PieceReader implements SharedReader {
  private final PieceMap map;
  private final SeekableParts image;
  private final @Nullable BlockReader below;

  /**
   * @param image that the map's places are in; closed with this
   * @param below what a delta stands on, or null; closed with this
   */
  PieceReader(PieceMap map, SeekableParts image, @Nullable BlockReader below) {
    this.map = map;
    this.image = image;
    this.below = below;
  }

  @Override
  public long size() {
    return map.size();
  }

  @Override
  public List<Extent> extents(long offset, long length) throws IOException {
    Extents extents = new Extents();
    long end = offset + length;
    for (long at = offset; at < end; ) {
      Run run = map.run(at);
      long n = Math.min(run.length(), end - at);
      if (run instanceof Run.Below && below != null) {
        long there = Math.max(0, Math.min(n, below.size() - at));
        if (there > 0) {
          below.extents(at, there).forEach(extents::add);
        }
        extents.add(at + there, n - there, Extent.Kind.HOLE);
      } else {
        extents.add(at, n, kind(run));
      }
      at += n;
    }
    return extents.all;
  }

  private static Extent.Kind kind(Run run) {
    if (run instanceof Run.Zeros zeros) {
      return zeros.allocated() ? Extent.Kind.ZERO : Extent.Kind.HOLE;
    }
    return run instanceof Run.Below ? Extent.Kind.HOLE : Extent.Kind.DATA;
  }

  /** Extents of which those that touch and are alike are one. */
  private static final class Extents {
    private final List<Extent> all = new ArrayList<>();

    void add(Extent extent) {
      add(extent.offset(), extent.length(), extent.kind());
    }

    void add(long offset, long length, Extent.Kind kind) {
      Extent last = all.isEmpty() ? null : all.get(all.size() - 1);
      if (length == 0) {
        return;
      }
      if (last != null && last.kind() == kind && last.end() == offset) {
        all.set(all.size() - 1, new Extent(last.offset(), last.length() + length, kind));
      } else {
        all.add(new Extent(offset, length, kind));
      }
    }
  }

  @Override
  public void read(long offset, ByteBuffer into) throws IOException {
    int limit = into.limit();
    long at = offset;
    while (into.position() < limit) {
      Run run = map.run(at);
      int n = (int) Math.min(run.length(), limit - into.position());
      if (run instanceof Run.Plain plain) {
        n = inARow(plain, at, n, limit - into.position());
        into.limit(into.position() + n);
        image.read(plain.place(), into);
        into.limit(limit);
      } else if (run instanceof Run.Packed packed) {
        unpack(packed, into, n);
      } else if (run instanceof Run.Below && below != null) {
        readBelow(below, at, into, n);
      } else {
        into.put(new byte[n]);
      }
      at += n;
    }
  }

  /** Straight to where it belongs, if all of the piece is wanted. */
  private static void unpack(Run.Packed packed, ByteBuffer into, int n) throws IOException {
    if (n == packed.whole() && into.hasArray()) {
      packed.piece().into(into.array(), into.arrayOffset() + into.position());
      into.position(into.position() + n);
      return;
    }
    byte[] piece = new byte[packed.whole()];
    packed.piece().into(piece, 0);
    into.put(piece, packed.within(), n);
  }

  /** Pieces that follow one another in the image are read at once. */
  private int inARow(Run.Plain first, long at, int length, int most) throws IOException {
    int n = length;
    while (n < most
        && at + n < map.size()
        && map.run(at + n) instanceof Run.Plain next
        && next.place() == first.place() + n) {
      n += (int) Math.min(next.length(), most - n);
    }
    return n;
  }

  private static void readBelow(BlockReader below, long at, ByteBuffer into, int n)
      throws IOException {
    int there = (int) Math.max(0, Math.min(n, below.size() - at));
    int limit = into.limit();
    into.limit(into.position() + there);
    if (there > 0) {
      below.read(at, into);
    }
    into.limit(limit);
    into.put(new byte[n - there]);
  }

  @Override
  public void close() throws IOException {
    try (image) {
      if (below != null) {
        below.close();
      }
    }
  }
}
