package dev.drover.mappings.plan;

import java.time.ZonedDateTime;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * VMs that move together.
 *
 * @param window when it may run; null for any time
 * @param vmsFile the file beside the plan that lists the VMs, relative to the plan's folder; null
 *     where the plan lists them itself
 */
public record Wave(
    String name,
    Limits limits,
    List<VmPlan> vms,
    @Nullable Window window,
    @Nullable String vmsFile) {
  public Wave {
    vms = List.copyOf(vms);
  }

  /** At any time, in the plan itself. */
  public Wave(String name, Limits limits, List<VmPlan> vms) {
    this(name, limits, vms, null, null);
  }

  /** The same with some of its VMs. */
  public Wave with(List<VmPlan> some) {
    return new Wave(name, limits, some, window, vmsFile);
  }

  /**
   * A time in which it may be begun.
   *
   * @param name of the policy's window, for people; null where it was set by hand
   */
  public record Window(@Nullable String name, ZonedDateTime start, ZonedDateTime end) {
    public Window {
      if (!start.isBefore(end)) {
        throw new IllegalArgumentException("a window ends after it starts: " + start + ", " + end);
      }
    }
  }

  /**
   * How much at once.
   *
   * @param vms VMs at once, at least 1
   * @param disks disks at once over all VMs, at least 1
   */
  public record Limits(int vms, int disks) {
    /** For a machine of two cores. */
    public static final Limits DEFAULT = new Limits(2, 2);

    public Limits {
      if (vms < 1 || disks < 1) {
        throw new IllegalArgumentException("a limit is at least 1: " + vms + ", " + disks);
      }
    }
  }
}
