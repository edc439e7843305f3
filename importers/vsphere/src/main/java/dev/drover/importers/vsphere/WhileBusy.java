package dev.drover.importers.vsphere;

import java.rmi.RemoteException;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Makes a call again as long as another task holds its VM. A process that was killed leaves an
 * export behind, which nothing finds again; it ends when nobody gives a sign of life, and until
 * then the server lets nobody export, start or change the VM.
 */
final class WhileBusy {
  private static final Logger LOG = LoggerFactory.getLogger(WhileBusy.class);

  private final Session session;
  private final String subject;

  WhileBusy(Session session, String subject) {
    this.session = session;
    this.subject = subject;
  }

  /**
   * The call's answer.
   *
   * @throws RemoteException as {@link Session#raw}; {@code TaskInProgress} when the time is over
   */
  <T> T call(Session.Call<T> call) throws RemoteException {
    Limits limits = session.transport().limits();
    long end = System.nanoTime() + limits.work().busy().toNanos();
    for (boolean first = true; ; first = false) {
      try {
        return session.raw(call);
      } catch (FaultAnswer e) {
        if (!e.is("TaskInProgress") || System.nanoTime() - end >= 0) {
          throw e;
        }
        if (first) {
          LOG.warn(
              "{}: another task is under way on it, perhaps the export of a run that was killed,"
                  + " which ends by itself; waiting for at most {} s",
              subject,
              limits.work().busy().toSeconds());
        }
        pause(limits.pause(), e);
      }
    }
  }

  private static void pause(Duration time, FaultAnswer waitingAfter) throws FaultAnswer {
    try {
      Thread.sleep(time.toMillis());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw waitingAfter;
    }
  }
}
