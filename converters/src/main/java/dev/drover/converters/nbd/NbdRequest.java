package dev.drover.converters.nbd;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** A question that is under way; the connection's reading thread fills it. */
final class NbdRequest {
  static final int READ = 0;
  private static final int WRITE = 1;
  private static final int FLUSH = 3;
  private static final int WRITE_ZEROES = 6;
  static final int BLOCK_STATUS = 7;

  /** What a server may say of one range; a status of 2 GiB in clusters of 64 KiB has 32,768. */
  private static final int MOST_DESCRIPTORS = 1 << 20;

  /** A server that answers 512 KiB in more pieces than this means no good. */
  private static final int MOST_PIECES = 4096;

  final int type;
  final long offset;
  final int length;
  final CompletableFuture<NbdRequest> answered = new CompletableFuture<>();

  /** What follows the request's head, or null. */
  final @Nullable ByteBuffer payload;

  private final @Nullable ByteBuffer into;
  private final TreeMap<Integer, Integer> filled = new TreeMap<>();
  private final List<Status> statuses = new ArrayList<>();
  private @Nullable String error;

  /**
   * A run of one status.
   *
   * @param context the server's number for it
   */
  record Status(int context, long length, int flags) {}

  private NbdRequest(
      int type, long offset, int length, @Nullable ByteBuffer payload, @Nullable ByteBuffer into) {
    this.type = type;
    this.offset = offset;
    this.length = length;
    this.payload = payload;
    this.into = into;
  }

  /** Reads into a buffer of its own, or a slice that nobody else touches. */
  static NbdRequest read(long offset, ByteBuffer into) {
    return new NbdRequest(READ, offset, into.remaining(), null, into);
  }

  static NbdRequest status(long offset, int length) {
    return new NbdRequest(BLOCK_STATUS, offset, length, null, null);
  }

  /** Writes what is in a buffer, which nobody else touches until the request is sent. */
  static NbdRequest write(long offset, ByteBuffer data) {
    return new NbdRequest(WRITE, offset, data.remaining(), data, null);
  }

  /** Zeros a range; without NBD_CMD_FLAG_NO_HOLE, so the server may make a hole. */
  static NbdRequest zero(long offset, int length) {
    return new NbdRequest(WRITE_ZEROES, offset, length, null, null);
  }

  /** Makes durable what was answered before. */
  static NbdRequest flush() {
    return new NbdRequest(FLUSH, 0, 0, null, null);
  }

  /** What a server that answers with an error could not do. */
  String what() {
    return switch (type) {
      case READ -> "read " + length + " bytes at byte " + offset;
      case WRITE -> "write " + length + " bytes at byte " + offset;
      case WRITE_ZEROES -> "zero " + length + " bytes at byte " + offset;
      case FLUSH -> "make durable what was written";
      default -> "say what is in " + length + " bytes at byte " + offset;
    };
  }

  /** Where bytes of the disk go that a reply brings. */
  ByteBuffer room(long at, long bytes) throws IOException {
    long from = at - offset;
    if (into == null || from < 0 || bytes < 1 || from > length - bytes) {
      throw new IOException("a reply of " + bytes + " bytes at byte " + at + ", not asked for");
    }
    var before = filled.lowerEntry((int) (from + bytes));
    if (before != null && before.getValue() > from) {
      throw new IOException("the bytes at " + at + " a second time");
    }
    if (filled.size() == MOST_PIECES) {
      throw new IOException("more than " + MOST_PIECES + " replies to one request");
    }
    filled.put((int) from, (int) (from + bytes));
    return into.slice((int) from, (int) bytes);
  }

  /** Takes a reply on block status. */
  void statuses(ByteBuffer data) throws IOException {
    boolean right = type == BLOCK_STATUS && data.remaining() >= 12 && data.remaining() % 8 == 4;
    if (!right || statuses.size() + data.remaining() / 8 > MOST_DESCRIPTORS) {
      throw new IOException("a reply on block status of " + data.remaining() + " bytes");
    }
    int context = data.getInt();
    while (data.hasRemaining()) {
      long run = Integer.toUnsignedLong(data.getInt());
      if (run == 0) {
        throw new IOException("a block status of no bytes");
      }
      statuses.add(new Status(context, run, data.getInt()));
    }
  }

  /** Keeps what went wrong at the server; the first word counts. */
  void fail(String what) {
    if (error == null) {
      error = what;
    }
  }

  /** No more is coming. */
  void done() {
    if (error != null) {
      answered.completeExceptionally(new IOException(error));
    } else if (type == READ && !isFull()) {
      answered.completeExceptionally(
          new IOException("the server left bytes out of " + length + " at byte " + offset));
    } else {
      answered.complete(this);
    }
  }

  private boolean isFull() {
    int at = 0;
    for (var range : filled.entrySet()) {
      if (range.getKey() != at) {
        return false;
      }
      at = range.getValue();
    }
    return at == length;
  }

  /** The runs of one context. */
  List<Status> of(int context) {
    return statuses.stream().filter(s -> s.context() == context).toList();
  }
}
