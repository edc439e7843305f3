package dev.drover.batch.cli;

import dev.drover.batch.cli.terminal.Figures;
import dev.drover.batch.cli.terminal.SafeText;
import dev.drover.batch.cli.terminal.Table;
import dev.drover.batch.cli.terminal.Terminal;
import dev.drover.batch.run.MigrationRuns.Preview;
import dev.drover.mappings.model.ByteSize;
import dev.drover.mappings.model.Finding;
import java.util.List;

/** Prints what a run would do. */
final class PreviewText {
  private final Session session;

  PreviewText(Session session) {
    this.session = session;
  }

  /** What {@code -o json} prints. */
  record Report(List<Preview> vms, long movable, long blocked, long moved) {}

  /** Answers 1 where a VM could not be moved like this. */
  int print(List<Preview> all, boolean json) {
    long blocked = all.stream().filter(PreviewText::isBlocked).count();
    long moved = all.stream().filter(vm -> vm.moved() && !isBlocked(vm)).count();
    long movable = all.size() - blocked - moved;
    if (json) {
      JsonOutput.print(session.terminal(), "DryRun", new Report(all, movable, blocked, moved));
    } else {
      table(all);
      explain(all);
      session
          .terminal()
          .out()
          .println(
              "nothing was changed; "
                  + Figures.count(movable, "VM")
                  + " can be moved"
                  + (moved == 0 ? "" : ", " + moved + " moved before")
                  + (blocked == 0 ? "" : ", " + blocked + " cannot"));
    }
    return blocked == 0 ? ExitCodes.DONE : ExitCodes.SOME_VMS_FAILED;
  }

  private static boolean isBlocked(Preview preview) {
    return preview.findings().stream().anyMatch(f -> f.severity() == Finding.Severity.BLOCKER);
  }

  private void table(List<Preview> all) {
    Table table =
        new Table(
            Table.Column.text("WAVE"),
            Table.Column.text("NAME"),
            Table.Column.text("TARGET"),
            Table.Column.figure("DISKS"),
            Table.Column.figure("SIZE"),
            Table.Column.figure("NICS"),
            Table.Column.text("FINDINGS"));
    for (Preview vm : all) {
      table.row(
          vm.wave(),
          vm.name(),
          vm.target(),
          vm.disks(),
          new ByteSize(vm.diskBytes()),
          vm.nics(),
          vm.moved() && vm.findings().isEmpty()
              ? "moved before"
              : InventoryListing.findings(vm.findings()));
    }
    table.print(session.terminal());
  }

  private void explain(List<Preview> all) {
    Terminal terminal = session.terminal();
    FailureText text = new FailureText(session);
    for (Preview vm : all) {
      if (!vm.findings().isEmpty()) {
        terminal.out().println();
        terminal.out().println(SafeText.line(vm.name() + " (" + vm.vm() + ")") + ":");
        text.findings(vm.findings());
      }
      if (session.verbose()) {
        for (String manifest : vm.manifests()) {
          terminal.out().println("---");
          terminal.out().println(SafeText.lines(manifest.stripTrailing()));
        }
      }
    }
    terminal.out().println();
  }
}
