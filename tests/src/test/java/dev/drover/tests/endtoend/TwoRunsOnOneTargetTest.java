package dev.drover.tests.endtoend;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Two processes with states of their own that write one directory at the same moment. */
class TwoRunsOnOneTargetTest {
  @TempDir Path folder;

  private DirectoryWorld world;
  private Process first;
  private Path go;

  /** The first has copied its disk and waits in a hook before it goes on. */
  @BeforeEach
  void oneIsAtWork() throws IOException, InterruptedException {
    world = new DirectoryWorld(folder);
    world.appliance("web", 5);
    world.plan();
    Path plan = folder.resolve("plan.yaml");
    String plain = Files.readString(plan);
    go = folder.resolve("go");
    world.waitInHook("beforeCutover", go);
    Files.move(plan, folder.resolve("first.yaml"));
    Files.writeString(plan, plain);
    first = world.start("run", "first.yaml", "--state", "one");
    world.awaitFile(folder.resolve("waiting"), first);
  }

  private String second(int exit, String command) {
    return command.equals("run")
        ? world.run(exit, "run", "plan.yaml", "--state", "two")
        : world.run(exit, command, "--state", "two");
  }

  private void assertNames(String said) {
    assertTrue(said.contains("is being written by run "), said);
    assertTrue(said.contains("(process " + first.pid() + " on "), said);
    assertTrue(said.contains("wait until that run is over"), said);
  }

  @Test
  void theSecondIsToldWhoIsAtWorkAndTouchesNothing() throws IOException, InterruptedException {
    String seen = world.run(1, "run", "plan.yaml", "--state", "two", "--dry-run");
    assertTrue(seen.contains("DIR-007"), seen);
    assertNames(second(1, "run"));
    String back = world.run(1, "rollback", "plan.yaml", "--vm", "web", "--yes", "--state", "three");
    assertNames(back);

    Files.createFile(go);
    assertEquals(0, first.waitFor(), Files.readString(folder.resolve("first.log")));
    world.assertIdentical("web", 5);
    String late = second(1, "resume");
    assertTrue(late.contains("DIR-006"), late);
    world.assertNothingPartial();
    assertFalse(Files.exists(folder.resolve("out/.drover.lock")));
  }

  @Test
  void aFirstThatIsKilledHoldsNothingBack() throws IOException, InterruptedException {
    assertNames(second(1, "run"));
    first.descendants().forEach(ProcessHandle::destroyForcibly);
    first.destroyForcibly().waitFor();

    second(0, "resume");

    world.assertIdentical("web", 5);
    world.assertNothingPartial();
    assertFalse(Files.exists(folder.resolve("out/.drover.lock")));
  }

  @Test
  void aFirstThatIsKilledResumesUnderItsOwnState() throws IOException, InterruptedException {
    first.descendants().forEach(ProcessHandle::destroyForcibly);
    first.destroyForcibly().waitFor();
    Files.createFile(go);

    world.run(0, "resume", "--state", "one");

    world.assertIdentical("web", 5);
    assertFalse(Files.exists(folder.resolve("out/.drover.lock")));
  }
}
