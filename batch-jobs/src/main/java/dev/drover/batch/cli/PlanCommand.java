package dev.drover.batch.cli;

import dev.drover.batch.cli.terminal.SafeText;
import dev.drover.mappings.failure.EnvironmentFailed;
import dev.drover.mappings.failure.Retry;
import dev.drover.mappings.failure.UsageFailed;
import dev.drover.mappings.inventory.InventoryReader;
import dev.drover.mappings.plan.PlanGenerator;
import dev.drover.mappings.plan.TargetSpec;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.OutputStreamWriter;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
    name = "plan",
    description = {
      "Makes a first plan of an inventory: one wave with every VM, and the maps that they need.",
      "The plan is yours from then on: read it, change it, keep it in git."
    },
    footer = {
      "Examples:",
      "  drover plan inventory.json --target directory:./out -o plan.yaml",
      "  drover plan inventory.json --target kubernetes:production -o plan.yaml"
    })
final class PlanCommand implements Runnable {
  private static final String STDOUT = "-";

  private final Session session;

  @Parameters(
      index = "0",
      paramLabel = "INVENTORY",
      description = "A file of \"drover inventory\".")
  private Path inventory = Path.of("");

  @Option(
      names = "--target",
      required = true,
      paramLabel = "TARGET",
      converter = TargetArgument.class,
      description =
          "Where the VMs go: directory:PATH, kubernetes (the current context) or"
              + " kubernetes:CONTEXT.")
  private @Nullable TargetSpec target;

  @Option(
      names = {"-o", "--output"},
      paramLabel = "FILE",
      defaultValue = "plan.yaml",
      description = "The plan's file; - prints it. Default: ${DEFAULT-VALUE}.")
  private String output = "plan.yaml";

  @Option(
      names = "--name",
      paramLabel = "NAME",
      description = "The plan's name; default: its file's.")
  private @Nullable String name;

  @Option(names = "--force", description = "Replace a plan that is there.")
  private boolean force;

  PlanCommand(Session session) {
    this.session = session;
  }

  @Override
  public void run() {
    if (output.equals("json")) {
      throw new UsageFailed(
          "-o json",
          "a plan is YAML",
          "give a file, - for the terminal, or ./json if that is the file's name");
    }
    try (InventoryReader reader = InventoryReader.open(inventory)) {
      if (output.equals(STDOUT)) {
        print(reader);
      } else {
        write(reader, Path.of(output));
      }
    }
  }

  private void print(InventoryReader reader) {
    OutputStreamWriter writer =
        new OutputStreamWriter(session.terminal().out(), StandardCharsets.UTF_8);
    generate(reader, "plan", writer);
    try {
      writer.flush();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void write(InventoryReader reader, Path file) {
    if (Files.exists(file) && !force) {
      throw exists(file);
    }
    Path beside = file.resolveSibling(file.getFileName() + ".partial");
    try {
      try (BufferedWriter writer = Files.newBufferedWriter(beside, StandardCharsets.UTF_8)) {
        generate(reader, nameOf(file), writer);
      }
      Files.move(beside, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    } catch (FileAlreadyExistsException e) {
      throw exists(file);
    } catch (IOException | UncheckedIOException e) {
      throw new EnvironmentFailed(
          file.toString(),
          "cannot write the plan",
          "give a file in a folder that can be written to with -o",
          Retry.POINTLESS,
          e);
    } finally {
      deleteQuietly(beside);
    }
    String shown = SafeText.line(file.toString());
    session.terminal().out().println("wrote " + shown + "; next: drover validate " + shown);
  }

  private static UsageFailed exists(Path file) {
    return new UsageFailed(
        file.toString(),
        "is there already, and may hold your changes",
        "give another file with -o, or --force to replace it");
  }

  private static void deleteQuietly(Path file) {
    try {
      Files.deleteIfExists(file);
    } catch (IOException e) {
      // The failure before this one says what is wrong with the folder.
    }
  }

  private void generate(InventoryReader reader, String defaultName, Writer to) {
    TargetSpec where = target;
    if (where == null) {
      throw new IllegalStateException("picocli lets no plan through without a target");
    }
    PlanGenerator.write(
        name == null ? defaultName : name, List.copyOf(reader.sources()), reader.vms(), where, to);
  }

  /** {@code plan} for {@code plans/plan.yaml}. */
  private static String nameOf(Path file) {
    String word = String.valueOf(file.getFileName()).replaceAll("\\.[^.]+$", "");
    String clean =
        word.toLowerCase(java.util.Locale.ROOT)
            .replaceAll("[^a-z0-9]+", "-")
            .replaceAll("^-+|-+$", "");
    return clean.isEmpty() ? "plan" : clean;
  }
}
