package dev.drover.mappings.estimate;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.drover.mappings.model.ByteSize;
import dev.drover.mappings.model.PowerState;
import dev.drover.mappings.model.VmFacts;
import dev.drover.mappings.model.VmRef;
import dev.drover.mappings.policy.RatesPolicy;
import dev.drover.mappings.policy.WavesPolicy.Caps;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class EstimatesTest {
  private static final long MIB = 1L << 20;

  /** 100 MiB/s over the link, and nothing around a copy. */
  private static Rates rates(double linkMib, double hostMib, double change) {
    return new Rates(
        linkMib * MIB,
        hostMib * MIB,
        null,
        null,
        Map.of("slow", 10.0 * MIB),
        null,
        change,
        Duration.ZERO,
        Duration.ZERO,
        Duration.ZERO,
        Duration.ZERO,
        10,
        1,
        1,
        List.of());
  }

  private static Caps caps(int copies, @Nullable Integer perHost, @Nullable Integer perStore) {
    return new Caps(1000, null, null, null, copies, perHost, perStore, null, 0);
  }

  private static Copied copied(long mib, String host, String store) {
    return new Copied(mib * MIB, host, List.of(store), List.of());
  }

  private static VmFacts vm(long gib, @Nullable Long usedGib) {
    return new VmFacts(
        new VmRef("s", "v"),
        "v",
        null,
        PowerState.ON,
        1,
        ByteSize.ofGiB(1),
        1,
        ByteSize.ofGiB(gib),
        usedGib == null ? null : ByteSize.ofGiB(usedGib),
        1,
        null,
        "linux",
        null,
        null,
        null,
        List.of(),
        List.of(),
        null,
        null,
        null,
        List.of(),
        List.of());
  }

  private static long seconds(List<Copied> vms, Rates rates, Caps caps) {
    return SimulateWave.slow(vms, rates, caps).copies().toSeconds();
  }

  @Test
  void aCopyIsUsedBytesOverTheNarrowestRate() {
    VmEstimate estimate = EstimateVm.of(vm(100, 10L), List.of(), rates(100, 50, 0.01));
    assertEquals(Duration.ofSeconds(205), estimate.copy().high()); // 10 GiB at 50 MiB/s, rounded up
    assertEquals(
        Duration.ofSeconds(1024),
        EstimateVm.of(vm(100, 10L), List.of("slow"), rates(100, 50, 0.01)).copy().high());
    assertEquals(
        Duration.ofSeconds(2048),
        EstimateVm.of(vm(100, null), List.of(), rates(100, 50, 0.01)).copy().high());
  }

  @Test
  void theSpreadMakesTheRange() {
    Rates rates = Rates.of(RatesPolicy.DEFAULT);
    TimeRange copy = EstimateVm.of(vm(100, 100L), List.of(), rates).copy();
    double exact = 100.0 * (1L << 30) / (620e6 / 8);
    assertEquals(exact / 1.5, copy.low().toSeconds(), 2);
    assertEquals(exact * 1.5, copy.high().toSeconds(), 2);
  }

  /** With r the change rate over that of the copy, the n-th delta is D0 times r to the n. */
  @Test
  void deltasShrinkByTheRatioOfTheRates() {
    double bytes = 1e12;
    double rate = 1e8;
    double ratio = 0.5;
    double changeShare = ratio * rate * 86_400 / bytes;
    double delta = bytes;
    while (delta / rate > 60) {
      delta *= ratio;
    }
    Double last = EstimateVm.lastDelta(bytes, rate, changeShare);
    assertNotNull(last);
    assertEquals(delta / rate, last, 1e-6);
  }

  @Test
  void aVmThatChangesFasterThanItIsCopiedNeverConverges() {
    assertNull(EstimateVm.lastDelta(1e12, 1e6, 86_400 * 1e6 / 1e12));
    assertNull(EstimateVm.lastDelta(1e12, 1e6, 1000));
    assertNull(EstimateVm.of(vm(1000, 1000L), List.of(), rates(1, 1, 5)).warmDowntime());
    assertNotNull(EstimateVm.of(vm(1000, 1000L), List.of(), rates(100, 100, 0.1)).warmDowntime());
  }

  @Test
  void aWaveSharesTheLink() {
    List<Copied> four =
        List.of(
            copied(1000, "h1", "d1"),
            copied(1000, "h2", "d2"),
            copied(1000, "h3", "d3"),
            copied(1000, "h4", "d4"));
    assertEquals(40, seconds(four, rates(100, 1000, 0), caps(8, null, null)));
    assertEquals(10, seconds(four, rates(1000, 100, 0), caps(8, null, null)));
  }

  @Test
  void copiesFromOneHostShareIt() {
    List<Copied> two = List.of(copied(1000, "h", "d1"), copied(1000, "h", "d2"));
    assertEquals(20, seconds(two, rates(1000, 100, 0), caps(8, null, null)));
    assertEquals(20, seconds(two, rates(1000, 100, 0), caps(8, 1, null)));
  }

  @Test
  void capsAtAHostAndADatastoreMakeVmsWait() {
    List<Copied> three =
        List.of(copied(1000, "a", "d"), copied(1000, "b", "d"), copied(1000, "c", "d"));
    assertEquals(10, seconds(three, rates(1000, 100, 0), caps(8, null, null)));
    assertEquals(30, seconds(three, rates(1000, 100, 0), caps(8, null, 1)));
    assertEquals(30, seconds(three, rates(1000, 100, 0), caps(1, null, null)));
  }

  @Test
  void engineersCheckOneAfterTheOther() {
    Rates one =
        new Rates(
            1e9,
            1e9,
            null,
            null,
            Map.of(),
            null,
            0,
            Duration.ofMinutes(1),
            Duration.ofMinutes(2),
            Duration.ofMinutes(3),
            Duration.ofMinutes(60),
            1,
            1,
            1,
            List.of());
    List<Copied> three = List.of(copied(0, "a", "d"), copied(0, "b", "d"), copied(0, "c", "d"));
    SimulateWave.Length length = SimulateWave.slow(three, one, caps(8, null, null));
    assertEquals(Duration.ofMinutes(6 + 180), length.whole());
    assertEquals(Duration.ofMinutes(1), length.copies());
  }

  /**
   * Nothing is copied faster than the link, and no cap makes a wave take longer than one by one.
   */
  @Test
  void aWaveLiesBetweenTheLinkAndOneByOne() {
    for (int seed = 0; seed < 300; seed++) {
      Random random = new Random(seed);
      List<Copied> vms = new ArrayList<>();
      long all = 0;
      for (int i = 0; i < 1 + random.nextInt(40); i++) {
        long mib = random.nextInt(5000);
        all += mib;
        vms.add(copied(mib, "h" + random.nextInt(4), "d" + random.nextInt(4)));
      }
      double link = 50 + random.nextInt(200);
      double host = 20 + random.nextInt(200);
      Caps caps = caps(1 + random.nextInt(8), 1 + random.nextInt(3), 1 + random.nextInt(3));
      long took = seconds(vms, rates(link, host, 0), caps);
      assertTrue(took + 1 >= all / link, "seed " + seed);
      assertTrue(took - 1 <= all / Math.min(host, link / caps.copies()), "seed " + seed);
      Collections.shuffle(vms, random);
      assertEquals(took, seconds(vms, rates(link, host, 0), caps), 1 + took / 4.0, "seed " + seed);
    }
  }

  @Test
  void measuredRatesTakeThePlaceOfTheAssumedOnes() {
    Instant t = Instant.parse("2026-11-25T12:00:00Z");
    MeasuredRates measured =
        new MeasuredRates(
            List.of(
                new MeasuredRates.Copy(1000 * MIB, t, t.plusSeconds(10)),
                new MeasuredRates.Copy(1000 * MIB, t, t.plusSeconds(20)),
                new MeasuredRates.Copy(1000 * MIB, t.plusSeconds(100), t.plusSeconds(110)),
                new MeasuredRates.Copy(1, t, t.plusSeconds(10_000))),
            List.of(Duration.ofSeconds(77)),
            List.of());
    Rates rates = measured.over(RatesPolicy.DEFAULT);
    assertEquals(100.0 * MIB, rates.copy() == null ? 0 : rates.copy(), 1);
    assertEquals(
        100.0 * MIB, rates.link(), 1); // 3,000 MiB in the 30 s in which something was copied
    assertEquals(Duration.ofSeconds(77), rates.conversion());
    assertEquals(RatesPolicy.DEFAULT.boot(), rates.boot());
    assertEquals(2.0, rates.slower(), 1e-6);
    assertTrue(rates.assumptions().get(0).startsWith("measured over 3 copies"));
    assertTrue(new MeasuredRates(List.of(), List.of(), List.of()).isEmpty());
  }

  @Test
  void theEstateSaysItsAssumptions() {
    EstateEstimate none = EstimateEstate.of(List.of(), Rates.of(RatesPolicy.DEFAULT), Caps.DEFAULT);
    assertEquals(TimeRange.ZERO, none.copy());
    EstateEstimate some =
        EstimateEstate.of(
            List.of(copied(10_000, "h", "d")), Rates.of(RatesPolicy.DEFAULT), Caps.DEFAULT);
    assertTrue(some.copy().low().compareTo(some.copy().high()) < 0);
    assertTrue(some.assumptions().contains("8 copies at once, 4 a source host"));
    assertEquals(Duration.ofMinutes(60), some.handsOn().high());
  }
}
