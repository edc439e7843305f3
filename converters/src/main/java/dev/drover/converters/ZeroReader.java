package dev.drover.converters;

import dev.drover.mappings.disk.BlockReader;
import dev.drover.mappings.disk.Extent;
import java.nio.ByteBuffer;
import java.util.List;

/** A disk that nobody has written to. */
record ZeroReader(long size) implements BlockReader {
  @Override
  public List<Extent> extents(long offset, long length) {
    return List.of(new Extent(offset, length, Extent.Kind.HOLE));
  }

  @Override
  public void read(long offset, ByteBuffer into) {
    while (into.hasRemaining()) {
      into.put((byte) 0);
    }
  }

  @Override
  public void close() {}
}
