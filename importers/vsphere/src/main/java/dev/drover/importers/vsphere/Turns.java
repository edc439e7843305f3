package dev.drover.importers.vsphere;

import dev.drover.mappings.failure.Retry;
import dev.drover.mappings.failure.SourceFailed;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * At most so many copies at once from one host and from one datastore, whichever VMs they are of.
 * Who comes later waits, in order. Safe for several threads.
 */
final class Turns {
  private static final Logger LOG = LoggerFactory.getLogger(Turns.class);

  private final int perHost;
  private final int perDatastore;
  private final Map<String, Semaphore> gates = new ConcurrentHashMap<>();

  Turns(int perHost, int perDatastore) {
    this.perHost = perHost;
    this.perDatastore = perDatastore;
  }

  /** A copy's turn; closing it twice does nothing the second time. */
  static final class Turn implements AutoCloseable {
    private final List<Semaphore> held = new ArrayList<>();

    @Override
    public synchronized void close() {
      held.forEach(Semaphore::release);
      held.clear();
    }
  }

  /**
   * Waits for a turn. All take the host's first, so that no two wait for each other.
   *
   * @throws SourceFailed when the thread is interrupted meanwhile
   */
  Turn take(String label, String host, String datastore) {
    Turn turn = new Turn();
    try {
      pass(turn, label, "host " + host, perHost);
      pass(turn, label, "datastore " + datastore, perDatastore);
      return turn;
    } catch (InterruptedException e) {
      turn.close();
      Thread.currentThread().interrupt();
      throw new SourceFailed(
          label,
          "it was stopped while it waited for its turn",
          "run it again",
          Retry.WORTHWHILE,
          e);
    }
  }

  private void pass(Turn turn, String label, String what, int most) throws InterruptedException {
    Semaphore gate = gates.computeIfAbsent(what, key -> new Semaphore(most, true));
    if (!gate.tryAcquire()) {
      LOG.info("{} waits: {} copies from {} are under way", label, most, what);
      gate.acquire();
    }
    turn.held.add(gate);
  }
}
