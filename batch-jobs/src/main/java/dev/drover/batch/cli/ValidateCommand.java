package dev.drover.batch.cli;

import dev.drover.batch.cli.terminal.Figures;
import dev.drover.batch.cli.terminal.SafeText;
import dev.drover.batch.cli.terminal.Style;
import dev.drover.batch.cli.terminal.Terminal;
import dev.drover.mappings.plan.MigrationPlan;
import dev.drover.mappings.plan.PlanReader;
import dev.drover.mappings.yaml.YamlInvalid;
import dev.drover.mappings.yaml.YamlProblem;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

@Command(
    name = "validate",
    description = {
      "Finds every mistake of a plan at once, each with its line and column.",
      "Neither a source nor the target is asked; \"drover run --dry-run\" does that."
    })
final class ValidateCommand implements Callable<Integer> {
  private final Session session;

  @Parameters(index = "0", paramLabel = "PLAN", description = "A plan file.")
  private Path plan = Path.of("");

  @Mixin private OutputFormat output = new OutputFormat();

  ValidateCommand(Session session) {
    this.session = session;
  }

  /** What {@code -o json} prints. */
  record Verdict(String plan, boolean valid, List<YamlProblem> problems) {}

  @Override
  public Integer call() {
    Terminal terminal = session.terminal();
    MigrationPlan read;
    try {
      read = PlanReader.read(plan);
    } catch (YamlInvalid e) {
      if (!output.isJson()) {
        throw e;
      }
      JsonOutput.print(terminal, "PlanVerdict", new Verdict(plan.toString(), false, e.problems()));
      return ExitCodes.USAGE;
    }
    if (output.isJson()) {
      JsonOutput.print(terminal, "PlanVerdict", new Verdict(plan.toString(), true, List.of()));
    } else {
      long vms = read.waves().stream().mapToLong(w -> w.vms().size()).sum();
      terminal
          .out()
          .println(
              SafeText.line(plan.toString())
                  + ": "
                  + terminal.styled("valid", Style.GREEN)
                  + ", "
                  + Figures.count(vms, "VM")
                  + " in "
                  + Figures.count(read.waves().size(), "wave"));
    }
    return ExitCodes.DONE;
  }
}
