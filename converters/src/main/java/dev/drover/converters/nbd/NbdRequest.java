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
  static final int BLOCK_STATUS = 7;

  /** What a server may say of one range; a status of 2 GiB in clusters of 64 KiB has 32,768. */
  private static final int MOST_DESCRIPTORS = 1 << 20;

  /** A server that answers 512 KiB in more pieces than this means no good. */
  private static final int MOST_PIECES = 4096;

  final int type;
  final long offset;
  final int length;
  final CompletableFuture<NbdRequest> answered = new CompletableFuture<>();
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

  private NbdRequest(int type, long offset, int length, @Nullable ByteBuffer into) {
    this.type = type;
    this.offset = offset;
    this.length = length;
    this.into = into;
  }

  /** Reads into a buffer of its own, or a slice that nobody else touches. */
  static NbdRequest read(long offset, ByteBuffer into) {
    return new NbdRequest(READ, offset, into.remaining(), into);
  }

  static NbdRequest status(long offset, int length) {
    return new NbdRequest(BLOCK_STATUS, offset, length, null);
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
