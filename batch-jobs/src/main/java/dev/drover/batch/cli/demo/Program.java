package dev.drover.batch.cli.demo;

import dev.drover.mappings.failure.EnvironmentFailed;
import dev.drover.mappings.failure.Retry;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** A program of this machine that the demo calls. */
public final class Program {
  /** Debian keeps mke2fs where only root's PATH looks. */
  private static final List<String> MORE_FOLDERS = List.of("/usr/sbin", "/sbin");

  private final Path file;

  private Program(Path file) {
    this.file = file;
  }

  /**
   * Looks for it.
   *
   * @param debianPackage that has it, for the remedy
   */
  public static Program find(String name, String debianPackage) {
    String path = System.getenv().getOrDefault("PATH", "");
    return Stream.concat(Stream.of(path.split(":")), MORE_FOLDERS.stream())
        .filter(folder -> !folder.isEmpty())
        .map(folder -> Path.of(folder, name))
        .filter(Files::isExecutable)
        .findFirst()
        .map(Program::new)
        .orElseThrow(
            () ->
                new EnvironmentFailed(
                    name, "is not installed", "install it: apt-get install " + debianPackage));
  }

  /** Runs it to its end; gives what it printed. */
  public String run(String... arguments) {
    List<String> command = new ArrayList<>(List.of(file.toString()));
    command.addAll(List.of(arguments));
    try {
      Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
      process.getOutputStream().close();
      String said =
          new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
      int code = process.waitFor();
      if (code != 0) {
        throw failed(command, "ended with " + code + ": " + said, null);
      }
      return said;
    } catch (IOException e) {
      throw failed(command, "cannot be run", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw failed(command, "was interrupted", e);
    }
  }

  private static EnvironmentFailed failed(
      List<String> command, String what, @org.jspecify.annotations.Nullable Exception cause) {
    return new EnvironmentFailed(
        String.join(" ", command),
        what,
        "see that there is space in the demo's folder",
        Retry.POINTLESS,
        cause);
  }
}
