package dev.drover.batch.run;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.drover.batch.evidence.RunSummary;
import dev.drover.batch.run.MigrationRuns.RolledBack;
import dev.drover.mappings.model.PowerState;
import dev.drover.mappings.model.VmRef;
import dev.drover.mappings.progress.Progress;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a run and a roll back do to VMs that run at their source. */
class SourcePowerTest {
  private static final VmRef VM = new VmRef("src", "vm-1");

  @TempDir Path folder = Path.of(".");

  private World world(String plan) {
    World world = new World(folder);
    World.write(world.plan(), plan);
    return world;
  }

  private static RolledBack rollback(World world) {
    return new Rollback(world.ports())
        .of(world.request(List.of(), List.of("vm-1")), Progress.NONE, world.listener())
        .get(0);
  }

  private static PowerState state(World world) {
    return new WorldPower(world).state(VM);
  }

  private String evidence() throws IOException {
    return Files.readString(folder.resolve("out/evidence/moved/vm-1.json"));
  }

  @Test
  void aVmThatRunsIsNotMovedWhereThePlanSaysNothing() {
    RunSummary summary = world("whenRunning=refuse").run();
    assertEquals("FAILED", summary.vms().get(0).state());
    assertEquals("stop", summary.vms().get(0).step());
    assertTrue(
        String.valueOf(summary.vms().get(0).remedy()).contains("whenRunning: shutDown"),
        String.valueOf(summary.vms().get(0).remedy()));
    assertEquals(List.of(), summary.warnings());
  }

  @Test
  void isShutDownBeforeTheCopyAndStartedAgainByARollBack() throws IOException {
    World world = world("whenRunning=shutDown");
    assertEquals("DONE", world.run().state());
    assertEquals(
        List.of(
            "shut down vm-1", "copy vm-1-disk0", "verify vm-1-disk0", "create vm-1", "start vm-1"),
        world.effects());
    assertEquals(PowerState.OFF, state(world));
    assertTrue(evidence().contains("asked to shut down"), evidence());
    assertNull(rollback(world).problem());
    assertEquals(PowerState.ON, state(world));
    assertEquals(
        List.of("discard vm-1", "start again vm-1"),
        world.effects().subList(5, world.effects().size()));
    assertTrue(evidence().contains("started again"), evidence());
    // Whoever stops it now is not Drover.
    World.write(folder.resolve("power/vm-1"), "OFF");
    rollback(world);
    assertEquals(PowerState.OFF, state(world));
  }

  @Test
  void itsPowerIsCutOnlyWhereThePlanAllows() {
    World world = world("whenRunning=shutDown\ndeaf=yes");
    RunSummary refused = world.run();
    assertTrue(String.valueOf(refused.vms().get(0).problem()).contains("longer than 1m30s"));
    assertEquals(List.of(), refused.warnings()); // it runs on
    assertEquals(List.of(), world.effects());
    World.write(world.plan(), "whenRunning=powerOff\ndeaf=yes");
    assertEquals("DONE", world.run().state());
    assertEquals(1, world.effects("power off vm-1").size());
  }

  @Test
  void whatSomebodyElseStoppedIsNotStarted() {
    World world = world("whenRunning=shutDown");
    World.write(folder.resolve("power/vm-1"), "OFF");
    assertEquals("DONE", world.run().state());
    assertNull(rollback(world).problem());
    assertEquals(PowerState.OFF, state(world));
  }

  @Test
  void aRollBackWhoseSourceRefusesSaysSoAndCanBeRepeated() {
    World world = world("whenRunning=shutDown");
    world.run();
    World.write(world.plan(), "whenRunning=shutDown\nrefuses=yes");
    assertTrue(String.valueOf(rollback(world).problem()).contains("cannot be started"));
    World.write(world.plan(), "whenRunning=shutDown");
    assertNull(rollback(world).problem());
    assertEquals(PowerState.ON, state(world));
  }

  @Test
  void aVmThatFailsAfterItsStopIsSaidToBeOff() {
    World world = world("whenRunning=shutDown");
    world.fault =
        effect -> {
          if (effect.startsWith("copying")) {
            throw new IllegalStateException("torn");
          }
        };
    String told = world.run().warnings().toString();
    assertTrue(told.contains("drover rollback PLAN"), told);
    assertNull(rollback(world).problem());
    assertEquals(PowerState.ON, state(world));
  }

  @Test
  void aVmThatRunsAgainAtItsCutOverIsNotCreated() {
    World world = world("whenRunning=shutDown");
    world.fault =
        effect -> {
          if (effect.equals("copy vm-1-disk0")) {
            World.write(folder.resolve("power/vm-1"), "ON");
          }
        };
    RunSummary summary = world.run();
    assertEquals("cut over", summary.vms().get(0).step());
    assertEquals(List.of(), world.effects("create"));
  }

  @Test
  void aRehearsalHoldsASnapshotAndStartsNothing() throws IOException {
    World world = world("whenRunning=snapshot\nbeforeCutover=5 false");
    assertEquals("DONE", world.run().state());
    assertEquals(
        List.of(
            "hold vm-1",
            "copy vm-1-disk0",
            "verify vm-1-disk0",
            "free vm-1",
            "create vm-1",
            "start vm-1"),
        world.effects());
    assertEquals(PowerState.ON, state(world));
    assertTrue(evidence().contains("SRC-003"), evidence());
    // The move itself is not mistaken for one that is done.
    World.write(world.plan(), "whenRunning=shutDown");
    String told = world.run().warnings().toString();
    assertTrue(told.contains("for a rehearsal, now for good"), told);
    assertNull(rollback(world).problem());
    assertEquals("DONE", world.run().state());
    assertEquals(PowerState.OFF, state(world));
  }

  @Test
  void aSnapshotIsFreedWhenTheCopyFails() {
    World world = world("whenRunning=snapshot");
    world.fault =
        effect -> {
          if (effect.startsWith("copying")) {
            throw new IllegalStateException("torn");
          }
        };
    assertEquals("FAILED", world.run().state());
    assertEquals(List.of("hold vm-1", "free vm-1"), world.effects());
  }

  /** A process that dies at that effect, as by SIGKILL; the next one knows what it did. */
  @ParameterizedTest
  @ValueSource(strings = {"shutting down vm-1", "shut down vm-1", "copy vm-1-disk0", "create vm-1"})
  void killedAnywhereTheSourceIsStoppedOnceAndTakenBack(String moment) throws Exception {
    World world = world("whenRunning=shutDown");
    assertEquals(137, Victim.killedAt(folder, moment));
    String end = world.resume().state();
    assertEquals("DONE", end);
    assertEquals(PowerState.OFF, state(world));
    assertTrue(evidence().contains("asked to shut down"), evidence());
    assertNull(rollback(world).problem());
    assertEquals(PowerState.ON, state(world));
    assertFalse(Files.exists(world.out().resolve("moved/vm-1")));
  }
}
