package dev.drover.batch.run;

import dev.drover.batch.evidence.RunSummary;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** A world in a folder of the test. */
abstract class WorldCase {
  @TempDir Path folder = Path.of(".");
  World world = new World(folder);

  @BeforeEach
  final void makeWorld() {
    world = new World(folder);
  }

  final void plan(String... lines) {
    World.write(world.plan(), String.join("\n", lines));
  }

  static List<String> states(RunSummary summary) {
    return summary.vms().stream().map(RunSummary.Vm::state).toList();
  }
}
