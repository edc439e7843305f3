package dev.drover.batch.run;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.drover.batch.evidence.RunSummary;
import dev.drover.batch.evidence.VmEvidence;
import dev.drover.batch.ledger.StepRecord;
import dev.drover.batch.state.StateDirectory;
import dev.drover.batch.state.StatusFile;
import dev.drover.batch.state.StatusFile.VmStatus;
import dev.drover.mappings.failure.EnvironmentFailed;
import dev.drover.mappings.failure.Retry;
import dev.drover.mappings.failure.TargetFailed;
import dev.drover.mappings.failure.UsageFailed;
import dev.drover.mappings.model.PowerState;
import dev.drover.mappings.model.Sha256;
import dev.drover.mappings.progress.Progress;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;

class RunsTest extends WorldCase {
  private RunSummary run() {
    return world.run();
  }

  private RunSummary resume() {
    return world.resume();
  }

  private RunSummary resume(Progress progress) {
    return new Runs(world.ports()).resume(world.resuming(), progress, world.listener());
  }

  private VmEvidence evidence(String vm) throws IOException {
    Path file = world.out().resolve("evidence").resolve(World.NAMESPACE).resolve(vm + ".json");
    return JsonMapper.builder().build().readValue(Files.readAllBytes(file), VmEvidence.class);
  }

  @Test
  void movesEveryVmAndProvesIt() throws IOException {
    plan("vms=3", "disks=2");
    RunSummary summary = run();
    assertEquals("DONE", summary.state());
    assertEquals(List.of("DONE", "DONE", "DONE"), states(summary));
    assertEquals(6, world.effects("copy").size());
    VmEvidence evidence = evidence("vm-2");
    assertEquals("src", evidence.source().source());
    assertEquals(2, evidence.disks().size());
    VmEvidence.Disk disk = evidence.disks().get(1);
    assertEquals(disk.copied().read(), disk.verified() == null ? null : disk.verified().written());
    assertEquals(
        List.of(
            "prepare",
            "stop",
            "copy",
            "cut over",
            "verify",
            "release",
            "convert",
            "create",
            "start",
            "check"),
        evidence.steps().stream().map(StepRecord::step).toList());
    assertTrue(evidence.steps().stream().allMatch(s -> s.outcome().equals("done")));
    assertEquals("1.0", evidence.tools().get("fake-img"));
    assertTrue(evidence.tools().keySet().containsAll(List.of("drover", "java", "os")));
    assertTrue(
        Files.exists(world.out().resolve("evidence").resolve("run-" + summary.runId() + ".json")));
    assertEquals(
        "DONE", StatusFile.read(folder.resolve("state/status.json")).orElseThrow().state());
  }

  @Test
  void touchesNothingThatWasMovedBefore() {
    plan("vms=3");
    run();
    List<String> before = world.effects();
    RunSummary again = run();
    assertEquals("DONE", again.state());
    assertEquals(before, world.effects());
    assertTrue(world.messages.stream().anyMatch(m -> m.contains("nothing to do")));
    assertEquals("DONE", resume().state());
    assertEquals(before, world.effects());
  }

  @Test
  void aVmThatFailsStopsNoOther() {
    plan("vms=4");
    world.fault = failing("creating vm-2", Retry.POINTLESS, 100);
    RunSummary summary = run();
    assertEquals("FAILED", summary.state());
    assertEquals(List.of("DONE", "FAILED", "DONE", "DONE"), states(summary));
    RunSummary.Vm failed = summary.vms().get(1);
    assertEquals("create", failed.step());
    assertEquals("creating vm-2: does not want", failed.problem());
    assertEquals("ask again", failed.remedy());
  }

  @Test
  void whatAVmFailsOfIsToldThoughTheLedgerIsGone() {
    plan("vms=1");
    world.fault =
        effect -> {
          if (effect.startsWith("open ") && !world.told.isEmpty()) {
            dropLedger();
            throw new TargetFailed(effect, "does not want", "ask again", Retry.POINTLESS, null);
          }
        };
    assertEquals("FAILED", run().state());
    VmStatus last = world.told.get(world.told.size() - 1);
    assertEquals("FAILED", last.state());
    assertTrue(String.valueOf(last.problem()).contains("does not want"), last::toString);
  }

  /** The database of the run itself, which this process has open already. */
  private void dropLedger() {
    String url = new StateDirectory(folder.resolve("state")).embeddedUrl();
    try (Connection same = DriverManager.getConnection(url, "drover", "");
        Statement drop = same.createStatement()) {
      drop.execute(
          "drop table drover_run, drover_vm, drover_step, drover_disk, drover_checkpoint, drover_note, drover_source cascade");
    } catch (SQLException e) {
      throw new AssertionError(e);
    }
  }

  @Test
  void triesAgainWhatMayPassAndNotesEveryTry() throws IOException {
    plan("vms=1", "attempts=3");
    world.fault = failing("creating vm-1", Retry.WORTHWHILE, 2);
    assertEquals("DONE", run().state());
    List<StepRecord> tries =
        evidence("vm-1").steps().stream().filter(s -> s.step().equals("create")).toList();
    assertEquals(List.of(1, 2, 3), tries.stream().map(StepRecord::attempt).toList());
    assertEquals("failed: creating vm-1: does not want", tries.get(0).outcome());
    assertEquals("done", tries.get(2).outcome());
  }

  @Test
  void neverTriesAgainWhatIsPointless() {
    plan("vms=1", "attempts=3");
    AtomicInteger tries = new AtomicInteger();
    world.fault =
        effect -> {
          if (effect.equals("creating vm-1")) {
            tries.incrementAndGet();
            throw new TargetFailed(effect, "does not want", "ask again");
          }
        };
    assertEquals("FAILED", run().state());
    assertEquals(1, tries.get());
  }

  @Test
  void resumesAtTheStepThatFailed() {
    plan("vms=3", "disks=2");
    world.fault = failing("starting vm-2", Retry.POINTLESS, 1);
    assertEquals("FAILED", run().state());
    assertEquals("DONE", resume().state());
    assertEquals(6, world.effects("copy").size());
    assertEquals(3, world.effects("create").size());
    assertEquals(3, world.effects("start").size());
    assertEquals(6, world.effects("verify").size());
  }

  @Test
  void survivesAnErrorOfTheJvmInAStep() {
    plan("vms=2");
    world.fault =
        effect -> {
          if (effect.equals("creating vm-1")) {
            throw new NoClassDefFoundError("gone");
          }
        };
    RunSummary summary = run();
    assertEquals(List.of("FAILED", "DONE"), states(summary));
    assertTrue(String.valueOf(summary.vms().get(0).problem()).contains("gone"));
    world.fault = effect -> {};
    assertEquals("DONE", resume().state());
    assertEquals(2, world.effects("copy").size());
  }

  @Test
  void goesOnWithThePlanAsItWasAndSaysThatItChanged() {
    plan("vms=2");
    world.fault = failing("creating vm-2", Retry.POINTLESS, 1);
    run();
    plan("vms=9", "name.vm-2=other");
    RunSummary summary = resume();
    assertEquals("DONE", summary.state());
    assertEquals(2, summary.vms().size());
    assertTrue(world.messages.stream().anyMatch(m -> m.contains("has changed since run")));
    assertEquals(List.of("create vm-1", "create vm-2"), world.effects("create"));
  }

  @Test
  void aNewRunOfAnEditedPlanKeepsWhatIsDoneAndLeavesNoOrphan() {
    plan("vms=2");
    world.fault = failing("creating vm-2", Retry.POINTLESS, 1);
    run();
    plan("vms=3", "name.vm-1=later", "name.vm-2=other");
    RunSummary summary = run();
    assertEquals("DONE", summary.state());
    assertEquals("moved/vm-1", summary.vms().get(0).target());
    assertEquals("moved/other", summary.vms().get(1).target());
    assertEquals(
        List.of(
            "other/other-disk0.raw",
            "other/vm.yaml",
            "vm-1/vm-1-disk0.raw",
            "vm-1/vm.yaml",
            "vm-3/vm-3-disk0.raw",
            "vm-3/vm.yaml"),
        World.files(world.out().resolve(World.NAMESPACE)));
  }

  @Test
  void refusesToResumeWithAPlanCopyThatSomebodyChanged() {
    plan("vms=2");
    world.fault = failing("creating vm-2", Retry.POINTLESS, 1);
    RunSummary first = run();
    World.write(folder.resolve("state/runs/" + first.runId() + "/plan.yaml"), "vms=7");
    EnvironmentFailed failed = assertThrows(EnvironmentFailed.class, this::resume);
    assertTrue(failed.what().contains("is not the plan"), failed.getMessage());
  }

  @Test
  void copiesAgainWhenTheAppliancesFileWasReplaced() throws IOException {
    plan("vms=1");
    world.fault = failing("verify vm-1-disk0", Retry.WORTHWHILE, 1);
    run();
    Files.write(world.sourceFile("vm-1-disk0"), World.content("another", 4096));
    assertEquals("DONE", resume().state());
    assertEquals(2, world.effects("copy").size());
    assertEquals(
        Sha256.hex(World.content("another", 4096)),
        Sha256.hex(Files.readAllBytes(world.out().resolve("moved/vm-1/vm-1-disk0.raw"))));
  }

  @Test
  void copiesAgainWhatVerificationRejected() throws IOException {
    plan("vms=1");
    world.fault =
        effect -> {
          if (effect.equals("verify vm-1-disk0")) {
            World.write(world.out().resolve("moved/vm-1/vm-1-disk0.raw"), "rotten");
          }
        };
    assertEquals("FAILED", run().state());
    world.fault = effect -> {};
    assertEquals("DONE", resume().state());
    assertEquals(2, world.effects("copy").size());
    assertEquals(4096, Files.size(world.out().resolve("moved/vm-1/vm-1-disk0.raw")));
  }

  @Test
  void beginsNoWaveBehindOneThatFailed() {
    plan("vms=2", "waves=3");
    world.fault = failing("creating vm-3", Retry.POINTLESS, 100);
    RunSummary summary = run();
    assertEquals(List.of("DONE", "DONE", "FAILED", "DONE", "WAITING", "WAITING"), states(summary));
    assertEquals("wave-3", summary.problems().get(0).wave());
    RunSummary third = world.run(world.request(List.of("wave-3"), List.of()));
    assertEquals(List.of("DONE", "DONE"), states(third));
  }

  @Test
  void movesNeitherOfTwoVmsThatWouldHaveOneName() {
    plan("vms=3", "name.vm-1=twin", "name.vm-3=twin");
    RunSummary summary = run();
    assertEquals(List.of("FAILED", "DONE", "FAILED"), states(summary));
    assertTrue(String.valueOf(summary.vms().get(0).problem()).contains("src/vm-3"));
    assertEquals(List.of("copy vm-2-disk0"), world.effects("copy"));
  }

  @Test
  void refusesUnknownNamesAndLeavesNoStateBehind() {
    plan("vms=3");
    UsageFailed vm =
        assertThrows(UsageFailed.class, () -> world.run(world.request(List.of(), List.of("wm-2"))));
    assertTrue(vm.remedy().contains("vm-2"), vm.remedy());
    UsageFailed wave =
        assertThrows(
            UsageFailed.class, () -> world.run(world.request(List.of("wave1"), List.of())));
    assertTrue(wave.remedy().contains("wave-1"), wave.remedy());
    assertFalse(Files.exists(folder.resolve("state")));
  }

  @Test
  void aVmThatAnEarlierProcessMovedKeepsItsBytesInTheStatus() {
    plan("vms=2");
    world.fault =
        effect -> {
          if (effect.equals("copy vm-2-disk0")) {
            throw new EnvironmentFailed(effect, "does not want", "ask again");
          }
        };
    assertEquals("FAILED", run().state());
    world.fault = effect -> {};
    assertEquals("DONE", world.resume().state());
    StatusFile.VmStatus vm = status().vms().get(0);
    assertEquals(4096, vm.totalBytes());
    assertEquals(4096, vm.copiedBytes());
    assertEquals(4096, vm.verifiedBytes());
  }

  private StatusFile.Status status() {
    return StatusFile.read(folder.resolve("state/status.json")).orElseThrow();
  }

  @Test
  void countsTheBytesOfDisksInTheStatus() {
    plan("vms=1", "disks=2", "limitDisks=1");
    AtomicInteger pieces = new AtomicInteger();
    world.fault =
        effect -> {
          // Four pieces a disk: the fifth is the first of the second disk, whichever that is.
          if (effect.startsWith("piece ") && pieces.incrementAndGet() == 5) {
            // Twice a second by a thread of its own; a line of this test waits for that thread.
            while (!Long.valueOf(4096).equals(status().vms().get(0).copiedBytes())) {
              Thread.onSpinWait();
            }
            StatusFile.VmStatus vm = status().vms().get(0);
            assertEquals(8192, vm.totalBytes());
            assertEquals(50, vm.percent());
          }
        };
    assertEquals("DONE", run().state());
    assertEquals(8, pieces.get());
    StatusFile.VmStatus vm = status().vms().get(0);
    assertEquals(8192, vm.copiedBytes());
    assertEquals(8192, vm.totalBytes());
    assertEquals(null, vm.percent());
  }

  @Test
  void whatAnEarlierProcessCopiedCountsAsCopied() {
    plan("vms=1", "disks=2", "limitDisks=1");
    world.fault = failing("copying vm-1-disk1", Retry.POINTLESS, 1);
    assertEquals("FAILED", run().state());
    assertEquals(4096, status().vms().get(0).copiedBytes());
    assertEquals("DONE", resume().state());
    assertEquals(8192, status().vms().get(0).copiedBytes());
  }

  @Test
  void whatACopyWarnsOfIsToldOnceAndIsInTheEvidence() throws IOException {
    plan("vms=2", "disks=2");
    world.warnings = List.of("the image holds 10 bytes fewer");
    RunSummary summary = run();
    assertEquals(1, summary.warnings().size());
    assertEquals("the image holds 10 bytes fewer", summary.warnings().get(0).warning());
    assertEquals(1, world.messages.stream().filter(m -> m.contains("10 bytes fewer")).count());
    assertEquals(
        List.of("vm-1-disk0", "vm-1-disk1"),
        evidence("vm-1").findings().stream()
            .filter(f -> f.code().equals("COPY-001"))
            .map(dev.drover.mappings.model.Finding::evidence)
            .toList());
  }

  @Test
  void refusedImagesAreFoundBeforeAnythingIsCopied() {
    plan("vms=2", "disks=2");
    world.fault = failing("inspect vm-1-disk1", Retry.POINTLESS, 100);
    List<MigrationRuns.Preview> previews = new DryRun(world.ports()).of(world.request());
    assertEquals("DISK-030", previews.get(0).findings().get(0).code());
    assertEquals("ask again", previews.get(0).findings().get(0).remedy());
    assertEquals(List.of(), previews.get(1).findings());
    RunSummary summary = run();
    assertEquals(List.of("FAILED", "DONE"), states(summary));
    assertEquals("prepare", summary.vms().get(0).step());
    assertTrue(String.valueOf(summary.vms().get(0).problem()).startsWith("DISK-030 "));
    assertEquals(2, world.effects("copy").size());
  }

  @Test
  void aVmThatCannotBeMappedIsToldOfItsRefusedImagesAsWell() throws IOException {
    plan("vms=1", "blocked.vm-1=it has no such network");
    world.fault = failing("inspect vm-1-disk0", Retry.POINTLESS, 100);
    List<String> codes =
        new DryRun(world.ports())
            .of(world.request()).get(0).findings().stream().map(f -> f.code()).toList();
    assertEquals(List.of("MAP-001", "DISK-030"), codes);
    RunSummary summary = run();
    List<String> lines = String.valueOf(summary.vms().get(0).problem()).lines().toList();
    assertEquals(3, lines.size(), "" + lines);
    assertTrue(lines.get(1).startsWith("MAP-001 it has no such network"), lines.get(1));
    assertTrue(lines.get(2).startsWith("DISK-030 "), lines.get(2));
    String log = Files.readString(folder.resolve("state/logs/run-" + summary.runId() + ".log"));
    assertTrue(log.lines().anyMatch(l -> l.contains("; MAP-001") && l.contains("; DISK-030")), log);
    assertEquals(List.of(), world.effects("copy"));
  }

  @Test
  void tellsWhatBecameOfTheVmsWhereTheEvidenceCannotBeWritten() throws IOException {
    plan("vms=1");
    world.fault = failing("check vm-1", Retry.POINTLESS, 1);
    Files.createDirectories(world.out());
    Files.writeString(world.out().resolve("evidence"), "a file is in the way");
    RunSummary summary = run();
    assertEquals(List.of("FAILED"), states(summary));
    assertEquals("ask again", summary.vms().get(0).remedy());
    String problem = summary.problems().get(0).problem();
    assertTrue(problem.contains("the evidence lacks the summary of this run"), problem);
    assertEquals(List.of(), summary.warnings());
  }

  @Test
  void whatTheMappingSaysOfADiskIsNotSaidAgain() {
    plan("vms=1", "blocked.vm-1=inspect vm-1-disk0: does not want");
    world.fault = failing("inspect vm-1-disk0", Retry.POINTLESS, 100);
    assertEquals("MAP-001 inspect vm-1-disk0: does not want", run().vms().get(0).problem());
  }

  @Test
  void everyLineOfACopyNamesItsDisk() throws IOException {
    plan("vms=1", "disks=2");
    RunSummary summary = run();
    String log = Files.readString(folder.resolve("state/logs/run-" + summary.runId() + ".log"));
    for (String disk : List.of("vm-1-disk0", "vm-1-disk1")) {
      for (String words : List.of("copy of ", "copied 4096 bytes", "verified 4096 bytes")) {
        assertTrue(
            log.lines().anyMatch(l -> l.contains(" " + disk + "] " + words)), words + "\n" + log);
      }
    }
  }

  @Test
  void vmsThatWaitShowWhatTheyAreGoingToBe() {
    plan("vms=1", "waves=2");
    world.fault = failing("creating vm-1", Retry.POINTLESS, 100);
    RunSummary summary = run();
    assertEquals("WAITING", summary.vms().get(1).state());
    assertEquals("moved/vm-2", summary.vms().get(1).target());
  }

  @Test
  void aWaveThatBeginsDoesNotReadAsIfItWereDone() {
    plan("vms=2");
    run();
    assertTrue(world.messages.contains("wave wave-1 begins: 2 VMs to move"), "" + world.messages);
  }

  @Test
  void movesOnlyTheVmThatWasAskedFor() {
    plan("vms=3");
    RunSummary summary = world.run(world.request(List.of(), List.of("src/vm-2")));
    assertEquals(List.of("vm-2"), summary.vms().stream().map(RunSummary.Vm::name).toList());
    assertEquals(List.of("create vm-2"), world.effects("create"));
  }

  @Test
  void stopsWhenAskedToAndGoesOnLater() {
    plan("vms=6", "limitVms=2", "diskBytes=8192");
    AtomicBoolean stop = new AtomicBoolean();
    world.fault =
        effect -> {
          if (effect.equals("piece vm-3-disk0")) {
            stop.set(true);
          }
        };
    RunSummary summary =
        new Runs(world.ports()).run(world.request(), cancelledBy(stop), world.listener());
    assertEquals("INTERRUPTED", summary.state());
    assertEquals("INTERRUPTED", summary.vms().get(2).state());
    assertEquals("WAITING", summary.vms().get(5).state());
    assertTrue(World.files(world.out()).stream().noneMatch(f -> f.endsWith(".partial")));
    assertEquals(
        "INTERRUPTED", StatusFile.read(folder.resolve("state/status.json")).orElseThrow().state());
    world.fault = effect -> {};
    assertEquals("DONE", resume().state());
    assertEquals(6, world.effects("create").size());
    assertEquals(6, world.effects("copy").size());
  }

  @Test
  void refusesASourceThatRunsBeforeAByteMoves() {
    plan("vms=1");
    world.power = PowerState.ON;
    RunSummary summary = run();
    assertEquals("stop", summary.vms().get(0).step());
    assertEquals(List.of(), world.effects("copy"));
  }

  @Test
  void saysThatNothingRanYet() {
    UsageFailed failed = assertThrows(UsageFailed.class, this::resume);
    assertTrue(failed.remedy().contains("drover run"));
    assertFalse(Files.exists(folder.resolve("state")));
  }

  @Test
  void refusesASecondRunInTheSameState() {
    plan("vms=1");
    AtomicBoolean tried = new AtomicBoolean();
    world.fault =
        effect -> {
          if (effect.equals("creating vm-1")) {
            EnvironmentFailed busy = assertThrows(EnvironmentFailed.class, this::resume);
            assertTrue(
                busy.what().contains("process " + ProcessHandle.current().pid()), busy.what());
            tried.set(true);
          }
        };
    assertEquals("DONE", run().state());
    assertTrue(tried.get());
  }

  @Test
  void saysWhatToDoWithADamagedDatabase() throws IOException {
    plan("vms=1");
    run();
    Path file = folder.resolve("state/jobs.mv.db");
    byte[] bytes = Files.readAllBytes(file);
    java.util.Arrays.fill(bytes, (byte) 0x5a);
    Files.write(file, bytes);
    EnvironmentFailed failed = assertThrows(EnvironmentFailed.class, this::resume);
    assertTrue(failed.subject().endsWith("jobs.mv.db"), failed.getMessage());
    assertTrue(failed.remedy().contains("move this file away"), failed.getMessage());
    assertTrue(failed.remedy().contains("drover rollback PLAN --vm NAME"), failed.getMessage());

    // The remedy is true: the state without its ledger takes back by the target's marks.
    Files.move(file, folder.resolve("state/aside"));
    assertNull(
        new Rollback(world.ports())
            .of(world.request(List.of(), List.of("vm-1")), Progress.NONE, world.listener())
            .get(0)
            .problem());
    assertFalse(Files.exists(world.out().resolve("moved/vm-1")));
    assertEquals("DONE", run().state());
  }

  @Test
  void failsClearlyWhereTheStateCannotBeWritten() throws IOException {
    plan("vms=1");
    Files.writeString(folder.resolve("state"), "a file is in the way");
    EnvironmentFailed failed = assertThrows(EnvironmentFailed.class, this::run);
    assertTrue(failed.subject().endsWith("state"), failed.getMessage());
    assertEquals(List.of(), world.effects());
  }

  @Test
  void beginsNoRunWhenTheTargetDoesNotOpen() {
    plan("vms=1");
    Ports ports = world.ports();
    Ports closed =
        new Ports(
            ports.plans(),
            ports.sources(),
            (spec, run, earlier, stop) -> {
              throw new EnvironmentFailed("cluster", "is not there", "start it");
            },
            ports.copiers(),
            ports.mapping(),
            ports.collisions(),
            ports.renderer(),
            ports.tools());
    assertThrows(
        EnvironmentFailed.class,
        () -> new Runs(closed).run(world.request(), Progress.NONE, world.listener()));
    assertThrows(UsageFailed.class, this::resume);
  }

  @Test
  void keepsItsBooksForThreeHundredVms() {
    plan("vms=300", "diskBytes=0", "limitVms=8", "limitDisks=8");
    RunSummary summary = run();
    assertEquals("DONE", summary.state());
    assertEquals(300, summary.vms().stream().filter(v -> v.state().equals("DONE")).count());
    assertEquals(300, world.effects("create").size());
    assertEquals(List.of(), duplicates(world.effects()));
  }

  private static List<String> duplicates(List<String> lines) {
    java.util.Set<String> seen = new java.util.HashSet<>();
    return lines.stream().filter(l -> !seen.add(l)).toList();
  }

  private static World.Fault failing(String where, Retry retry, int times) {
    AtomicInteger left = new AtomicInteger(times);
    return effect -> {
      if (effect.equals(where) && left.getAndDecrement() > 0) {
        throw new TargetFailed(effect, "does not want", "ask again", retry, null);
      }
    };
  }

  static Progress cancelledBy(AtomicBoolean stop) {
    return Progress.unseen(stop::get);
  }
}
