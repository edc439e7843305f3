package dev.drover.mappings.waves;

import dev.drover.mappings.policy.WavesPolicy;
import dev.drover.mappings.policy.WavesPolicy.Blackout;
import dev.drover.mappings.policy.WavesPolicy.Window;
import dev.drover.mappings.waves.WavePlan.Slot;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * The times in which waves may run, one after the other: occurrences of the policy's windows less
 * its blackouts. Of two that overlap the one that begins first counts, of two that begin together
 * the longer.
 *
 * <p>A window begins at a local time. Where clocks jump over it, it begins after the gap, by as
 * much later as the gap is long; where clocks show it twice, at the first. Its length is that of a
 * clock that does not jump: 22:00 and eight hours end at 05:00 or 07:00 in the night of a change.
 *
 * <p>A blackout's two ends are local times as well: in a gap after it, and of two the one that
 * makes the blackout longer. It cuts from a window what it covers, and the longest piece that is
 * left counts.
 */
final class Slots {
  /** Beyond ten years nobody plans, and a window without an end has to end somewhere. */
  private static final int MOST_DAYS = 3660;

  private final List<Slot> slots = new ArrayList<>();
  private final List<String> never = new ArrayList<>();
  private Duration longest = Duration.ZERO;

  private Slots() {}

  /**
   * All slots that begin at or after an instant.
   *
   * @param policy with or without windows
   */
  static Slots of(WavesPolicy policy, Instant from) {
    Slots slots = new Slots();
    List<Slot> all = new ArrayList<>();
    for (Window window : policy.windows()) {
      List<Slot> own = new ArrayList<>();
      occurrences(window, from, policy.blackouts(), own);
      if (own.isEmpty()) {
        slots.never.add(never(window, from));
      }
      all.addAll(own);
    }
    all.sort(
        Comparator.comparing((Slot s) -> s.start().toInstant())
            .thenComparing(s -> s.end().toInstant(), Comparator.reverseOrder())
            .thenComparing(Slot::window));
    Instant end = Instant.MIN;
    for (Slot slot : all) {
      if (!slot.start().toInstant().isBefore(end)) {
        slots.slots.add(slot);
        end = slot.end().toInstant();
        Duration length = Duration.between(slot.start(), slot.end());
        slots.longest = length.compareTo(slots.longest) > 0 ? length : slots.longest;
      }
    }
    return slots;
  }

  private static void occurrences(
      Window window, Instant from, List<Blackout> blackouts, List<Slot> into) {
    LocalDate today = from.atZone(window.zone()).toLocalDate();
    LocalDate first = window.first() == null ? today : window.first();
    LocalDate last = window.last() == null ? LocalDate.MAX : window.last();
    if (window.days().isEmpty()) {
      last = first;
    }
    LocalDate begin = first.isBefore(today) ? today : first;
    for (int i = 0; i < MOST_DAYS && !begin.plusDays(i).isAfter(last); i++) {
      LocalDate day = begin.plusDays(i);
      if (window.days().isEmpty() || window.days().contains(day.getDayOfWeek())) {
        occurrence(window, day, blackouts)
            .filter(s -> !s.start().toInstant().isBefore(from))
            .ifPresent(into::add);
      }
    }
  }

  /** Java moves a local time in a gap later by its length, and takes the first of two. */
  private static Optional<Slot> occurrence(Window window, LocalDate day, List<Blackout> blackouts) {
    ZonedDateTime start = ZonedDateTime.of(day, window.from(), window.zone());
    ZonedDateTime end = start.plus(window.length());
    List<Instant[]> pieces = new ArrayList<>();
    pieces.add(new Instant[] {start.toInstant(), end.toInstant()});
    for (Blackout blackout : blackouts) {
      pieces = without(pieces, begin(blackout), end(blackout));
    }
    return pieces.stream()
        .filter(p -> p[0].isBefore(p[1]))
        .max(
            Comparator.comparing((Instant[] p) -> Duration.between(p[0], p[1]))
                .thenComparing(p -> p[0], Comparator.reverseOrder()))
        .map(p -> slot(window.name(), p, window.zone()));
  }

  private static Slot slot(String window, Instant[] piece, ZoneId zone) {
    return new Slot(window, piece[0].atZone(zone), piece[1].atZone(zone));
  }

  private static List<Instant[]> without(List<Instant[]> pieces, Instant from, Instant to) {
    List<Instant[]> left = new ArrayList<>();
    for (Instant[] piece : pieces) {
      if (!from.isBefore(piece[1]) || !to.isAfter(piece[0])) {
        left.add(piece);
        continue;
      }
      left.add(new Instant[] {piece[0], from});
      left.add(new Instant[] {to, piece[1]});
    }
    left.removeIf(p -> !p[0].isBefore(p[1]));
    return left;
  }

  private static Instant begin(Blackout blackout) {
    return local(blackout.from(), blackout.zone()).withEarlierOffsetAtOverlap().toInstant();
  }

  private static Instant end(Blackout blackout) {
    return local(blackout.to(), blackout.zone()).withLaterOffsetAtOverlap().toInstant();
  }

  private static ZonedDateTime local(LocalDateTime time, ZoneId zone) {
    return time.atZone(zone);
  }

  private static String never(Window window, Instant from) {
    if (window.length().isZero() || window.length().isNegative()) {
      return "window " + window.name() + " has no length";
    }
    LocalDate today = from.atZone(window.zone()).toLocalDate();
    LocalDate last = window.days().isEmpty() ? window.first() : window.last();
    if (last != null && !last.isAfter(today)) {
      return "window " + window.name() + " is over: its last day is " + last;
    }
    return "window " + window.name() + " never comes: its days or blackouts leave nothing of it";
  }

  /** The slot that follows an instant; empty where none is left. */
  Optional<Slot> after(Instant end) {
    int low = 0;
    int high = slots.size();
    while (low < high) {
      int middle = (low + high) >>> 1;
      if (slots.get(middle).start().toInstant().isBefore(end)) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    return low < slots.size() ? Optional.of(slots.get(low)) : Optional.empty();
  }

  /** Whether it is one of them still. */
  boolean has(Slot slot) {
    return after(slot.start().toInstant())
        .filter(
            s ->
                s.start().toInstant().equals(slot.start().toInstant())
                    && s.end().toInstant().equals(slot.end().toInstant()))
        .isPresent();
  }

  /** The longest of all, in time; zero without one. */
  Duration longest() {
    return longest;
  }

  /** Windows that never come, and why. */
  List<String> never() {
    return never;
  }
}
