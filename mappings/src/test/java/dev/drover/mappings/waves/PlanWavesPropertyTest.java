package dev.drover.mappings.waves;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.drover.mappings.estimate.SimulateWave;
import dev.drover.mappings.model.ByteSize;
import dev.drover.mappings.waves.Estates.Estate;
import dev.drover.mappings.waves.WavePlan.PlacedVm;
import dev.drover.mappings.waves.WavePlan.PlannedWave;
import dev.drover.mappings.waves.WavePlan.Slot;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What holds of every plan, whatever the estate. */
class PlanWavesPropertyTest {
  private static final int ESTATES = 600;

  private static Estate windowed(long seed) {
    Estate estate = Estates.random(seed, 30, false);
    if (seed % 2 == 0) {
      Random random = new Random(seed);
      estate.rules().windows =
          List.of(
              new dev.drover.mappings.policy.WavesPolicy.Window(
                  "night",
                  ZoneId.of("Europe/Berlin"),
                  Set.of(DayOfWeek.SATURDAY, DayOfWeek.TUESDAY),
                  LocalTime.of(22, 0),
                  Duration.ofHours(2 + random.nextInt(8)),
                  null,
                  null));
    }
    return estate;
  }

  private static WavePlan plan(Estate estate) {
    return estate.rules().plan(estate.vms());
  }

  @Test
  void everyVmIsOnceInAWaveOrLeftOutWithAReason() {
    for (long seed = 0; seed < ESTATES; seed++) {
      Estate estate = windowed(seed);
      WavePlan plan = plan(estate);
      List<String> all = new ArrayList<>();
      plan.waves().forEach(w -> w.vms().forEach(vm -> all.add(vm.name())));
      plan.leftOut()
          .forEach(
              vm -> {
                assertTrue(!vm.reason().isBlank());
                all.add(vm.name());
              });
      Collections.sort(all);
      assertEquals(
          estate.vms().stream().map(vm -> vm.facts().name()).sorted().toList(),
          all,
          "seed " + seed);
      assertTrue(plan.waves().stream().noneMatch(w -> w.vms().isEmpty()), "seed " + seed);
    }
  }

  @Test
  void noCapIsExceededButByOneUnitAlone() {
    for (long seed = 0; seed < ESTATES; seed++) {
      Estate estate = windowed(seed);
      for (PlannedWave wave : plan(estate).waves()) {
        ByteSize cap = estate.rules().data;
        boolean over =
            wave.load().vms() > estate.rules().vms
                || (cap != null && wave.load().data().compareTo(cap) > 0);
        Set<String> units = new HashSet<>();
        wave.vms().forEach(vm -> units.add(vm.unit() == null ? vm.name() : vm.unit()));
        assertTrue(!over || units.size() == 1, "seed " + seed + " " + wave);
      }
    }
  }

  @Test
  void everyWaveFitsItsWindowLessTheReserveAndNoTwoOverlap() {
    for (long seed = 0; seed < ESTATES; seed += 2) {
      Estate estate = windowed(seed);
      Planning planning = estate.rules().planning();
      Map<String, WaveVm> byName = byName(estate);
      Instant end = planning.from();
      for (PlannedWave wave : plan(estate).waves()) {
        Slot slot = java.util.Objects.requireNonNull(wave.slot());
        assertTrue(!slot.start().toInstant().isBefore(end), "seed " + seed);
        end = slot.end().toInstant();
        Duration length =
            SimulateWave.slow(
                    wave.vms().stream()
                        .map(vm -> java.util.Objects.requireNonNull(byName.get(vm.name())).copied())
                        .toList(),
                    planning.rates(),
                    planning.policy().waves().caps())
                .whole();
        double usable = Duration.between(slot.start(), slot.end()).toSeconds() * 0.75;
        assertTrue(length.toSeconds() <= usable, "seed " + seed + ": " + length);
      }
    }
  }

  private static Map<String, WaveVm> byName(Estate estate) {
    Map<String, WaveVm> byName = new HashMap<>();
    estate.vms().forEach(vm -> byName.put(vm.facts().name(), vm));
    return byName;
  }

  @Test
  void groupsMoveWholeAndWhatIsApartMovesApart() {
    for (long seed = 0; seed < ESTATES; seed++) {
      Estate estate = windowed(seed);
      Map<String, Integer> waves = Estates.waves(plan(estate));
      Map<String, Integer> groups = new HashMap<>();
      Set<String> aparts = new HashSet<>();
      for (WaveVm vm : estate.vms()) {
        Integer wave = waves.get(vm.facts().name());
        if (wave == null) {
          continue;
        }
        for (String group : vm.facts().groups()) {
          assertEquals(wave, groups.computeIfAbsent(group, g -> wave), "seed " + seed);
        }
        for (int rule : vm.marks().apart()) {
          assertTrue(aparts.add(rule + " in " + wave), "seed " + seed);
        }
      }
    }
  }

  @Test
  void whatIsNeededIsNeverLater() {
    for (long seed = 0; seed < ESTATES; seed++) {
      Estate estate = windowed(seed);
      Map<String, Integer> waves = Estates.waves(plan(estate));
      for (WaveVm needer : estate.vms()) {
        for (WaveVm need : estate.vms()) {
          Integer first = waves.get(need.facts().name());
          Integer second = waves.get(needer.facts().name());
          if (first != null && second != null && needs(needer, need)) {
            assertTrue(first <= second, "seed " + seed + " " + need + needer);
          }
        }
      }
    }
  }

  private static boolean needs(WaveVm needer, WaveVm need) {
    return needer.marks().needs().stream()
        .anyMatch(r -> need.marks().needed().contains(r) && !needer.marks().needed().contains(r));
  }

  @Test
  void theSameEstateInAnyOrderGivesTheSamePlan() {
    for (long seed = 0; seed < ESTATES; seed++) {
      Estate estate = windowed(seed);
      List<WaveVm> shuffled = new ArrayList<>(estate.vms());
      Collections.shuffle(shuffled, new Random(seed));
      assertEquals(plan(estate), estate.rules().plan(shuffled), "seed " + seed);
    }
  }

  @Test
  void aReplanOfTheSameEstateMovesNothing() {
    for (long seed = 0; seed < ESTATES; seed++) {
      Estate estate = windowed(seed);
      WavePlan first = plan(estate);
      estate.rules().earlier = Estates.earlier(first);
      WavePlan again = estate.rules().plan(estate.vms());
      assertEquals(where(first), where(again), "seed " + seed);
      assertEquals(
          first.waves().stream().map(PlannedWave::slot).toList(),
          again.waves().stream().map(PlannedWave::slot).toList(),
          "seed " + seed);
      assertEquals(
          first.waves().stream().map(PlanWavesPropertyTest::figures).toList(),
          again.waves().stream().map(PlanWavesPropertyTest::figures).toList(),
          "seed " + seed);
      assertEquals(first.leftOut(), again.leftOut(), "seed " + seed);
    }
  }

  /** All that a plan's text says of a wave beside its VMs. */
  private static List<Object> figures(PlannedWave wave) {
    return List.of(
        wave.name(),
        wave.load(),
        wave.copy(),
        wave.downtime(),
        wave.nodes(),
        wave.vms().stream().map(vm -> String.valueOf(vm.unit())).toList());
  }

  private static Map<String, String> where(WavePlan plan) {
    Map<String, String> where = new java.util.TreeMap<>();
    plan.waves().forEach(w -> w.vms().forEach((PlacedVm vm) -> where.put(vm.name(), w.name())));
    return where;
  }

  /** A VM that grows may push its own unit out, and what hangs on it; never the rest. */
  @Test
  void aReplanWithOneNewAndOneGoneVmMovesNoOther() {
    for (long seed = 0; seed < ESTATES; seed++) {
      Estate estate = windowed(seed);
      WavePlan first = plan(estate);
      List<WaveVm> changed = new ArrayList<>(estate.vms().subList(1, estate.vms().size()));
      changed.add(Estates.vm("new").make());
      estate.rules().earlier = Estates.earlier(first);
      if (estate.vms().get(0).facts().groups().isEmpty() && !first.waves().isEmpty()) {
        Map<String, String> before = where(first);
        Map<String, String> after = where(estate.rules().plan(changed));
        before.remove(estate.vms().get(0).facts().name());
        after.remove("new");
        long moved =
            before.entrySet().stream()
                .filter(e -> !e.getValue().equals(after.get(e.getKey())))
                .count();
        assertEquals(0, moved, "seed " + seed);
      }
    }
  }
}
