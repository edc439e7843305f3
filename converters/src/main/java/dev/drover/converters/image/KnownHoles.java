package dev.drover.converters.image;

import dev.drover.converters.SharedReader;
import dev.drover.mappings.disk.Extent;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/** A raw disk whose holes somebody else knows: Java does not tell those of a file. */
final class KnownHoles implements SharedReader {
  private final SharedReader disk;
  private final List<Extent> known;

  /**
   * @param known extents in ascending order; what they do not cover is data
   */
  KnownHoles(SharedReader disk, List<Extent> known) {
    this.disk = disk;
    this.known = List.copyOf(known);
  }

  @Override
  public long size() {
    return disk.size();
  }

  @Override
  public List<Extent> extents(long offset, long length) {
    List<Extent> extents = new ArrayList<>();
    long at = offset;
    long end = offset + length;
    for (int i = firstBehind(offset); i < known.size() && known.get(i).offset() < end; i++) {
      Extent extent = known.get(i);
      if (extent.kind() != Extent.Kind.DATA) {
        long from = Math.max(at, extent.offset());
        long to = Math.min(end, extent.end());
        add(extents, at, from, Extent.Kind.DATA);
        add(extents, from, to, extent.kind());
        at = Math.max(at, to);
      }
    }
    add(extents, at, end, Extent.Kind.DATA);
    return extents;
  }

  private static void add(List<Extent> extents, long from, long to, Extent.Kind kind) {
    if (to > from) {
      extents.add(new Extent(from, to - from, kind));
    }
  }

  /** The first extent that does not end before an offset. */
  private int firstBehind(long offset) {
    int low = 0;
    int high = known.size();
    while (low < high) {
      int middle = (low + high) >>> 1;
      if (known.get(middle).end() <= offset) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    return low;
  }

  @Override
  public void read(long offset, ByteBuffer into) throws IOException {
    disk.read(offset, into);
  }

  @Override
  public void close() throws IOException {
    disk.close();
  }
}
