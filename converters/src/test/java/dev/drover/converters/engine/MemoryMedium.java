package dev.drover.converters.engine;

import dev.drover.mappings.disk.Extent;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;

/**
 * A medium in memory that loses at a power cut what was not flushed, as a disk does; it held
 * something else before.
 */
final class MemoryMedium implements Medium {
  static final byte OLD = (byte) 0xa5;

  private byte[] now;
  private byte[] durable;
  private long breaksAt = Long.MAX_VALUE;
  long taken;
  long lowest = Long.MAX_VALUE;
  boolean closed;

  /** The first bytes came while others were not durable. */
  boolean tooEarly;

  MemoryMedium(int size) {
    now = new byte[size];
    Arrays.fill(now, OLD);
    durable = now.clone();
  }

  /** The power goes when so many bytes have been written. */
  void cutAfter(long bytes) {
    breaksAt = taken + bytes;
  }

  /** The same place after the power is back. */
  MemoryMedium again() {
    MemoryMedium next = new MemoryMedium(now.length);
    next.now = durable.clone();
    next.durable = durable.clone();
    return next;
  }

  byte[] durable() {
    return durable;
  }

  /** Somebody put another disk in. */
  void wipe() {
    Arrays.fill(now, (byte) 0);
    Arrays.fill(durable, (byte) 0);
  }

  private void taking(long offset, long length) throws IOException {
    if (taken + length > breaksAt) {
      throw new IOException("the power is gone");
    }
    taken += length;
    lowest = Math.min(lowest, offset);
  }

  @Override
  public void write(long offset, ByteBuffer data) throws IOException {
    taking(offset, data.remaining());
    tooEarly |= offset == 0 && !Arrays.equals(now, durable);
    data.get(now, (int) offset, data.remaining());
  }

  @Override
  public void zero(long offset, long length) throws IOException {
    taking(offset, 0);
    Arrays.fill(now, (int) offset, (int) (offset + length), (byte) 0);
  }

  @Override
  public void flush() {
    durable = now.clone();
  }

  @Override
  public long size() {
    return now.length;
  }

  @Override
  public List<Extent> extents(long offset, long length) {
    return List.of(new Extent(offset, length, Extent.Kind.DATA));
  }

  @Override
  public void read(long offset, ByteBuffer into) {
    into.put(now, (int) offset, into.remaining());
  }

  @Override
  public void close() {
    closed = true;
  }

  @Override
  public String toString() {
    return "a medium in memory";
  }
}
