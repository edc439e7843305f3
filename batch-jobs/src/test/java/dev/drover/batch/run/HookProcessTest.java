package dev.drover.batch.run;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import dev.drover.mappings.failure.EnvironmentFailed;
import dev.drover.mappings.plan.Hooks;
import dev.drover.mappings.progress.Progress;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.LoggerFactory;

class HookProcessTest {
  @TempDir Path folder = Path.of(".");

  @BeforeEach
  void peers() {
    assumeTrue(Files.isExecutable(Path.of("/usr/bin/setsid")), "setsid is not installed");
    assumeTrue(Files.isExecutable(Path.of("/usr/bin/setpriv")), "setpriv is not installed");
  }

  private static HookProcess start(String script) throws IOException {
    return HookProcess.start(List.of("/bin/sh", "-c", script), Map.of("PATH", "/usr/bin:/bin"));
  }

  private static HookProcess.End await(HookProcess process) throws InterruptedException {
    return process.await(Duration.ofMinutes(5), () -> false);
  }

  @Test
  void whatAHookLeavesInTheBackgroundEndsWithIt() throws Exception {
    Path pid = folder.resolve("pid");
    try (HookProcess process = start("sleep 1000 & echo $! > " + pid)) {
      assertEquals(HookProcess.End.ENDED, await(process));
    }
    ProcessHandle.of(Long.parseLong(Files.readString(pid).strip()))
        .ifPresent(left -> left.onExit().join());
  }

  @Test
  void aHookThatPrintsForEverDoesNotFillTheLog() throws Exception {
    Logger logger = (Logger) LoggerFactory.getLogger("hook");
    ListAppender<ILoggingEvent> log = new ListAppender<>();
    log.start();
    logger.addAppender(log);
    try (HookProcess process = start("yes drover | head -n 1000000")) {
      assertEquals(HookProcess.End.ENDED, await(process));
      assertTrue(process.lastLines().endsWith("drover"));
    } finally {
      logger.detachAppender(log);
    }
    long characters = log.list.stream().mapToLong(e -> e.getFormattedMessage().length()).sum();
    assertTrue(characters < 2 << 20, characters + " characters");
    assertTrue(log.list.stream().anyMatch(e -> e.getFormattedMessage().contains("is not logged")));
  }

  @Test
  void aProgramThatIsNoneCannotBeStarted() throws IOException {
    Path none = Files.writeString(folder.resolve("none"), "no program");
    HookRunner runner = new HookRunner(PlanText.read(plan(), folder.resolve("out")), Progress.NONE);
    EnvironmentFailed failed =
        assertThrows(
            EnvironmentFailed.class,
            () ->
                runner.run(
                    "beforeVm",
                    List.of(new Hooks.Hook(List.of(none.toString()), Duration.ofMinutes(1))),
                    Map.of()));
    assertTrue(failed.what().startsWith("cannot be started"), failed.what());
  }

  private Path plan() {
    World world = new World(folder);
    World.write(world.plan(), "vms=1");
    return world.plan();
  }

  @Test
  void aHookDiesWithTheProcessThatStartedIt() throws Exception {
    // The kernel watches the thread, so that a thread that ends stands for a process that is
    // killed.
    Path pid = folder.resolve("pid");
    Thread starter =
        new Thread(
            () -> {
              try {
                start("echo $$ > " + pid + "; exec sleep 1000");
                while (!Files.exists(pid) || Files.size(pid) == 0) {
                  Thread.onSpinWait();
                }
              } catch (IOException e) {
                throw new java.io.UncheckedIOException(e);
              }
            });
    starter.start();
    starter.join();
    ProcessHandle.of(Long.parseLong(Files.readString(pid).strip()))
        .ifPresent(left -> left.onExit().join());
    assertFalse(starter.isAlive());
  }
}
