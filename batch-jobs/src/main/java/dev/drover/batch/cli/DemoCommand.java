package dev.drover.batch.cli;

import dev.drover.batch.cli.demo.FileTree;
import dev.drover.batch.cli.demo.SampleAppliances;
import dev.drover.batch.cli.terminal.Figures;
import dev.drover.batch.cli.terminal.SafeText;
import dev.drover.batch.cli.terminal.Style;
import dev.drover.batch.cli.terminal.Terminal;
import dev.drover.mappings.failure.ConversionFailed;
import dev.drover.mappings.failure.EnvironmentFailed;
import dev.drover.mappings.failure.Retry;
import dev.drover.mappings.failure.UsageFailed;
import dev.drover.mappings.model.ByteSize;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

@Command(
    name = "demo",
    description = {
      "Shows the whole way on a sample that it makes, offline: three VMs in OVA files, moved into a"
          + " folder of disks and manifests. Needs 2 GiB for a minute."
    })
final class DemoCommand implements Callable<Integer> {
  /** Says that a folder's content is the demo's, so that it may be replaced. */
  private static final String MARK = ".drover-demo";

  private final Session session;

  @Option(
      names = "--dir",
      paramLabel = "DIR",
      defaultValue = "drover-demo",
      description = "Where the sample and the result are. Default: ${DEFAULT-VALUE}.")
  private Path folder = Path.of("drover-demo");

  DemoCommand(Session session) {
    this.session = session;
  }

  @Override
  public Integer call() {
    long started = System.nanoTime();
    try {
      prepareFolder();
      SampleAppliances sample = new SampleAppliances();
      Path originals = Files.createDirectory(folder.resolve("originals"));
      say("Making three VMs as VMware exports them, in " + folder.resolve("appliances"));
      sample.make(Files.createDirectory(folder.resolve("appliances")), originals);
      int code = drive();
      if (code != ExitCodes.DONE) {
        say("The demo stopped at the command above.");
        return code;
      }
      finish(sample, originals, Duration.ofNanos(System.nanoTime() - started));
      return ExitCodes.DONE;
    } catch (IOException e) {
      throw new EnvironmentFailed(
          folder.toString(),
          "cannot be used for the demo",
          "give a folder that can be written to with --dir, with 2 GiB of space",
          Retry.POINTLESS,
          e);
    }
  }

  private void prepareFolder() throws IOException {
    Files.createDirectories(folder);
    Path mark = folder.resolve(MARK);
    if (!Files.exists(mark)) {
      try (Stream<Path> content = Files.list(folder)) {
        if (content.findAny().isPresent()) {
          throw new UsageFailed(
              folder.toString(),
              "is not empty, and the demo did not make it",
              "give another folder with --dir");
        }
      }
      Files.createFile(mark);
    }
    for (String mine :
        List.of("appliances", "originals", "out", "state", "inventory.json", "plan.yaml")) {
      FileTree.remove(folder.resolve(mine));
    }
  }

  /** The commands that a user types, one after the other. */
  private int drive() {
    String plan = at("plan.yaml");
    String inventory = at("inventory.json");
    String state = at("state");
    List<List<String>> lines =
        List.of(
            List.of("inventory", "--source", "ova:" + at("appliances"), "-o", inventory),
            List.of("plan", inventory, "--target", "directory:" + at("out"), "-o", plan),
            List.of("validate", plan),
            List.of("run", plan, "--dry-run", "--state", state),
            List.of("run", plan, "--state", state),
            List.of("status", "--state", state));
    for (List<String> line : lines) {
      Terminal terminal = session.terminal();
      terminal.out().println();
      terminal
          .out()
          .println(
              terminal.styled("$ drover " + SafeText.line(String.join(" ", line)), Style.BOLD));
      int code = new CommandLines(session).execute(line.toArray(String[]::new));
      if (code != ExitCodes.DONE) {
        return code;
      }
    }
    return ExitCodes.DONE;
  }

  private void finish(SampleAppliances sample, Path originals, Duration took) throws IOException {
    Path out = folder.resolve("out");
    say("");
    List<String> different = sample.differences(originals, out);
    if (!different.isEmpty()) {
      throw new ConversionFailed(
          out.toString(),
          "disks differ from their originals: " + String.join("; ", different),
          "report this: it must not happen");
    }
    say("qemu-img compare: every disk is identical to its original.");
    say("");
    say("What was made, in " + out + ":");
    for (Path file : FileTree.files(out)) {
      say("  " + out.relativize(file) + "  " + new ByteSize(Files.size(file)));
    }
    say("");
    say("Look at a VirtualMachine and at the evidence of a move:");
    for (Path file : FileTree.files(out)) {
      String name = out.relativize(file).toString();
      if (name.matches(".*web-1(/virtualmachine\\.yaml|\\.json)")) {
        say("  less " + file);
      }
    }
    say("Start again with your own: drover inventory --source ova:FOLDER -o inventory.json");
    say("The demo took " + Figures.clock(took) + " and left everything in " + folder + ".");
  }

  private String at(String name) {
    return folder.resolve(name).toString();
  }

  private void say(String line) {
    session.terminal().out().println(SafeText.line(line));
  }
}
