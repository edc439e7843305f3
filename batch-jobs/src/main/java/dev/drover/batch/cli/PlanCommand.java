package dev.drover.batch.cli;

import dev.drover.batch.cli.terminal.SafeText;
import dev.drover.mappings.failure.UsageFailed;
import dev.drover.mappings.inventory.InventoryReader;
import dev.drover.mappings.plan.PlanAgain;
import dev.drover.mappings.plan.PlanGenerator;
import dev.drover.mappings.plan.TargetSpec;
import dev.drover.mappings.policy.MigrationPolicy;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
    name = "plan",
    description = {
      "Makes a plan of an inventory: which VM moves in which wave, and the maps that they need.",
      "Without a policy, and with no more VMs than a wave holds, that is one wave with every VM."
          + " The plan is yours from then on: read it, change it, keep it in git."
    },
    footer = {
      "Examples:",
      "  drover plan inventory.json --target directory:./out -o plan.yaml",
      "  drover plan inventory.json --target kubernetes:production --profile target.yaml"
          + " --policy policy.yaml",
      "  drover plan --again plan.yaml inventory-new.json"
    })
final class PlanCommand implements Runnable {
  static final String STDOUT = "-";

  private final Session session;

  @Parameters(
      index = "0",
      paramLabel = "INVENTORY",
      description = "A file of \"drover inventory\".")
  private Path inventory = Path.of("");

  @Option(
      names = "--target",
      paramLabel = "TARGET",
      converter = TargetArgument.class,
      description =
          "Where the VMs go: directory:PATH, kubernetes (the current context) or"
              + " kubernetes:CONTEXT.")
  private @Nullable TargetSpec target;

  @Option(
      names = "--profile",
      paramLabel = "FILE",
      description = "What the target can do, of \"drover profile\". Without it that is unknown.")
  private @Nullable Path profile;

  @Option(
      names = "--policy",
      paramLabel = "FILE",
      description = "How waves are made; see \"drover schema policy --example\".")
  private @Nullable Path policy;

  @Option(
      names = "--rates",
      paramLabel = "FOLDER",
      description = "Evidence of earlier runs: its measured speeds replace the assumed ones.")
  private @Nullable Path rates;

  @Option(
      names = "--again",
      paramLabel = "PLAN",
      description =
          "Plan this plan again for a newer inventory: VMs stay in their waves where they can. It"
              + " is replaced unless -o names another file.")
  private @Nullable Path again;

  @Option(
      names = "--evidence",
      paramLabel = "FOLDER",
      description =
          "With --again: tells which VMs have moved. Default: where runs of the plan put it.")
  private @Nullable Path evidence;

  @Option(
      names = "--from",
      paramLabel = "DAY",
      description = "No wave begins before that day (2027-01-31); default: now.")
  private @Nullable LocalDate from;

  @Option(
      names = {"-o", "--output"},
      paramLabel = "FILE",
      description = "The plan's file; - prints it. Default: plan.yaml.")
  private @Nullable String output;

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
    if ("json".equals(output)) {
      throw new UsageFailed(
          "-o json",
          "a plan is YAML",
          "give a file, - for the terminal, or ./json if that is the file's name");
    }
    Instant now = Instant.now().truncatedTo(ChronoUnit.SECONDS);
    if (again != null) {
      new PlannedAgain(session, PlanAgain.of(again), again)
          .write(options(again.toString(), now), evidence, now);
      return;
    }
    PlanOptions options = options("plan.yaml", now);
    if (target == null) {
      throw new UsageFailed(
          "plan",
          "nothing says where the VMs go",
          "add --target directory:PATH, --target kubernetes or --target kubernetes:CONTEXT");
    }
    if (!options.isPrinted() && Files.exists(options.file()) && !force) {
      throw OutputFiles.exists(options.file());
    }
    if (policy == null && profile == null && rates == null && from == null && isSmall()) {
      oneWave(options, target);
    } else {
      new PlannedFirst(session, target).write(options, now);
    }
  }

  private PlanOptions options(String usual, Instant now) {
    String file = output == null ? usual : output;
    Instant begin = from == null ? now : from.atStartOfDay(ZoneId.systemDefault()).toInstant();
    return new PlanOptions(
        inventory,
        text(profile),
        text(policy),
        text(rates),
        begin.isBefore(now) ? now : begin,
        file,
        name == null ? nameOf(file) : name,
        force);
  }

  private static @Nullable String text(@Nullable Path path) {
    return path == null ? null : path.toString();
  }

  private boolean isSmall() {
    int most = MigrationPolicy.DEFAULT.waves().caps().vms();
    try (InventoryReader reader = InventoryReader.open(inventory)) {
      return reader.vms().limit(most + 1L).count() <= most;
    }
  }

  private void oneWave(PlanOptions options, TargetSpec where) {
    try (InventoryReader reader = InventoryReader.open(inventory)) {
      OutputFiles.Text text =
          (to, beside) ->
              PlanGenerator.write(
                  options.name(), List.copyOf(reader.sources()), reader.vms(), where, to);
      if (options.isPrinted()) {
        print(session, text);
      } else {
        new OutputFiles("plan", options.file(), Set.of(), force).write(text);
        wrote(session, options.file());
      }
    }
  }

  /** To standard output. */
  static void print(Session session, OutputFiles.Text text) {
    Writer writer = new OutputStreamWriter(session.terminal().out(), StandardCharsets.UTF_8);
    try {
      text.write(
          writer,
          path -> {
            throw new UsageFailed(
                "-o -",
                "so many VMs need files beside the plan",
                "give a file with -o: -o plan.yaml");
          });
      writer.flush();
    } catch (java.io.IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  static void wrote(Session session, Path file) {
    String shown = SafeText.line(file.toString());
    session.terminal().out().println("wrote " + shown + "; next: drover validate " + shown);
  }

  /** {@code plan} for {@code plans/plan.yaml}. */
  private static String nameOf(String file) {
    String word = file.equals(STDOUT) ? "plan" : String.valueOf(Path.of(file).getFileName());
    String clean =
        word.replaceAll("\\.[^.]+$", "")
            .toLowerCase(Locale.ROOT)
            .replaceAll("[^a-z0-9]+", "-")
            .replaceAll("^-+|-+$", "");
    return clean.isEmpty() ? "plan" : clean;
  }
}
