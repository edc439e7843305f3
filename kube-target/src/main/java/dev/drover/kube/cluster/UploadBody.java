package dev.drover.kube.cluster;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.io.OutputStream;
import java.net.http.HttpRequest.BodyPublisher;
import java.nio.ByteBuffer;
import java.util.concurrent.Flow;
import org.jspecify.annotations.Nullable;

/**
 * A request body that is written by one thread while the HTTP client sends it: each write waits
 * until the connection asks for more, so that nothing piles up. It ends in one of two ways only,
 * {@link #complete} or {@link #abort}; the JDK's own publisher over an InputStream takes a failed
 * read for the end of the body, and CDI would take the part that it got for the whole disk.
 */
final class UploadBody extends OutputStream implements BodyPublisher {
  /** Big enough that the turn around the client's selector does not count. */
  private static final int CHUNK = 256 * 1024;

  private final Patience patience;
  private final Object lock = new Object();
  private Flow.@Nullable Subscriber<? super ByteBuffer> subscriber;
  private long demand;
  private boolean cancelled;
  private boolean over;
  private byte[] chunk = new byte[CHUNK];
  private int filled;
  private long sent;

  /**
   * @param patience of a write with a connection that takes nothing
   */
  UploadBody(Patience patience) {
    this.patience = patience;
  }

  /** Unknown, so that the client sends it in chunks. */
  @Override
  public long contentLength() {
    return -1;
  }

  @Override
  public void subscribe(Flow.Subscriber<? super ByteBuffer> to) {
    synchronized (lock) {
      if (subscriber != null) {
        throw new IllegalStateException("a body is sent once");
      }
      subscriber = to;
    }
    to.onSubscribe(
        new Flow.Subscription() {
          @Override
          public void request(long n) {
            synchronized (lock) {
              demand = demand + n < 0 ? Long.MAX_VALUE : demand + n;
              lock.notifyAll();
            }
          }

          @Override
          public void cancel() {
            giveUp();
          }
        });
  }

  /** The request is over, however it ended: writes fail from now on. */
  void giveUp() {
    synchronized (lock) {
      cancelled = true;
      lock.notifyAll();
    }
  }

  /** Bytes that the connection took. */
  long sent() {
    return sent;
  }

  @Override
  public void write(int b) throws IOException {
    write(new byte[] {(byte) b}, 0, 1);
  }

  @Override
  public void write(byte[] from, int offset, int length) throws IOException {
    int done = 0;
    while (done < length) {
      int part = Math.min(length - done, CHUNK - filled);
      System.arraycopy(from, offset + done, chunk, filled, part);
      filled += part;
      done += part;
      if (filled == CHUNK) {
        push();
      }
    }
  }

  /** Sends the rest and says that the body is whole. */
  void complete() throws IOException {
    if (filled > 0) {
      push();
    }
    Flow.Subscriber<? super ByteBuffer> to = subscriberOnceAsked(false);
    over = true;
    to.onComplete();
  }

  /** Says that the rest will not come; the connection is cut, so that nobody takes it as whole. */
  void abort() {
    Flow.Subscriber<? super ByteBuffer> to;
    synchronized (lock) {
      to = over || cancelled ? null : subscriber;
      over = true;
      cancelled = true;
    }
    if (to != null) {
      to.onError(new IOException("Drover gave up this upload"));
    }
  }

  private void push() throws IOException {
    Flow.Subscriber<? super ByteBuffer> to = subscriberOnceAsked(true);
    ByteBuffer full = ByteBuffer.wrap(chunk, 0, filled).asReadOnlyBuffer();
    // The client may keep the buffer until it is written; it gets an array of its own.
    chunk = new byte[CHUNK];
    sent += filled;
    filled = 0;
    to.onNext(full);
  }

  /** Waits for somebody to send to, and, for a buffer, until it may be sent. */
  private Flow.Subscriber<? super ByteBuffer> subscriberOnceAsked(boolean take) throws IOException {
    long deadline = System.nanoTime() + patience.stall().toNanos();
    synchronized (lock) {
      while (true) {
        if (cancelled) {
          throw new IOException("the connection was cut after " + sent + " bytes of body");
        }
        if (subscriber != null && (!take || demand > 0)) {
          demand -= take ? 1 : 0;
          return subscriber;
        }
        long left = (deadline - System.nanoTime()) / 1_000_000;
        if (left <= 0) {
          throw new IOException(
              "nothing was taken for "
                  + patience.stall().toSeconds()
                  + " s after "
                  + sent
                  + " bytes of body");
        }
        if (patience.stop().getAsBoolean()) {
          throw new InterruptedIOException("stopped during an upload");
        }
        try {
          lock.wait(Math.min(left, Stoppable.LOOK.toMillis()));
        } catch (InterruptedException e) {
          Thread.currentThread().interrupt();
          throw new InterruptedIOException("interrupted during an upload");
        }
      }
    }
  }
}
