package dev.drover.converters.qemu;

import dev.drover.mappings.progress.Progress;
import java.nio.file.Path;
import java.util.List;

/** The main class of a JVM that tests kill while it runs a program that never ends. */
final class HangingJob {
  private HangingJob() {}

  /**
   * @param args the folder for mount points, and the file that gets the program's process id
   */
  public static void main(String[] args) {
    Path shell = Path.of("/usr/bin/sh");
    Path pid = Path.of(args[1]);
    Confinement confinement =
        Confinement.only(Path.of(args[0]), Confinement.Layer.GROUP, Confinement.Layer.CAPABILITIES);
    String script = "echo $$ > " + pid + ".new; mv " + pid + ".new " + pid + "; exec sleep 1000";
    new Program(shell, confinement)
        .run(Job.reading("job", List.of("-c", script), List.of()), Progress.NONE, p -> {});
  }
}
