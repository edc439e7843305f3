package dev.drover.importers.vsphere;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads a file in pieces, several under way at once as long as it is read in order; a read at
 * another place is one request for just that. Holds at most {@code piece * ahead} bytes. Not
 * thread-safe.
 */
final class ReadAhead implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(ReadAhead.class);

  private record Piece(long at, Future<byte[]> bytes) {}

  private final FolderFile file;
  private final Limits.Work work;
  private final ExecutorService threads;
  private final Deque<Piece> pieces = new ArrayDeque<>();
  private long planned;
  private long next = -1;

  ReadAhead(FolderFile file) {
    this.file = file;
    this.work = file.limits().work();
    this.threads =
        Executors.newFixedThreadPool(
            work.ahead(),
            task -> {
              Thread thread = new Thread(task, "drover-vsphere-read");
              thread.setDaemon(true);
              return thread;
            });
  }

  /** Fills {@code into} from {@code offset} on. */
  void read(long offset, ByteBuffer into) throws IOException {
    boolean inOrder = offset == next;
    if (!inOrder) {
      drop();
      planned = offset;
    }
    next = offset + into.remaining();
    if (inOrder || into.remaining() > work.piece()) {
      take(offset, into);
    } else {
      planned = next;
      into.put(new FetchPiece(file, offset, into.remaining()).call());
    }
  }

  private void take(long offset, ByteBuffer into) throws IOException {
    long at = offset;
    while (into.hasRemaining()) {
      plan();
      Piece piece = pieces.element();
      byte[] bytes = wait(piece);
      int from = (int) (at - piece.at());
      int count = Math.min(bytes.length - from, into.remaining());
      into.put(bytes, from, count);
      at += count;
      if (from + count == bytes.length) {
        pieces.remove();
      }
    }
    plan();
  }

  private void plan() {
    while (pieces.size() < work.ahead() && planned < file.size()) {
      long at = planned;
      int length = (int) Math.min(work.piece(), file.size() - at);
      pieces.add(new Piece(at, threads.submit(new FetchPiece(file, at, length))));
      planned = at + length;
    }
  }

  private byte[] wait(Piece piece) throws IOException {
    try {
      return piece.bytes().get();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted", e);
    } catch (ExecutionException e) {
      drop();
      next = -1;
      if (e.getCause() instanceof Lasting lasting) {
        throw lasting;
      }
      throw e.getCause() instanceof IOException io ? io : new IOException(e.getCause());
    }
  }

  private void drop() {
    pieces.forEach(piece -> piece.bytes().cancel(true));
    pieces.clear();
  }

  @Override
  public void close() {
    drop();
    threads.shutdownNow();
    try {
      if (!threads.awaitTermination(5, TimeUnit.SECONDS)) {
        LOG.debug("{}: a request does not end", file.label());
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
