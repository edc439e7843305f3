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
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What goes wrong during a window: an error that says what to do, and nothing left behind. */
class BadNightTest {
  @TempDir Path folder;

  private Path in = Path.of("");
  private Path work = Path.of("");
  private Drover drover = new Drover(Path.of(""));

  @BeforeEach
  void twoFolders() throws IOException {
    Programs.need("qemu-img");
    in = Files.createDirectories(folder.resolve("appliances"));
    work = Files.createDirectories(folder.resolve("work"));
    drover = new Drover(folder);
  }

  @Test
  void aDiskThatIsNotWhatItsManifestPromisesFailsAloneAndLeavesNothing() throws IOException {
    Path bad = appliance("bad", 1);
    appliance("good", 2);
    flipByteNearTheEnd(bad, 40_000);
    plan();

    String said = drover.run(1, "run", "plan.yaml");

    assertTrue(said.contains("bad"), said);
    assertTrue(said.contains("SHA-256"), said);
    assertTrue(disk("good").isPresent());
    assertFalse(disk("bad").isPresent());
    assertNothingPartial();
  }

  @Test
  void aFullDiskAtTheTargetIsNamedAndCanBeResumedAfterItIsMended() throws IOException {
    assumeTrue(System.getProperty("user.name").equals("root"), "only root mounts a small disk");
    appliance("web", 3);
    plan();
    Path out = Files.createDirectories(folder.resolve("out"));
    Programs.run(folder, "mount", "-t", "tmpfs", "-o", "size=6m", "small", out.toString());
    try {
      String said = drover.run(1, "run", "plan.yaml");
      assertTrue(said.contains("the disk is full"), said);
      assertNothingPartial();
      assertFalse(disk("web").isPresent());
      Programs.run(folder, "mount", "-o", "remount,size=64m", out.toString());
      drover.run(0, "resume");
      assertTrue(disk("web").isPresent());
    } finally {
      Programs.run(folder, "umount", out.toString());
    }
  }

  @Test
  void aTargetThatCannotBeWrittenIsSaidBeforeAnythingIsCopied() throws IOException {
    appliance("web", 4);
    plan();
    Files.writeString(folder.resolve("out"), "a file where the folder should be");

    String said = drover.run(3, "run", "plan.yaml");

    assertTrue(said.contains("out"), said);
    assertEquals("a file where the folder should be", Files.readString(folder.resolve("out")));
  }

  @Test
  void aSecondRunOnTheSameStateIsRefusedWhileTheFirstIsAtWork() throws Exception {
    appliance("web", 5);
    plan();
    Path go = folder.resolve("go");
    waitInHook(go);
    Process first = start("run", "plan.yaml");
    try {
      awaitFile(folder.resolve("waiting"), first);
      String said = drover.run(3, "run", "plan.yaml");
      assertTrue(said.contains(Long.toString(first.pid())), said);
      assertTrue(drover.run(0, "status").contains("web"));
    } finally {
      Files.createFile(go);
    }
    assertEquals(0, first.waitFor());
  }

  @Test
  void aTermSignalEndsTheRunCleanlyAndResumeFinishesIt() throws Exception {
    appliance("web", 6);
    plan();
    Path go = folder.resolve("go");
    waitInHook(go);
    Process first = start("run", "plan.yaml");
    awaitFile(folder.resolve("waiting"), first);
    first.destroy();
    assertTrue(first.waitFor(60, TimeUnit.SECONDS), "the run does not end");
    assertTrue(first.exitValue() != 0);
    assertTrue(drover.run(0, "status", "-o", "json").contains("INTERRUPTED"));
    Files.createFile(go);
    drover.run(0, "resume");
    assertIdentical("web", 6);
    assertNothingPartial();
  }

  @Test
  void aPlanThatWasEditedAfterAKillIsNotTakenForTheOneThatRan() throws Exception {
    appliance("web", 7);
    plan();
    Path go = folder.resolve("go");
    waitInHook(go);
    Process first = start("run", "plan.yaml");
    awaitFile(folder.resolve("waiting"), first);
    first.descendants().forEach(ProcessHandle::destroyForcibly);
    first.destroyForcibly().waitFor();
    Files.createFile(go);
    Path plan = folder.resolve("plan.yaml");
    Files.writeString(plan, Files.readString(plan) + "# edited\n");

    String said = drover.run(0, "resume");

    assertTrue(said.contains("changed"), said);
    assertIdentical("web", 7);
  }

  @Test
  void aMissingQemuImgIsSaidWithThePackageThatBringsIt() throws IOException {
    Path raw = Noise.disk(folder.resolve("vhd.raw"), 8 << 20, 8);
    Appliance.named(work, "vhd").image(raw, "vpc", "vhd", "force_size=on").ova(in);
    plan();
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
    assertNothingPartial();
  }

  @Test
  void rollBackRemovesWhatWasMadeAndNothingElse() throws IOException {
    appliance("web", 9);
    appliance("db", 10);
    plan();
    drover.run(0, "run", "plan.yaml");
    Files.writeString(folder.resolve("out/mine.txt"), "the user's");

    drover.run(0, "rollback", "plan.yaml", "--vm", "web", "--yes");

    assertFalse(disk("web").isPresent());
    assertTrue(disk("db").isPresent());
    assertTrue(Files.exists(folder.resolve("out/mine.txt")));
    assertTrue(Files.exists(in.resolve("web.ova")));
    drover.run(0, "run", "plan.yaml", "--vm", "web");
    assertIdentical("web", 9);
  }

  private Path appliance(String name, long seed) {
    Path raw = Noise.disk(folder.resolve(name + ".raw"), 32 << 20, seed);
    return Appliance.named(work, name).streamOptimized(raw).ova(in);
  }

  private void plan() {
    drover.run(0, "inventory", "--source", "ova:./appliances", "-o", "inventory.json");
    drover.run(0, "plan", "inventory.json", "--target", "directory:./out", "-o", "plan.yaml");
  }

  /** Makes every VM wait before its first step until the file is there. */
  private void waitInHook(Path go) throws IOException {
    Path script = folder.resolve("wait.sh");
    Files.writeString(
        script,
        "#!/bin/sh\ntouch '"
            + folder.resolve("waiting")
            + "'\nuntil [ -e '"
            + go
            + "' ]; do sleep 0.1; done\n");
    script.toFile().setExecutable(true);
    Path plan = folder.resolve("plan.yaml");
    String text = Files.readString(plan);
    assertFalse(text.contains("\nhooks:"), "the generated plan has hooks of its own");
    Files.writeString(
        plan,
        text.replaceFirst(
            "\nwaves:",
            "\nhooks:\n  beforeVm:\n    - {argv: [\"" + script + "\"], timeout: 5m}\nwaves:"));
  }

  private Process start(String... arguments) throws IOException {
    return new ProcessBuilder(Drover.command(arguments))
        .directory(folder.toFile())
        .redirectErrorStream(true)
        .redirectOutput(folder.resolve("first.log").toFile())
        .start();
  }

  private void awaitFile(Path file, Process process) throws IOException, InterruptedException {
    while (!Files.exists(file)) {
      if (process.waitFor(50, TimeUnit.MILLISECONDS)) {
        throw new AssertionError("ended early:\n" + Files.readString(folder.resolve("first.log")));
      }
    }
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

  private java.util.Optional<Path> disk(String name) throws IOException {
    Path out = folder.resolve("out");
    if (!Files.isDirectory(out)) {
      return java.util.Optional.empty();
    }
    try (Stream<Path> files = Files.walk(out)) {
      return files.filter(f -> f.endsWith(name + "-disk0.raw")).findFirst();
    }
  }

  private void assertIdentical(String name, long seed) throws IOException {
    Path expected = folder.resolve(name + ".raw");
    assertTrue(Files.exists(expected), "seed " + seed);
    Programs.run(
        folder,
        "qemu-img",
        "compare",
        "-f",
        "raw",
        "-F",
        "raw",
        expected.toString(),
        disk(name).orElseThrow().toString());
  }

  private void assertNothingPartial() throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      assertEquals(List.of(), files.filter(f -> f.toString().endsWith(".partial")).toList());
    }
    Path scratch = folder.resolve(".drover/scratch");
    if (Files.exists(scratch)) {
      try (Stream<Path> files = Files.list(scratch)) {
        assertEquals(List.of(), files.toList(), "left in scratch");
      }
    }
  }
}
