package dev.drover.batch.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * The last step of the build: an archive of loaded classes for a fast start, and the stamp by which
 * the launcher sees whether a source is newer than the build.
 *
 * <p>The archive is a static one, since a dynamic one ({@code -XX:ArchiveClassesAtExit}) leaves out
 * picocli, whose class files are of a version before Java 6. Where no archive can be made, the
 * build goes on: commands start slower then.
 */
final class ClassArchive {
  private ClassArchive() {}

  /**
   * @param arguments the folder of {@code drover.jar}, and when the build began in ISO 8601
   */
  public static void main(String[] arguments) throws IOException, InterruptedException {
    Path app = Path.of(arguments[0]);
    Path archive = app.resolve("drover-cp.jsa");
    Path list = Files.createTempFile("drover", ".classes");
    Path made = app.resolve("drover-cp.jsa.partial");
    try {
      Files.deleteIfExists(archive);
      java(app, "-XX:DumpLoadedClassList=" + list, StartTraining.class.getName());
      java(app, "-Xshare:dump", "-XX:SharedClassListFile=" + list, "-XX:SharedArchiveFile=" + made);
      if (Files.exists(made)) {
        Files.move(made, archive, StandardCopyOption.ATOMIC_MOVE);
      }
    } finally {
      Files.deleteIfExists(list);
      Files.deleteIfExists(made);
    }
    Path stamp = Files.writeString(app.resolve("built"), Runtime.version() + "\n");
    Files.setLastModifiedTime(stamp, FileTime.from(Instant.parse(arguments[1])));
  }

  /** Options before, the main class last; an option that starts with {@code -Xshare:} has none. */
  private static void java(Path app, String... options) throws IOException, InterruptedException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.add("-Xlog:disable");
    command.add("-cp");
    command.add(app.resolve("drover.jar").toString());
    command.addAll(List.of(options));
    int code =
        new ProcessBuilder(command)
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start()
            .waitFor();
    if (code != 0) {
      System.err.println("No archive for a fast start: Java ended with " + code);
    }
  }
}
