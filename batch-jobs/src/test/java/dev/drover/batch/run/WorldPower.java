package dev.drover.batch.run;

import dev.drover.importers.api.VmPower;
import dev.drover.mappings.failure.SourceFailed;
import dev.drover.mappings.model.PowerState;
import dev.drover.mappings.model.VmRef;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.function.BooleanSupplier;

/**
 * Switches the VMs of a world; their state is a file each, so that it outlives a killed process.
 */
final class WorldPower implements VmPower {
  private final World world;

  WorldPower(World world) {
    this.world = world;
  }

  private Path file(VmRef ref) {
    return world.folder.resolve("power").resolve(ref.id());
  }

  @Override
  public PowerState state(VmRef ref) {
    try {
      return Files.exists(file(ref))
          ? PowerState.valueOf(Files.readString(file(ref)))
          : PowerState.ON;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public boolean shutDown(VmRef ref, Duration within, BooleanSupplier cancelled) {
    world.fault.at("shutting down " + ref.id());
    if ("yes".equals(world.said("deaf"))) {
      return false;
    }
    put(ref, PowerState.OFF, "shut down");
    return true;
  }

  @Override
  public void powerOff(VmRef ref) {
    put(ref, PowerState.OFF, "power off");
  }

  @Override
  public void start(VmRef ref) {
    if ("yes".equals(world.said("refuses"))) {
      throw new SourceFailed("VM " + ref.id(), "cannot be started", "start it by hand");
    }
    if (state(ref) != PowerState.ON) {
      put(ref, PowerState.ON, "start again");
    }
  }

  private void put(VmRef ref, PowerState state, String effect) {
    World.write(file(ref), state.name());
    world.effect(effect + " " + ref.id());
    world.fault.at(effect + " " + ref.id());
  }
}
