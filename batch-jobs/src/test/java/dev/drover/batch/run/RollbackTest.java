package dev.drover.batch.run;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.drover.batch.run.MigrationRuns.Preview;
import dev.drover.batch.run.MigrationRuns.RolledBack;
import dev.drover.batch.state.StatusFile;
import dev.drover.mappings.failure.UsageFailed;
import dev.drover.mappings.progress.Progress;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class RollbackTest extends WorldCase {
  @BeforeEach
  void planThreeVms() {
    plan("vms=3");
  }

  private String run() {
    return world.run().state();
  }

  private RolledBack rollback(String vm) {
    return new Rollback(world.ports())
        .of(world.request(List.of(), List.of(vm)), Progress.NONE, world.listener())
        .get(0);
  }

  @Test
  void removesWhatWasMadeAndSaysSoInTheEvidence() throws IOException {
    run();
    RolledBack back = rollback("vm-2");
    assertNull(back.problem());
    assertEquals(1, back.removed().size());
    assertFalse(Files.exists(world.out().resolve("moved/vm-2")));
    assertTrue(Files.exists(world.out().resolve("moved/vm-1")));
    assertTrue(
        Files.readString(world.out().resolve("evidence/moved/vm-2.json")).contains("rolledBack"));
    assertEquals(
        "ROLLED_BACK",
        StatusFile.read(folder.resolve("state/status.json")).orElseThrow().vms().get(1).state());
  }

  @Test
  void damagedEvidenceIsToldAndLeftAndDoesNotKeepTheVm() throws IOException {
    run();
    Path evidence = world.out().resolve("evidence/moved/vm-2.json");
    Files.writeString(evidence, "garbage");
    assertNull(rollback("vm-2").problem());
    assertEquals("garbage", Files.readString(evidence));
    String said = String.join("\n", world.messages);
    assertTrue(said.contains(evidence + " is damaged and was left as it was"), said);
    assertEquals(
        "ROLLED_BACK",
        StatusFile.read(folder.resolve("state/status.json")).orElseThrow().vms().get(1).state());
    assertEquals("DONE", run());
    assertEquals(2, world.effects("create vm-2").size());
  }

  @Test
  void evidenceGoesThroughNoLinkThatLeavesTheTarget() throws IOException {
    Path elsewhere = Files.createDirectories(folder.resolve("elsewhere"));
    Path victim = Files.writeString(elsewhere.resolve("victim"), "mine");
    Path evidence = world.out().resolve("evidence");
    Files.createDirectories(evidence.resolve("moved"));
    Files.createSymbolicLink(evidence.resolve("moved/vm-1.json.partial"), victim);
    assertEquals("DONE", run());
    assertFalse(Files.isSymbolicLink(evidence.resolve("moved/vm-1.json")));
    for (String level : List.of("evidence/moved", "evidence")) {
      rollback("vm-1");
      Path real = world.out().resolve(level);
      Files.move(real, folder.resolve("aside-" + real.getFileName()));
      Files.createSymbolicLink(real, elsewhere);
      run();
      assertEquals(
          "FAILED",
          StatusFile.read(folder.resolve("state/status.json")).orElseThrow().vms().get(0).state());
      Files.delete(real);
      assertEquals("DONE", run());
    }
    assertEquals("mine", Files.readString(victim));
    assertEquals(List.of("victim"), World.files(elsewhere));
  }

  @Test
  void aResumeSaysWhatWasTakenBackAndHowItMovesAgain() {
    run();
    rollback("vm-2");
    world.resume();
    String said = String.join("\n", world.messages);
    assertTrue(said.contains("taken back since: 1; \"drover run PLAN\" moves those again"), said);
    assertEquals(1, world.effects("create vm-2").size());
  }

  @Test
  void canBeDoneTwiceAndTheVmMovesAgain() {
    run();
    rollback("vm-2");
    RolledBack again = rollback("vm-2");
    assertNull(again.problem());
    assertEquals(List.of(), again.removed());
    assertEquals("DONE", run());
    assertEquals(2, world.effects("create vm-2").size());
    assertEquals(1, world.effects("create vm-1").size());
  }

  @Test
  void needsNeitherTheSourceNorTheNamesOfTheEditedPlan() {
    run();
    World.write(world.plan(), "vms=3\nname.vm-2=other");
    world.fault =
        effect -> {
          if (effect.startsWith("open")) {
            throw new IllegalStateException("the source is gone");
          }
        };
    assertNull(rollback("moved/vm-2").problem());
    assertFalse(Files.exists(world.out().resolve("moved/vm-2")));
  }

  @Test
  void saysThatAVmWasNeverMoved() {
    assertTrue(String.valueOf(rollback("vm-1").problem()).contains("never moved"));
    assertFalse(Files.exists(folder.resolve("state")));
    world.run(world.request(List.of(), List.of("vm-1")));
    assertNotNull(rollback("vm-3").problem());
  }

  @Test
  void goesByTheMarksOfTheTargetWhereTheStateIsElsewhere() throws IOException {
    run();
    RunRequest elsewhere =
        new RunRequest(
            world.plan(),
            List.of(),
            List.of("vm-2"),
            new RunRequest.Repository(folder.resolve("elsewhere"), null));
    RolledBack back =
        new Rollback(world.ports()).of(elsewhere, Progress.NONE, world.listener()).get(0);
    assertNull(back.problem());
    assertEquals(1, back.removed().size());
    assertFalse(Files.exists(world.out().resolve("moved/vm-2")));
    assertTrue(Files.exists(world.out().resolve("moved/vm-1")));
    assertTrue(
        Files.readString(world.out().resolve("evidence/moved/vm-2.json")).contains("rolledBack"));
    assertFalse(Files.exists(folder.resolve("elsewhere")));
  }

  @Test
  void takesBackNothingUnlessItIsNamed() {
    assertThrows(
        UsageFailed.class,
        () -> new Rollback(world.ports()).of(world.request(), Progress.NONE, world.listener()));
  }

  @Test
  void aDryRunShowsAllAndLeavesNothing() {
    World.write(world.plan(), "vms=2\nname.vm-1=same\nname.vm-2=same");
    List<String> before = World.files(folder);
    List<Preview> previews = new DryRun(world.ports()).of(world.request());
    assertEquals(2, previews.size());
    assertEquals("moved/same", previews.get(0).target());
    assertEquals("NM-001", previews.get(0).findings().get(0).code());
    assertEquals(List.of("kind: \"VirtualMachine\"\n"), previews.get(0).manifests());
    // The stand-in for a source makes its disks when they are first asked for.
    assertEquals(
        before, World.files(folder).stream().filter(f -> !f.startsWith("source/")).toList());
    assertFalse(Files.exists(folder.resolve("state")));
  }
}
