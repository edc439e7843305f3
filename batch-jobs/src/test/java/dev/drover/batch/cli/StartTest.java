package dev.drover.batch.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
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
    Process process =
        new ProcessBuilder(java("-verbose:class", line)).redirectErrorStream(true).start();
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

  private static List<String> java(String option, String line) {
    return Stream.concat(
            Stream.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                option,
                "-cp",
                System.getProperty("java.class.path"),
                Main.class.getName()),
            Stream.of(line.split(" ")))
        .toList();
  }

  /** The device of Linux that is always full, a stream that is closed, a reader that goes. */
  @ParameterizedTest
  @CsvSource({
    ">/dev/full, 3, error: standard output: cannot be written",
    ">&-, 3, error: standard output: cannot be written",
    "| true, 0, ''"
  })
  void resultsThatDoNotGetThroughAreNoSuccess(String to, int code, String told)
      throws IOException, InterruptedException {
    assumeTrue(Files.exists(Path.of("/dev/full")), "no Linux");
    String shell = "{ \"$@\"; echo \"code $?\" >&2; } " + to;
    List<String> command = new ArrayList<>(List.of("sh", "-c", shell, "sh"));
    command.addAll(java("-Xshare:auto", "schema plan"));
    Process process = new ProcessBuilder(command).start();
    String said = new String(process.getErrorStream().readAllBytes(), StandardCharsets.UTF_8);
    process.waitFor();
    assertTrue(said.contains("code " + code), said);
    assertTrue(told.isEmpty() ? !said.contains("error") : said.contains(told), said);
  }
}
