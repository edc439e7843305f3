package dev.drover.batch.run;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.drover.batch.evidence.RunSummary;
import dev.drover.mappings.progress.Progress;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Which of several runs a resume goes on with. */
class ResumeChoiceTest {
  @TempDir Path folder = Path.of(".");
  private World world = new World(folder);

  @BeforeEach
  void theFirstWaveFailsAndTheSecondIsRunByName() {
    world = new World(folder);
    World.write(world.plan(), "waves=3\nvms=1");
    world.fault =
        effect -> {
          if (effect.equals("copying vm-1-disk0")) {
            throw new IllegalStateException("torn");
          }
        };
    assertEquals("FAILED", run(List.of()).state());
    world.fault = effect -> {};
    assertEquals("DONE", run(List.of("wave-2")).state());
  }

  private RunSummary run(List<String> waves) {
    return new Runs(world.ports())
        .run(world.request(waves, List.of()), Progress.NONE, world.listener());
  }

  private RunSummary resume() {
    RunRequest request = new RunRequest(null, List.of(), List.of(), world.repository());
    return new Runs(world.ports()).resume(request, Progress.NONE, world.listener());
  }

  @Test
  void theRunOfWhichAnotherTookAWaveIsNotForgotten() {
    RunSummary summary = resume();
    assertEquals("DONE", summary.state());
    assertEquals(3, summary.vms().size());
    assertEquals(1, world.effects("create vm-1").size());
    assertEquals(1, world.effects("create vm-2").size());
    resume();
    assertEquals(3, world.effects("create").size());
  }

  @Test
  void whatTheEditedPlanLeavesOutIsNotBegunByAnOldRun() {
    World.write(world.plan(), "waves=3\nvms=1\nedited=yes");
    assertEquals("DONE", run(List.of("wave-3")).state());
    resume();
    assertEquals(List.of(), world.effects("create vm-1"));
  }
}
