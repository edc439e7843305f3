package dev.drover.converters.engine;

import dev.drover.mappings.disk.BlockReader;
import dev.drover.mappings.disk.Extent;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Reads a raw file, whose holes somebody else knows: Java does not tell them. */
final class RawReader implements BlockReader {
  private final Path path;
  private final FileChannel file;
  private final long size;
  private final List<Extent> known;

  private RawReader(Path path, FileChannel file, List<Extent> known) throws IOException {
    this.path = path;
    this.file = file;
    this.size = file.size();
    this.known = List.copyOf(known);
  }

  /**
   * @param known extents of the file in ascending order; what they do not cover is data
   */
  static RawReader open(Path path, List<Extent> known) throws IOException {
    FileChannel file = FileChannel.open(path);
    try {
      return new RawReader(path, file, known);
    } catch (IOException | RuntimeException e) {
      file.close();
      throw e;
    }
  }

  @Override
  public long size() {
    return size;
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
    for (long from = offset; into.hasRemaining(); ) {
      int n = file.read(into, from);
      if (n < 0) {
        throw new EOFException(path + " ends at byte " + from);
      }
      from += n;
    }
  }

  @Override
  public void close() throws IOException {
    file.close();
  }
}
