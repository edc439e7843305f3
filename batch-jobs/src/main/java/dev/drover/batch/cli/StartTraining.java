package dev.drover.batch.cli;

import dev.drover.batch.cli.demo.FileTree;
import dev.drover.batch.cli.terminal.Terminal;
import dev.drover.batch.cli.terminal.TerminalSize;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * Runs the commands once, with nobody looking, so that {@link ClassArchive} learns which classes
 * they load. A command that fails here only starts slower later.
 */
final class StartTraining {
  private StartTraining() {}

  /** Needs no arguments. */
  public static void main(String[] arguments) throws IOException {
    Path folder = Files.createTempDirectory("drover-training");
    try {
      train(folder);
    } finally {
      FileTree.remove(folder);
    }
    // Spring and the database may have left threads behind.
    System.exit(0);
  }

  private static void train(Path folder) throws IOException {
    Path plan = Files.writeString(folder.resolve("wrong.yaml"), "apiVersion: x\nkind: y\n");
    String state = folder.resolve("state").toString();
    List<String[]> lines =
        List.of(
            new String[] {"--help"},
            new String[] {"run", "--help"},
            new String[] {"nonsense"},
            new String[] {"version", "-o", "json"},
            new String[] {"schema", "plan"},
            new String[] {"completion", "bash"},
            new String[] {"validate", plan.toString()},
            new String[] {"status", "--state", state},
            new String[] {"demo", "--dir", folder.resolve("demo").toString()},
            new String[] {
              "status", "-o", "json", "--state", folder.resolve("demo/state").toString()
            });
    for (String[] line : lines) {
      try {
        new CommandLines(silent()).execute(line);
      } catch (RuntimeException | LinkageError e) {
        System.err.println("The fast start was not trained for " + line[0] + ": " + e);
      }
    }
  }

  private static Session silent() {
    PrintStream nowhere =
        new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8);
    return new Session(
        new Terminal(
            nowhere,
            nowhere,
            new ByteArrayInputStream(new byte[0]),
            Terminal.Attached.NOWHERE,
            new TerminalSize(0, 0),
            false,
            false),
        dev.drover.importers.api.VmSources::open,
        Runs.SPRING);
  }
}
