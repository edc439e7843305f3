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
import java.util.concurrent.atomic.AtomicLong;
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

  private final AtomicLong leftInRun = new AtomicLong(Long.MAX_VALUE);

  private HookProcess start(String script) throws IOException {
    return HookProcess.start(
        List.of("/bin/sh", "-c", script), Map.of("PATH", "/usr/bin:/bin"), leftInRun);
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

  private List<String> logged(String script) throws Exception {
    Logger logger = (Logger) LoggerFactory.getLogger("hook");
    ListAppender<ILoggingEvent> log = new ListAppender<>();
    log.start();
    logger.addAppender(log);
    try (HookProcess process = start(script)) {
      assertEquals(HookProcess.End.ENDED, await(process));
    } finally {
      logger.detachAppender(log);
    }
    return log.list.stream().map(ILoggingEvent::getFormattedMessage).toList();
  }

  /** What the log puts before each line counts: the shortest lines are the worst. */
  @Test
  void aHookThatPrintsForEverDoesNotFillTheLog() throws Exception {
    List<String> lines = logged("yes | head -n 1000000");
    long bytes = lines.stream().mapToLong(line -> line.length() + 50).sum();
    assertTrue(bytes < 1 << 20, bytes + " bytes");
    assertTrue(lines.get(lines.size() - 1).contains("is not logged"), lines.size() + " lines");
  }

  @Test
  void allHooksOfARunTogetherDoNotFillTheLog() throws Exception {
    leftInRun.set(1000);
    assertTrue(logged("yes | head -n 5").size() == 5, "little is logged");
    List<String> lines = logged("yes | head -n 5");
    assertTrue(lines.size() < 5 && lines.toString().contains("is not logged"), lines::toString);
  }

  /** A letter of two bytes lies on both sides of what is read at once. */
  @Test
  void lettersAreWholeWhereverTheyLie() throws Exception {
    Path text = folder.resolve("text");
    Files.writeString(text, "aaaaaaa\n".repeat(511) + "bbbbbbb\u00e9\n" + "aaaaaaa\n".repeat(2000));
    List<String> lines = logged("cat " + text);
    assertEquals("bbbbbbb\u00e9", lines.get(511));
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
