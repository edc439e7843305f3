package dev.drover.batch.cli;

import dev.drover.mappings.plan.PlanSchema;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

@Command(
    name = "schema",
    description = "Prints the JSON Schema of a kind of file, for editors and other programs.")
final class SchemaCommand implements Runnable {
  /** Kinds of files that have a schema. */
  enum Kind {
    plan
  }

  private final Session session;

  @Parameters(index = "0", paramLabel = "KIND", description = "plan")
  private Kind kind = Kind.plan;

  SchemaCommand(Session session) {
    this.session = session;
  }

  @Override
  public void run() {
    String schema =
        switch (kind) {
          case plan -> PlanSchema.json();
        };
    session.terminal().out().println(schema.stripTrailing());
  }
}
