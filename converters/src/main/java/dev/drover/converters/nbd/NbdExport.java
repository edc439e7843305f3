package dev.drover.converters.nbd;

import dev.drover.converters.engine.Medium;
import dev.drover.mappings.disk.Extent;
import dev.drover.mappings.failure.Retry;
import dev.drover.mappings.failure.TargetFailed;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;

/**
 * A disk that an NBD server lets write: {@code qemu-nbd} before a raw or qcow2 file, say. Several
 * requests are under way; what a server says of one is thrown by a later call, at the latest by
 * {@link #flush}. After a failure nothing more is to be written.
 */
public final class NbdExport implements Medium {
  private static final int READ_ONLY = 1 << 1;
  private static final int CAN_FLUSH = 1 << 2;
  private static final int CAN_WRITE_ZEROES = 1 << 6;

  /** Several of them under way hide the way there and back. */
  private static final int PIECE = 512 << 10;

  private static final int UNDER_WAY = 16;

  /** A server without holes has to write them within the patience for one request. */
  private static final int ZEROS = 64 << 20;

  private final NbdAddress address;
  private final NbdSession session;
  private final NbdDisk disk;
  private final boolean zeroes;
  private final long minimum;
  private final Deque<Asked> underWay = new ArrayDeque<>();

  private record Asked(NbdConnection by, NbdRequest request) {}

  private NbdExport(NbdSession session) {
    this.address = session.address();
    this.session = session;
    this.disk = new NbdDisk(session);
    this.zeroes = (session.agreed().flags() & CAN_WRITE_ZEROES) != 0;
    this.minimum = session.agreed().minimum();
  }

  /**
   * Connects and agrees with the server; nothing is written yet.
   *
   * @throws TargetFailed where it cannot be reached, gives the disk for reading only, or cannot
   *     make durable what it takes
   */
  public static NbdExport open(NbdAddress address) {
    NbdSession session;
    try {
      session = NbdSession.open(address);
    } catch (IOException e) {
      throw new TargetFailed(
          address.toString(),
          "it cannot be opened",
          "check that the server is there and gives this export, then run again",
          Retry.WORTHWHILE,
          e);
    }
    int flags = session.agreed().flags();
    if ((flags & READ_ONLY) != 0) {
      session.close();
      throw new TargetFailed(
          address.toString(),
          "the server gives it for reading only",
          "start the server so that it may be written (qemu-nbd without --read-only)");
    }
    if ((flags & CAN_FLUSH) == 0) {
      session.close();
      throw new TargetFailed(
          address.toString(),
          "the server has no flush, so nobody would know what is durable",
          "use a server that has it, such as qemu-nbd");
    }
    return new NbdExport(session);
  }

  @Override
  public long size() {
    return disk.size();
  }

  @Override
  public List<Extent> extents(long offset, long length) throws IOException {
    settle();
    return disk.extents(offset, length);
  }

  @Override
  public void read(long offset, ByteBuffer into) throws IOException {
    settle();
    disk.read(offset, into);
  }

  @Override
  public void write(long offset, ByteBuffer data) throws IOException {
    inside(offset, data.remaining());
    if (offset % minimum != 0 || data.remaining() % minimum != 0) {
      writeUneven(offset, data);
      return;
    }
    int piece = Math.min(PIECE, session.agreed().maximum());
    for (int from = data.position(); from < data.limit(); from += piece) {
      int n = Math.min(piece, data.limit() - from);
      ask(NbdRequest.write(offset + from - data.position(), data.slice(from, n)));
    }
    data.position(data.limit());
  }

  /** What the server does not take alone is read, and written with its neighbours. */
  private void writeUneven(long offset, ByteBuffer data) throws IOException {
    long from = offset / minimum * minimum;
    long to = (offset + data.remaining() + minimum - 1) / minimum * minimum;
    inside(from, to - from);
    ByteBuffer wide = ByteBuffer.allocate((int) (to - from));
    read(from, wide);
    wide.position((int) (offset - from)).put(data);
    write(from, wide.clear());
  }

  @Override
  public void zero(long offset, long length) throws IOException {
    inside(offset, length);
    long end = offset + length;
    long from = Math.min(end, (offset + minimum - 1) / minimum * minimum);
    long to = Math.max(from, end / minimum * minimum);
    writeZeros(offset, from);
    for (long at = from; at < to; at += ZEROS) {
      long next = Math.min(to, at + ZEROS);
      if (zeroes) {
        ask(NbdRequest.zero(at, (int) (next - at)));
      } else {
        writeZeros(at, next);
      }
    }
    writeZeros(to, end);
  }

  private void writeZeros(long from, long end) throws IOException {
    for (long at = from; at < end; at += PIECE) {
      write(at, ByteBuffer.allocate((int) Math.min(PIECE, end - at)));
    }
  }

  private void inside(long offset, long length) throws IOException {
    if (offset < 0 || length < 0 || offset > size() - length) {
      throw new IOException(address + ": no " + length + " bytes at byte " + offset);
    }
  }

  /** Sends a request; its bytes are the caller's again when this returns. */
  private void ask(NbdRequest request) throws IOException {
    if (underWay.size() == UNDER_WAY) {
      awaitOldest();
    }
    NbdConnection by = session.next();
    by.send(request);
    underWay.add(new Asked(by, request));
  }

  private void awaitOldest() throws IOException {
    Asked oldest = underWay.remove();
    session.await(oldest.by, oldest.request);
  }

  private void settle() throws IOException {
    while (!underWay.isEmpty()) {
      awaitOldest();
    }
  }

  /** Counts for the writes of all connections, as all of them have been answered before. */
  @Override
  public void flush() throws IOException {
    settle();
    ask(NbdRequest.flush());
    settle();
  }

  @Override
  public void close() {
    session.close();
  }

  @Override
  public String toString() {
    return address.toString();
  }
}
