package dev.drover.batch.cli;

import dev.drover.batch.cli.terminal.Figures;
import dev.drover.importers.api.Discovery;
import dev.drover.importers.api.VmSource;
import dev.drover.mappings.failure.EnvironmentFailed;
import dev.drover.mappings.failure.Retry;
import dev.drover.mappings.inventory.InventoryWriter;
import dev.drover.mappings.model.Finding;
import dev.drover.mappings.model.VmRef;
import dev.drover.mappings.plan.SourceSpec;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
    name = "inventory",
    description = {
      "Looks at sources and lists their VMs: what they have, and what is noticed about them.",
      "Nothing is changed at a source. Appliances that cannot be understood are listed with their"
          + " place and do not stop the others; the exit code is then 1."
    },
    footer = {
      "Examples:",
      "  drover inventory --source ova:./appliances -o inventory.json",
      "  drover inventory --source rvtools:export.xlsx -o inventory.json",
      "  drover inventory --source dc1=ova:/mnt/dc1 --source dc2=ova:/mnt/dc2 -o json",
      "  drover inventory --source dc1=vsphere:https://vcenter.example --credentials env:DC1"
    })
final class InventoryCommand implements Callable<Integer> {
  private static final String STDOUT = "-";
  private static final String JSON = "json";

  private final Session session;
  private List<SourceSpec> sources = List.of();

  @Mixin private SourceOptions options = new SourceOptions();

  @Option(
      names = "--folder",
      paramLabel = "GLOB",
      description = "Only VMs in this folder or below it: the path below the datacenter.")
  private @Nullable String folder;

  @Option(
      names = "--cluster",
      paramLabel = "GLOB",
      description = "Only VMs on a cluster of this name.")
  private @Nullable String cluster;

  @Option(
      names = "--tag",
      paramLabel = "GLOB",
      description = "Only VMs with this tag: NAME or CATEGORY=NAME.")
  private @Nullable String tag;

  @Option(
      names = "--name",
      paramLabel = "GLOB",
      description = "Only VMs of this name. In a GLOB * is any text and ? any character.")
  private @Nullable String name;

  @Option(
      names = {"-o", "--output"},
      paramLabel = "FILE",
      description =
          "Write the inventory into this file, for \"drover plan\". \"json\" or \"-\" prints it"
              + " instead of the table (a file of that name is ./json).")
  private @Nullable String output;

  InventoryCommand(Session session) {
    this.session = session;
  }

  @Override
  public Integer call() {
    sources = options.specs(chosen());
    InventoryListing listing = new InventoryListing(session);
    if (output == null) {
      list(listing, null);
      listing.print();
    } else if (output.equals(STDOUT) || output.equals(JSON)) {
      printDocument(listing);
    } else {
      Path file = Path.of(output);
      write(listing, file);
      listing.print();
      session
          .terminal()
          .out()
          .println(
              Figures.count(listing.vms(), "VM")
                  + " written to "
                  + dev.drover.batch.cli.terminal.SafeText.line(file.toString()));
    }
    return listing.unreadable() == 0 ? ExitCodes.DONE : ExitCodes.SOME_VMS_FAILED;
  }

  /** Null for what was not given. */
  private Map<String, @Nullable String> chosen() {
    Map<String, @Nullable String> chosen = new LinkedHashMap<>();
    chosen.put("folder", folder);
    chosen.put("cluster", cluster);
    chosen.put("tag", tag);
    chosen.put("name", name);
    return chosen;
  }

  private void write(InventoryListing listing, Path file) {
    try (InventoryWriter writer = InventoryWriter.create(file, sources)) {
      list(listing, writer);
      writer.commit();
    }
  }

  private void list(InventoryListing listing, @Nullable InventoryWriter writer) {
    for (SourceSpec spec : sources) {
      try (VmSource source = session.open(spec);
          Stream<Discovery> all = source.list()) {
        all.map(InventoryCommand::keepable)
            .forEach(
                each -> {
                  listing.add(each);
                  if (writer != null) {
                    write(each, writer);
                  }
                });
      }
    }
  }

  /** What no run can keep a record of is told here, before there is a plan. */
  private static Discovery keepable(Discovery each) {
    if (each instanceof Discovery.Found found
        && found.vm().ref().id().length() > VmRef.LONGEST_ID) {
      return new Discovery.Unreadable(
          found.vm().ref().toString(),
          Finding.blocker(
              "INV-002",
              "its id is longer than " + VmRef.LONGEST_ID + " characters",
              "move the VM's files into a shorter path, then take the inventory again"));
    }
    return each;
  }

  private static void write(Discovery each, InventoryWriter writer) {
    if (each instanceof Discovery.Found found) {
      writer.vm(found.vm());
    } else if (each instanceof Discovery.Unreadable unreadable) {
      writer.unreadable(unreadable.place(), unreadable.problem());
    } else if (each instanceof Discovery.Around around) {
      writer.around(around.part());
    } else if (each instanceof Discovery.Noticed noticed) {
      writer.notice(noticed.place(), noticed.finding());
    }
  }

  /** The writer knows files alone, since a file is whole or not there. */
  private void printDocument(InventoryListing listing) {
    try {
      Path folder = Files.createTempDirectory("drover-inventory");
      Path file = folder.resolve("inventory.json");
      try {
        write(listing, file);
        Files.copy(file, session.terminal().out());
        session.terminal().out().flush();
      } finally {
        Files.deleteIfExists(file);
        Files.deleteIfExists(folder);
      }
    } catch (IOException e) {
      throw new EnvironmentFailed(
          "the inventory",
          "cannot be kept in a temporary file",
          "make room in the folder for temporary files, or write to a file with -o FILE",
          Retry.POINTLESS,
          e);
    }
    listing.printProblems();
  }
}
