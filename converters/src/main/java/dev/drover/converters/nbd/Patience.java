package dev.drover.converters.nbd;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicReference;

/** Agrees with a server that may say nothing at all. */
final class Patience {
  private Patience() {}

  /** Opens a wire. */
  @FunctionalInterface
  interface Opening {
    NbdWire open() throws IOException;
  }

  /** The negotiation on a thread that is given up when it takes too long. */
  static NbdHandshake.Agreed of(NbdAddress address, Opening opening) throws IOException {
    AtomicReference<NbdWire> open = new AtomicReference<>();
    FutureTask<NbdHandshake.Agreed> task =
        new FutureTask<>(
            () -> {
              NbdWire wire = opening.open();
              open.set(wire);
              return NbdHandshake.run(address, wire);
            });
    Thread thread = new Thread(task, "drover-nbd-hello");
    thread.setDaemon(true);
    thread.start();
    try {
      return task.get(address.patience().toMillis(), TimeUnit.MILLISECONDS);
    } catch (TimeoutException e) {
      close(open, thread);
      throw new IOException(
          address + ": no answer within " + address.patience().toSeconds() + " s", e);
    } catch (InterruptedException e) {
      close(open, thread);
      Thread.currentThread().interrupt();
      throw new InterruptedIOException("connecting was stopped");
    } catch (ExecutionException e) {
      close(open, thread);
      Throwable cause = e.getCause() == null ? e : e.getCause();
      String said = String.valueOf(cause.getMessage());
      String what = said.startsWith("NBD export") ? said : address + ": " + said;
      throw new IOException(what, cause);
    }
  }

  private static void close(AtomicReference<NbdWire> open, Thread thread) throws IOException {
    thread.interrupt();
    NbdWire wire = open.get();
    if (wire != null) {
      wire.close();
    }
  }
}
