package dev.drover.mappings.waves;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.drover.mappings.policy.MigrationPolicy;
import dev.drover.mappings.policy.WavesPolicy;
import dev.drover.mappings.policy.WavesPolicy.Blackout;
import dev.drover.mappings.policy.WavesPolicy.Window;
import dev.drover.mappings.waves.WavePlan.Slot;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Windows on days on which clocks jump, and blackouts. */
class SlotsTest {
  private static final ZoneId BERLIN = ZoneId.of("Europe/Berlin");

  private static Window window(
      String from, int hours, @Nullable LocalDate first, DayOfWeek... days) {
    return new Window(
        "w", BERLIN, Set.of(days), LocalTime.parse(from), Duration.ofHours(hours), first, null);
  }

  private static Slots slots(Instant from, List<Window> windows, List<Blackout> blackouts) {
    Estates.Rules rules = new Estates.Rules();
    rules.windows = windows;
    rules.blackouts = blackouts;
    MigrationPolicy policy = rules.policy();
    WavesPolicy waves = policy.waves();
    return Slots.of(waves, from);
  }

  private static Slot first(String from, Window window, Blackout... blackouts) {
    Instant instant = Instant.parse(from);
    return slots(instant, List.of(window), List.of(blackouts)).after(instant).orElseThrow();
  }

  private static String text(Slot slot) {
    return slot.start().toOffsetDateTime() + " " + slot.end().toOffsetDateTime();
  }

  /** 2027-03-28 02:00 becomes 03:00. */
  @Test
  void aNightWithoutAnHourEndsAnHourLaterOnTheClock() {
    Slot slot = first("2027-03-27T12:00:00Z", window("22:00", 8, null, DayOfWeek.SATURDAY));
    assertEquals("2027-03-27T22:00+01:00 2027-03-28T07:00+02:00", text(slot));
  }

  /** 2027-10-31 03:00 becomes 02:00. */
  @Test
  void aNightWithAnHourTwiceEndsAnHourEarlierOnTheClock() {
    Slot slot = first("2027-10-30T12:00:00Z", window("22:00", 8, null, DayOfWeek.SATURDAY));
    assertEquals("2027-10-30T22:00+02:00 2027-10-31T05:00+01:00", text(slot));
  }

  @Test
  void aWindowThatBeginsInTheGapBeginsBehindIt() {
    Slot slot = first("2027-03-27T12:00:00Z", window("02:30", 4, null, DayOfWeek.SUNDAY));
    assertEquals("2027-03-28T03:30+02:00 2027-03-28T07:30+02:00", text(slot));
  }

  @Test
  void aWindowThatBeginsInTheDoubledHourBeginsAtItsFirst() {
    Slot slot = first("2027-10-30T12:00:00Z", window("02:30", 4, null, DayOfWeek.SUNDAY));
    assertEquals("2027-10-31T02:30+02:00 2027-10-31T05:30+01:00", text(slot));
  }

  @Test
  void aBlackoutCutsAndTheLongerPieceCounts() {
    Blackout blackout =
        new Blackout(
            "b",
            ZoneId.of("UTC"),
            LocalDateTime.parse("2027-01-16T22:00"),
            LocalDateTime.parse("2027-01-17T00:00"));
    Slot slot =
        first("2027-01-15T12:00:00Z", window("22:00", 8, null, DayOfWeek.SATURDAY), blackout);
    assertEquals("2027-01-17T01:00+01:00 2027-01-17T06:00+01:00", text(slot));
  }

  @Test
  void aBlackoutOverAllOfItLeavesTheNextWeek() {
    Blackout blackout =
        new Blackout(
            "freeze",
            BERLIN,
            LocalDateTime.parse("2027-01-10T00:00"),
            LocalDateTime.parse("2027-01-20T00:00"));
    Slot slot =
        first("2027-01-15T12:00:00Z", window("22:00", 8, null, DayOfWeek.SATURDAY), blackout);
    assertEquals("2027-01-23T22:00+01:00 2027-01-24T06:00+01:00", text(slot));
  }

  @Test
  void aBlackoutEndsAtTheSecondOfADoubledHour() {
    Blackout blackout =
        new Blackout(
            "b",
            BERLIN,
            LocalDateTime.parse("2027-10-30T20:00"),
            LocalDateTime.parse("2027-10-31T02:30"));
    Slot slot =
        first("2027-10-30T12:00:00Z", window("22:00", 8, null, DayOfWeek.SATURDAY), blackout);
    assertEquals("2027-10-31T02:30+01:00 2027-10-31T05:00+01:00", text(slot));
  }

  @Test
  void aWindowWithoutDaysComesOnce() {
    Window once = window("10:00", 2, LocalDate.parse("2027-05-05"));
    Instant from = Instant.parse("2027-01-01T00:00:00Z");
    Slots slots = slots(from, List.of(once), List.of());
    Slot slot = slots.after(from).orElseThrow();
    assertEquals("2027-05-05T10:00+02:00 2027-05-05T12:00+02:00", text(slot));
    assertTrue(slots.after(slot.end().toInstant()).isEmpty());
  }

  @Test
  void ofTwoThatOverlapTheFirstCounts() {
    Window early = window("20:00", 4, null, DayOfWeek.SATURDAY);
    Window late = window("22:00", 8, null, DayOfWeek.SATURDAY);
    Instant from = Instant.parse("2027-01-15T12:00:00Z");
    Slots slots = slots(from, List.of(late, early), List.of());
    Slot slot = slots.after(from).orElseThrow();
    assertEquals("2027-01-16T20:00+01:00 2027-01-17T00:00+01:00", text(slot));
    assertEquals(
        "2027-01-23T20:00+01:00 2027-01-24T00:00+01:00",
        text(slots.after(slot.end().toInstant()).orElseThrow()));
  }

  @Test
  void aWindowThatHasBegunIsNoneAnyMore() {
    Slot slot = first("2027-01-16T21:30:00Z", window("22:00", 8, null, DayOfWeek.SATURDAY));
    assertEquals("2027-01-23T22:00+01:00 2027-01-24T06:00+01:00", text(slot));
  }

  @Test
  void windowsThatNeverComeAreNamed() {
    Window past = window("10:00", 2, LocalDate.parse("2020-05-05"));
    Window nothing = window("10:00", 0, null, DayOfWeek.SATURDAY);
    Slots slots = slots(Estates.NOW, List.of(past, nothing), List.of());
    assertEquals(
        List.of("window w is over: its last day is 2020-05-05", "window w has no length"),
        slots.never());
    assertEquals(Duration.ZERO, slots.longest());
  }
}
