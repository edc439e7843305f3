package dev.drover.batch.run;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Hears SIGTERM and SIGINT while a run is at work: work is asked to stop, and the process lives on
 * until it has, so that nothing half-written is left and the database is closed.
 */
final class Stop implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Stop.class);

  /** A pod has 30 s between SIGTERM and SIGKILL unless somebody says otherwise. */
  private static final long PATIENCE_SECONDS = 25;

  /** For whoever started the run to print what became of it. */
  private static final long LAST_WORDS_MILLIS = 1_000;

  private final Thread starter = Thread.currentThread();
  private final CountDownLatch ended = new CountDownLatch(1);
  private final Thread hook = new Thread(this::onSignal, "drover-stop");
  private volatile boolean asked;

  Stop() {
    Runtime.getRuntime().addShutdownHook(hook);
  }

  /** Whether a signal came. */
  boolean asked() {
    return asked;
  }

  private void onSignal() {
    asked = true;
    try {
      if (!ended.await(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
        LOG.warn("some work did not stop in {} s; \"drover resume\" goes on", PATIENCE_SECONDS);
      }
      starter.join(LAST_WORDS_MILLIS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** The run is over. */
  @Override
  public void close() {
    ended.countDown();
    try {
      Runtime.getRuntime().removeShutdownHook(hook);
    } catch (IllegalStateException e) {
      // The process is ending, and this is what it waited for.
      LOG.debug("ending", e);
    }
  }
}
