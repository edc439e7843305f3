package dev.drover.tests.endtoend;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.drover.tests.fixture.Appliance;
import dev.drover.tests.fixture.Drover;
import dev.drover.tests.fixture.Noise;
import dev.drover.tests.fixture.Programs;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
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
      Path raw = Noise.disk(folder.resolve("vm" + i + ".raw"), 48 << 20, i);
      Appliance.named(work, "vm" + i).streamOptimized(raw).ova(in);
    }
    Drover drover = new Drover(folder);
    drover.run(0, "inventory", "--source", "ova:./appliances", "-o", "inventory.json");
    drover.run(0, "plan", "inventory.json", "--target", "directory:./out", "-o", "plan.yaml");

    Random random = new Random(20261125);
    int killed = 0;
    boolean done = false;
    for (int i = 0; i < KILLS && !done; i++) {
      // The first moments include the start of the process; later ones the middle of a copy.
      done = runAndKill(i == 0 ? "run" : "resume", 900 + random.nextInt(1600), i);
      killed += done ? 0 : 1;
    }
    if (!done) {
      drover.run(0, "resume");
    }
    assertTrue(killed >= 5, "only " + killed + " kills hit a run; make the disks larger");

    for (int i = 0; i < VMS; i++) {
      Programs.run(
          folder, "qemu-img", "compare", "-f", "raw", "-F", "raw", "vm" + i + ".raw", disk(i));
    }
    try (Stream<Path> files = Files.walk(folder)) {
      assertEquals(List.of(), files.filter(f -> f.toString().endsWith(".partial")).toList());
    }
    try (Stream<Path> evidence = Files.walk(folder.resolve("out/evidence"))) {
      assertEquals(
          VMS, evidence.filter(f -> f.getFileName().toString().matches("vm\\d+\\.json")).count());
    }
    assertTrue(drover.run(0, "status", "-o", "json").contains("\"DONE\""));
  }

  /** True where the run came to its end before it was killed. */
  private boolean runAndKill(String command, long afterMillis, int number)
      throws IOException, InterruptedException {
    List<String> line =
        command.equals("run") ? Drover.command("run", "plan.yaml") : Drover.command("resume");
    Process process =
        new ProcessBuilder(line)
            .directory(folder.toFile())
            .redirectErrorStream(true)
            .redirectOutput(folder.resolve("kill-" + number + ".log").toFile())
            .start();
    if (process.waitFor(afterMillis, TimeUnit.MILLISECONDS)) {
      String said = Files.readString(folder.resolve("kill-" + number + ".log"));
      // A kill before the run began leaves nothing to resume: begin again.
      if (command.equals("resume") && process.exitValue() != 0) {
        assertTrue(said.contains("run"), said);
        return runAndKill("run", afterMillis, number);
      }
      assertEquals(0, process.exitValue(), said);
      return true;
    }
    process.descendants().forEach(ProcessHandle::destroyForcibly);
    process.destroyForcibly().waitFor();
    return false;
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
