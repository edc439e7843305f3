package dev.drover.batch.run;

import dev.drover.mappings.progress.Progress;
import java.nio.file.Path;
import java.util.List;

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
    world.fault = effect -> System.out.println(effect);
    Runs runs = new Runs(world.ports());
    String state =
        arguments[1].equals("run")
            ? runs.run(world.request(), Progress.NONE, world.listener()).state()
            : runs.resume(
                    new RunRequest(null, List.of(), List.of(), world.repository()),
                    Progress.NONE,
                    world.listener())
                .state();
    System.out.println("END " + state);
  }
}
