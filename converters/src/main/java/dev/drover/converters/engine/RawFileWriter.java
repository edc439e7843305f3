package dev.drover.converters.engine;

import dev.drover.converters.file.PartialFile;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** Writes a raw file; zeros, known or found, become holes. */
final class RawFileWriter implements ResumableWriter {
  private static final byte[] ZEROS = new byte[ZeroScan.STEP];

  private final PartialFile file;
  private final Ascending written;

  private RawFileWriter(PartialFile file, long size) {
    this.file = file;
    this.written = new Ascending(size);
  }

  /**
   * @param size bytes, made whole sectors; -1 where the last byte that is written or zeroed decides
   */
  static RawFileWriter create(Path path, long size) {
    return sized(PartialFile.create(path, size), size);
  }

  /** Goes on behind the first bytes of what an earlier process left; null where it is not there. */
  static @Nullable RawFileWriter reopen(Path path, long size, long done) {
    PartialFile left = PartialFile.reopen(path, size, done);
    if (left == null) {
      return null;
    }
    RawFileWriter writer = sized(left, size);
    writer.written.skip(done);
    return writer;
  }

  private static RawFileWriter sized(PartialFile file, long size) {
    try {
      RawFileWriter writer = new RawFileWriter(file, size < 0 ? -1 : Sectors.roundUp(size));
      if (size > 0) {
        file.setLength(writer.written.size()); // a file system that cannot hold it says so now
      }
      return writer;
    } catch (RuntimeException e) {
      file.close();
      throw e;
    }
  }

  @Override
  public void write(long offset, ByteBuffer data) throws IOException {
    written.advance(offset, data.remaining());
    int limit = data.limit();
    long shift = offset - data.position();
    int from = data.position();
    while (from < limit) {
      int next = stepEnd(shift, from, limit);
      if (isZero(data, from, next)) {
        from = next;
        continue;
      }
      int to = next;
      while (to < limit && !isZero(data, to, stepEnd(shift, to, limit))) {
        to = stepEnd(shift, to, limit);
      }
      file.write(shift + from, data.duplicate().limit(to).position(from));
      from = to;
    }
    data.position(limit);
  }

  /** The end of the step of {@link ZeroScan#STEP} on the disk that a byte of the buffer is in. */
  private static int stepEnd(long shift, int from, int limit) {
    long at = shift + from;
    return (int) Math.min(limit, from + ZeroScan.STEP - at % ZeroScan.STEP);
  }

  private static boolean isZero(ByteBuffer data, int from, int to) {
    return data.duplicate().limit(to).position(from).equals(ByteBuffer.wrap(ZEROS, 0, to - from));
  }

  @Override
  public void zero(long offset, long length) throws IOException {
    written.advance(offset, length);
  }

  @Override
  public void flush() throws IOException {
    written.open();
    file.force();
  }

  @Override
  public byte[] checkpoint() {
    file.force();
    return new byte[0];
  }

  @Override
  public void keep(boolean whether) {
    file.keep(whether);
  }

  @Override
  public void commit() throws IOException {
    written.open();
    file.setLength(written.size());
    file.commit();
  }

  @Override
  public void close() throws IOException {
    written.close();
    file.close();
  }
}
