package dev.drover.batch.run;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.drover.batch.evidence.RunSummary;
import dev.drover.mappings.failure.UsageFailed;
import dev.drover.mappings.plan.MigrationPlan;
import dev.drover.mappings.plan.PlanReader;
import dev.drover.mappings.progress.Progress;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Runs of waves that have windows, and the copies of plans whose waves have files. */
class WindowRunTest extends WorldCase {
  private RunSummary run(boolean anyTime) {
    RunRequest request =
        new RunRequest(world.plan(), List.of(), List.of(), world.repository(), anyTime, null);
    return world.run(request);
  }

  @Test
  void aWaveWhoseWindowComesLaterIsNotBegun() throws IOException {
    Files.writeString(
        world.plan(), "waves=2\nwindow.wave-2=2999-01-01T00:00:00Z/2999-01-01T08:00:00Z\n");
    RunSummary summary = run(false);
    assertEquals("FAILED", summary.state());
    assertEquals(List.of("DONE", "WAITING"), states(summary));
    RunSummary.Problem problem = summary.problems().get(0);
    assertEquals("wave-2", problem.wave());
    assertEquals("its window: opens at Tue 2999-01-01 00:00 Z", problem.problem());
    assertTrue(problem.remedy().contains("drover resume"), problem.remedy());
  }

  @Test
  void ofTheWavesBehindOneThatMayNotBeginOnlyThoseWithWorkLeftAreTold() throws IOException {
    String late = "window.wave-1=2999-01-01T00:00:00Z/2999-01-01T08:00:00Z\n";
    Files.writeString(world.plan(), "waves=3\n" + late);
    RunRequest second = world.request(List.of("wave-2"), List.of());
    world.run(second);
    RunSummary summary = run(false);
    assertEquals(
        List.of("wave-1", "wave-3"),
        summary.problems().stream().map(RunSummary.Problem::wave).toList());
    assertTrue(
        world.messages.contains("wave wave-1 is not complete; not begun: wave-3"),
        String.join("\n", world.messages));
  }

  @Test
  void aResumeThatMayGoesOnOutsideTheWindow() throws IOException {
    Files.writeString(world.plan(), "window.wave-1=2020-01-01T00:00:00Z/2020-01-01T08:00:00Z\n");
    RunSummary first = run(false);
    assertEquals(List.of("WAITING"), states(first));
    assertTrue(first.problems().get(0).problem().contains("its window: closed"));
    assertEquals(0, world.effects("copy").size());
    RunRequest request = new RunRequest(null, List.of(), List.of(), world.repository(), true, null);
    RunSummary second = new Runs(world.ports()).resume(request, Progress.NONE, world.listener());
    assertEquals("DONE", second.state());
    assertEquals(List.of("DONE"), states(second));
  }

  @Test
  void theCopyOfAPlanHoldsTheFilesOfItsWaves() throws IOException {
    Path plan = folder.resolve("plan.yaml");
    Path file = folder.resolve("waves/w.yaml");
    Files.createDirectories(file.getParent());
    Files.writeString(
        plan,
        """
        apiVersion: drover.dev/v1alpha1
        kind: MigrationPlan
        metadata: {name: p}
        sources: [{name: ova, ova: {path: ./in}}]
        target: {directory: {path: ./out}}
        waves:
          - {name: w, vmsFile: waves/w.yaml}
        """);
    String wave =
        "apiVersion: drover.dev/v1alpha1\nkind: MigrationWave\nvms: [{vm: ova/a, name: a}]\n";
    Files.writeString(file, wave);
    MigrationPlan read = PlanReader.read(plan);
    Path copy = folder.resolve("state/runs/1/plan.yaml");
    PlanCopy.keep(read, plan, copy, PlanReader::read);
    assertEquals(read.digest(), PlanReader.read(copy).digest());
    Files.writeString(file, wave.replace("name: a", "name: b"));
    Path other = folder.resolve("state/runs/2/plan.yaml");
    assertThrows(UsageFailed.class, () -> PlanCopy.keep(read, plan, other, PlanReader::read));
  }
}
