package dev.drover.tests.architecture;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.drover.tests.fixture.Project;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.jar.Attributes;
import java.util.jar.JarFile;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What is packed has nothing of the moment and the machine where it was packed. */
class ReproducibleBuildTest {
  private static final Pattern STAMP =
      Pattern.compile("<project.build.outputTimestamp>([^Z<]+)Z?</");
  private static final List<String> OF_THE_MACHINE =
      List.of("Build-Jdk", "Build-Jdk-Spec-Full", "Built-By", "Build-Time", "Build-Host");

  @Test
  void everyEntryOfEveryJarHasTheTimeThatThePomSays() throws IOException {
    Matcher stamp = STAMP.matcher(Files.readString(Project.root().resolve("pom.xml")));
    assertEquals(true, stamp.find(), "the pom has no project.build.outputTimestamp");
    LocalDateTime expected = LocalDateTime.parse(stamp.group(1));
    List<Path> jars = jars();
    assumeTrue(!jars.isEmpty(), "nothing is packed: run \"mvn verify\"");
    for (Path path : jars) {
      try (JarFile jar = new JarFile(path.toFile())) {
        assertEquals(
            List.of(),
            jar.stream().filter(e -> !expected.equals(e.getTimeLocal())).toList(),
            () -> path + ": entries with a time of their own");
        Attributes said = jar.getManifest().getMainAttributes();
        for (String name : OF_THE_MACHINE) {
          assertFalse(said.containsKey(new Attributes.Name(name)), () -> path + ": " + name);
        }
      }
    }
  }

  private static List<Path> jars() throws IOException {
    List<Path> found = new ArrayList<>();
    for (String module : List.of("mappings", "converters", "kube-target", "importers/ova")) {
      Path target = Project.root().resolve(module).resolve("target");
      if (Files.isDirectory(target)) {
        try (Stream<Path> files = Files.list(target)) {
          files.filter(f -> f.toString().endsWith(".jar")).forEach(found::add);
        }
      }
    }
    return found;
  }
}
