package dev.drover.converters.nbd;

import dev.drover.converters.SharedReader;
import dev.drover.mappings.disk.Extent;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * A disk that an NBD server gives out, read over several connections where the server allows it,
 * with several requests under way on each. What the server says of holes is believed.
 */
public final class NbdDisk implements SharedReader {
  /** Several of them under way hide the way there and back. */
  private static final int PIECE = 512 << 10;

  private static final int STATUS_SPAN = 1 << 30;
  private static final int HOLE = 1;
  private static final int ZERO = 2;

  private final NbdAddress address;
  private final NbdSession session;
  private final NbdHandshake.Agreed agreed;

  /** Over connections that somebody has opened; closed with this. */
  NbdDisk(NbdSession session) {
    this.address = session.address();
    this.session = session;
    this.agreed = session.agreed();
  }

  /**
   * Connects and agrees with the server.
   *
   * @throws IOException naming the server and what it said
   */
  public static NbdDisk open(NbdAddress address) throws IOException {
    return new NbdDisk(NbdSession.open(address));
  }

  @Override
  public long size() {
    return agreed.size();
  }

  @Override
  public List<Extent> extents(long offset, long length) throws IOException {
    Integer context = number(NbdHandshake.ALLOCATION);
    if (context == null) {
      return List.of(new Extent(offset, length, Extent.Kind.DATA));
    }
    List<Extent> all = new ArrayList<>();
    for (Run run : status(context, offset, length)) {
      Extent.Kind kind = kind(run.flags());
      Extent last = all.isEmpty() ? null : all.get(all.size() - 1);
      if (last != null && last.kind() == kind) {
        all.set(all.size() - 1, new Extent(last.offset(), last.length() + run.length(), kind));
      } else {
        all.add(new Extent(run.offset(), run.length(), kind));
      }
    }
    return all;
  }

  private static Extent.Kind kind(int flags) {
    if ((flags & ZERO) == 0) {
      return Extent.Kind.DATA; // a hole that does not promise zeros is to be read
    }
    return (flags & HOLE) != 0 ? Extent.Kind.HOLE : Extent.Kind.ZERO;
  }

  /**
   * A run of the disk of one status.
   *
   * @param flags as the context defines them: of a dirty bitmap, 1 is dirty
   */
  public record Run(long offset, long length, int flags) {}

  /**
   * What a context says of a range, in order and without gaps.
   *
   * @param context one that the address asked for
   */
  public List<Run> status(String context, long offset, long length) throws IOException {
    Integer number = number(context);
    if (number == null) {
      throw new IOException(address + ": the server has no \"" + context + "\"");
    }
    return status(number, offset, length);
  }

  private @org.jspecify.annotations.Nullable Integer number(String context) {
    for (Map.Entry<Integer, String> one : agreed.contexts().entrySet()) {
      if (one.getValue().equals(context)) {
        return one.getKey();
      }
    }
    return null;
  }

  private List<Run> status(int context, long offset, long length) throws IOException {
    List<Run> all = new ArrayList<>();
    long end = offset + length;
    for (long at = offset; at < end; ) {
      long aligned = at / agreed.minimum() * agreed.minimum();
      long wanted = Math.min(STATUS_SPAN, agreed.size() - aligned);
      NbdRequest request = NbdRequest.status(aligned, (int) wanted);
      NbdConnection connection = session.next();
      connection.send(request);
      session.await(connection, request);
      long from = aligned;
      for (NbdRequest.Status said : request.of(context)) {
        // The last one may reach beyond what was asked for, and what is wanted.
        long to = Math.min(from + said.length(), Math.min(end, aligned + wanted));
        long begin = Math.max(from, at);
        if (to > begin) {
          all.add(new Run(begin, to - begin, said.flags()));
          at = to;
        }
        from += said.length();
      }
      if (from <= aligned || at <= aligned) {
        throw new IOException(address + ": the server says nothing of byte " + at);
      }
    }
    return all;
  }

  @Override
  public void read(long offset, ByteBuffer into) throws IOException {
    if (offset < 0 || offset > size() - into.remaining()) {
      throw new IOException(address + ": no " + into.remaining() + " bytes at byte " + offset);
    }
    int minimum = agreed.minimum();
    if (offset % minimum != 0 || into.remaining() % minimum != 0) {
      readUneven(offset, into, minimum);
      return;
    }
    List<NbdRequest> requests = new ArrayList<>();
    List<NbdConnection> by = new ArrayList<>();
    int piece = Math.min(PIECE, agreed.maximum());
    try {
      for (int from = into.position(); from < into.limit(); from += piece) {
        int n = Math.min(piece, into.limit() - from);
        NbdRequest request = NbdRequest.read(offset + from - into.position(), into.slice(from, n));
        NbdConnection connection = session.next();
        connection.send(request);
        requests.add(request);
        by.add(connection);
      }
      for (int i = 0; i < requests.size(); i++) {
        session.await(by.get(i), requests.get(i));
      }
    } catch (IOException e) {
      // Nobody may write into the buffer any more when it goes back to its owner.
      for (int i = 0; i < requests.size(); i++) {
        if (!requests.get(i).answered.isDone()) {
          by.get(i).failAll(e);
        }
      }
      throw e;
    }
    into.position(into.limit());
  }

  private void readUneven(long offset, ByteBuffer into, int minimum) throws IOException {
    long from = offset / minimum * minimum;
    long to = (offset + into.remaining() + minimum - 1) / minimum * minimum;
    ByteBuffer wide = ByteBuffer.allocate((int) (Math.min(to, size()) - from));
    if (wide.remaining() % minimum != 0) {
      throw new IOException(address + ": a disk that does not end with a block");
    }
    read(from, wide);
    into.put(wide.array(), (int) (offset - from), into.remaining());
  }

  @Override
  public void close() {
    session.close();
  }
}
