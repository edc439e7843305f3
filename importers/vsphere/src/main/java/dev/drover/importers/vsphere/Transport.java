package dev.drover.importers.vsphere;

import java.io.IOException;
import java.io.InputStream;
import java.net.ProxySelector;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * HTTP with an end to everything: to connecting, to waiting, to an answer that drips, to its size.
 * Safe for several threads. Nothing is sent twice here.
 */
final class Transport implements AutoCloseable {
  private final HttpClient http;
  private final Limits limits;
  private final AtomicLong requests = new AtomicLong();
  private final ScheduledExecutorService clock =
      Executors.newSingleThreadScheduledExecutor(
          work -> {
            Thread thread = new Thread(work, "drover-vsphere-clock");
            thread.setDaemon(true);
            return thread;
          });

  Transport(Trust trust, @Nullable ProxySelector proxy, Limits limits) {
    this.limits = limits;
    HttpClient.Builder builder =
        HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .followRedirects(HttpClient.Redirect.NEVER)
            .connectTimeout(limits.connect())
            .sslContext(trust.context());
    if (proxy != null) {
      builder.proxy(proxy);
    } else {
      builder.proxy(HttpClient.Builder.NO_PROXY);
    }
    http = builder.build();
  }

  /** Reads an answer while the connection is open. */
  @FunctionalInterface
  interface Reader<T> {
    T read(HttpResponse<InputStream> head, InputStream body) throws IOException;
  }

  Limits limits() {
    return limits;
  }

  /** How many requests were sent. */
  long requests() {
    return requests.get();
  }

  /** Runs something again and again until {@link #close}. */
  ScheduledFuture<?> every(Duration period, Runnable work) {
    return clock.scheduleWithFixedDelay(
        work, period.toMillis(), period.toMillis(), TimeUnit.MILLISECONDS);
  }

  /**
   * Sends a request and reads the answer, whatever its status.
   *
   * @throws IOException when it did not come whole and in time, or is larger than allowed
   */
  <T> T exchange(HttpRequest.Builder request, Reader<T> reader) throws IOException {
    requests.incrementAndGet();
    long start = System.nanoTime();
    HttpResponse<InputStream> head;
    try {
      head =
          http.send(
              request.timeout(limits.answer()).build(), HttpResponse.BodyHandlers.ofInputStream());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted", e);
    }
    AtomicBoolean late = new AtomicBoolean();
    long left = limits.answer().toNanos() - (System.nanoTime() - start);
    try (InputStream body = head.body()) {
      ScheduledFuture<?> alarm = clock.schedule(() -> end(body, late), left, TimeUnit.NANOSECONDS);
      try {
        return reader.read(head, new Bounded(body, limits.answerBytes()));
      } catch (IOException | RuntimeException e) {
        if (late.get()) {
          throw new LateAnswer(limits.answer(), e);
        }
        throw e;
      } finally {
        alarm.cancel(false);
      }
    }
  }

  /**
   * Sends a request and hands the answer over as it comes: as large as it is, and for as long as
   * bytes come. The caller closes it.
   *
   * @param patience with a server that sends nothing
   */
  Open open(HttpRequest.Builder request, Duration patience) throws IOException {
    requests.incrementAndGet();
    try {
      return new Open(
          http.send(request.timeout(patience).build(), HttpResponse.BodyHandlers.ofInputStream()),
          patience);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted", e);
    }
  }

  /** An answer that is being read; each read ends in time. Not thread-safe. */
  final class Open implements AutoCloseable {
    private final HttpResponse<InputStream> head;
    private final Duration patience;

    private Open(HttpResponse<InputStream> head, Duration patience) {
      this.head = head;
      this.patience = patience;
    }

    HttpResponse<InputStream> head() {
      return head;
    }

    /** With a server that sends nothing. */
    Duration patience() {
      return patience;
    }

    /** As {@link InputStream#read(byte[], int, int)}. */
    int read(byte[] into, int offset, int length) throws IOException {
      AtomicBoolean late = new AtomicBoolean();
      ScheduledFuture<?> alarm =
          clock.schedule(() -> end(head.body(), late), patience.toNanos(), TimeUnit.NANOSECONDS);
      try {
        int count = head.body().read(into, offset, length);
        if (late.get()) {
          throw new IOException("the server sent nothing for " + patience.toSeconds() + " s");
        }
        return count;
      } finally {
        alarm.cancel(false);
      }
    }

    /** Whether nothing comes any more; takes a byte where something does. */
    boolean endsWithin(Duration time) {
      AtomicBoolean late = new AtomicBoolean();
      ScheduledFuture<?> alarm =
          clock.schedule(() -> end(head.body(), late), time.toNanos(), TimeUnit.NANOSECONDS);
      try {
        return head.body().read() < 0 && !late.get();
      } catch (IOException e) {
        return false;
      } finally {
        alarm.cancel(false);
      }
    }

    @Override
    public void close() {
      end(head.body(), new AtomicBoolean());
    }
  }

  /** Closing wakes the thread that waits for the next byte. */
  private static void end(InputStream body, AtomicBoolean late) {
    late.set(true);
    try {
      body.close();
    } catch (IOException e) {
      // The reader is told by the flag.
    }
  }

  @Override
  public void close() {
    clock.shutdownNow();
  }

  /** The answer did not end in time. */
  static final class LateAnswer extends IOException {
    private static final long serialVersionUID = 1L;

    LateAnswer(Duration time, Throwable cause) {
      super("the answer was not whole after " + time.toSeconds() + " s", cause);
    }
  }

  /** The answer is larger than Drover takes. */
  static final class TooLarge extends IOException {
    private static final long serialVersionUID = 1L;

    TooLarge(long most) {
      super("the answer is larger than " + (most >> 20) + " MiB");
    }
  }

  /** Fails where the stream goes on behind the limit. */
  private static final class Bounded extends InputStream {
    private final InputStream in;
    private final long most;
    private long taken;

    Bounded(InputStream in, long most) {
      this.in = in;
      this.most = most;
    }

    @Override
    public int read() throws IOException {
      int one = in.read();
      count(one < 0 ? 0 : 1);
      return one;
    }

    @Override
    public int read(byte[] into, int offset, int length) throws IOException {
      int count = in.read(into, offset, length);
      count(Math.max(count, 0));
      return count;
    }

    private void count(int bytes) throws IOException {
      taken += bytes;
      if (taken > most) {
        throw new TooLarge(most);
      }
    }

    @Override
    public void close() throws IOException {
      in.close();
    }
  }
}
