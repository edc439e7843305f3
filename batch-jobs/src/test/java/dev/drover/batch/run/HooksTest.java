package dev.drover.batch.run;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.drover.batch.evidence.RunSummary;
import dev.drover.batch.steps.Cancelled;
import dev.drover.mappings.failure.EnvironmentFailed;
import dev.drover.mappings.plan.Hooks;
import dev.drover.mappings.plan.MigrationPlan;
import dev.drover.mappings.progress.Progress;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HooksTest {
  @TempDir Path folder = Path.of(".");

  private Path script(String text) {
    Path file = folder.resolve("hook.sh");
    World.write(file, "#!/bin/sh\n" + text + "\n");
    assertTrue(file.toFile().setExecutable(true));
    return file;
  }

  private World world(String... lines) {
    World world = new World(folder);
    World.write(world.plan(), String.join("\n", lines));
    return world;
  }

  private static RunSummary run(World world) {
    return new Runs(world.ports()).run(world.request(), Progress.NONE, world.listener());
  }

  private MigrationPlan plan() {
    World world = world("vms=1");
    return PlanText.read(world.plan(), world.out());
  }

  private static void call(HookRunner runner, Path program, Duration timeout) {
    runner.run(
        "beforeVm",
        List.of(new Hooks.Hook(List.of(program.toString()), timeout)),
        Map.of("DROVER_VM_NAME", "web 1"));
  }

  @Test
  void runAroundWavesVmsAndCutoversWithTheFactsOfTheVm() throws IOException {
    Path log = folder.resolve("hooks.log");
    Path hook =
        script(
            "echo \"$1 ${DROVER_WAVE-} ${DROVER_VM_NAME-} ${DROVER_NAMESPACE-}/"
                + "${DROVER_TARGET_NAME-} ${DROVER_PLAN-}\" >> "
                + log);
    StringBuilder plan = new StringBuilder("vms=1\n");
    for (String point :
        List.of(
            "beforeWave", "beforeVm", "beforeCutover", "afterCutover", "afterVm", "afterWave")) {
      plan.append(point + "=60 " + hook + " " + point + "\n");
    }
    assertEquals("DONE", run(world(plan.toString())).state());
    assertEquals(
        List.of(
            "beforeWave wave-1  / test",
            "beforeVm wave-1 vm-1 moved/vm-1 test",
            "beforeCutover wave-1 vm-1 moved/vm-1 test",
            "afterCutover wave-1 vm-1 moved/vm-1 test",
            "afterVm wave-1 vm-1 moved/vm-1 test",
            "afterWave wave-1  / test"),
        Files.readAllLines(log));
  }

  @Test
  void aHookThatFailsFailsItsVmWithItsLastWords() {
    Path hook =
        script("[ $DROVER_VM_NAME = vm-1 ] || exit 0; echo the licence server is away; exit 7");
    RunSummary summary = run(world("vms=2", "beforeVm=60 " + hook));
    RunSummary.Vm failed = summary.vms().get(0);
    assertEquals("FAILED", failed.state());
    assertTrue(String.valueOf(failed.problem()).contains("exit code 7"), failed.problem());
    assertTrue(String.valueOf(failed.problem()).contains("licence server"), failed.problem());
    assertEquals("DONE", summary.vms().get(1).state());
  }

  @Test
  void aHookBeforeAWaveThatFailsLetsNoVmBegin() {
    Path hook = script("exit 1");
    World world = world("vms=2", "beforeWave=60 " + hook);
    RunSummary summary = run(world);
    assertEquals("FAILED", summary.state());
    assertEquals("wave-1", summary.problems().get(0).wave());
    assertEquals(List.of(), world.effects());
  }

  @Test
  void seesNoSecretsOfDrover() {
    HookRunner runner = new HookRunner(plan(), Progress.NONE);
    Map<String, String> given =
        runner.without(
            Map.of(
                "PATH", "/bin",
                "DROVER_DB_PASSWORD", "geheim",
                "SRC_PASSWORD", "geheim",
                "SRC_USERNAME", "root"));
    assertEquals(Map.of("PATH", "/bin"), given);
  }

  @Test
  void endsTheWholeProcessGroupWhenTheTimeIsOver() throws Exception {
    Path child = folder.resolve("child.pid");
    Path hook = script("sleep 600 & echo $! > " + child + "; wait");
    EnvironmentFailed failed =
        assertThrows(
            EnvironmentFailed.class,
            () -> call(new HookRunner(plan(), Progress.NONE), hook, Duration.ofSeconds(2)));
    assertTrue(failed.what().contains("not done after 2 s"), failed.getMessage());
    Optional<ProcessHandle> left =
        ProcessHandle.of(Long.parseLong(Files.readString(child).strip()));
    if (left.isPresent()) {
      left.get().onExit().get();
    }
    assertFalse(left.map(ProcessHandle::isAlive).orElse(false));
  }

  @Test
  void endsWhenTheRunIsStopped() {
    Path hook = script("sleep 600");
    Progress stopped =
        new Progress() {
          @Override
          public Progress child(String label, long units) {
            return this;
          }

          @Override
          public void advance(long units) {}

          @Override
          public boolean cancelled() {
            return true;
          }

          @Override
          public void close() {}
        };
    assertThrows(
        Cancelled.class, () -> call(new HookRunner(plan(), stopped), hook, Duration.ofMinutes(5)));
  }

  @Test
  void saysThatAProgramIsMissing() {
    EnvironmentFailed failed =
        assertThrows(
            EnvironmentFailed.class,
            () ->
                call(
                    new HookRunner(plan(), Progress.NONE),
                    folder.resolve("no-such-program"),
                    Duration.ofSeconds(30)));
    assertTrue(failed.toString().contains("no-such-program"), failed.getMessage());
  }
}
