package dev.drover.batch.ledger;

import dev.drover.mappings.model.PowerState;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * How a VM was found at its source, and what was done to it there. It outlives what the VM has at
 * the target, and ends with a roll back.
 *
 * @param found the state before anything was done; on once it was seen on
 * @param stopped whether Drover asked for the stop: written before the source is asked, so that a
 *     killed process has not forgotten it
 */
public record SourceRecord(PowerState found, boolean stopped, List<Act> acts) {
  public SourceRecord {
    acts = List.copyOf(acts);
  }

  /**
   * Something that was done at the source.
   *
   * @param what for people: {@code asked to shut down}
   */
  public record Act(String what, Instant at, String runId) {}

  /** Nothing was done yet. */
  public static SourceRecord of(PowerState found) {
    return new SourceRecord(found, false, List.of());
  }

  /** The same, seen again: a VM that was on was on, whoever stopped it since. */
  public SourceRecord seen(PowerState now) {
    return found == PowerState.ON ? this : new SourceRecord(now, stopped, acts);
  }

  /** The same, with what is about to be done to stop it. */
  public SourceRecord stopping(Act act) {
    return new SourceRecord(found, true, plus(act));
  }

  /** The same, with what was done and is no stop. */
  public SourceRecord with(Act act) {
    return new SourceRecord(found, stopped, plus(act));
  }

  private List<Act> plus(Act act) {
    List<Act> all = new ArrayList<>(acts);
    all.add(act);
    return all;
  }
}
