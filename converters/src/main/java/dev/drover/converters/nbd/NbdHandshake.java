package dev.drover.converters.nbd;

import dev.drover.converters.guard.MaxDiskSize;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The fixed newstyle negotiation: TLS where it is wanted, structured replies and contexts where the
 * server has them, then the export. Nothing that the server says makes it read more than 64 KiB.
 */
final class NbdHandshake {
  private static final long MAGIC = 0x4e42444d41474943L; // NBDMAGIC
  private static final long OPTION = 0x49484156454f5054L; // IHAVEOPT
  private static final long REPLY = 0x0003e889045565a9L;
  private static final int FIXED_NEWSTYLE = 1;
  private static final int NO_ZEROES = 2;
  private static final int START_TLS = 5;
  private static final int GO = 7;
  private static final int STRUCTURED_REPLY = 8;
  private static final int SET_META_CONTEXT = 10;
  private static final int ACK = 1;
  private static final int INFO = 3;
  private static final int META_CONTEXT = 4;
  private static final int ERROR = 1 << 31;
  private static final int INFO_EXPORT = 0;
  private static final int INFO_BLOCK_SIZE = 3;
  private static final int LONGEST = 64 << 10;
  private static final int MOST_REPLIES = 1000;

  static final String ALLOCATION = "base:allocation";

  private final NbdAddress address;
  private NbdWire wire;
  private boolean structured;
  private final Map<Integer, String> contexts = new HashMap<>();
  private long size = -1;
  private int flags;
  private int minimum = 1;
  private int maximum = 32 << 20;

  private NbdHandshake(NbdAddress address, NbdWire wire) {
    this.address = address;
    this.wire = wire;
  }

  /**
   * What was agreed on.
   *
   * @param wire to go on with
   * @param size bytes of the disk
   * @param flags of the export
   * @param structured whether replies are
   * @param contexts of block status, by the server's number for each
   * @param minimum what offsets and lengths are multiples of
   * @param maximum bytes of a request
   */
  record Agreed(
      NbdWire wire,
      long size,
      int flags,
      boolean structured,
      Map<Integer, String> contexts,
      int minimum,
      int maximum) {}

  static Agreed run(NbdAddress address, NbdWire wire) throws IOException {
    return new NbdHandshake(address, wire).run();
  }

  private Agreed run() throws IOException {
    ByteBuffer hello = read(18);
    if (hello.getLong(0) != MAGIC) {
      throw new IOException(address + ": no NBD server is there");
    }
    int offered = Short.toUnsignedInt(hello.getShort(16));
    if (hello.getLong(8) != OPTION || (offered & FIXED_NEWSTYLE) == 0) {
      throw new IOException(address + ": the server speaks an old dialect (not fixed newstyle)");
    }
    wire.write(ByteBuffer.allocate(4).putInt(0, offered & (FIXED_NEWSTYLE | NO_ZEROES)));
    if (address.tls() != null) {
      startTls();
    }
    structured = option(STRUCTURED_REPLY, ByteBuffer.allocate(0), (type, data) -> {});
    if (structured) {
      askForContexts();
    }
    go();
    return new Agreed(wire, size, flags, structured, Map.copyOf(contexts), minimum, maximum);
  }

  private void startTls() throws IOException {
    if (!option(START_TLS, ByteBuffer.allocate(0), (type, data) -> {})) {
      throw new IOException(address + ": the server has no TLS, and without it nothing is read");
    }
    wire = wire.secured(java.util.Objects.requireNonNull(address.tls()), address.host());
  }

  private void askForContexts() throws IOException {
    List<String> wanted = new ArrayList<>(List.of(ALLOCATION));
    wanted.addAll(address.contexts());
    int length = 8 + export().length;
    for (String one : wanted) {
      length += 4 + bytes(one).length;
    }
    ByteBuffer ask = ByteBuffer.allocate(length).putInt(export().length).put(export());
    ask.putInt(wanted.size());
    wanted.forEach(one -> ask.putInt(bytes(one).length).put(bytes(one)));
    option(
        SET_META_CONTEXT,
        ask.flip(),
        (type, data) -> {
          if (type == META_CONTEXT && data.remaining() >= 4) {
            int id = data.getInt();
            contexts.put(id, StandardCharsets.UTF_8.decode(data).toString());
          }
        });
    for (String context : address.contexts()) {
      if (!contexts.containsValue(context)) {
        throw new IOException(address + ": the server has no \"" + context + "\"");
      }
    }
  }

  private void go() throws IOException {
    ByteBuffer ask = ByteBuffer.allocate(4 + export().length + 4);
    ask.putInt(export().length).put(export());
    ask.putShort((short) 1).putShort((short) INFO_BLOCK_SIZE);
    boolean there =
        option(
            GO,
            ask.flip(),
            (type, data) -> {
              if (type == INFO && data.remaining() >= 2) {
                info(data.getShort(), data);
              }
            });
    if (!there || size < 0) {
      throw new IOException(address + ": the server has no such export");
    }
    if (size == 0 || size > MaxDiskSize.bytes()) {
      throw new IOException(address + ": a disk of " + size + " bytes");
    }
  }

  private void info(int type, ByteBuffer data) throws IOException {
    if (type == INFO_EXPORT && data.remaining() >= 10) {
      size = data.getLong();
      flags = Short.toUnsignedInt(data.getShort());
    } else if (type == INFO_BLOCK_SIZE && data.remaining() >= 12) {
      minimum = data.getInt();
      data.getInt();
      long most = Integer.toUnsignedLong(data.getInt());
      if (minimum < 1 || minimum > LONGEST || Integer.bitCount(minimum) != 1 || most < minimum) {
        throw new IOException(address + ": blocks of " + minimum + " to " + most + " bytes");
      }
      maximum = (int) Math.min(maximum, most / minimum * minimum);
    }
  }

  /** Takes what a server says before it agrees. */
  private interface Replies {
    void reply(int type, ByteBuffer data) throws IOException;
  }

  /** Asks for an option; false where the server does not have it. */
  private boolean option(int option, ByteBuffer data, Replies replies) throws IOException {
    ByteBuffer ask = ByteBuffer.allocate(16 + data.remaining());
    ask.putLong(OPTION).putInt(option).putInt(data.remaining()).put(data);
    wire.write(ask.flip());
    for (int i = 0; i < MOST_REPLIES; i++) {
      ByteBuffer head = read(20);
      int type = head.getInt(12);
      long length = Integer.toUnsignedLong(head.getInt(16));
      if (head.getLong(0) != REPLY || head.getInt(8) != option || length > LONGEST) {
        throw new IOException(address + ": the server answers with nonsense in the negotiation");
      }
      ByteBuffer said = read((int) length);
      if (type == ACK) {
        return true;
      }
      if ((type & ERROR) != 0) {
        return refused(option, type & ~ERROR, said);
      }
      replies.reply(type, said);
    }
    throw new IOException(address + ": the server does not come to an end in the negotiation");
  }

  /** 1 is unsupported; what else it says of an option that can be done without is no matter. */
  private boolean refused(int option, int type, ByteBuffer said) throws IOException {
    if (type == 5 && address.tls() == null) {
      throw new IOException(address + ": the server wants TLS");
    }
    if (option == GO) {
      String words = NbdConnection.words(StandardCharsets.UTF_8.decode(said).toString());
      throw new IOException(address + ": the server refuses (" + type + "): " + words);
    }
    return false;
  }

  private byte[] export() {
    return bytes(address.export());
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private ByteBuffer read(int length) throws IOException {
    ByteBuffer into = ByteBuffer.allocate(length);
    wire.read(into);
    return into.flip();
  }
}
