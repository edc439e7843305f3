package dev.drover.importers.api;

import dev.drover.mappings.model.PowerState;
import dev.drover.mappings.model.VmRef;
import java.time.Duration;
import java.util.function.BooleanSupplier;

/**
 * Switches VMs at their source. A caller does with it what the plan allows and nothing else, and
 * records it first, so that a roll back can start again what Drover stopped.
 *
 * <p>Each method is idempotent: a VM that is there already is left alone. Each throws {@link
 * dev.drover.mappings.failure.SourceFailed} when the source refuses, naming the privilege that is
 * missing where the source tells.
 */
public interface VmPower {
  /** The state now, asked at the source. */
  PowerState state(VmRef ref);

  /**
   * Asks the guest to shut down and waits until the VM is off.
   *
   * @param within how long to wait
   * @param cancelled asked at least once a second; true ends the wait early
   * @return whether it is off; false when time ran out, or when nothing in the guest listens
   */
  boolean shutDown(VmRef ref, Duration within, BooleanSupplier cancelled);

  /** Cuts the power, as pulling the plug does. */
  void powerOff(VmRef ref);

  /** Starts a VM again that Drover stopped. */
  void start(VmRef ref);
}
