package dev.drover.batch.run;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.drover.batch.evidence.RunSummary;
import dev.drover.batch.run.MigrationRuns.Preview;
import dev.drover.mappings.failure.EnvironmentFailed;
import dev.drover.mappings.failure.Retry;
import dev.drover.mappings.failure.SourceFailed;
import dev.drover.mappings.failure.TargetFailed;
import dev.drover.mappings.model.Finding;
import dev.drover.mappings.progress.Progress;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What a run says of VMs that were moved before, and that it does nothing to them. */
class MovedBeforeTest extends WorldCase {
  @BeforeEach
  void moved() {
    plan("vms=2");
    assertEquals("DONE", run().state());
  }

  private RunSummary run() {
    return run(world.ports());
  }

  private RunSummary run(Ports ports) {
    return new Runs(ports).run(world.request(), Progress.NONE, world.listener());
  }

  private RunSummary resume() {
    return world.resume();
  }

  private List<Preview> dryRun() {
    return new DryRun(world.ports()).of(world.request());
  }

  private Path disk() {
    return world.out().resolve("moved/vm-2/vm-2-disk0.raw");
  }

  @Test
  void aDiskThatSomebodyRemovedFailsTheRunAndIsNotCopiedAgain() throws IOException {
    Files.delete(disk());
    List<String> before = world.effects();
    for (RunSummary summary : List.of(run(), resume())) {
      assertEquals("FAILED", summary.state());
      assertEquals(null, summary.vms().get(0).problem());
      RunSummary.Vm gone = summary.vms().get(1);
      assertEquals("DONE", gone.state());
      String problem = String.valueOf(gone.problem());
      assertTrue(problem.startsWith("RUN-002 was moved before, and is not whole"), problem);
      assertTrue(String.valueOf(gone.remedy()).contains("drover rollback"), gone.remedy());
    }
    assertFalse(world.messages.stream().anyMatch(m -> m.contains("nothing to do")));
    assertFalse(Files.exists(disk()));
    assertEquals(before, world.effects());
  }

  @Test
  void rollbackAndRunBringItBack() throws IOException {
    Files.delete(disk());
    RunRequest one = world.request(List.of(), List.of("vm-2"));
    new Rollback(world.ports()).of(one, Progress.NONE, world.listener());
    assertEquals("DONE", run().state());
    assertTrue(Files.exists(disk()));
    assertEquals(1, world.effects("copy vm-1-disk0").size());
  }

  @Test
  void itIsSaidAlsoWhereOtherVmsAreStillToMove() throws IOException {
    Files.delete(disk());
    plan("vms=3");
    RunSummary summary = run();
    assertEquals("FAILED", summary.state());
    assertEquals(3, summary.vms().stream().filter(vm -> vm.state().equals("DONE")).count());
    assertTrue(String.valueOf(summary.vms().get(1).problem()).startsWith("RUN-002 "));
    assertEquals(null, summary.vms().get(2).problem());
  }

  @Test
  void aPlanThatWantsAnotherFormatIsToldAndChangesNothing() {
    List<String> before = world.effects();
    plan("vms=2", "format=QCOW2");
    RunSummary summary = run();
    assertEquals("DONE", summary.state());
    assertEquals(1, summary.warnings().size(), "" + summary.warnings());
    assertEquals("vm-1, vm-2", summary.warnings().get(0).vm());
    String text = summary.warnings().get(0).warning();
    assertTrue(text.contains("disk disk0, format: RAW, now QCOW2; leave it"), text);
    assertTrue(text.contains("drover rollback"), text);
    assertEquals(before, world.effects());
  }

  @Test
  void anotherStorageClassOrNameIsTold() {
    plan("vms=2", "class=fast", "name.vm-1=other");
    List<String> texts = run().warnings().stream().map(RunSummary.Warning::warning).toList();
    assertEquals(2, texts.size());
    assertTrue(texts.get(0).contains("its name: moved/vm-1, now moved/other"), texts.get(0));
    assertTrue(texts.get(0).contains("storage class: the default, now fast"), texts.get(0));
    assertFalse(texts.get(1).contains("its name"), texts.get(1));
  }

  @Test
  void aTargetThatDoesNotAnswerIsNoProofThatAVmIsGone() {
    world.fault =
        effect -> {
          if (effect.equals("observe vm-1")) {
            throw new TargetFailed("vm-1", "no answer", "ask again", Retry.WORTHWHILE, null);
          }
        };
    RunSummary summary = run();
    assertEquals("DONE", summary.state());
    String text = summary.warnings().get(0).warning();
    assertTrue(text.contains("cannot be looked at now: no answer"), text);
  }

  @Test
  void aSourceThatIsGoneIsNotMissed() {
    Ports ports = world.ports();
    Ports gone =
        new Ports(
            ports.plans(),
            spec -> {
              throw new SourceFailed("vcenter", "was switched off", "leave it");
            },
            ports.targets(),
            ports.copiers(),
            ports.mapping(),
            ports.collisions(),
            ports.renderer(),
            ports.tools());
    assertEquals("DONE", run(gone).state());
    assertTrue(world.messages.stream().anyMatch(m -> m.contains("nothing to do")));
  }

  @Test
  void aTargetThatDoesNotOpenIsTold() {
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
    RunSummary summary = run(closed);
    assertTrue(summary.warnings().get(0).warning().contains("cluster: is not there"));
  }

  @Test
  void aDryRunKnowsWhatWasMovedAndLeavesNoTrace() throws IOException {
    Files.delete(disk());
    plan("vms=3", "format=QCOW2");
    List<String> before = World.files(world.repository().state());
    List<Preview> previews = dryRun();
    assertEquals(before, World.files(world.repository().state()));
    assertEquals(List.of(true, true, false), previews.stream().map(Preview::moved).toList());
    assertEquals(
        List.of(List.of("RUN-003"), List.of("RUN-002"), List.of()),
        previews.stream().map(p -> p.findings().stream().map(Finding::code).toList()).toList());
    assertEquals("moved/vm-1", previews.get(0).target());
    assertEquals(1, previews.get(0).disks());
  }

  @Test
  void aDryRunBesideARunThatIsAtWorkStillAnswers() {
    plan("vms=3");
    world.fault =
        effect -> {
          if (effect.equals("creating vm-3")) {
            assertEquals(3, dryRun().size());
            world.effect("looked");
          }
        };
    assertEquals("DONE", run().state());
    assertEquals(1, world.effects("looked").size());
  }

  @Test
  void aDryRunAfterARollbackTakesTheVmForOneThatIsToMove() {
    RunRequest one = world.request(List.of(), List.of("vm-2"));
    new Rollback(world.ports()).of(one, Progress.NONE, world.listener());
    assertEquals(List.of(true, false), dryRun().stream().map(Preview::moved).toList());
  }
}
