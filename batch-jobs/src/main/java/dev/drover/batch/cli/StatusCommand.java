package dev.drover.batch.cli;

import dev.drover.batch.cli.terminal.SafeText;
import dev.drover.batch.cli.terminal.Table;
import dev.drover.batch.cli.terminal.Terminal;
import dev.drover.batch.state.StateDirectory;
import dev.drover.batch.state.StatusFile;
import dev.drover.batch.state.StatusFile.Status;
import dev.drover.batch.state.StatusFile.VmStatus;
import dev.drover.mappings.failure.UsageFailed;
import dev.drover.mappings.model.ByteSize;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

@Command(
    name = "status",
    description = {
      "Tells how the latest run stands, also while it is under way.",
      "The exit code is 0 whatever the VMs' states are."
    })
final class StatusCommand implements Runnable {
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss").withZone(ZoneId.systemDefault());

  private final Session session;

  @Mixin private StateFolder state = new StateFolder();
  @Mixin private OutputFormat output = new OutputFormat();

  StatusCommand(Session session) {
    this.session = session;
  }

  @Override
  public void run() {
    StateDirectory folder = new StateDirectory(state.path());
    Status written =
        StatusFile.read(folder.statusFile())
            .orElseThrow(
                () ->
                    new UsageFailed(
                        state.path().toString(),
                        "no run has begun here",
                        "begin one with \"drover run\", or name the folder of the run with"
                            + " --state"));
    Status status = truth(written, folder);
    if (output.isJson()) {
      JsonOutput.print(session.terminal(), "RunStatus", status);
    } else {
      print(status);
    }
  }

  /** A process that was killed could not write that it is not at work any more. */
  private static Status truth(Status written, StateDirectory folder) {
    if (!written.state().equals("RUNNING") || folder.busy()) {
      return written;
    }
    return new Status(
        written.runId(),
        written.plan(),
        written.planFile(),
        "INTERRUPTED",
        written.startedAt(),
        written.updatedAt(),
        written.vms().stream()
            .map(vm -> vm.state().equals("RUNNING") ? vm.in("INTERRUPTED", vm.step()) : vm)
            .toList());
  }

  /** {@code 42%}; nothing where nothing was done. */
  private static String part(@Nullable Long done, @Nullable Long all) {
    if (done == null || all == null) {
      return "";
    }
    return all <= 0 ? "100%" : Math.max(0, Math.min(100, (long) (done * 100.0 / all))) + "%";
  }

  private void print(Status status) {
    Terminal terminal = session.terminal();
    terminal
        .out()
        .println(
            SafeText.line(
                "plan "
                    + status.plan()
                    + " ("
                    + status.planFile()
                    + "): "
                    + status.state().toLowerCase(java.util.Locale.ROOT)
                    + ", begun "
                    + TIME.format(status.startedAt())
                    + ", as of "
                    + TIME.format(status.updatedAt())));
    Table table =
        new Table(
            Table.Column.text("WAVE"),
            Table.Column.text("NAME"),
            Table.Column.text("TARGET"),
            Table.Column.whole("STATE"),
            Table.Column.whole("STEP"),
            Table.Column.figure("SIZE"),
            Table.Column.figure("COPIED"),
            Table.Column.figure("VERIFIED"));
    for (VmStatus vm : status.vms()) {
      table.row(
          vm.wave(),
          vm.name(),
          vm.target(),
          SummaryText.state(vm.state(), vm.problem()),
          vm.step() == null ? "" : vm.step(),
          vm.totalBytes() == null ? "" : new ByteSize(vm.totalBytes()),
          part(vm.copiedBytes(), vm.totalBytes()),
          part(vm.verifiedBytes(), vm.totalBytes()));
    }
    table.print(terminal);
    for (VmStatus vm : status.vms()) {
      if (vm.problem() != null) {
        new FailureText(session)
            .problem(
                vm.name() + (vm.step() == null ? "" : ", step " + vm.step()) + ": " + vm.problem(),
                vm.remedy() == null ? "" : vm.remedy());
      }
    }
    if (status.state().equals("INTERRUPTED") || status.state().equals("FAILED")) {
      terminal.out().println("go on with: " + SafeText.line(state.resume()));
    }
  }
}
