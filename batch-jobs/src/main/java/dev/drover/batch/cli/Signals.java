package dev.drover.batch.cli;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import sun.misc.Signal;
import sun.misc.SignalHandler;

/**
 * Obeys signals while a run is under way: the first that ends processes is told to the run, the
 * second ends this process as the system would have done. A shutdown hook could not: the JVM would
 * be on its way out with an exit code of its own.
 */
final class Signals implements AutoCloseable {
  /** What a shell reports for a process that a signal ended: 128 and the signal's number. */
  private static final int SIGNALLED = 128;

  private final Map<Signal, SignalHandler> before = new LinkedHashMap<>();

  private Signals() {}

  /**
   * Begins to obey.
   *
   * @param stop is told the name of the first of INT, TERM and HUP, on a thread of the JVM
   * @param resized is told of a new size of the terminal's window
   */
  static Signals handle(Consumer<String> stop, Runnable resized) {
    Signals signals = new Signals();
    AtomicBoolean asked = new AtomicBoolean();
    for (String name : new String[] {"INT", "TERM", "HUP"}) {
      signals.on(
          name,
          signal -> {
            if (asked.compareAndSet(false, true)) {
              stop.accept("SIG" + signal.getName());
            } else {
              Runtime.getRuntime().halt(SIGNALLED + signal.getNumber());
            }
          });
    }
    signals.on("WINCH", signal -> resized.run());
    return signals;
  }

  private void on(String name, SignalHandler handler) {
    try {
      Signal signal = new Signal(name);
      before.put(signal, Signal.handle(signal, handler));
    } catch (IllegalArgumentException e) {
      // The platform has no such signal, or the JVM was told to leave it alone (-Xrs).
    }
  }

  @Override
  public void close() {
    before.forEach(Signal::handle);
    before.clear();
  }
}
