package dev.drover.batch.run;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.drover.mappings.failure.Failure;
import dev.drover.mappings.model.VmRef;
import dev.drover.mappings.plan.VmPlan;
import dev.drover.mappings.plan.Wave;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class WaveWindowTest {
  private static final List<VmPlan> VMS = List.of(VmPlan.of(new VmRef("s", "a"), "a"));
  private static final Wave WAVE =
      new Wave(
          "w",
          Wave.Limits.DEFAULT,
          VMS,
          new Wave.Window(
              "night",
              ZonedDateTime.parse("2027-01-16T22:00+01:00[Europe/Berlin]"),
              ZonedDateTime.parse("2027-01-17T06:00+01:00[Europe/Berlin]")),
          null);

  private final List<Failure> told = new ArrayList<>();

  private boolean open(String now, Wave wave, List<VmPlan> left, boolean anyTime) {
    Clock clock = Clock.fixed(Instant.parse(now), ZoneOffset.UTC);
    return new WaveWindow(anyTime, clock).isOpen(wave, left, told::add);
  }

  @Test
  void aWaveBeginsInItsWindow() {
    assertTrue(open("2027-01-16T21:00:00Z", WAVE, VMS, false));
    assertTrue(open("2027-01-17T04:59:59Z", WAVE, VMS, false));
    assertEquals(List.of(), told);
  }

  @Test
  void beforeAndBehindItIsRefusedWithARemedy() {
    assertFalse(open("2027-01-16T20:59:59Z", WAVE, VMS, false));
    assertEquals("opens at Sat 2027-01-16 22:00 Europe/Berlin", told.get(0).what());
    assertTrue(told.get(0).remedy().contains("--outside-window"), told.get(0).remedy());
    assertFalse(open("2027-01-17T05:00:00Z", WAVE, VMS, false));
    assertEquals("closed at Sun 2027-01-17 06:00 Europe/Berlin", told.get(1).what());
    assertTrue(told.get(1).remedy().contains("drover plan --again"), told.get(1).remedy());
  }

  @Test
  void whoSaysSoBeginsAtAnyTimeAndAWaveWithoutVmsOrWindowAlwaysMay() {
    assertTrue(open("2026-01-01T00:00:00Z", WAVE, VMS, true));
    assertTrue(open("2026-01-01T00:00:00Z", WAVE, List.of(), false));
    assertTrue(open("2026-01-01T00:00:00Z", new Wave("v", Wave.Limits.DEFAULT, VMS), VMS, false));
  }
}
