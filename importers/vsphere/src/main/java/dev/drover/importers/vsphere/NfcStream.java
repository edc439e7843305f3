package dev.drover.importers.vsphere;

import dev.drover.mappings.failure.Retry;
import dev.drover.mappings.failure.SourceFailed;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.function.Consumer;

/**
 * One disk of a lease, from its first byte to its last. Ends with an {@link IOException}, which a
 * further try mends, when the lease is lost. Not thread-safe.
 */
final class NfcStream extends InputStream {
  /** What a compressed image of noise may be larger than its disk: headers, tables, markers. */
  private static final int OVERHEAD_SHIFT = 5;

  private static final long OVERHEAD = 64L << 20;
  private static final Duration PEEK = Duration.ofSeconds(2);

  /** Less than that in the time that it may be silent is a server that drips. */
  private static final int SOME = 64 << 10;

  private final String label;
  private final NfcLease lease;
  private final Transport.Open answer;
  private final long most;
  private final long patience;
  private final Consumer<Boolean> ended;
  private final byte[] one = new byte[1];
  private long count;
  private long waited;
  private long waitedSince;
  private boolean whole;
  private boolean closed;

  /**
   * @param answer whose patience is that with a server that sends next to nothing, too
   * @param size of the disk
   * @param ended is told once, when the stream is closed, whether it was read to its end
   */
  NfcStream(
      String label, NfcLease lease, Transport.Open answer, long size, Consumer<Boolean> ended) {
    this.label = label;
    this.lease = lease;
    this.answer = answer;
    this.most = size + (size >> OVERHEAD_SHIFT) + OVERHEAD;
    this.patience = answer.patience().toNanos();
    this.ended = ended;
    lease.begins(this);
  }

  @Override
  public int read() throws IOException {
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
  }

  @Override
  public int read(byte[] into, int offset, int length) throws IOException {
    if (whole || length == 0) {
      return whole ? -1 : 0;
    }
    int taken;
    try {
      taken = timed(into, offset, length);
    } catch (IOException e) {
      throw broken(e);
    }
    if (taken < 0) {
      end();
      return -1;
    }
    count += taken;
    lease.advance(taken);
    if (count > most) {
      throw new SourceFailed(
          label,
          "the server sends more than a disk of its size can be, " + count + " bytes by now",
          "take the inventory again: the disk may have grown",
          Retry.POINTLESS,
          null);
    }
    return taken;
  }

  /** Counts the time in which the server was waited for, and not that of whoever reads. */
  private int timed(byte[] into, int offset, int length) throws IOException {
    long begin = System.nanoTime();
    int taken = answer.read(into, offset, length);
    waited += System.nanoTime() - begin;
    if (waited > patience && taken >= 0) {
      if (count + taken - waitedSince < SOME) {
        throw new IOException("the answer only drips");
      }
      waited = 0;
      waitedSince = count + taken;
    }
    return taken;
  }

  private IOException broken(IOException e) {
    String lost = lease.lost();
    return new IOException(
        label
            + " at byte "
            + count
            + " of the export: "
            + (lost == null ? e.getMessage() : "the server gave it up: " + lost),
        e);
  }

  private void end() throws IOException {
    if (lease.lost() != null) {
      throw broken(new EOFException("the answer ended"));
    } else if (count == 0) {
      throw new EOFException(label + ": the server sends nothing of it");
    }
    whole = true;
  }

  /** Lets a thread that waits for the next byte fail now. */
  void wake() {
    answer.close();
  }

  /** A reader that knows where an image ends need not have seen the end of the answer. */
  @Override
  public void close() {
    if (closed) {
      return;
    }
    closed = true;
    boolean complete = whole || count > 0 && lease.lost() == null && answer.endsWithin(PEEK);
    answer.close();
    lease.ends(this);
    ended.accept(complete);
  }
}
