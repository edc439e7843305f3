package dev.drover.batch.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Short commands start fast since they load little. */
class StartTest {
  @ParameterizedTest
  @ValueSource(
      strings = {
        "--help",
        "run --help",
        "version",
        "schema plan",
        "completion bash",
        "validate no-such-plan.yaml",
        "status --state no-such-folder"
      })
  void shortCommandsLoadNeitherSpringNorADatabase(String line)
      throws IOException, InterruptedException {
    List<String> command =
        Stream.concat(
                Stream.of(
                    Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                    "-verbose:class",
                    "-cp",
                    System.getProperty("java.class.path"),
                    Main.class.getName()),
                Stream.of(line.split(" ")))
            .toList();
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    process.getOutputStream().close();
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    process.waitFor();
    assertTrue(said.contains("picocli.CommandLine source:"), "classes are listed");
    List<String> heavy =
        said.lines()
            .filter(
                l ->
                    l.matches(
                        ".*\\b(org\\.springframework|org\\.h2|io\\.fabric8|ch\\.qos)\\..*source:.*"))
            .toList();
    assertEquals(List.of(), heavy);
  }
}
