package dev.drover.batch.run;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.drover.batch.ledger.RunLedger;
import dev.drover.batch.ledger.RunRecord;
import dev.drover.batch.state.StateDirectory;
import dev.drover.batch.state.StatusFile;
import dev.drover.mappings.failure.EnvironmentFailed;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Processes that are really killed. */
class KillTest {
  private static final int VMS = 12;
  private static final int DISKS = 2;
  private static final int AT_ONCE = 3;

  @TempDir Path folder = Path.of(".");
  private Path errors = folder;

  @Test
  void killedAtAnyMomentItGoesOnAndMovesEveryVmOnce() throws Exception {
    long seed = Long.getLong("drover.test.seed", 4711L);
    Random random = new Random(seed);
    World world = world();
    int kills = 0;
    String end = null;
    for (int round = 0; end == null && round < 9; round++) {
      int lines = round == 8 ? Integer.MAX_VALUE : 3 + random.nextInt(60);
      end = live(round == 0 ? "run" : "resume", lines, "KILL");
      kills += end == null ? 1 : 0;
      if (round == 0 && !Files.exists(folder.resolve("state/status.json"))) {
        throw new AssertionError("killed before it began");
      }
    }
    String context = "seed " + seed + ", " + kills + " kills; said last: " + lastWords();
    assertTrue(kills > 0, context);
    assertEquals("END DONE", end, context);
    allIsThereAndNothingElse(world);
    // A kill may fall between an effect and its note; what runs at that moment is done again.
    assertTrue(world.effects("create").size() <= VMS + kills * AT_ONCE, context);
    assertTrue(world.effects("copy").size() <= VMS * DISKS + kills * AT_ONCE, context);
    noVmIsTouchedAfterItsEnd(world, kills);
  }

  /** H2 writes ten times a second: a run must not wait for that before its first effect. */
  @Test
  void killedAtItsFirstEffectItIsStillKnown() throws Exception {
    World world = world();
    assertEquals(137, Victim.killedAt(folder, "open vm-1"));
    assertEquals("END DONE", live("resume", Integer.MAX_VALUE, "KILL"), lastWords());
    allIsThereAndNothingElse(world);
  }

  /** Spring Batch writes the instance of a job, and then its execution. */
  @Test
  void killedBetweenTheTwoNotesOfAJobItGoesOn() throws Exception {
    World world = world();
    assertEquals(137, Victim.killedAt(folder, "open vm-1"));
    StateDirectory state = new StateDirectory(folder.resolve("state"));
    try (JobDatabase database = JobDatabase.open(state, null)) {
      RunRecord run = new RunLedger(database.dataSource()).latest().orElseThrow();
      String plan = PlanText.read(world.plan(), world.out()).digest();
      database
          .repository()
          .createJobInstance(WaveJob.NAME, WaveJob.parameters(plan, "wave-1", run.id()));
    }
    assertEquals("END DONE", live("resume", Integer.MAX_VALUE, "KILL"), lastWords());
    allIsThereAndNothingElse(world);
  }

  @Test
  void endsCleanlyOnSigterm() throws Exception {
    World world = world();
    assertEquals("END INTERRUPTED", live("run", 40, "TERM"));
    assertTrue(World.files(world.out()).stream().noneMatch(f -> f.endsWith(".partial")));
    StatusFile.Status status = StatusFile.read(folder.resolve("state/status.json")).orElseThrow();
    assertEquals("INTERRUPTED", status.state());
    assertTrue(status.vms().stream().noneMatch(vm -> vm.state().equals("RUNNING")));
    assertEquals("END DONE", live("resume", Integer.MAX_VALUE, "KILL"));
    allIsThereAndNothingElse(world);
    assertEquals(VMS, world.effects("create").size());
  }

  @Test
  void namesTheProcessThatHoldsTheState() throws Exception {
    world();
    Process other = start("run");
    try (BufferedReader output = output(other)) {
      Assertions.assertNotNull(output.readLine());
      // It is at work now: it has taken the lock, and it cannot end while its output is not read.
      StateDirectory state = new StateDirectory(folder.resolve("state"));
      assertTrue(state.busy());
      EnvironmentFailed failed =
          Assertions.assertThrows(EnvironmentFailed.class, () -> state.lock().close());
      assertTrue(failed.what().contains("process " + other.pid()), failed.getMessage());
    } finally {
      other.destroyForcibly().waitFor();
    }
    assertFalse(new StateDirectory(folder.resolve("state")).busy());
  }

  private World world() {
    World world = new World(folder);
    World.write(
        world.plan(),
        "vms=" + VMS + "\ndisks=" + DISKS + "\nlimitVms=" + AT_ONCE + "\nlimitDisks=" + AT_ONCE);
    return world;
  }

  /** Lets a process live for so many lines; returns its last word, or null if it had none. */
  private @Nullable String live(String verb, int lines, String signal) throws Exception {
    Process process = start(verb);
    String end = null;
    try (BufferedReader output = output(process)) {
      int n = 0;
      for (String line = output.readLine(); line != null; line = output.readLine()) {
        if (line.startsWith("END ")) {
          end = line;
        }
        if (++n == lines && signal.equals("KILL")) {
          // The process itself would close its output too, with lines still in it.
          process.toHandle().destroyForcibly();
        } else if (n == lines) {
          process.toHandle().destroy();
        }
      }
    } finally {
      process.destroyForcibly();
      process.waitFor();
    }
    return end;
  }

  private Process start(String verb) throws IOException {
    errors = folder.resolve("stderr-" + System.nanoTime());
    List<String> argv = new ArrayList<>();
    argv.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    argv.addAll(List.of("-XX:TieredStopAtLevel=1", "-Xmx256m", "-cp"));
    argv.add(System.getProperty("java.class.path"));
    argv.addAll(List.of(Victim.class.getName(), folder.toString(), verb));
    return new ProcessBuilder(argv).redirectError(errors.toFile()).start();
  }

  /** Why the last process ended without a word. */
  private String lastWords() throws IOException {
    return Files.readString(errors);
  }

  private static BufferedReader output(Process process) {
    return new BufferedReader(
        new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
  }

  private static void allIsThereAndNothingElse(World world) throws IOException {
    List<String> expected = new ArrayList<>();
    for (int vm = 1; vm <= VMS; vm++) {
      String name = "vm-" + vm;
      expected.add(name + "/vm.yaml");
      for (int disk = 0; disk < DISKS; disk++) {
        String file = name + "/" + name + "-disk" + disk + ".raw";
        expected.add(file);
        assertArrayEquals(
            World.content(name + "-disk" + disk, 4096),
            Files.readAllBytes(world.out().resolve(World.NAMESPACE).resolve(file)));
      }
      Path evidence = world.out().resolve("evidence/" + World.NAMESPACE + "/" + name + ".json");
      assertFalse(
          Files.readString(evidence).contains("\"running\""), name + ": a step without an end");
    }
    assertEquals(
        expected.stream().sorted().toList(),
        World.files(world.out().resolve(World.NAMESPACE)).stream().sorted().toList());
  }

  /** Starting is the last effect of a VM; what follows it can only come of a kill. */
  private static void noVmIsTouchedAfterItsEnd(World world, int kills) {
    Map<String, Integer> ended = new HashMap<>();
    int late = 0;
    for (String line : world.effects()) {
      String vm = line.split(" ", 2)[1].replaceAll("-disk[0-9]+$", "");
      if (ended.containsKey(vm)) {
        late++;
      }
      if (line.startsWith("start ")) {
        ended.merge(vm, 1, Integer::sum);
      }
    }
    assertTrue(late <= kills * AT_ONCE * 4, late + " effects after a VM's end");
  }
}
