package dev.drover.batch.run;

import dev.drover.batch.evidence.RunSummary;
import java.io.IOException;
import java.nio.file.Path;

/**
 * A process that runs or resumes a world and is killed on the way. Says each effect on standard
 * output after it happened, and {@code END STATE} at the end.
 */
final class Victim {
  private Victim() {}

  /** Arguments: the world's folder; {@code run} or {@code resume}. */
  public static void main(String[] arguments) {
    World world =
        new World(Path.of(arguments[0])) {
          @Override
          void effect(String what) {
            super.effect(what);
            System.out.println(what);
          }
        };
    String end = System.getProperty("drover.test.dieAt", "");
    world.fault =
        effect -> {
          System.out.println(effect);
          if (effect.equals(end)) {
            Runtime.getRuntime().halt(137);
          }
        };
    RunSummary summary = arguments[1].equals("run") ? world.run() : world.resume();
    System.out.println("END " + summary.state());
  }

  /** Runs a world in a process that ends at once, without a word, at that effect. */
  static int killedAt(Path folder, String effect) throws IOException, InterruptedException {
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-Xmx256m",
                "-Ddrover.test.dieAt=" + effect,
                "-cp",
                System.getProperty("java.class.path"),
                Victim.class.getName(),
                folder.toString(),
                "run")
            .redirectErrorStream(true)
            .redirectOutput(folder.resolve("victim.log").toFile())
            .start();
    try {
      return process.waitFor();
    } finally {
      process.destroyForcibly();
    }
  }
}
