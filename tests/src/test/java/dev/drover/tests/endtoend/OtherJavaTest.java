package dev.drover.tests.endtoend;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.drover.tests.fixture.Appliance;
import dev.drover.tests.fixture.Drover;
import dev.drover.tests.fixture.Noise;
import dev.drover.tests.fixture.Programs;
import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The main job on every Java of this machine that is not the one that builds. */
class OtherJavaTest {
  private static final Path WHERE = Path.of("/usr/lib/jvm");

  @TempDir Path folder;

  @Test
  void theMainJobRunsOnNewerJavasWithoutAWordOfTheirs() throws IOException {
    Programs.need("qemu-img");
    Map<Integer, Path> others = others();
    assumeTrue(!others.isEmpty(), "no Java from 18 to 25 in " + WHERE);
    Path raw = Noise.disk(folder.resolve("web.raw"), 8 << 20, 5);
    Path in = Files.createDirectories(folder.resolve("appliances"));
    Appliance.named(folder, "web").streamOptimized(raw).ova(in);
    for (Map.Entry<Integer, Path> other : others.entrySet()) {
      Drover drover = new Drover(folder, Map.of("JAVA_HOME", other.getValue().toString()));
      String out = "out-" + other.getKey();
      String said =
          drover.run(0, "version", "-o", "json")
              + drover.run(0, "inventory", "--source", "ova:./appliances", "-o", "inventory.json")
              + drover.run(
                  0,
                  "plan",
                  "inventory.json",
                  "--target",
                  "directory:./" + out,
                  "-o",
                  "plan.yaml",
                  "--force")
              + drover.run(0, "assess", "inventory.json", "-o", "report-" + other.getKey())
              + drover.run(0, "run", "plan.yaml", "--state", "state-" + other.getKey());
      assertEquals(
          List.of(), said.lines().filter(l -> l.contains("WARNING:")).toList(), "Java's own words");
      assertTrue(said.contains("1 of 1 VM done"), said);
      Programs.run(folder, "qemu-img", "compare", raw.toString(), disk(out).toString());
    }
  }

  private Path disk(String out) throws IOException {
    try (Stream<Path> files = Files.walk(folder.resolve(out))) {
      return files
          .filter(f -> f.getFileName().toString().startsWith("web-disk0"))
          .findFirst()
          .get();
    }
  }

  /** Homes by version. */
  private static Map<Integer, Path> others() throws IOException {
    Map<Integer, Path> found = new TreeMap<>();
    if (!Files.isDirectory(WHERE)) {
      return found;
    }
    try (Stream<Path> homes = Files.list(WHERE)) {
      for (Path home : homes.filter(h -> Files.isExecutable(h.resolve("bin/java"))).toList()) {
        int version = version(home);
        if (version > 17 && version <= 25) {
          found.put(version, home);
        }
      }
    }
    return found;
  }

  private static int version(Path home) throws IOException {
    if (!Files.exists(home.resolve("release"))) {
      return 0;
    }
    Properties release = new Properties();
    try (Reader reader = Files.newBufferedReader(home.resolve("release"))) {
      release.load(reader);
    }
    String version = release.getProperty("JAVA_VERSION", "0").replace("\"", "");
    return Integer.parseInt(version.split("[.+-]")[0]);
  }
}
