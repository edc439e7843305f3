package dev.drover.batch.cli;

import dev.drover.batch.cli.terminal.SafeText;
import dev.drover.batch.cli.terminal.Style;
import dev.drover.batch.cli.terminal.Terminal;
import dev.drover.converters.DiskCheck;
import dev.drover.converters.DiskDigest;
import dev.drover.mappings.disk.DiskFormat;
import dev.drover.mappings.failure.UsageFailed;
import dev.drover.mappings.progress.Progress;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

@Command(
    name = "verify",
    description = {
      "Reads a disk and compares its digest with that in a VM's evidence, however old it is.",
      "The disk may be in another format or another place than it was moved to."
    })
final class VerifyCommand implements Callable<Integer> {
  /** Places of differences that are told. */
  private static final int PLACES = 8;

  private final Session session;

  @Parameters(index = "0", paramLabel = "EVIDENCE", description = "The evidence file of a VM.")
  private Path evidence = Path.of("");

  @Parameters(index = "1", paramLabel = "DISK", description = "The file that holds the disk.")
  private Path disk = Path.of("");

  @Option(
      names = "--disk",
      paramLabel = "NAME",
      description = "Only this disk of the VM, by its claim or its id at the source.")
  private @Nullable String name;

  @Option(
      names = "--format",
      paramLabel = "FORMAT",
      description = "raw, qcow2, vmdk, vhd, vhdx or vdi; as the file itself tells by default.")
  private @Nullable DiskFormat format;

  @Mixin private OutputFormat output = new OutputFormat();

  VerifyCommand(Session session) {
    this.session = session;
  }

  /** A disk as the evidence has it. */
  private record Promised(String id, String claim, DiskDigest digest) {}

  /** What {@code -o json} prints. */
  record Verdict(String evidence, String disk, boolean same, DiskDigest found, String claim) {}

  @Override
  public Integer call() {
    List<Promised> promised = promised();
    DiskDigest found = DiskCheck.of(disk, format, Progress.NONE);
    Promised same =
        promised.stream().filter(p -> p.digest().isOfTheSame(found)).findFirst().orElse(null);
    Terminal terminal = session.terminal();
    if (output.isJson()) {
      String claim = same == null ? "" : same.claim();
      JsonOutput.print(
          terminal,
          "DiskVerdict",
          new Verdict(evidence.toString(), disk.toString(), same != null, found, claim));
    } else if (same != null) {
      terminal
          .out()
          .println(
              SafeText.line(disk.toString())
                  + ": "
                  + terminal.styled("same", Style.GREEN)
                  + " as "
                  + SafeText.line(same.claim())
                  + ", "
                  + found.algorithm()
                  + " "
                  + found.hex());
    } else {
      new FailureText(session).problem(differs(promised, found), "keep what you have of both");
    }
    return same == null ? ExitCodes.SOME_VMS_FAILED : ExitCodes.DONE;
  }

  private String differs(List<Promised> promised, DiskDigest found) {
    StringBuilder text = new StringBuilder(disk + " is not what the evidence says: " + found.hex());
    text.append(" of ").append(found.size()).append(" bytes found");
    for (Promised one : promised) {
      text.append("; ").append(one.claim()).append(" has ").append(one.digest().hex());
      text.append(" of ").append(one.digest().size()).append(" bytes");
      text.append(places(one.digest(), found));
    }
    return text.toString();
  }

  /** Where the two differ, in whole parts; empty where the evidence is too old to tell. */
  private static String places(DiskDigest promised, DiskDigest found) {
    List<String> places = new ArrayList<>();
    int both = Math.min(promised.parts().size(), found.parts().size());
    for (int i = 0; i < both; i++) {
      if (!promised.parts().get(i).equals(found.parts().get(i))) {
        long begin = i * DiskDigest.PART;
        long end = Math.min(begin + DiskDigest.PART, promised.size());
        places.add(begin + " to " + end);
      }
    }
    if (places.isEmpty()) {
      return "";
    }
    int more = places.size() - PLACES;
    return " and differs in "
        + places.size()
        + " of "
        + promised.parts().size()
        + " parts, at bytes "
        + String.join(", ", places.subList(0, Math.min(PLACES, places.size())))
        + (more > 0 ? " and " + more + " more" : "");
  }

  private List<Promised> promised() {
    JsonNode read;
    try {
      read = JsonMapper.builder().build().readTree(Files.readAllBytes(evidence));
    } catch (IOException | JacksonException e) {
      throw new UsageFailed(
          evidence.toString(), "cannot be read as evidence", "give the JSON file of a VM");
    }
    if (!read.path("kind").asString("").equals("VmEvidence")) {
      throw new UsageFailed(
          evidence.toString(), "is no evidence of a VM", "give evidence/NAMESPACE/NAME.json");
    }
    List<Promised> all = new ArrayList<>();
    for (JsonNode one : read.path("disks")) {
      String id = one.path("id").asString("");
      String claim = one.path("claim").asString("");
      JsonNode written = one.path("verified").path("written");
      JsonNode digest = written.isObject() ? written : one.path("copied").path("read");
      if (digest.isObject() && (name == null || name.equals(id) || name.equals(claim))) {
        all.add(
            new Promised(
                id,
                claim,
                new DiskDigest(
                    digest.path("algorithm").asString(""),
                    digest.path("hex").asString(""),
                    digest.path("size").asLong(),
                    digest.path("parts").valueStream().map(p -> p.asString("")).toList())));
      }
    }
    if (all.isEmpty()) {
      throw new UsageFailed(
          evidence.toString(),
          "has no digest of " + (name == null ? "any disk" : "a disk \"" + name + "\""),
          "look into its disks");
    }
    return all;
  }
}
