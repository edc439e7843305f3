package dev.drover.mappings.waves;

import dev.drover.mappings.estimate.TimeRange;
import dev.drover.mappings.model.ByteSize;
import dev.drover.mappings.model.Finding;
import dev.drover.mappings.model.VmRef;
import java.time.ZonedDateTime;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Which VM moves when. Every candidate is in exactly one wave or left out with a reason.
 *
 * @param problems of the planning as a whole: constraints that conflict, units over a cap, cycles
 */
public record WavePlan(List<PlannedWave> waves, List<LeftOut> leftOut, List<Finding> problems) {
  /** No waves. */
  public static final WavePlan NONE = new WavePlan(List.of(), List.of(), List.of());

  public WavePlan {
    waves = List.copyOf(waves);
    leftOut = List.copyOf(leftOut);
    problems = List.copyOf(problems);
  }

  /**
   * A wave.
   *
   * @param slot when it runs; null where the policy has no windows
   * @param copy of all its disks, with what else is copied at the same time
   * @param downtime from the first shutdown to the last check
   * @param nodes of the target that are filled after it, all waves before included; as in sizing
   */
  public record PlannedWave(
      String name,
      boolean pilot,
      @Nullable Slot slot,
      List<PlacedVm> vms,
      Load load,
      TimeRange copy,
      TimeRange downtime,
      int nodes) {
    public PlannedWave {
      vms = List.copyOf(vms);
    }
  }

  /** A window's occurrence. */
  public record Slot(String window, ZonedDateTime start, ZonedDateTime end) {}

  /**
   * A VM in a wave.
   *
   * @param unit what it moves with, for people; null where it moves alone
   * @param because why it is in this wave, for people
   */
  public record PlacedVm(VmRef ref, String name, @Nullable String unit, String because) {}

  /** What a wave moves. */
  public record Load(int vms, long cpus, ByteSize memory, ByteSize size, ByteSize data) {}

  /** A VM in no wave. */
  public record LeftOut(VmRef ref, String name, String reason) {
    static final String TOO_LONG = "it and what moves with it take longer than any window: up to ";

    /** The reason without what is of this VM alone, for counting. */
    public String kind() {
      return reason.startsWith(TOO_LONG) ? TOO_LONG.substring(0, TOO_LONG.indexOf(':')) : reason;
    }
  }
}
