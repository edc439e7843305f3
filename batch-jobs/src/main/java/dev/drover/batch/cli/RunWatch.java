package dev.drover.batch.cli;

import dev.drover.batch.cli.terminal.Figures;
import dev.drover.batch.cli.terminal.ProgressBoard;
import dev.drover.batch.cli.terminal.SafeText;
import dev.drover.batch.cli.terminal.Style;
import dev.drover.batch.cli.terminal.Terminal;
import dev.drover.batch.run.RunListener;
import dev.drover.batch.state.StatusFile.VmStatus;
import dev.drover.mappings.progress.Progress;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;

/** Shows a run while it goes: bars of the disks, a line for each VM that ends, the whole. */
final class RunWatch implements RunListener, AutoCloseable {
  private final Session session;
  private final Map<String, VmStatus> vms = new ConcurrentHashMap<>();
  private final long started = System.nanoTime();
  private final ProgressBoard board;
  private final Signals signals;

  private RunWatch(Session session) {
    this.session = session;
    this.board = ProgressBoard.start(session.terminal(), this::whole);
    this.signals = Signals.handle(this::stop, board::resized);
  }

  static RunWatch start(Session session) {
    return new RunWatch(session);
  }

  Progress progress() {
    return board.root();
  }

  /** The first signal lets the work end in good order; the second does not get here. */
  private void stop(String signal) {
    if (board.cancel()) {
      board.say(
          session.terminal().styledForErrors("stopping", Style.YELLOW)
              + " ("
              + signal
              + "): what is under way is brought to a safe point; once more stops at once");
    }
  }

  @Override
  public void vm(VmStatus status) {
    VmStatus before = vms.put(status.vm(), status);
    if (session.isLogged()) {
      return; // The run's own log lines are on standard error.
    }
    if (before != null
        && before.state().equals(status.state())
        && Objects.equals(before.step(), status.step())) {
      return;
    }
    String line = lineFor(status);
    if (!line.isEmpty()) {
      board.say(line);
    }
  }

  private String lineFor(VmStatus status) {
    Terminal terminal = session.terminal();
    String name = SafeText.line(status.name());
    return switch (status.state()) {
      case "DONE" ->
          terminal.styledForErrors("done", Style.GREEN)
              + " "
              + name
              + (status.target().isEmpty() ? "" : " is " + SafeText.line(status.target()));
      case "FAILED" ->
          terminal.styledForErrors("failed", Style.RED)
              + " "
              + name
              + (status.step() == null ? "" : ", step " + status.step())
              + (status.problem() == null ? "" : ": " + FailureText.indented(status.problem()));
      // Bars show on a terminal what is under way; a log has no bars. One line a VM is enough
      // there,
      // since a plan may have thousands: "drover status" tells the step.
      case "RUNNING" ->
          !terminal.attached().err() && "copy".equals(status.step()) ? "copying " + name : "";
      default -> "";
    };
  }

  @Override
  public void message(String text) {
    if (!session.isLogged()) {
      board.say(SafeText.line(text));
    }
  }

  private String whole() {
    long failed = count("FAILED");
    return Figures.count(count("DONE"), "VM")
        + " done, "
        + count("RUNNING")
        + " under way"
        + (failed == 0 ? "" : ", " + failed + " failed")
        + ", "
        + Figures.clock(Duration.ofNanos(System.nanoTime() - started));
  }

  private long count(String state) {
    return vms.values().stream().filter(v -> v.state().equals(state)).count();
  }

  @Override
  public void close() {
    signals.close();
    board.close();
  }
}
