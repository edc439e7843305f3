package dev.drover.mappings.policy;

import dev.drover.mappings.model.ByteSize;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * How waves are made.
 *
 * @param leaveOut VMs that no wave holds
 * @param together what binds VMs into one unit
 * @param apart VMs of one rule never move in the same wave
 * @param dependencies what must not move later than what needs it
 * @param dependenciesFile CSV with two columns, VM and what it needs; null without
 * @param pilots go first, in a wave of their own
 * @param criticality words of the criticality label from the least to the most critical
 * @param windows when waves may run; none means that the plan has no dates
 * @param pins VMs that stay in a wave of that name
 */
public record WavesPolicy(
    List<LeaveOut> leaveOut,
    List<Together> together,
    List<Apart> apart,
    List<Dependency> dependencies,
    @Nullable String dependenciesFile,
    List<VmSelector> pilots,
    int pilotVms,
    List<String> criticality,
    boolean byOwner,
    List<Window> windows,
    List<Blackout> blackouts,
    Caps caps,
    List<Pin> pins) {
  /** Fifty VMs a wave, kept together by shared disks, vApps and rules of the source. */
  public static final WavesPolicy DEFAULT =
      new WavesPolicy(
          List.of(),
          List.of(
              new Together(Together.By.sharedDisk, null),
              new Together(Together.By.appliance, null),
              new Together(Together.By.affinity, null)),
          List.of(),
          List.of(),
          null,
          List.of(),
          5,
          List.of(),
          false,
          List.of(),
          List.of(),
          Caps.DEFAULT,
          List.of());

  public WavesPolicy {
    leaveOut = List.copyOf(leaveOut);
    together = List.copyOf(together);
    apart = List.copyOf(apart);
    dependencies = List.copyOf(dependencies);
    pilots = List.copyOf(pilots);
    criticality = List.copyOf(criticality);
    windows = List.copyOf(windows);
    blackouts = List.copyOf(blackouts);
    pins = List.copyOf(pins);
  }

  /** VMs that no wave holds, and why. */
  public record LeaveOut(VmSelector vms, String reason) {}

  /**
   * VMs with one value of the key move together.
   *
   * @param key the category of a tag, the key of an attribute, or a regular expression over name or
   *     notes whose first group is the value; null where {@code by} needs none
   */
  public record Together(By by, @Nullable String key) {
    /** Where the value is. */
    public enum By {
      tag,
      attribute,
      folder,
      name,
      notes,
      application,
      sharedDisk,
      affinity,
      appliance,
      /** The two ends of a dependency. */
      dependency
    }
  }

  /** At most one of these in a wave. */
  public record Apart(String name, VmSelector vms) {}

  /** VMs that need others: the others move in the same wave or before. */
  public record Dependency(VmSelector vms, VmSelector need, String reason) {}

  /**
   * A time in which waves run.
   *
   * @param days on which it begins; empty for a window that {@code first} alone sets
   * @param from the local time at which it begins
   * @param length as long as clocks that do not jump say
   * @param first the first day, and with no days the only one; null from today
   * @param last null without an end
   */
  public record Window(
      String name,
      ZoneId zone,
      Set<DayOfWeek> days,
      LocalTime from,
      Duration length,
      @Nullable LocalDate first,
      @Nullable LocalDate last) {
    public Window {
      days = Set.copyOf(days);
    }
  }

  /** A time in which no wave runs, in local time of a zone. */
  public record Blackout(String reason, ZoneId zone, LocalDateTime from, LocalDateTime to) {}

  /**
   * What a wave holds at most. Null without a cap.
   *
   * @param data used bytes, or sizes where nobody knows the used ones
   * @param copiesPerHost at once, at a source host
   * @param copiesPerDatastore at once, at a source datastore
   * @param waveShare the share of the target's free capacity that one wave may take
   * @param reserve the share of a window that is kept for going back, 0 to below 1
   */
  public record Caps(
      int vms,
      @Nullable ByteSize data,
      @Nullable Integer cpus,
      @Nullable ByteSize memory,
      int copies,
      @Nullable Integer copiesPerHost,
      @Nullable Integer copiesPerDatastore,
      @Nullable Double waveShare,
      double reserve) {
    /** Fifty VMs, eight copies at once, four a host. */
    public static final Caps DEFAULT = new Caps(50, null, null, null, 8, 4, null, null, 0.25);
  }

  /** VMs that stay in a wave. */
  public record Pin(String wave, VmSelector vms) {}
}
