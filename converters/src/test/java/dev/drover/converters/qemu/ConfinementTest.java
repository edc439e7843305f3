package dev.drover.converters.qemu;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.drover.mappings.progress.Progress;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Runs a shell where qemu-img would run, and lets it try. */
final class ConfinementTest {
  private static final Path SHELL = Path.of("/usr/bin/sh");

  @TempDir
  @SuppressWarnings("NullAway.Init")
  private Path folder;

  @SuppressWarnings("NullAway.Init")
  private Confinement confinement;

  @BeforeEach
  void probe() {
    assumeTrue(Files.isExecutable(SHELL), "/usr/bin/sh is missing");
    confinement = Confinement.probe(folder.resolve("scratch"), Path.of("/usr/bin/true"));
  }

  private void need(Confinement.Layer layer) {
    assumeTrue(confinement.has(layer), "this machine does not allow the layer " + layer);
  }

  private Program.Outcome shell(String script, List<Path> readable, List<Path> writable) {
    Job job = new Job("shell", List.of("-c", script), readable, writable, 1 << 20);
    return new Program(SHELL, confinement).run(job, Progress.NONE, p -> {});
  }

  @Test
  void hidesAllFilesButThoseOfTheJob() throws IOException {
    need(Confinement.Layer.FILES);
    Path source = Files.writeString(folder.resolve("source file"), "source");
    Path secret = Files.writeString(folder.resolve("secret"), "secret");
    Path target = Files.createFile(folder.resolve("target"));
    String script = "cat '" + source + "' > '" + target + "'; cat '" + secret + "' /etc/passwd";
    Program.Outcome outcome = shell(script, List.of(source), List.of(target));
    assertEquals("source", Files.readString(target));
    assertEquals("", outcome.out());
    assertNotEquals(0, outcome.exit());
  }

  @Test
  void neverLetsASourceBeWritten() throws IOException {
    need(Confinement.Layer.FILES);
    Path source = Files.writeString(folder.resolve("source"), "source");
    shell("echo changed > '" + source + "'", List.of(source), List.of());
    assertEquals("source", Files.readString(source));
  }

  @Test
  void leavesNoMountPointBehind() throws IOException {
    need(Confinement.Layer.FILES);
    assertEquals(0, shell("true", List.of(), List.of()).exit());
    try (var left = Files.list(folder.resolve("scratch"))) {
      assertEquals(0, left.count());
    }
    assertFalse(Files.readString(Path.of("/proc/self/mounts")).contains(folder.toString()));
  }

  /** QEMU tries its locks on it, and complains before anything else where it is missing. */
  @Test
  void hasSomewhereToThrowThingsAway() {
    need(Confinement.Layer.FILES);
    assertEquals(0, shell("echo nothing > /dev/null && ls -A /dev", List.of(), List.of()).exit());
    assertEquals("null\n", shell("ls -A /dev", List.of(), List.of()).out());
  }

  @Test
  void dropsAllPrivileges() {
    need(Confinement.Layer.CAPABILITIES);
    Confinement only = Confinement.only(folder.resolve("scratch"), Confinement.Layer.CAPABILITIES);
    Job job =
        Job.reading(
            "shell", List.of("-c", "grep -E 'CapEff|NoNewPrivs' /proc/self/status"), List.of());
    String out = new Program(SHELL, only).run(job, Progress.NONE, p -> {}).out();
    assertTrue(out.contains("CapEff:\t0000000000000000"), out);
    assertTrue(out.contains("NoNewPrivs:\t1"), out);
  }

  /** Root that has dropped its capabilities may not read what belongs to others. */
  @Test
  void readsFilesOfOtherUsersAllTheSame() throws IOException {
    need(Confinement.Layer.CAPABILITIES);
    Path source = Files.writeString(folder.resolve("source"), "source");
    Files.setPosixFilePermissions(source, PosixFilePermissions.fromString("rw-------"));
    try {
      Files.setAttribute(source, "unix:uid", 12345);
    } catch (IOException e) {
      assumeTrue(false, "only root can give files away");
    }
    assertEquals("source", shell("cat '" + source + "'", List.of(source), List.of()).out());
  }

  @Test
  void limitsWhatIsWritten() throws IOException {
    need(Confinement.Layer.LIMITS);
    Path target = Files.createFile(folder.resolve("target"));
    shell("yes | head -c 3000000 > '" + target + "'", List.of(), List.of(target));
    assertTrue(Files.size(target) > 0, "nothing was written at all");
    assertTrue(Files.size(target) <= 1 << 20, () -> target + " is too large");
  }

  @Test
  void namesEachLackInItsOwnWords() {
    List<String> all = Confinement.none(folder).missing();
    assertEquals(Confinement.Layer.values().length, all.size());
    assertTrue(all.stream().anyMatch(lack -> lack.contains("network")), all::toString);
  }
}
