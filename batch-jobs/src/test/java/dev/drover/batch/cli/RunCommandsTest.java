package dev.drover.batch.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.drover.batch.cli.terminal.ScreenText;
import dev.drover.batch.run.LoggedEvents;
import dev.drover.batch.run.MigrationRuns.Preview;
import dev.drover.batch.run.MigrationRuns.RolledBack;
import dev.drover.batch.run.RunRequest;
import dev.drover.batch.state.StateDirectory;
import dev.drover.batch.state.StatusFile;
import dev.drover.converters.Engine;
import dev.drover.kube.MigrationTarget.ObjectRef;
import dev.drover.mappings.model.Finding;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class RunCommandsTest {
  @TempDir Path folder;
  private final CliRun cli = new CliRun();

  @Test
  void runAsksForWhatTheUserSaid() {
    assertEquals(
        0,
        cli.execute(
            "run",
            "p.yaml",
            "--wave",
            "a",
            "--wave",
            "b",
            "--vm",
            "web,1",
            "--state",
            "st",
            "--database",
            "jdbc:postgresql://db/x"));
    assertEquals(
        new RunRequest(
            Path.of("p.yaml"),
            List.of("a", "b"),
            List.of("web,1"),
            new RunRequest.Repository(Path.of("st"), "jdbc:postgresql://db/x")),
        cli.requests.get(0));
  }

  @Test
  void theEngineIsAWordOfTwo() {
    assertEquals(0, cli.execute("run", "p.yaml", "--engine", "qemu-img"));
    assertEquals(0, cli.execute("resume", "--engine", "drover"));
    assertEquals(0, cli.execute("resume"));
    assertEquals(
        Arrays.asList(Engine.QEMU_IMG, Engine.DROVER, null),
        cli.requests.stream().map(RunRequest::engine).toList());
    assertEquals(2, cli.execute("run", "p.yaml", "--engine", "qemu"));
    assertTrue(cli.err().contains("expected drover or qemu-img"), cli.err());
  }

  @Test
  void aRunWithFailedVmsEndsWithOneAndTellsStepReasonAndRemedy() {
    cli.summary =
        () ->
            CliRun.summary(
                "FAILED",
                CliRun.vm("web", "DONE", null, null),
                CliRun.vm("db", "FAILED", "copy", "the disk is torn"));
    assertEquals(1, cli.execute("run", "p.yaml"));
    assertTrue(cli.out().contains("1 of 2 VMs done in 1:15; go on with: drover resume"));
    assertEquals(
        "error: db, step copy: the disk is torn\n  remedy: do this\n", cli.err(), cli.err());
  }

  @Test
  void whatItSaysToGoOnWithNamesTheFolderOfTheRun() {
    cli.summary = () -> CliRun.summary("FAILED", CliRun.vm("db", "FAILED", "copy", "torn"));
    cli.execute("run", "p.yaml", "--state", "my state");
    assertTrue(cli.out().contains("go on with: drover resume --state 'my state'"), cli.out());
  }

  @Test
  void whatConcernsTheWholeRunIsCalledNoWave() {
    cli.summary = () -> CliRun.withProblem(CliRun.summary("FAILED"), "", "the evidence lacks");
    cli.execute("run", "p.yaml");
    assertEquals("error: the evidence lacks\n  remedy: mend it\n", cli.err(), cli.err());
  }

  @Test
  void aWaveThatWasNotBegunIsToldWithItsRemedy() {
    cli.summary = () -> CliRun.withProblem(CliRun.summary("FAILED"), "wave-2", "was not begun");
    assertEquals(1, cli.execute("run", "p.yaml"));
    assertEquals("error: wave wave-2: was not begun\n  remedy: mend it\n", cli.err(), cli.err());
  }

  @Test
  void aWarningOfACopyIsInTheSummary() {
    cli.summary =
        () -> CliRun.withWarning(CliRun.summary("DONE"), "web", "the image holds fewer bytes");
    assertEquals(0, cli.execute("run", "p.yaml"));
    assertEquals("warning: web: the image holds fewer bytes\n", cli.err());
  }

  @Test
  void anInterruptedRunEndsWithOne() {
    cli.summary = () -> CliRun.summary("INTERRUPTED", CliRun.vm("a", "INTERRUPTED", "copy", null));
    assertEquals(1, cli.execute("resume"));
    assertNull(cli.requests.get(0).plan());
  }

  @Test
  void theSummaryIsOneJsonDocument() {
    cli.summary = () -> CliRun.summary("DONE", CliRun.vm("web", "DONE", null, null));
    assertEquals(0, cli.execute("run", "p.yaml", "-o", "json"));
    assertEquals("DONE", JsonMapper.builder().build().readTree(cli.out()).get("state").asString());
  }

  @Test
  void aDryRunEndsWithOneWhereAVmIsBlockedAndShowsManifestsOnRequest() {
    Finding blocker = Finding.blocker("FW-001", "needs Secure Boot", "pick another cluster");
    cli.previews =
        List.of(
            new Preview(
                "w", "ova/a", "a", "ns/a", 1 << 30, 1, 1, false, List.of(), List.of("kind: A")),
            new Preview("w", "ova/b", "b", "", 0, 0, 0, false, List.of(blocker), List.of()));
    assertEquals(1, cli.execute("run", "p.yaml", "--dry-run"));
    assertTrue(cli.out().contains("blocker FW-001 needs Secure Boot"), cli.out());
    assertTrue(cli.out().contains("nothing was changed; 1 VM can be moved, 1 cannot"), cli.out());
    assertFalse(cli.out().contains("kind: A"), cli.out());
    CliRun verbose = new CliRun();
    verbose.previews = cli.previews.subList(0, 1);
    assertEquals(0, verbose.execute("run", "p.yaml", "--dry-run", "-v"));
    assertTrue(verbose.out().contains("---\nkind: A"), verbose.out());
  }

  @Test
  void whatIsListedAsJsonSaysWhatItIs() throws IOException {
    status("DONE", "DONE");
    Path plan = Files.writeString(folder.resolve("plan.yaml"), "kind: x\n");
    cli.previews =
        List.of(new Preview("w", "ova/a", "a", "ns/a", 1, 1, 1, false, List.of(), List.of()));
    cli.rolledBack = List.of(new RolledBack("ova/a", "a", List.of(), null));
    for (List<String> line :
        List.of(
            List.of("DryRun", "run", "p.yaml", "--dry-run"),
            List.of("Rollback", "rollback", "p.yaml", "--vm", "a"),
            List.of("RunStatus", "status", "--state", folder.toString()),
            List.of("RunSummary", "run", "p.yaml"),
            List.of("PlanVerdict", "validate", plan.toString()))) {
      CliRun one = new CliRun();
      one.previews = cli.previews;
      one.rolledBack = cli.rolledBack;
      List<String> words = new java.util.ArrayList<>(line.subList(1, line.size()));
      words.addAll(List.of("-o", "json"));
      one.execute(words.toArray(String[]::new));
      JsonNode document = JsonMapper.builder().build().readTree(one.out());
      assertEquals("drover.dev/v1alpha1", document.get("apiVersion").asString(), one.out());
      assertEquals(line.get(0), document.get("kind").asString(), one.out());
      assertTrue(document.has("vms") || document.has("problems"), one.out());
    }
  }

  @Test
  void asALogForProgramsStandardErrorHasNothingButEventsOfTheLog() {
    try (LoggedEvents log = LoggedEvents.of("drover")) {
      cli.on(ScreenText.window(100, ""));
      cli.summary =
          () ->
              CliRun.withWarning(
                  CliRun.summary("FAILED", CliRun.vm("db", "FAILED", "copy", "the disk is torn")),
                  "web",
                  "holds fewer");
      assertEquals(1, cli.execute("run", "p.yaml", "--log-format", "json"));
      List<String> told = log.lines();
      assertTrue(
          told.contains("ERROR db, step copy: the disk is torn. Remedy: do this"), "" + told);
      assertTrue(told.contains("WARN web: holds fewer"), "" + told);
    } finally {
      System.clearProperty(dev.drover.batch.run.LogSettings.FORMAT_PROPERTY);
    }
    assertEquals("", cli.err());
  }

  @Test
  void aVmThatWasMovedBeforeAndIsNotWholeIsNotCalledDone() {
    cli.summary = () -> CliRun.summary("FAILED", CliRun.vm("db", "DONE", null, "RUN-002 gone"));
    assertEquals(1, cli.execute("run", "p.yaml"));
    assertTrue(cli.out().matches("(?s).*db +default/db +not whole.*"), cli.out());
    assertTrue(cli.out().contains("0 of 1 VM done"), cli.out());
  }

  @Test
  void rollbackAsksOnATerminalAndTakesOnlyYesForYes() {
    for (String answer : List.of("\n", "n\n", "yesterday\n", "")) {
      CliRun asked = new CliRun().on(ScreenText.window(80, answer));
      assertEquals(2, asked.execute("rollback", "p.yaml", "--vm", "web"), answer);
      assertTrue(asked.requests.isEmpty(), answer);
      assertTrue(asked.err().contains("[y/N]"), asked.err());
    }
    CliRun asked = new CliRun().on(ScreenText.window(80, "y\n"));
    assertEquals(0, asked.execute("rollback", "p.yaml", "--vm", "web"));
    assertEquals(List.of("web"), asked.requests.get(0).vms());
  }

  @Test
  void rollbackNeedsAVmAndAsksNothingWithYesOrWithoutATerminal() {
    assertEquals(2, cli.execute("rollback", "p.yaml"));
    assertTrue(cli.requests.isEmpty());
    cli.rolledBack =
        List.of(
            new RolledBack("ova/a", "a", List.of(new ObjectRef("File", "", "a.raw", "")), null),
            new RolledBack("ova/b", "b", List.of(), "the cluster is gone"));
    assertEquals(1, cli.execute("rollback", "p.yaml", "--vm", "a", "--vm", "b"));
    assertTrue(cli.out().contains("a: rolled back\n  removed File a.raw"), cli.out());
    assertTrue(cli.err().contains("error: b: the cluster is gone"), cli.err());
    CliRun yes = new CliRun().on(ScreenText.window(80, ""));
    assertEquals(0, yes.execute("rollback", "p.yaml", "--vm", "a", "--yes"));
  }

  private void status(String state, String vmState) throws IOException {
    StatusFile.write(
        new StateDirectory(folder).statusFile(),
        new StatusFile.Status(
            "r1",
            "first",
            "plan.yaml",
            state,
            Instant.EPOCH,
            Instant.EPOCH,
            List.of(
                new StatusFile.VmStatus(
                    "w",
                    "ova/a",
                    "a",
                    "ns/a",
                    vmState,
                    "copy",
                    42,
                    42L << 20,
                    null,
                    100L << 20,
                    null,
                    null))));
  }

  @Test
  void statusTellsHowFarAVmIs() throws IOException {
    status("RUNNING", "RUNNING");
    try (StateDirectory.Lock lock = new StateDirectory(folder).lock()) {
      assertEquals(0, cli.execute("status", "--state", folder.toString()));
    }
    assertTrue(
        cli.out().matches("(?s).*as of 1970.*a +ns/a +running +copy +100 MiB +42%\\s*"), cli.out());
  }

  @Test
  void statusDoesNotBelieveAProcessThatIsGone() throws IOException {
    status("RUNNING", "RUNNING");
    assertEquals(0, cli.execute("status", "--state", folder.toString(), "-o", "json"));
    assertFalse(cli.out().contains("RUNNING"), cli.out());
    assertTrue(cli.out().contains("INTERRUPTED"), cli.out());
  }

  @Test
  void statusWithoutARunSaysHowToBeginOne() {
    assertEquals(2, cli.execute("status", "--state", folder.toString()));
    assertTrue(cli.err().contains("no run has begun here"), cli.err());
  }

  @Test
  void mistakesOfAPlanHaveTheirPlaceAndOnATerminalTheirLine() throws IOException {
    Path plan =
        Files.writeString(
            folder.resolve("plan.yaml"), "apiVersion: drover.dev/v1alpha1\nkimd: x\n");
    cli.on(ScreenText.window(100, ""));
    assertEquals(2, cli.execute("validate", plan.toString()));
    assertTrue(cli.err().contains(plan + ":2:1:"), cli.err());
    assertTrue(cli.err().contains("  | kimd: x\n  | ^"), cli.err());
    CliRun json = new CliRun();
    assertEquals(2, json.execute("validate", plan.toString(), "-o", "json"));
    assertFalse(JsonMapper.builder().build().readTree(json.out()).get("valid").asBoolean());
  }

  @Test
  void policiesAndProfilesAreValidatedToo() throws IOException {
    for (String kind : List.of("policy", "profile")) {
      CliRun example = new CliRun();
      assertEquals(0, example.execute("schema", kind, "--example"));
      Path file = Files.writeString(folder.resolve(kind + ".yaml"), example.out());
      CliRun good = new CliRun();
      assertEquals(0, good.execute("validate", file.toString()), good.err());
      assertTrue(good.out().contains(": valid, "), good.out());
      Files.writeString(file, example.out() + "nonsense: 1\n");
      CliRun bad = new CliRun();
      assertEquals(2, bad.execute("validate", file.toString()));
      long line = example.out().lines().count() + 1;
      assertTrue(bad.err().contains(file + ":" + line + ":1:"), bad.err());
    }
  }
}
