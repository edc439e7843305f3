package dev.drover.importers.vsphere;

import com.vmware.vim25.ManagedObjectReference;
import com.vmware.vim25.ObjectSpec;
import com.vmware.vim25.UpdateSet;
import com.vmware.vim25.WaitOptions;
import java.rmi.RemoteException;
import java.time.Duration;
import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Waits until an object at the server is as wanted. The server says when something changed; the
 * object is then read again, so that a collector that is lost with its session costs a second and
 * nothing else.
 */
final class Watch {
  private static final Logger LOG = LoggerFactory.getLogger(Watch.class);

  /** How long the server holds a question back; the caller's {@code cancelled} is asked between. */
  private static final int SECONDS = 1;

  private final Session session;
  private final Collector collector;

  Watch(Session session) {
    this.session = session;
    this.collector = new Collector(session);
  }

  /**
   * Reads until it fits.
   *
   * @param cancelled asked at least every other second
   * @return the properties that fit; null when time ran out or the caller cancelled
   * @throws RemoteException when the object cannot be read, or is gone
   */
  @Nullable Props until(
      ManagedObjectReference ref,
      List<String> paths,
      Predicate<Props> fits,
      Duration within,
      BooleanSupplier cancelled)
      throws RemoteException {
    long end = System.nanoTime() + within.toNanos();
    try (Changes changes = new Changes(ref, paths)) {
      while (true) {
        Props now = collector.read(ref, paths);
        if (fits.test(now)) {
          return now;
        }
        if (cancelled.getAsBoolean() || System.nanoTime() - end >= 0) {
          return null;
        }
        changes.await();
      }
    }
  }

  /** A collector at the server that tells of changes of one object. */
  private final class Changes implements AutoCloseable {
    private final ManagedObjectReference ref;
    private final List<String> paths;
    private @Nullable ManagedObjectReference own;
    private String version = "";

    Changes(ManagedObjectReference ref, List<String> paths) {
      this.ref = ref;
      this.paths = paths;
    }

    /** Returns when something changed, after a second, or when the server does not tell. */
    void await() {
      try {
        ManagedObjectReference mine = own == null ? begin() : own;
        WaitOptions options = new WaitOptions();
        options.maxWaitSeconds = SECONDS;
        UpdateSet set = session.raw((vim, c) -> vim.waitForUpdatesEx(mine, version, options));
        if (set != null && set.version != null) {
          version = set.version;
        }
      } catch (RemoteException e) {
        LOG.debug("waiting for a change of {}: {}", ref.val, e.getMessage());
        own = null;
        pause();
      }
    }

    private ManagedObjectReference begin() throws RemoteException {
      ManagedObjectReference made =
          session.raw((vim, content) -> vim.createPropertyCollector(content.propertyCollector));
      ObjectSpec object = new ObjectSpec();
      object.obj = ref;
      session.raw(
          (vim, c) -> vim.createFilter(made, Collector.filter(ref.type, paths, object), false));
      own = made;
      version = "";
      return made;
    }

    private void pause() {
      try {
        Thread.sleep(session.transport().limits().pause().toMillis());
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }

    @Override
    public void close() {
      ManagedObjectReference old = own;
      if (old != null) {
        session.quietly(
            "ending a watch",
            (vim, c) -> {
              vim.destroyPropertyCollector(old);
              return old;
            });
      }
    }
  }
}
