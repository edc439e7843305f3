package dev.drover.tests.endtoend;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.drover.tests.fixture.Appliance;
import dev.drover.tests.fixture.Drover;
import dev.drover.tests.fixture.Noise;
import dev.drover.tests.fixture.Programs;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What goes wrong during a window: an error that says what to do, and nothing left behind. */
class BadNightTest {
  @TempDir Path folder;

  private DirectoryWorld world;

  @BeforeEach
  void twoFolders() throws IOException {
    world = new DirectoryWorld(folder);
  }

  @Test
  void aDiskThatIsNotWhatItsManifestPromisesFailsAloneAndLeavesNothing() throws IOException {
    Path bad = world.appliance("bad", 1);
    world.appliance("good", 2);
    flipByteNearTheEnd(bad, 40_000);
    world.plan();

    String said = world.run(1, "run", "plan.yaml");

    assertTrue(said.contains("bad"), said);
    assertTrue(said.contains("SHA-256"), said);
    assertTrue(world.disk("good").isPresent());
    assertFalse(world.disk("bad").isPresent());
    world.assertNothingPartial();
  }

  @Test
  void aFullDiskAtTheTargetIsNamedAndCanBeResumedAfterItIsMended() throws IOException {
    assumeTrue(System.getProperty("user.name").equals("root"), "only root mounts a small disk");
    // So large that the copy has saved how far it is before nothing fits any more.
    world.appliance("web", 3, 128);
    world.plan();
    Path out = Files.createDirectories(folder.resolve("out"));
    Programs.run(folder, "mount", "-t", "tmpfs", "-o", "size=28m", "small", out.toString());
    try {
      String said = world.run(1, "run", "plan.yaml");
      assertTrue(said.contains("the disk is full"), said);
      world.assertNothingPartial();
      assertFalse(world.disk("web").isPresent());
      assertTrue(out.toFile().getUsableSpace() > 27 << 20, "the others need that room");
      Programs.run(folder, "mount", "-o", "remount,size=160m", out.toString());
      world.run(0, "resume");
      assertTrue(world.disk("web").isPresent());
    } finally {
      Programs.run(folder, "umount", out.toString());
    }
  }

  @Test
  void aTargetThatCannotBeWrittenIsSaidBeforeAnythingIsCopied() throws IOException {
    world.appliance("web", 4);
    world.plan();
    Files.writeString(folder.resolve("out"), "a file where the folder should be");

    String said = world.run(1, "run", "plan.yaml");

    assertTrue(said.contains("DIR-001"), said);
    assertTrue(said.contains("name another folder as the plan's target"), said);
    assertTrue(said.contains("the evidence lacks the summary of this run"), said);
    assertEquals("a file where the folder should be", Files.readString(folder.resolve("out")));
  }

  @Test
  void aSecondRunOnTheSameStateIsRefusedWhileTheFirstIsAtWork() throws Exception {
    world.appliance("web", 5);
    world.plan();
    Path go = folder.resolve("go");
    world.waitInHook(go);
    Process first = world.start("run", "plan.yaml");
    try {
      world.awaitFile(folder.resolve("waiting"), first);
      String said = world.run(3, "run", "plan.yaml");
      assertTrue(said.contains(Long.toString(first.pid())), said);
      assertTrue(world.run(0, "status").contains("web"));
    } finally {
      Files.createFile(go);
    }
    assertEquals(0, first.waitFor());
  }

  @Test
  void aTermSignalEndsTheRunCleanlyAndResumeFinishesIt() throws Exception {
    world.appliance("web", 6);
    world.plan();
    Path go = folder.resolve("go");
    world.waitInHook(go);
    Process first = world.start("run", "plan.yaml");
    world.awaitFile(folder.resolve("waiting"), first);
    first.destroy();
    assertTrue(first.waitFor(60, TimeUnit.SECONDS), "the run does not end");
    assertTrue(first.exitValue() != 0);
    assertTrue(world.run(0, "status", "-o", "json").contains("INTERRUPTED"));
    Files.createFile(go);
    world.run(0, "resume");
    world.assertIdentical("web", 6);
    world.assertNothingPartial();
  }

  @Test
  void aPlanThatWasEditedAfterAKillIsNotTakenForTheOneThatRan() throws Exception {
    world.appliance("web", 7);
    world.plan();
    Path go = folder.resolve("go");
    world.waitInHook(go);
    Process first = world.start("run", "plan.yaml");
    world.awaitFile(folder.resolve("waiting"), first);
    first.descendants().forEach(ProcessHandle::destroyForcibly);
    first.destroyForcibly().waitFor();
    Files.createFile(go);
    Path plan = folder.resolve("plan.yaml");
    Files.writeString(plan, Files.readString(plan) + "# edited\n");

    String said = world.run(0, "resume");

    assertTrue(said.contains("changed"), said);
    world.assertIdentical("web", 7);
  }

  @Test
  void aMissingQemuImgIsSaidWithThePackageThatBringsIt() throws IOException {
    Path raw = Noise.disk(folder.resolve("vhd.raw"), 8 << 20, 8);
    Appliance.named(world.work(), "vhd").image(raw, "vpc", "vhd", "force_size=on").ova(world.in());
    world.plan();
    Path bin = Files.createDirectories(folder.resolve("bin"));
    for (String name :
        List.of(
            "bash",
            "sh",
            "java",
            "dirname",
            "readlink",
            "env",
            "git",
            "sed",
            "find",
            "cat",
            "uname",
            "id",
            "setsid",
            "unshare",
            "setpriv",
            "prlimit",
            "stat",
            "head",
            "cut")) {
      Path real = which(name);
      if (real != null) {
        Files.createSymbolicLink(bin.resolve(name), real);
      }
    }
    Programs.Result ended =
        Programs.tryRun(
            folder,
            Map.of("PATH", bin.toString(), "NO_COLOR", "1"),
            Drover.command("run", "plan.yaml"));
    assertTrue(ended.exit() != 0, ended.out());
    assertTrue(ended.out().contains("qemu-utils"), ended.out());
    world.assertNothingPartial();
  }

  @Test
  void whatThisVersionCannotDoIsRefusedBeforeAByteIsCopied() throws IOException {
    world.appliance("web", 11);
    world.plan();
    Path plan = folder.resolve("plan.yaml");
    String text = Files.readString(plan);
    Files.writeString(plan, text.replace("guestConversion: none", "guestConversion: auto"));
    for (String[] command :
        new String[][] {{"run", "plan.yaml", "--dry-run"}, {"run", "plan.yaml"}}) {
      String said = world.run(1, command);
      assertTrue(said.contains("GC-001"), said);
      assertTrue(said.contains("set guestConversion to \"none\""), said);
    }
    assertFalse(world.disk("web").isPresent());
    world.assertNothingPartial();
    String said = world.run(2, "inventory", "--source", "ova:https://mirror.example/web.ova");
    assertTrue(said.contains("not read over the network"), said);
    assertTrue(said.contains("download it"), said);
  }

  @Test
  void rollBackRemovesWhatWasMadeAndNothingElse() throws IOException {
    world.appliance("web", 9);
    world.appliance("db", 10);
    world.plan();
    world.run(0, "run", "plan.yaml");
    Files.writeString(folder.resolve("out/mine.txt"), "the user's");

    world.run(0, "rollback", "plan.yaml", "--vm", "web", "--yes");

    assertFalse(world.disk("web").isPresent());
    assertTrue(world.disk("db").isPresent());
    assertTrue(Files.exists(folder.resolve("out/mine.txt")));
    assertTrue(Files.exists(world.in().resolve("web.ova")));
    world.run(0, "run", "plan.yaml", "--vm", "web");
    world.assertIdentical("web", 9);
  }

  private static void flipByteNearTheEnd(Path file, long distance) throws IOException {
    try (RandomAccessFile bytes = new RandomAccessFile(file.toFile(), "rw")) {
      long at = bytes.length() - distance;
      bytes.seek(at);
      int old = bytes.read();
      bytes.seek(at);
      bytes.write(old ^ 1);
    }
  }

  private static @org.jspecify.annotations.Nullable Path which(String name) {
    for (String part : System.getenv("PATH").split(":")) {
      Path candidate = Path.of(part, name);
      if (Files.isExecutable(candidate)) {
        return candidate;
      }
    }
    return null;
  }
}
