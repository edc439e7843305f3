package dev.drover.mappings.plan;

import dev.drover.mappings.model.PowerState;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * What Drover may do at the source with a VM that runs there. Null leaves the choice to the plan's
 * defaults, and there to Drover.
 *
 * @param whenRunning null: {@link WhenRunning#refuse}
 * @param within how long the guest may take to shut down; null: {@link #DEFAULT_WITHIN}
 * @param quiesce whether the guest writes everything down before a snapshot; null: no
 */
public record SourceRule(
    @Nullable WhenRunning whenRunning, @Nullable Duration within, @Nullable Boolean quiesce) {
  /** How long a guest may take to shut down where nobody says. */
  public static final Duration DEFAULT_WITHIN = Duration.ofMinutes(10);

  /** Marks the objects of a VM that goes on running at the source. */
  public static final String REHEARSAL_ANNOTATION = "drover.dev/rehearsal";

  /** Nothing said. */
  public static final SourceRule NONE = new SourceRule(null, null, null);

  /** What happens to a VM that runs. */
  public enum WhenRunning {
    /** It is not moved. */
    refuse,
    /** Its guest is asked to shut down; if it does not, the VM is not moved. */
    shutDown,
    /** As {@link #shutDown}, and if the guest does not, its power is cut. */
    powerOff,
    /** It goes on running, and a snapshot of it is copied: a rehearsal. */
    snapshot
  }

  /** What is said here, and for the rest what the other says. */
  public SourceRule or(SourceRule other) {
    return new SourceRule(
        whenRunning != null ? whenRunning : other.whenRunning,
        within != null ? within : other.within,
        quiesce != null ? quiesce : other.quiesce);
  }

  /** What happens to a VM that runs. */
  public WhenRunning running() {
    return whenRunning == null ? WhenRunning.refuse : whenRunning;
  }

  /** How long its guest may take to shut down. */
  public Duration limit() {
    return within == null ? DEFAULT_WITHIN : within;
  }

  /** Whether its guest is to write everything down before a snapshot. */
  public boolean quiesces() {
    return quiesce != null && quiesce;
  }

  /** Whether a VM that was found in that state goes on running, so that its copy is a rehearsal. */
  public boolean rehearses(PowerState found) {
    return running() == WhenRunning.snapshot && found == PowerState.ON;
  }
}
