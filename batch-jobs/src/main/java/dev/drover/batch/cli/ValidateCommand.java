package dev.drover.batch.cli;

import dev.drover.batch.cli.terminal.Figures;
import dev.drover.batch.cli.terminal.SafeText;
import dev.drover.batch.cli.terminal.Style;
import dev.drover.batch.cli.terminal.Terminal;
import dev.drover.mappings.plan.MigrationPlan;
import dev.drover.mappings.plan.PlanReader;
import dev.drover.mappings.profile.ProfileReader;
import dev.drover.mappings.profile.TargetProfile;
import dev.drover.mappings.yaml.YamlInvalid;
import dev.drover.mappings.yaml.YamlProblem;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

@Command(
    name = "validate",
    description = {
      "Finds every mistake of a plan, a policy or a profile at once, each with its line and column.",
      "The file's \"kind:\" says what it is. Neither a source nor the target is asked; \"drover run"
          + " --dry-run\" does that."
    },
    footer = {"Examples:", "  drover validate plan.yaml", "  drover validate policy.yaml -o json"})
final class ValidateCommand implements Callable<Integer> {
  private final Session session;

  @Parameters(index = "0", paramLabel = "FILE", description = "A plan, a policy or a profile.")
  private Path file = Path.of("");

  @Mixin private OutputFormat output = new OutputFormat();

  ValidateCommand(Session session) {
    this.session = session;
  }

  /** What {@code -o json} prints of a plan. */
  record PlanVerdict(String plan, boolean valid, List<YamlProblem> problems) {}

  /** The same of another file. */
  record Verdict(String file, boolean valid, List<YamlProblem> problems) {}

  @Override
  public Integer call() {
    FileKind kind = FileKind.of(file);
    String sum;
    try {
      sum =
          switch (kind) {
            case PLAN -> plan();
            case POLICY -> policy();
            case PROFILE -> profile();
          };
    } catch (YamlInvalid e) {
      if (!output.isJson()) {
        throw e;
      }
      print(kind, false, e.problems());
      return ExitCodes.USAGE;
    }
    Terminal terminal = session.terminal();
    if (output.isJson()) {
      print(kind, true, List.of());
    } else {
      terminal
          .out()
          .println(
              SafeText.line(file.toString())
                  + ": "
                  + terminal.styled("valid", Style.GREEN)
                  + ", "
                  + sum);
    }
    return ExitCodes.DONE;
  }

  private void print(FileKind kind, boolean valid, List<YamlProblem> problems) {
    String name = file.toString();
    switch (kind) {
      case PLAN ->
          JsonOutput.print(
              session.terminal(), "PlanVerdict", new PlanVerdict(name, valid, problems));
      case POLICY ->
          JsonOutput.print(session.terminal(), "PolicyVerdict", new Verdict(name, valid, problems));
      case PROFILE ->
          JsonOutput.print(
              session.terminal(), "ProfileVerdict", new Verdict(name, valid, problems));
    }
  }

  private String plan() {
    MigrationPlan plan = PlanReader.read(file);
    long vms = plan.waves().stream().mapToLong(w -> w.vms().size()).sum();
    return Figures.count(vms, "VM") + " in " + Figures.count(plan.waves().size(), "wave");
  }

  /** With the file of dependencies that it names; a window that is over is a mistake. */
  private String policy() {
    PolicyFile policy = PolicyFile.read(file, Instant.now());
    return Figures.count(policy.policy().rules().size(), "check")
        + " of its own, "
        + Figures.count(policy.policy().exceptions().size(), "exception")
        + ", "
        + Figures.count(policy.policy().waves().windows().size(), "window");
  }

  private String profile() {
    TargetProfile profile = ProfileReader.read(file);
    return ProfileCommand.seen(profile.storageClasses(), "storage class", "storage classes")
        + ", "
        + ProfileCommand.nodes(profile)
        + ", "
        + ProfileCommand.seen(profile.networks(), "network", "networks");
  }
}
