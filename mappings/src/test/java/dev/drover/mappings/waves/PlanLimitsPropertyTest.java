package dev.drover.mappings.waves;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.drover.mappings.model.Answer;
import dev.drover.mappings.model.ByteSize;
import dev.drover.mappings.model.VmFacts;
import dev.drover.mappings.policy.WavesPolicy.Blackout;
import dev.drover.mappings.policy.WavesPolicy.Window;
import dev.drover.mappings.profile.TargetProfile;
import dev.drover.mappings.sizing.EstateSizing;
import dev.drover.mappings.sizing.TargetRoom;
import dev.drover.mappings.waves.Estates.Estate;
import dev.drover.mappings.waves.WavePlan.PlacedVm;
import dev.drover.mappings.waves.WavePlan.PlannedWave;
import dev.drover.mappings.waves.WavePlan.Slot;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

/**
 * What {@link PlanWavesPropertyTest} leaves: every cap, the target's room, blackouts, the order.
 */
class PlanLimitsPropertyTest {
  private static final int ESTATES = 400;
  private static final ZoneId BERLIN = ZoneId.of("Europe/Berlin");
  private static final long GIB = 1L << 30;

  private static TargetProfile target(Random random) {
    return new TargetProfile(
        "t",
        Map.of(),
        null,
        List.of(
            new TargetProfile.StorageClass(
                "fast",
                null,
                Answer.YES,
                Answer.YES,
                Answer.YES,
                Answer.YES,
                Answer.YES,
                Answer.YES,
                Answer.NO,
                null,
                ByteSize.ofGiB(500 + random.nextInt(3000)))),
        null,
        List.of(
            new TargetProfile.NodeGroup(
                "n",
                4,
                32,
                ByteSize.ofGiB(128),
                40 + random.nextInt(88),
                ByteSize.ofGiB(150 + random.nextInt(300)),
                Answer.NO)),
        null,
        null,
        List.of());
  }

  /** An estate with every cap that there is. */
  private static Estate capped(long seed) {
    Random random = new Random(seed * 31 + 7);
    Estate estate = Estates.random(seed, 30, false);
    estate.rules().cpus = 8 + random.nextInt(20);
    estate.rules().memory = ByteSize.ofGiB(16 + random.nextInt(40));
    estate.rules().share = random.nextBoolean() ? 0.2 + random.nextDouble() / 2 : null;
    estate.rules().profile = target(random);
    List<WaveVm> vms = new ArrayList<>();
    for (WaveVm vm : estate.vms()) {
      vms.add(
          new WaveVm(
              vm.facts(),
              vm.stays(),
              vm.complexity(),
              Map.of("fast", vm.facts().size().bytes()),
              vm.marks()));
    }
    return new Estate(vms, estate.rules());
  }

  private static WavePlan plan(Estate estate) {
    return estate.rules().plan(estate.vms());
  }

  private static Map<String, WaveVm> byName(Estate estate) {
    Map<String, WaveVm> byName = new HashMap<>();
    estate.vms().forEach(vm -> byName.put(vm.facts().name(), vm));
    return byName;
  }

  private static long units(PlannedWave wave) {
    Set<String> units = new HashSet<>();
    wave.vms().forEach(vm -> units.add(vm.unit() == null ? vm.name() : vm.unit()));
    return units.size();
  }

  @Test
  void noCapOfProcessorsMemoryOrShareIsExceededButByOneUnitAlone() {
    int close = 0;
    for (long seed = 0; seed < ESTATES; seed++) {
      Estate estate = capped(seed);
      EstateSizing.Capacity free = free(estate);
      Double told = estate.rules().share;
      double share = told == null ? 1 : told;
      for (PlannedWave wave : plan(estate).waves()) {
        double cpus = Math.min(Objects.requireNonNull(estate.rules().cpus), cpus(free) * share);
        double memory =
            Math.min(Objects.requireNonNull(estate.rules().memory).bytes(), memory(free) * share);
        boolean over =
            wave.load().cpus() > cpus
                || wave.load().memory().bytes() > memory
                || wave.load().size().bytes() > storage(free) * share;
        assertTrue(!over || units(wave) == 1, "seed " + seed + " " + wave);
        close += wave.load().cpus() > 0.7 * cpus ? 1 : 0;
      }
    }
    assertTrue(close > ESTATES / 2, "the caps bind in " + close + " waves alone");
  }

  private static EstateSizing.Capacity free(Estate estate) {
    return Objects.requireNonNull(
        TargetRoom.of(estate.rules().profile, estate.rules().policy().sizing()));
  }

  private static long cpus(EstateSizing.Capacity free) {
    return Objects.requireNonNull(free.cpus());
  }

  private static double memory(EstateSizing.Capacity free) {
    return Objects.requireNonNull(free.memory()).bytes();
  }

  private static double storage(EstateSizing.Capacity free) {
    return Objects.requireNonNull(free.storage()).bytes();
  }

  @Test
  void allWavesTogetherFitTheTargetAndWhatDoesNotIsLeftOut() {
    int lacking = 0;
    for (long seed = 0; seed < ESTATES; seed++) {
      Estate estate = capped(seed);
      WavePlan plan = plan(estate);
      EstateSizing.Capacity free = free(estate);
      long cpus = plan.waves().stream().mapToLong(w -> w.load().cpus()).sum();
      long memory = plan.waves().stream().mapToLong(w -> w.load().memory().bytes()).sum();
      long size = plan.waves().stream().mapToLong(w -> w.load().size().bytes()).sum();
      assertTrue(
          cpus <= cpus(free) && memory <= memory(free) && size <= storage(free), "seed " + seed);
      lacking += Estates.codes(plan).contains("WAVE-006") ? 1 : 0;
    }
    assertTrue(lacking > ESTATES / 10, "the target is too small in " + lacking + " estates alone");
  }

  private static Estate windowed(long seed) {
    Estate estate = Estates.random(seed, 30, false);
    Random random = new Random(seed);
    estate.rules().windows =
        List.of(
            new Window(
                "night",
                BERLIN,
                Set.of(DayOfWeek.SATURDAY, DayOfWeek.TUESDAY),
                LocalTime.of(22, 0),
                Duration.ofHours(4 + random.nextInt(8)),
                null,
                null));
    List<Blackout> blackouts = new ArrayList<>();
    for (int i = 0; i < 6; i++) {
      LocalDateTime from = LocalDateTime.of(2026, 11, 24, 20, 0).plusHours(random.nextInt(24 * 30));
      blackouts.add(
          new Blackout("freeze " + i, BERLIN, from, from.plusHours(1 + random.nextInt(60))));
    }
    estate.rules().blackouts = blackouts;
    return estate;
  }

  @Test
  void everyWaveLiesInsideAWindowOfThePolicyAndOutsideEveryBlackout() {
    int cut = 0;
    for (long seed = 0; seed < ESTATES; seed++) {
      Estate estate = windowed(seed);
      Window window = estate.rules().windows.get(0);
      for (PlannedWave wave : plan(estate).waves()) {
        Slot slot = Objects.requireNonNull(wave.slot());
        ZonedDateTime begin = slot.start().withZoneSameInstant(BERLIN).with(LocalTime.of(22, 0));
        begin = begin.isAfter(slot.start()) ? begin.minusDays(1) : begin;
        assertTrue(window.days().contains(begin.getDayOfWeek()), "seed " + seed + " " + slot);
        assertFalse(
            slot.end().toInstant().isAfter(begin.toInstant().plus(window.length())),
            "seed " + seed + " " + slot);
        for (Blackout blackout : estate.rules().blackouts) {
          boolean before = !slot.end().isAfter(blackout.from().atZone(BERLIN));
          boolean after = !slot.start().isBefore(blackout.to().atZone(BERLIN));
          assertTrue(before || after, "seed " + seed + " " + slot + " " + blackout);
        }
        Duration length = Duration.between(slot.start(), slot.end());
        cut += length.compareTo(window.length()) < 0 ? 1 : 0;
      }
    }
    assertTrue(cut > 20, "blackouts cut " + cut + " waves' windows alone");
  }

  @Test
  void ofAGroupAllThatMayMoveHasAWaveOrNone() {
    for (long seed = 0; seed < ESTATES; seed++) {
      Estate estate = capped(seed);
      Map<String, Integer> waves = Estates.waves(plan(estate));
      Map<String, Boolean> planned = new HashMap<>();
      for (WaveVm vm : estate.vms()) {
        if (vm.stays() != null) {
          continue;
        }
        boolean has = waves.containsKey(vm.facts().name());
        for (String group : vm.facts().groups()) {
          assertEquals(has, planned.computeIfAbsent(group, g -> has), "seed " + seed);
        }
      }
    }
  }

  @Test
  void theMoreCriticalAreNeverBeforeTheLessCritical() {
    int told = 0;
    for (long seed = 0; seed < ESTATES; seed++) {
      Estate estate = Estates.random(seed, 30, false);
      estate.rules().criticality = List.of("low", "high");
      estate.rules().dependencies = 0;
      List<WaveVm> free = estate.vms().stream().map(PlanLimitsPropertyTest::withoutNeeds).toList();
      WavePlan plan = estate.rules().plan(free);
      Map<String, Integer> ranks = ranks(free);
      Map<String, WaveVm> byName = byName(new Estate(free, estate.rules()));
      int highest = -1;
      for (int rank = 0; rank <= 2; rank++) {
        int lowest = Integer.MAX_VALUE;
        int last = -1;
        for (int w = 0; w < plan.waves().size(); w++) {
          for (PlacedVm vm : plan.waves().get(w).vms()) {
            if (!plan.waves().get(w).pilot()
                && rankOf(Objects.requireNonNull(byName.get(vm.name())), ranks) == rank) {
              lowest = Math.min(lowest, w);
              last = Math.max(last, w);
            }
          }
        }
        assertTrue(lowest >= highest, "seed " + seed + " rank " + rank);
        told += lowest < Integer.MAX_VALUE && highest >= 0 ? 1 : 0;
        highest = Math.max(highest, last);
      }
    }
    assertTrue(told > ESTATES, "two words met in " + told + " estates alone");
  }

  private static WaveVm withoutNeeds(WaveVm vm) {
    return new WaveVm(
        vm.facts(),
        vm.stays(),
        vm.complexity(),
        vm.classes(),
        new WaveVm.Marks(vm.marks().apart(), List.of(), List.of(), false, List.of(), List.of()));
  }

  /** A unit is as critical as its most critical VM; a VM of these estates has one group or none. */
  private static Map<String, Integer> ranks(List<WaveVm> vms) {
    Map<String, Integer> ranks = new HashMap<>();
    for (WaveVm vm : vms) {
      if (vm.stays() == null) {
        vm.facts().groups().forEach(g -> ranks.merge(g, own(vm), Math::max));
      }
    }
    return ranks;
  }

  private static int own(WaveVm vm) {
    String word = vm.facts().criticality();
    return word == null ? 2 : word.equals("low") ? 0 : 1;
  }

  private static int rankOf(WaveVm vm, Map<String, Integer> ranks) {
    return vm.facts().groups().isEmpty()
        ? own(vm)
        : ranks.getOrDefault(vm.facts().groups().get(0), own(vm));
  }

  private static WaveVm grown(WaveVm vm) {
    VmFacts f = vm.facts();
    VmFacts facts =
        new VmFacts(
            f.ref(),
            f.name(),
            f.folder(),
            f.power(),
            f.cpus(),
            f.memory(),
            f.disks(),
            ByteSize.ofGiB(600),
            null,
            f.nics(),
            f.os(),
            f.osClass(),
            f.datacenter(),
            f.cluster(),
            f.host(),
            f.datastores(),
            f.networks(),
            f.application(),
            f.owner(),
            f.criticality(),
            f.tags(),
            f.groups());
    return new WaveVm(facts, vm.stays(), vm.complexity(), vm.classes(), vm.marks());
  }

  @Test
  void aVmThatGrowsMovesItsOwnUnitAtMost() {
    int left = 0;
    for (long seed = 0; seed < ESTATES; seed++) {
      Estate estate = Estates.random(seed, 30, false);
      estate.rules().dependencies = 0;
      estate.rules().data = ByteSize.ofGiB(700);
      List<WaveVm> vms =
          new ArrayList<>(estate.vms().stream().map(PlanLimitsPropertyTest::withoutNeeds).toList());
      estate.rules().earlier = Estates.earlier(estate.rules().plan(vms));
      WaveVm one = vms.get(0);
      vms.set(0, grown(one));
      for (PlanChanges.Change change :
          PlanChanges.between(estate.rules().earlier, estate.rules().plan(vms)).changes()) {
        boolean own =
            change.name().equals(one.facts().name())
                || vms.stream()
                    .filter(vm -> vm.facts().name().equals(change.name()))
                    .flatMap(vm -> vm.facts().groups().stream())
                    .anyMatch(one.facts().groups()::contains);
        assertTrue(own, "seed " + seed + " " + change);
        left++;
      }
    }
    assertTrue(left > ESTATES / 5, "what grew left in " + left + " estates alone");
  }
}
