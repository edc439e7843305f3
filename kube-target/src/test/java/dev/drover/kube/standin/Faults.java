package dev.drover.kube.standin;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** What goes wrong in the stand-in, as a test asked for it. Safe for use by several threads. */
public final class Faults {
  private final List<Answer> api = new CopyOnWriteArrayList<>();
  private final List<Answer> uploads = new CopyOnWriteArrayList<>();
  private final List<Reset> resets = new CopyOnWriteArrayList<>();
  private final List<String> failing = new CopyOnWriteArrayList<>();
  private final List<Claim> stuck = new CopyOnWriteArrayList<>();
  private final List<Forbidden> forbidden = new CopyOnWriteArrayList<>();
  private final List<Hold> holds = new CopyOnWriteArrayList<>();
  private volatile boolean withoutAsync;

  private static final class Answer {
    private final String method;
    private final String path;
    private final int code;
    private final String message;
    private int left;

    Answer(String method, String path, int code, String message, int times) {
      this.method = method;
      this.path = path;
      this.code = code;
      this.message = message;
      this.left = times;
    }

    synchronized boolean takes(String wantedMethod, String wantedPath) {
      if (left > 0 && method.equals(wantedMethod) && wantedPath.contains(path)) {
        left--;
        return true;
      }
      return false;
    }
  }

  private static final class Reset {
    private final long after;
    private int left;

    Reset(long after, int times) {
      this.after = after;
      this.left = times;
    }

    synchronized boolean take() {
      return left-- > 0;
    }
  }

  private record Claim(String volume, String reason, String message) {}

  private record Forbidden(String verb, String plural) {}

  /** An answer of a fault. */
  record Said(int code, String message) {}

  /** The API server answers so to requests whose path contains this, so many times. */
  public Faults api(String method, String path, int code, String message, int times) {
    api.add(new Answer(method, path, code, message, times));
    return this;
  }

  /**
   * The upload proxy answers so.
   *
   * @param method HEAD or POST
   */
  public Faults upload(String method, int code, int times) {
    uploads.add(new Answer(method, "", code, "as the test wants it", times));
    return this;
  }

  /** The proxy cuts the connection after so many bytes of body. */
  public Faults resetUpload(long afterBytes, int times) {
    resets.add(new Reset(afterBytes, times));
    return this;
  }

  /** CDI gives up a volume of this name, once, when it would be ready for its upload. */
  public Faults failVolume(String name) {
    failing.add(name);
    return this;
  }

  /** The upload server takes no more than so many bytes of body for that volume, once. */
  public Hold holdUpload(String volume, long afterBytes) {
    Hold hold = new Hold(volume, afterBytes);
    holds.add(hold);
    return hold;
  }

  /** A CDI of before the path {@code upload-async}. */
  public Faults withoutAsyncUpload() {
    withoutAsync = true;
    return this;
  }

  /** An upload that stands still. */
  public static final class Hold {
    private final String volume;
    private final long after;
    private final CountDownLatch reached = new CountDownLatch(1);
    private final CountDownLatch released = new CountDownLatch(1);

    private Hold(String volume, long after) {
      this.volume = volume;
      this.after = after;
    }

    /** Whether so many bytes have come within that time. */
    public boolean reachedWithin(Duration time) throws InterruptedException {
      return reached.await(time.toMillis(), TimeUnit.MILLISECONDS);
    }

    /** The upload goes on. */
    public void release() {
      released.countDown();
    }

    /** Stands still at the right byte; to be called before each read. */
    void before(long count) throws IOException {
      if (count < after) {
        return;
      }
      reached.countDown();
      try {
        released.await();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new InterruptedIOException();
      }
    }
  }

  /** The hold of this upload of that volume, if there is one. */
  Optional<Hold> hold(String volume) {
    Optional<Hold> found = holds.stream().filter(h -> h.volume.equals(volume)).findFirst();
    found.ifPresent(holds::remove);
    return found;
  }

  boolean lacksAsync() {
    return withoutAsync;
  }

  /** A volume of this name never gets ready; its condition says why. */
  public Faults holdVolume(String name, String reason, String message) {
    stuck.add(new Claim(name, reason, message));
    return this;
  }

  /** The user may not do this; access reviews say so too. */
  public Faults forbid(String verb, String plural) {
    forbidden.add(new Forbidden(verb, plural));
    return this;
  }

  /** Everything is well again. */
  public void clear() {
    for (List<?> all : List.of(api, uploads, resets, failing, stuck, forbidden, holds)) {
      all.clear();
    }
  }

  Optional<Said> forApi(String method, String path) {
    return first(api, method, path);
  }

  Optional<Said> forUpload(String method) {
    return first(uploads, method, "");
  }

  private static Optional<Said> first(List<Answer> all, String method, String path) {
    return all.stream()
        .filter(f -> f.takes(method, path))
        .findFirst()
        .map(f -> new Said(f.code, f.message));
  }

  OptionalLong reset() {
    return resets.stream().filter(Reset::take).mapToLong(r -> r.after).findFirst();
  }

  boolean fails(String volume) {
    return failing.remove(volume);
  }

  /** Reason and message, where it is held. */
  Optional<List<String>> held(String volume) {
    return stuck.stream()
        .filter(c -> c.volume().equals(volume))
        .findFirst()
        .map(c -> List.of(c.reason(), c.message()));
  }

  boolean forbids(String verb, String plural) {
    return forbidden.contains(new Forbidden(verb, plural));
  }
}
