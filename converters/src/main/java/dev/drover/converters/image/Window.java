package dev.drover.converters.image;

import dev.drover.converters.SharedReader;
import dev.drover.mappings.disk.Extent;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.List;

/**
 * A disk from some place on. Closing it closes the whole.
 *
 * @param start first byte
 */
record Window(SharedReader whole, long start) implements SharedReader {
  @Override
  public long size() {
    return Math.max(0, whole.size() - start);
  }

  @Override
  public List<Extent> extents(long offset, long length) throws IOException {
    return whole.extents(start + offset, length).stream()
        .map(e -> new Extent(e.offset() - start, e.length(), e.kind()))
        .toList();
  }

  @Override
  public void read(long offset, ByteBuffer into) throws IOException {
    whole.read(start + offset, into);
  }

  @Override
  public void close() throws IOException {
    whole.close();
  }
}
