package dev.drover.tests.endtoend;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.drover.tests.fixture.Appliance;
import dev.drover.tests.fixture.Drover;
import dev.drover.tests.fixture.Noise;
import dev.drover.tests.fixture.Programs;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** SIGKILL at random moments of a run of twenty VMs, and what is there after the resumes. */
class KilledRunTest {
  private static final int VMS = 20;
  private static final int KILLS = 20;

  @TempDir Path folder;

  @Test
  void twentyKillsLeaveWhatOneRunWouldHaveLeft() throws Exception {
    Programs.need("qemu-img");
    Path in = Files.createDirectories(folder.resolve("appliances"));
    Path work = Files.createDirectories(folder.resolve("work"));
    for (int i = 0; i < VMS; i++) {
      Path raw = Noise.disk(folder.resolve("vm" + i + ".raw"), 24 << 20, i);
      Appliance.named(work, "vm" + i).streamOptimized(raw).ova(in);
    }
    Drover drover = new Drover(folder);
    drover.run(0, "inventory", "--source", "ova:./appliances", "-o", "inventory.json");
    drover.run(0, "plan", "inventory.json", "--target", "directory:./out", "-o", "plan.yaml");
    Path plan = folder.resolve("plan.yaml");
    String text = Files.readString(plan);
    Files.writeString(folder.resolve("whole.yaml"), text.replace("./out", "./whole"));
    // So slow that the run is not done before the last kill.
    Files.writeString(plan, text + "rateLimits: {wave: 24MiB/s}\n");

    Random random = new Random(20261125);
    for (int i = 0; i < KILLS; i++) {
      runAndKill(i == 0 ? List.of("run", "plan.yaml") : List.of("resume"), random.nextInt(700), i);
    }
    drover.run(0, "resume");

    for (int i = 0; i < VMS; i++) {
      Programs.run(
          folder, "qemu-img", "compare", "-f", "raw", "-F", "raw", "vm" + i + ".raw", disk(i));
    }
    drover.run(0, "run", "whole.yaml", "--state", "whole-state");
    assertEquals(files("whole"), files("out"));
    try (Stream<Path> files = Files.walk(folder)) {
      assertEquals(List.of(), files.filter(f -> f.toString().endsWith(".partial")).toList());
    }
    assertTrue(drover.run(0, "status", "-o", "json").contains("\"DONE\""));
  }

  /** Lets a run work for so long, and kills it and its children. */
  private void runAndKill(List<String> command, long afterMillis, int number)
      throws IOException, InterruptedException {
    Path log = folder.resolve("kill-" + number + ".log");
    Process process =
        new ProcessBuilder(Drover.command(command.toArray(String[]::new)))
            .directory(folder.toFile())
            .redirectErrorStream(true)
            .redirectOutput(log.toFile())
            .start();
    while (process.isAlive() && !Files.readString(log).contains(" begins: ")) {
      Thread.sleep(5);
    }
    boolean ended = process.waitFor(afterMillis, TimeUnit.MILLISECONDS);
    process.descendants().forEach(ProcessHandle::destroyForcibly);
    process.destroyForcibly().waitFor();
    assertFalse(ended, "ended by itself: " + Files.readString(log));
  }

  /**
   * All below a target with what is in it; of disks, which qemu-img compares, and of what tells of
   * a run, with its number and its times, the name alone. The evidence of runs has it in the name.
   */
  private Map<String, String> files(String target) throws IOException {
    Path root = folder.resolve(target);
    Map<String, String> all = new TreeMap<>();
    try (Stream<Path> files = Files.walk(root)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        String name = root.relativize(file).toString();
        boolean ofARun = name.startsWith("evidence/") || name.endsWith(".run");
        if (!name.startsWith("evidence/run-")) {
          all.put(name, ofARun || name.endsWith(".raw") ? "" : Files.readString(file));
        }
      }
    }
    assertTrue(all.size() > 6 * VMS, all.keySet().toString());
    return all;
  }

  private String disk(int number) throws IOException {
    try (Stream<Path> files = Files.walk(folder.resolve("out"))) {
      return files
          .filter(f -> f.endsWith("vm" + number + "-disk0.raw"))
          .findFirst()
          .orElseThrow()
          .toString();
    }
  }
}
