package dev.drover.batch.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The launcher in a project of its own, with programs that only tell how they were called. */
class LauncherTest {
  private static final Instant THEN = Instant.parse("2026-01-01T00:00:00Z");

  @TempDir Path folder;
  private Path home = Path.of("");
  private Path bin = Path.of("");
  private final Map<String, String> environment = new TreeMap<>();

  @BeforeEach
  void makeAProject() throws IOException {
    Path launcher = Path.of("").toAbsolutePath().resolveSibling("drover");
    assumeTrue(Files.isExecutable(launcher), "the launcher is not beside the module");
    home = Files.createDirectories(folder.resolve("the project"));
    Files.copy(launcher, home.resolve("drover"));
    home.resolve("drover").toFile().setExecutable(true);
    write("pom.xml", "<project/>", THEN);
    for (String module : List.of("mappings", "converters", "kube-target", "batch-jobs", "tests")) {
      write(module + "/pom.xml", "<project/>", THEN);
      write(module + "/src/main/java/A.java", "class A {}", THEN);
    }
    try (Stream<Path> all = Files.walk(home)) {
      for (Path each : all.filter(Files::isDirectory).toList()) {
        Files.setLastModifiedTime(each, FileTime.from(THEN));
      }
    }
    bin = Files.createDirectories(folder.resolve("bin"));
    for (String tool :
        List.of(
            "readlink",
            "find",
            "head",
            "tail",
            "sed",
            "tr",
            "id",
            "date",
            "sleep",
            "mkdir",
            "grep",
            "cat",
            "env",
            "flock",
            "touch")) {
      Optional<Path> real =
          Stream.of("/bin", "/usr/bin")
              .map(f -> Path.of(f, tool))
              .filter(Files::isExecutable)
              .findFirst();
      assumeTrue(real.isPresent(), tool + " is missing");
      program(tool, "exec " + real.get() + " \"$@\"");
    }
    environment.put("PATH", bin.toString());
    environment.put("LC_ALL", "C");
    program("setsid", "");
    program("mke2fs", "");
    program("java", "for a; do printf '<%s>\\n' \"$a\"; done; pwd; echo \"locale $LC_ALL\"");
  }

  private Path write(String name, String text, Instant modified) throws IOException {
    Path file = home.resolve(name);
    Files.createDirectories(file.getParent());
    Files.writeString(file, text);
    Files.setLastModifiedTime(file, FileTime.from(modified));
    return file;
  }

  private void program(String name, String script) throws IOException {
    Path file = Files.writeString(bin.resolve(name), "#!/bin/sh\n" + script + "\n");
    file.toFile().setExecutable(true);
  }

  private void built() throws IOException {
    write("batch-jobs/target/drover/drover.jar", "", THEN);
    write("batch-jobs/target/drover/built", "", THEN.plusSeconds(60));
  }

  private record Ended(int code, String said) {}

  private Ended start(Path launcher, String... arguments) throws Exception {
    List<String> command =
        Stream.concat(Stream.of(launcher.toString()), Stream.of(arguments)).toList();
    ProcessBuilder builder =
        new ProcessBuilder(command).directory(folder.toFile()).redirectErrorStream(true);
    builder.environment().clear();
    builder.environment().putAll(environment);
    Process process = builder.start();
    process.getOutputStream().close();
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    return new Ended(process.waitFor(), said);
  }

  @Test
  void passesArgumentsAsTheyAreThroughALinkFromAnyFolder() throws Exception {
    built();
    Files.createSymbolicLink(bin.resolve("a link"), home.resolve("drover"));
    Path link = Files.createSymbolicLink(folder.resolve("other"), Path.of("bin/a link"));
    Ended ended = start(link, "run", "a b", "", "$(id)", "*", "'\"\\", "--x=1");
    assertEquals(0, ended.code(), ended.said());
    assertTrue(
        ended.said().contains("<run>\n<a b>\n<>\n<$(id)>\n<*>\n<'\"\\>\n<--x=1>\n"), ended.said());
    assertTrue(
        ended.said().contains("<" + home.resolve("batch-jobs/target/drover/drover.jar") + ">"),
        ended.said());
    assertTrue(ended.said().contains("\n" + folder.toRealPath() + "\n"), "the user's folder");
    assertTrue(ended.said().contains("locale C.UTF-8"), "names are read as UTF-8");
  }

  @Test
  void onlyShortCommandsGiveUpSpeedForAFastStart() throws Exception {
    built();
    Path launcher = home.resolve("drover");
    assertTrue(start(launcher, "validate", "run").said().contains("TieredStopAtLevel=1"));
    assertTrue(start(launcher, "--help").said().contains("TieredStopAtLevel=1"));
    assertTrue(start(launcher).said().contains("TieredStopAtLevel=1"));
    assertFalse(start(launcher, "run", "p.yaml").said().contains("TieredStopAtLevel"));
    assertFalse(start(launcher, "-v", "resume").said().contains("TieredStopAtLevel"));
  }

  @Test
  void buildsOnceAndAgainWhenASourceIsNewer() throws Exception {
    program("javac", "");
    program("qemu-img", "");
    program(
        "java", "[ \"$1\" = -version ] && echo 'openjdk version \"17.0.1\"' >&2 || echo started");
    program(
        "mvn",
        "echo built >> '"
            + folder
            + "/builds'; mkdir -p batch-jobs/target/drover;"
            + " touch batch-jobs/target/drover/drover.jar batch-jobs/target/drover/built");
    Path launcher = home.resolve("drover");
    Ended first = start(launcher, "--help");
    assertEquals(0, first.code(), first.said());
    assertTrue(first.said().contains("building; the first time"), first.said());
    assertEquals("started\n", start(launcher, "--help").said());
    write("tests/src/main/java/A.java", "class A { }", Instant.now().plusSeconds(60));
    assertEquals("started\n", start(launcher, "--help").said(), "tests are no part of the program");
    write("mappings/src/main/java/A.java", "class A { }", Instant.now().plusSeconds(60));
    assertTrue(start(launcher, "--help").said().contains("the sources have changed"));
    assertEquals(2, Files.readAllLines(folder.resolve("builds")).size());
    environment.put("DROVER_SKIP_BUILD", "1");
    assertEquals("started\n", start(launcher, "--help").said());
  }

  @Test
  void aBuildThatFailsShowsItsErrorsAndStartsNothing() throws Exception {
    program("javac", "");
    program("qemu-img", "");
    program("java", "echo 'openjdk version \"17.0.1\"' >&2");
    program("mvn", "echo '[INFO] much'; echo '[ERROR] no such artifact'; exit 1");
    Ended ended = start(home.resolve("drover"), "--help");
    assertEquals(3, ended.code(), ended.said());
    assertTrue(ended.said().contains("[ERROR] no such artifact"), ended.said());
    assertFalse(ended.said().contains("[INFO]"), ended.said());
  }

  @Test
  void anOldJavaIsNamed() throws Exception {
    program("javac", "");
    program("qemu-img", "");
    program("mvn", "");
    program("java", "echo 'openjdk version \"11.0.2\"' >&2");
    Ended ended = start(home.resolve("drover"), "--help");
    assertEquals(3, ended.code(), ended.said());
    assertTrue(ended.said().contains("Java 17 or later is needed"), ended.said());
  }

  @Test
  void onDebianItSaysWhatItInstallsAndInstallsOnlyWhatIsMissing() throws Exception {
    environment.put(
        "DROVER_OS_RELEASE",
        write("os-release", "ID=debian\nVERSION_ID=\"12\"\n", THEN).toString());
    program("javac", "");
    program("qemu-img", "");
    program("sudo", "exec \"$@\"");
    program("apt-get", "echo \"apt-get $*, $DEBIAN_FRONTEND\"; exit 100");
    Ended ended = start(home.resolve("drover"), "--help");
    assertEquals(3, ended.code(), ended.said());
    int announced = ended.said().indexOf("I am about to install");
    assertTrue(announced >= 0 && announced < ended.said().indexOf("apt-get update"), ended.said());
    assertTrue(ended.said().contains(" maven"), ended.said());
    assertFalse(ended.said().contains("openjdk"), "javac is there");
    assertFalse(ended.said().contains("qemu-utils"), "qemu-img is there");
    assertTrue(ended.said().contains("apt-get failed"), ended.said());
  }

  @Test
  void ofAnInstallationThatSucceedsNothingIsSaidButWhatItBrings() throws Exception {
    environment.put(
        "DROVER_OS_RELEASE",
        write("os-release", "ID=debian\nVERSION_ID=\"12\"\n", THEN).toString());
    program("qemu-img", "");
    program("javac", "");
    program("java", "echo 'openjdk version \"17.0.1\"' >&2");
    program("sudo", "exec \"$@\"");
    program("apt-get", "echo Unpacking; touch '" + bin + "/mvn'");
    Ended ended = start(home.resolve("drover"), "--help");
    assertTrue(ended.said().contains("apt-get"), ended.said());
    assertTrue(ended.said().contains(": maven (log: "), ended.said());
    assertFalse(ended.said().contains("Unpacking"), ended.said());
    assertTrue(
        Files.readString(home.resolve("target/install.log")).contains("Unpacking"), ended.said());
  }

  @Test
  void elsewhereItSaysWhatIsMissingAndInstallsNothing() throws Exception {
    environment.put(
        "DROVER_OS_RELEASE", write("os-release", "ID=\"fedora\"\nID_LIKE=\"\"\n", THEN).toString());
    program("javac", "");
    program("apt-get", "echo called");
    Ended ended = start(home.resolve("drover"), "--help");
    assertEquals(3, ended.code(), ended.said());
    assertTrue(ended.said().contains("mvn "), ended.said());
    assertTrue(ended.said().contains("qemu-img"), ended.said());
    assertTrue(ended.said().contains("dnf install"), ended.said());
    assertFalse(ended.said().contains("javac"), ended.said());
    assertFalse(ended.said().contains("called"), ended.said());
  }
}
