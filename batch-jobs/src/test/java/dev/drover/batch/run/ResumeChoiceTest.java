package dev.drover.batch.run;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.drover.batch.evidence.RunSummary;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Which of several runs a resume goes on with. */
class ResumeChoiceTest extends WorldCase {
  @BeforeEach
  void theFirstWaveFailsAndTheSecondIsRunByName() {
    plan("waves=3", "vms=1");
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
    return world.run(world.request(waves, List.of()));
  }

  @Test
  void theRunOfWhichAnotherTookAWaveIsNotForgotten() {
    RunSummary summary = world.resume();
    assertEquals("DONE", summary.state());
    assertEquals(3, summary.vms().size());
    assertEquals(1, world.effects("create vm-1").size());
    assertEquals(1, world.effects("create vm-2").size());
    world.resume();
    assertEquals(3, world.effects("create").size());
  }

  @Test
  void whatTheEditedPlanLeavesOutIsNotBegunByAnOldRun() {
    plan("waves=3", "vms=1", "edited=yes");
    assertEquals("DONE", run(List.of("wave-3")).state());
    world.resume();
    assertEquals(List.of(), world.effects("create vm-1"));
  }
}
