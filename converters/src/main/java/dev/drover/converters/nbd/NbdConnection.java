package dev.drover.converters.nbd;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * One connection: requests go out as they come, a thread of its own takes the replies in whatever
 * order the server has them. Whatever is odd ends the connection and all that is under way on it.
 */
final class NbdConnection implements Closeable {
  private static final int REQUEST = 0x25609513;
  private static final int SIMPLE = 0x67446698;
  private static final int STRUCTURED = 0x668e33ef;
  private static final int DISCONNECT = 2;
  private static final int DONE = 1;
  private static final int NONE = 0;
  private static final int OFFSET_DATA = 1;
  private static final int OFFSET_HOLE = 2;
  private static final int STATUS = 5;
  private static final int ERROR = 1 << 15;
  private static final int NO_SPACE = 28; // NBD_ENOSPC
  private static final int LONGEST_ERROR = 64 << 10;
  private static final int LONGEST_STATUS = 16 << 20;

  private final NbdAddress address;
  private final NbdWire wire;
  private final Map<Long, NbdRequest> underWay = new ConcurrentHashMap<>();
  private final AtomicLong cookies = new AtomicLong();
  private final Thread reading;
  private volatile @Nullable IOException broken;
  private volatile boolean closed;

  /**
   * @param wire that has been negotiated
   */
  NbdConnection(NbdAddress address, NbdWire wire) {
    this.address = address;
    this.wire = wire;
    this.reading = new Thread(this::readAll, "drover-nbd");
    reading.setDaemon(true);
    reading.start();
  }

  /** Sends a request. */
  void send(NbdRequest request) throws IOException {
    long cookie = cookies.incrementAndGet();
    underWay.put(cookie, request);
    ByteBuffer bytes = ByteBuffer.allocate(28);
    bytes.putInt(REQUEST).putShort((short) 0).putShort((short) request.type);
    bytes.putLong(cookie).putLong(request.offset).putInt(request.length);
    IOException before = broken;
    if (before != null) {
      throw before;
    }
    try {
      put(bytes.flip(), request.payload);
    } catch (IOException e) {
      throw failAll(e);
    }
    if (broken != null) {
      failAll(java.util.Objects.requireNonNull(broken)); // it broke before this one was seen
    }
  }

  private void put(ByteBuffer head, @Nullable ByteBuffer payload) throws IOException {
    if (payload == null) {
      write(head);
      return;
    }
    // A server that takes no more bytes would hold the writing thread for ever.
    CompletableFuture<Void> sent = new CompletableFuture<>();
    CompletableFuture<Void> unused =
        sent.orTimeout(address.patience().toMillis(), TimeUnit.MILLISECONDS)
            .whenComplete((done, hung) -> giveUp(hung));
    try {
      write(head, payload.duplicate());
    } finally {
      sent.complete(null);
    }
  }

  private synchronized void write(ByteBuffer... parts) throws IOException {
    for (ByteBuffer part : parts) {
      wire.write(part);
    }
  }

  private void giveUp(@Nullable Throwable hung) {
    if (hung != null) {
      failAll(
          new IOException(
              "the server takes nothing for " + address.patience().toSeconds() + " s", hung));
    }
  }

  /** Gives up: nothing more is written into anybody's buffer when this returns. */
  IOException failAll(IOException cause) {
    IOException told =
        broken == null ? new IOException(address + ": " + cause.getMessage(), cause) : broken;
    broken = told;
    try {
      wire.close();
    } catch (IOException e) {
      told.addSuppressed(e);
    }
    if (Thread.currentThread() != reading) {
      join();
    }
    underWay.values().forEach(request -> request.answered.completeExceptionally(told));
    underWay.clear();
    return told;
  }

  private void readAll() {
    try {
      while (!closed) {
        reply();
      }
    } catch (IOException e) {
      if (!closed) {
        failAll(e);
      }
    } catch (RuntimeException e) {
      failAll(new IOException(e));
    }
  }

  private void reply() throws IOException {
    int magic = read(4).getInt(0);
    if (magic == SIMPLE) {
      simple(read(12));
    } else if (magic == STRUCTURED) {
      structured(read(16));
    } else {
      throw new IOException(
          "the server answers with nonsense (0x" + Integer.toHexString(magic) + ")");
    }
  }

  private void simple(ByteBuffer head) throws IOException {
    int error = head.getInt(0);
    NbdRequest request = asked(head.getLong(4), true);
    if (error != 0) {
      request.fail(failure(request, error, ""));
    } else if (request.type == NbdRequest.READ) {
      wire.read(request.room(request.offset, request.length));
    } else if (request.type == NbdRequest.BLOCK_STATUS) {
      throw new IOException("a simple reply to a question on block status");
    }
    request.done();
  }

  private void structured(ByteBuffer head) throws IOException {
    boolean last = (head.getShort(0) & DONE) != 0;
    int type = Short.toUnsignedInt(head.getShort(2));
    long length = Integer.toUnsignedLong(head.getInt(12));
    NbdRequest request = asked(head.getLong(4), last);
    try {
      chunk(request, type, length);
    } catch (IOException e) {
      request.answered.completeExceptionally(new IOException(address + ": " + e.getMessage(), e));
      throw e;
    }
    if (last) {
      request.done();
    }
  }

  private void chunk(NbdRequest request, int type, long length) throws IOException {
    if (type == NONE && length == 0) {
      return;
    }
    if (type == OFFSET_DATA && length > 8) {
      long at = read(8).getLong(0);
      wire.read(request.room(at, length - 8));
    } else if (type == OFFSET_HOLE && length == 12) {
      ByteBuffer hole = read(12);
      ByteBuffer room = request.room(hole.getLong(0), Integer.toUnsignedLong(hole.getInt(8)));
      room.put(new byte[room.remaining()]);
    } else if (type == STATUS && length <= LONGEST_STATUS) {
      request.statuses(read((int) length));
    } else if ((type & ERROR) != 0 && length >= 6 && length <= LONGEST_ERROR) {
      ByteBuffer said = read((int) length);
      int words = Math.min(Short.toUnsignedInt(said.getShort(4)), said.remaining() - 6);
      String text = StandardCharsets.UTF_8.decode(said.slice(6, words)).toString();
      request.fail(failure(request, said.getInt(0), text));
    } else {
      throw new IOException("a reply of type " + type + " with " + length + " bytes");
    }
  }

  /** The request that a cookie belongs to. */
  private NbdRequest asked(long cookie, boolean last) throws IOException {
    NbdRequest request = last ? underWay.remove(cookie) : underWay.get(cookie);
    if (request == null) {
      throw new IOException("a reply to request " + cookie + ", which was not asked");
    }
    return request;
  }

  private String failure(NbdRequest request, int error, String text) {
    String said = (error == NO_SPACE ? ": no space left" : "") + (text.isEmpty() ? "" : ": ");
    String words = "error " + error + said + words(text);
    return address + ": the server cannot " + request.what() + " (" + words + ")";
  }

  /** Text of a stranger as it may stand in a message. */
  static String words(String text) {
    String clean = text.replaceAll("\\p{Cntrl}", "?");
    return clean.length() > 200 ? clean.substring(0, 200) + "…" : clean;
  }

  private ByteBuffer read(int length) throws IOException {
    ByteBuffer into = ByteBuffer.allocate(length);
    wire.read(into);
    return into.flip();
  }

  private void join() {
    boolean interrupted = false;
    while (reading.isAlive()) {
      try {
        reading.join();
      } catch (InterruptedException e) {
        interrupted = true;
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public void close() {
    closed = true;
    if (broken == null) {
      try {
        ByteBuffer bye = ByteBuffer.allocate(28).putInt(0, REQUEST).putShort(6, (short) DISCONNECT);
        write(bye);
      } catch (IOException e) {
        // it is gone already
      }
    }
    failAll(new IOException("closed"));
  }
}
