package dev.drover.batch.run;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.drover.batch.ledger.Ledger;
import dev.drover.batch.state.StateDirectory;
import dev.drover.mappings.model.VmRef;
import dev.drover.mappings.progress.Progress;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Copies of real size that end in the middle, with the real copier and a folder as the target. */
class KilledCopyTest extends WorldCase {
  private static final int MIB = 1 << 20;

  @BeforeEach
  void needQemuImg() {
    assumeTrue(
        Stream.of(System.getenv("PATH").split(":"))
            .anyMatch(bin -> Files.isExecutable(Path.of(bin, "qemu-img"))),
        "qemu-img is missing: apt-get install qemu-utils");
  }

  /** A process that runs or resumes the world in a folder. */
  static final class Victim {
    private Victim() {}

    public static void main(String[] words) {
      World world = new World(Path.of(words[0]));
      Runs runs = new Runs(CountedSource.ports(world));
      String state =
          words[1].equals("run")
              ? runs.run(world.request(), Progress.NONE, world.listener()).state()
              : resume(runs, world);
      System.out.println("END " + state);
    }
  }

  private static String resume(Runs runs, World world) {
    return runs.resume(world.resuming(), Progress.NONE, world.listener()).state();
  }

  private Process start(String verb) throws IOException {
    return new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-Xmx256m",
            "-cp",
            System.getProperty("java.class.path"),
            Victim.class.getName(),
            folder.toString(),
            verb)
        .redirectErrorStream(true)
        .redirectOutput(folder.resolve(verb + ".log").toFile())
        .start();
  }

  private Path disk() {
    return world.out().resolve("moved/vm-1/disks/vm-1-disk0.raw");
  }

  private Path partial() {
    return disk().resolveSibling("vm-1-disk0.raw.partial");
  }

  @Test
  void aKilledRunReadsAtMostATwentiethAgain() throws Exception {
    long size = 1L << 30;
    World.write(world.plan(), "diskBytes=" + size);
    Process run = start("run");
    while (run.isAlive() && CountedSource.bytesRead(world) < size / 2) {
      Thread.sleep(5);
    }
    run.destroyForcibly().waitFor();
    assertTrue(Files.exists(partial()), () -> log("run"));
    assertFalse(Files.exists(disk()), () -> log("run"));
    Process resume = start("resume");
    assertEquals(0, resume.waitFor(), () -> log("resume"));
    assertTrue(log("resume").contains("END DONE"), () -> log("resume"));
    long again = CountedSource.bytesRead(world) - size;
    System.out.println("read again after SIGKILL: " + again + " of " + size + " bytes");
    assertTrue(again >= 0 && again <= size / 20, () -> "read again: " + again);
    isNoise(0, size);
    assertFalse(Files.exists(partial()));
    assertNull(saved());
  }

  private String log(String verb) {
    try {
      return Files.readString(folder.resolve(verb + ".log"));
    } catch (IOException e) {
      return e.toString();
    }
  }

  private void isNoise(long seed, long size) throws IOException {
    assertEquals(size, Files.size(disk()));
    ByteBuffer expected = ByteBuffer.allocate(4 * MIB);
    ByteBuffer found = ByteBuffer.allocate(4 * MIB);
    try (FileChannel in = FileChannel.open(disk())) {
      for (long at = 0; at < size; at += expected.capacity()) {
        CountedSource.fill(seed, at, expected.clear());
        while (found.hasRemaining() && in.read(found) >= 0) {
          continue;
        }
        assertEquals(-1, expected.flip().mismatch(found.flip()), "byte " + at);
        found.clear();
      }
    }
  }

  private byte @org.jspecify.annotations.Nullable [] saved() {
    try (JobDatabase database =
        JobDatabase.open(new StateDirectory(folder.resolve("state")), null)) {
      String key = PlanKey.of(PlanText.read(world.plan(), world.out()));
      return new Ledger(database.dataSource(), key)
          .checkpoint(new VmRef("src", "vm-1"), "disk0")
          .load();
    }
  }

  /** Stops the run where a third of the disk is read. */
  private void stopInTheMiddle(int size) {
    World.write(world.plan(), "diskBytes=" + size);
    Progress stops = Progress.unseen(() -> CountedSource.bytesRead(world) >= size / 2);
    Runs runs = new Runs(CountedSource.ports(world));
    assertEquals("INTERRUPTED", runs.run(world.request(), stops, world.listener()).state());
    assertTrue(Files.exists(partial()));
    assertNotNull(saved());
  }

  @Test
  void aRollbackInTheMiddleLeavesNothing() throws IOException {
    stopInTheMiddle(160 * MIB);
    new Rollback(CountedSource.ports(world))
        .of(world.request(List.of(), List.of("vm-1")), Progress.NONE, world.listener());
    assertNull(saved());
    assertFalse(Files.exists(world.out().resolve("moved")), () -> World.files(world.out()) + "");
  }

  @Test
  void anotherNameAtTheTargetBeginsAgainAndLeavesNothingOfTheFirst() throws IOException {
    int size = 160 * MIB;
    stopInTheMiddle(size);
    World.write(world.plan(), "diskBytes=" + size + "\nname.vm-1=other");
    long before = CountedSource.bytesRead(world);
    Runs runs = new Runs(CountedSource.ports(world));
    assertEquals("DONE", runs.run(world.request(), Progress.NONE, world.listener()).state());
    assertEquals(size, CountedSource.bytesRead(world) - before);
    assertFalse(Files.exists(partial().getParent()));
    assertNull(saved());
  }

  @Test
  void aSourceThatChangedIsCopiedAgainAndTheUserHearsOfIt() throws IOException {
    int size = 160 * MIB;
    stopInTheMiddle(size);
    Files.writeString(folder.resolve("seed"), "8");
    assertEquals("DONE", resume(new Runs(CountedSource.ports(world)), world));
    isNoise(8, size);
    assertTrue(world.messages.toString().contains("has changed since"), world.messages::toString);
    Path evidence = world.out().resolve("evidence/moved/vm-1.json");
    assertTrue(Files.readString(evidence).contains("has changed since"));
  }
}
