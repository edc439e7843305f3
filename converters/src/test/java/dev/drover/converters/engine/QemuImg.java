package dev.drover.converters.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Runs qemu-img, which made many of the images and judges all of them. */
final class QemuImg {
  private QemuImg() {}

  /** What a run gave. */
  record Outcome(int exit, String output) {}

  /** Runs it. Skips the test where it is missing. */
  static Outcome run(String... arguments) throws IOException, InterruptedException {
    List<String> command = new ArrayList<>(List.of("qemu-img"));
    command.addAll(List.of(arguments));
    return program(command);
  }

  /** Runs a program. Skips the test where it is missing. */
  static Outcome program(List<String> command) throws IOException, InterruptedException {
    Process process;
    try {
      process = new ProcessBuilder(command).redirectErrorStream(true).start();
    } catch (IOException e) {
      assumeTrue(false, command.get(0) + " is missing on this machine");
      throw e;
    }
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    return new Outcome(process.waitFor(), output);
  }

  /** Runs it and expects success. */
  static String ok(String... arguments) throws IOException, InterruptedException {
    Outcome outcome = run(arguments);
    assertEquals(0, outcome.exit(), () -> String.join(" ", arguments) + ": " + outcome.output());
    return outcome.output();
  }

  /** Two images hold the same disk. */
  static void assertSame(Path a, String formatA, Path b, String formatB)
      throws IOException, InterruptedException {
    ok("compare", "-f", formatA, "-F", formatB, a.toString(), b.toString());
  }
}
