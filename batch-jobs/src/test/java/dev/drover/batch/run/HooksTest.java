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
    assertEquals("DONE", world(plan.toString()).run().state());
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
    RunSummary summary = world("vms=2", "beforeVm=60 " + hook).run();
    RunSummary.Vm failed = summary.vms().get(0);
    assertEquals("FAILED", failed.state());
    assertTrue(String.valueOf(failed.problem()).contains("exit code 7"), failed.problem());
    assertTrue(String.valueOf(failed.problem()).contains("licence server"), failed.problem());
    assertEquals("DONE", summary.vms().get(1).state());
  }

  @Test
  void aHookSeesTheFactsOfTheVm() throws IOException {
    Path log = folder.resolve("facts.log");
    Path hook = script("env | grep ^DROVER_ | grep -v RUN | sort > " + log);
    world("vms=1", "disks=2", "beforeVm=60 " + hook).run();
    assertEquals(
        List.of(
            "DROVER_NAMESPACE=moved",
            "DROVER_PLAN=test",
            "DROVER_TARGET_NAME=vm-1",
            "DROVER_VM=src/vm-1",
            "DROVER_VM_CPUS=3",
            "DROVER_VM_DISKS=2",
            "DROVER_VM_DISK_BYTES=8192",
            "DROVER_VM_MEMORY_MIB=64",
            "DROVER_VM_NAME=vm-1",
            "DROVER_WAVE=wave-1"),
        Files.readAllLines(log));
  }

  private static void refuseToCreate(World world) {
    world.fault =
        effect -> {
          if (effect.equals("creating vm-1")) {
            throw new EnvironmentFailed(effect, "does not want", "ask again");
          }
        };
  }

  @Test
  void afterAVmOrAWaveThatFailedItsHooksAreCalledAndToldSo() throws IOException {
    Path log = folder.resolve("hooks.log");
    Path hook =
        script(
            "echo \"$1 ${DROVER_VM_NAME-} $DROVER_STATE ${DROVER_STEP-} ${DROVER_PROBLEM-}\" >> "
                + log);
    World world =
        world(
            "vms=2", "limitVms=1", "afterVm=60 " + hook + " vm", "afterWave=60 " + hook + " wave");
    refuseToCreate(world);
    assertEquals("FAILED", world.run().state());
    assertEquals(
        List.of(
            "vm vm-1 failed create creating vm-1: does not want",
            "vm vm-2 done  ",
            "wave  failed  "),
        Files.readAllLines(log));
    world.fault = effect -> {};
    world.resume();
    assertEquals(List.of("vm vm-1 done  ", "wave  done  "), Files.readAllLines(log).subList(3, 5));
  }

  @Test
  void afterHooksAreCalledForAVmThatWasBlockedAndAWaveThatDidNotBegin() throws IOException {
    Path log = folder.resolve("hooks.log");
    Path hook = script("echo \"$DROVER_STATE ${DROVER_VM_NAME-} $1\" >> " + log);
    World blocked = world("vms=1", "afterVm=60 " + hook + " vm");
    blocked.fault =
        effect -> {
          if (effect.startsWith("open")) {
            throw new EnvironmentFailed(effect, "is away", "bring it back");
          }
        };
    blocked.run();
    assertEquals(List.of("failed vm-1 vm"), Files.readAllLines(log));
    Files.delete(log);
    Path bad = folder.resolve("bad.sh");
    World.write(bad, "#!/bin/sh\nexit 1\n");
    assertTrue(bad.toFile().setExecutable(true));
    World world = world("vms=1", "beforeWave=60 " + bad, "afterWave=60 " + hook + " wave");
    assertEquals("FAILED", world.run().state());
    assertEquals(List.of("failed  wave"), Files.readAllLines(log));
  }

  @Test
  void aHookThatFailsAfterAFailureDoesNotHideIt() {
    Path hook = script("echo no mail server; exit 3");
    World world = world("vms=1", "afterVm=60 " + hook, "afterWave=60 " + hook);
    refuseToCreate(world);
    RunSummary summary = world.run();
    assertEquals("create", summary.vms().get(0).step());
    assertEquals("creating vm-1: does not want", summary.vms().get(0).problem());
    assertEquals(2, summary.problems().size());
    assertTrue(summary.problems().get(0).problem().startsWith("VM vm-1, hook afterVm"));
    assertTrue(summary.problems().get(0).problem().contains("no mail server"));
    assertTrue(summary.problems().get(1).problem().startsWith("hook afterWave"));
  }

  @Test
  void anInterruptedVmIsNotOver() throws IOException {
    Path log = Files.createFile(folder.resolve("hooks.log"));
    Path hook = script("echo called >> " + log);
    World world = world("vms=1", "afterVm=60 " + hook, "afterWave=60 " + hook);
    java.util.concurrent.atomic.AtomicBoolean stop =
        new java.util.concurrent.atomic.AtomicBoolean();
    world.fault = effect -> stop.compareAndSet(false, effect.startsWith("piece"));
    RunSummary summary =
        new Runs(world.ports()).run(world.request(), RunsTest.cancelledBy(stop), world.listener());
    assertEquals("INTERRUPTED", summary.state());
    assertEquals(List.of(), Files.readAllLines(log));
  }

  @Test
  void anAfterVmThatFailsIsCalledOnceAndFailsTheVm() throws IOException {
    Path log = folder.resolve("hooks.log");
    Path hook = script("echo $DROVER_STATE >> " + log + "; exit 1");
    RunSummary summary = world("vms=1", "afterVm=60 " + hook).run();
    assertEquals("finalise", summary.vms().get(0).step());
    assertEquals(List.of("done"), Files.readAllLines(log));
  }

  @Test
  void aHookBeforeAWaveThatFailsLetsNoVmBegin() {
    Path hook = script("exit 1");
    World world = world("vms=2", "beforeWave=60 " + hook);
    RunSummary summary = world.run();
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
    Progress stopped = Progress.unseen(() -> true);
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
