package dev.drover.converters.nbd;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;

/** Agrees as it should, and answers the first question as the test wants it. */
final class HostileServer implements AutoCloseable {
  static final int SIZE = 1 << 20;

  /** Flags of an export that can be written, with flush and zeroes. */
  static final int WRITABLE = 1 | 4 | 64;

  private static final int READ_ONLY = 3;

  private final ServerSocket socket;
  private final int flags;
  private final Answer answer;
  private final List<Socket> open = new ArrayList<>();

  /** Bytes that came with requests. */
  final AtomicLong received = new AtomicLong();

  /** Answers a request with a cookie. */
  interface Answer {
    void to(long cookie, long offset, int length, DataOutputStream out)
        throws IOException, InterruptedException;
  }

  HostileServer(Answer answer) throws IOException {
    this(READ_ONLY, answer);
  }

  HostileServer(int flags, Answer answer) throws IOException {
    this.flags = flags;
    this.socket = new ServerSocket(0, 5, InetAddress.getLoopbackAddress());
    this.answer = answer;
    Thread thread = new Thread(this::serve, "hostile-nbd");
    thread.setDaemon(true);
    thread.start();
  }

  NbdAddress address() {
    return NbdAddress.tcp("127.0.0.1", socket.getLocalPort(), "x");
  }

  private void serve() {
    while (!socket.isClosed()) {
      try {
        Socket client = socket.accept();
        open.add(client);
        DataInputStream in = new DataInputStream(client.getInputStream());
        DataOutputStream out = new DataOutputStream(client.getOutputStream());
        agree(in, out);
        while (in.readInt() == 0x25609513) {
          boolean write = (in.readInt() & 0xffff) == 1;
          long cookie = in.readLong();
          long offset = in.readLong();
          int length = in.readInt();
          if (write) {
            in.skipNBytes(length);
            received.addAndGet(length);
          }
          answer.to(cookie, offset, length, out);
        }
      } catch (IOException | InterruptedException e) {
        // the client has gone
      }
    }
  }

  private void agree(DataInputStream in, DataOutputStream out) throws IOException {
    out.writeLong(0x4e42444d41474943L);
    out.writeLong(0x49484156454f5054L);
    out.writeShort(3);
    in.readInt();
    while (true) {
      in.readLong();
      int option = in.readInt();
      in.readNBytes(in.readInt());
      if (option == 10) {
        reply(out, option, 4, 19);
        out.writeInt(1);
        out.write("base:allocation".getBytes(StandardCharsets.US_ASCII), 0, 15);
      }
      if (option == 7) {
        reply(out, option, 3, 12);
        out.writeShort(0);
        out.writeLong(SIZE);
        out.writeShort(flags);
      }
      reply(out, option, 1, 0);
      if (option == 7) {
        return;
      }
    }
  }

  private static void reply(DataOutputStream out, int option, int type, int length)
      throws IOException {
    out.writeLong(0x0003e889045565a9L);
    out.writeInt(option);
    out.writeInt(type);
    out.writeInt(length);
  }

  /** A simple reply; 0 is no error. */
  static void simple(DataOutputStream out, long cookie, int error) throws IOException {
    out.writeInt(0x67446698);
    out.writeInt(error);
    out.writeLong(cookie);
  }

  /** The head of a structured reply. */
  static void chunk(DataOutputStream out, long cookie, boolean last, int type, int length)
      throws IOException {
    out.writeInt(0x668e33ef);
    out.writeShort(last ? 1 : 0);
    out.writeShort(type);
    out.writeLong(cookie);
    out.writeInt(length);
  }

  @Override
  public void close() throws IOException {
    socket.close();
    for (Socket one : open) {
      one.close();
    }
  }
}
