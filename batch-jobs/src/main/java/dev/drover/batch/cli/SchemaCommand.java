package dev.drover.batch.cli;

import dev.drover.batch.report.ReportSchema;
import dev.drover.mappings.failure.UsageFailed;
import dev.drover.mappings.plan.PlanSchema;
import dev.drover.mappings.policy.PolicySchema;
import dev.drover.mappings.profile.ProfileSchema;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
    name = "schema",
    description =
        "Prints the JSON Schema of a kind of file, for editors and other programs, or an example.",
    footer = {
      "Examples:",
      "  drover schema plan > plan.schema.json",
      "  drover schema policy --example > policy.yaml"
    })
final class SchemaCommand implements Runnable {
  /** Kinds of files that have a schema. */
  enum Kind {
    plan,
    policy,
    profile,
    report
  }

  private final Session session;

  @Parameters(index = "0", paramLabel = "KIND", description = "plan, policy, profile or report")
  private Kind kind = Kind.plan;

  @Option(
      names = "--example",
      description =
          "Print a commented example instead: of a policy the one that says what holds without"
              + " one. A plan and a report have none, since Drover makes them.")
  private boolean example;

  SchemaCommand(Session session) {
    this.session = session;
  }

  @Override
  public void run() {
    session.terminal().out().println((example ? example() : schema()).stripTrailing());
  }

  private String schema() {
    return switch (kind) {
      case plan -> PlanSchema.json();
      case policy -> PolicySchema.json();
      case profile -> ProfileSchema.json();
      case report -> ReportSchema.json();
    };
  }

  private String example() {
    return switch (kind) {
      case plan ->
          throw new UsageFailed(
              "schema plan --example",
              "a plan is made of an inventory",
              "use \"drover plan INVENTORY --target TARGET\": what it writes is commented");
      case policy -> PolicySchema.example();
      case profile -> ProfileSchema.example();
      case report ->
          throw new UsageFailed(
              "schema report --example",
              "a report is made of an inventory",
              "use \"drover assess INVENTORY -o FOLDER\", and see report.json in it");
    };
  }
}
