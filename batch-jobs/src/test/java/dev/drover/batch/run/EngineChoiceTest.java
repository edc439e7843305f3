package dev.drover.batch.run;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.drover.converters.Engine;
import dev.drover.mappings.failure.TargetFailed;
import dev.drover.mappings.progress.Progress;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Who reads images is said once and stays with the run. */
class EngineChoiceTest {
  @TempDir Path folder = Path.of(".");

  private final List<Engine> opened = new ArrayList<>();

  private Ports ports(World world) {
    Ports own = world.ports();
    return new Ports(
        own.plans(),
        own.sources(),
        own.targets(),
        (scratch, engine) -> {
          opened.add(engine);
          return own.copiers().open(scratch, engine);
        },
        own.mapping(),
        own.collisions(),
        own.renderer(),
        own.tools());
  }

  @Test
  void staysWithTheRunUntilAResumeSaysOtherwise() {
    World world = new World(folder);
    World.write(world.plan(), "vms=1");
    world.fault =
        effect -> {
          if (effect.equals("creating vm-1")) {
            throw new TargetFailed(effect, "does not want", "ask again");
          }
        };
    Runs runs = new Runs(ports(world));
    runs.run(request(world, world.plan(), Engine.QEMU_IMG), Progress.NONE, world.listener());
    for (@Nullable Engine said : new Engine[] {null, Engine.DROVER, null}) {
      runs.resume(request(world, null, said), Progress.NONE, world.listener());
    }
    assertEquals(List.of(Engine.QEMU_IMG, Engine.QEMU_IMG, Engine.DROVER, Engine.DROVER), opened);
  }

  private static RunRequest request(World world, @Nullable Path plan, @Nullable Engine engine) {
    return new RunRequest(plan, List.of(), List.of(), world.repository(), false, engine);
  }
}
