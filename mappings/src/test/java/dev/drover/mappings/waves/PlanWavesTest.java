package dev.drover.mappings.waves;

import static dev.drover.mappings.waves.Estates.vm;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.drover.mappings.model.Answer;
import dev.drover.mappings.model.ByteSize;
import dev.drover.mappings.model.Finding;
import dev.drover.mappings.model.VmRef;
import dev.drover.mappings.policy.VmSelector;
import dev.drover.mappings.policy.WavesPolicy.Window;
import dev.drover.mappings.profile.TargetProfile;
import dev.drover.mappings.waves.Estates.Rules;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class PlanWavesTest {
  private final Rules rules = new Rules();

  private static Finding problem(WavePlan plan, String code) {
    return plan.problems().stream()
        .filter(p -> p.code().equals(code))
        .findFirst()
        .orElseThrow(() -> new AssertionError(code + " is not in " + plan.problems()));
  }

  private static @Nullable Integer wave(WavePlan plan, String name) {
    return Estates.waves(plan).get(name);
  }

  private static String reason(WavePlan plan, String name) {
    return plan.leftOut().stream()
        .filter(l -> l.name().equals(name))
        .map(WavePlan.LeftOut::reason)
        .findFirst()
        .orElse("not left out");
  }

  private static Window nights(int hours) {
    return new Window(
        "night",
        ZoneId.of("UTC"),
        Set.of(DayOfWeek.SATURDAY),
        LocalTime.of(20, 0),
        Duration.ofHours(hours),
        null,
        null);
  }

  @Test
  void oneUnitOverTheCapMovesWholeAndAloneAndIsTold() {
    rules.vms = 2;
    WavePlan plan =
        rules.plan(vm("a").groups("g"), vm("b").groups("g"), vm("c").groups("g"), vm("d"));
    assertEquals(2, plan.waves().size());
    assertEquals(wave(plan, "a"), wave(plan, "c"));
    assertNotEquals(wave(plan, "a"), wave(plan, "d"));
    assertEquals("3 VMs of 2", problem(plan, "WAVE-001").evidence());
  }

  @Test
  void linesOfThePolicyThatPickNoVmAreTold() {
    rules.leaveOut = 2;
    rules.apart = 2;
    rules.dependencies = 1;
    rules.pins = List.of("pinned", "lost");
    rules.pilots = List.of(VmSelector.ALL);
    WavePlan plan =
        rules.plan(vm("a").apart(1).pin("pinned"), vm("b").stays("retain").apart(1).leftOutBy(0));
    assertEquals(
        List.of(
            "waves.leaveOut[1] of the policy picks no VM",
            "waves.apart[0] of the policy picks no VM",
            "waves.dependencies[0].vms of the policy picks no VM",
            "waves.pins[1] of the policy picks no VM",
            "waves.pilots of the policy picks no VM"),
        plan.problems().stream()
            .filter(p -> p.code().equals("WAVE-012"))
            .map(Finding::what)
            .toList());
  }

  @Test
  void aWordOfCriticalityThatThePolicyLacksIsToldWithTheNearest() {
    rules.criticality = List.of("low", "high");
    WavePlan plan =
        rules.plan(vm("a").criticality("hgih"), vm("b").criticality("low"), vm("c"), vm("d"));
    Finding told = problem(plan, "WAVE-013");
    assertTrue(told.what().contains("\"hgih\"") && told.remedy().contains("\"high\""), told + "");
    assertEquals("1 VM", told.evidence());
  }

  @Test
  void aCircleOfDependenciesIsNamedAndMovesTogether() {
    rules.vms = 1;
    rules.links =
        List.of(
            new DependencyLink("a", "b", "l.csv:1"),
            new DependencyLink("b", "c", "l.csv:2"),
            new DependencyLink("c", "a", "l.csv:3"));
    WavePlan plan = rules.plan(vm("a"), vm("b"), vm("c"), vm("d"));
    assertEquals(wave(plan, "a"), wave(plan, "b"));
    assertEquals(wave(plan, "a"), wave(plan, "c"));
    Finding told = problem(plan, "WAVE-002");
    assertEquals(
        "dependencies run in a circle, so these move together: \"a\" is needed by \"c\", which is"
            + " needed by \"b\", which is needed by the first",
        told.what());
  }

  @Test
  void aCircleWithAShortcutNamesEachVmOnce() {
    rules.links =
        List.of(
            new DependencyLink("a", "b", "l.csv:1"),
            new DependencyLink("b", "c", "l.csv:2"),
            new DependencyLink("c", "a", "l.csv:3"),
            new DependencyLink("b", "a", "l.csv:4"));
    String told = problem(rules.plan(vm("a"), vm("b"), vm("c")), "WAVE-002").what();
    assertTrue(told.endsWith("\"a\" is needed by \"b\", which is needed by the first"), told);
  }

  @Test
  void aDependencyOnAVmThatIsNotThereNamesFileAndLine() {
    rules.links =
        List.of(
            new DependencyLink("web", "datbase", "deps.csv:7"),
            new DependencyLink("nobody-here", "database", "deps.csv:8"));
    WavePlan plan = rules.plan(vm("web"), vm("database"));
    List<Finding> told = plan.problems().stream().filter(p -> p.code().equals("WAVE-003")).toList();
    assertEquals("deps.csv:7: no VM is called \"datbase\"", told.get(0).what());
    assertEquals("did you mean \"database\"?", told.get(0).remedy());
    assertEquals("deps.csv:8: no VM is called \"nobody-here\"", told.get(1).what());
    assertEquals(Set.of("web", "database"), Estates.waves(plan).keySet());
  }

  @Test
  void aDependencyOnAVmThatStaysIsTold() {
    rules.links = List.of(new DependencyLink("web", "db", "deps.csv:1"));
    WavePlan plan = rules.plan(vm("web"), vm("db").stays("decision: blocker DISK-020"));
    assertTrue(problem(plan, "WAVE-009").what().contains("\"db\" stays"));
    assertEquals(0, wave(plan, "web"));
  }

  @Test
  void aVmOnBothSidesOfARuleIsNeededByTheOthers() {
    rules.dependencies = 1;
    rules.vms = 2;
    WavePlan plan =
        rules.plan(
            vm("z-dc1").needs(0).needed(0),
            vm("z-dc2").needs(0).needed(0),
            vm("app1").needs(0),
            vm("app2").needs(0));
    assertEquals(Set.of(), Estates.codes(plan));
    assertEquals(Map.of("z-dc1", 0, "z-dc2", 0, "app1", 1, "app2", 1), Estates.waves(plan));
  }

  @Test
  void togetherAndApartIsToldAsTheSmallestSet() {
    rules.apart = 1;
    WavePlan plan =
        rules.plan(
            vm("a").groups("tag App=x").apart(0),
            vm("b").groups("tag App=x", "vApp y"),
            vm("c").groups("vApp y").apart(0),
            vm("d").groups("other"),
            vm("e"));
    Finding told = problem(plan, "WAVE-004");
    assertEquals(
        "these cannot all be met: apart \"apart-0\" keeps \"a\" and \"c\" apart; \"tag App=x\" keeps"
            + " VMs together; \"vApp y\" keeps VMs together",
        told.what());
    assertEquals("3 constraints", told.evidence());
    assertTrue(reason(plan, "b").startsWith("constraints conflict"));
    assertEquals(Set.of("d", "e"), Estates.waves(plan).keySet());
  }

  @Test
  void pinsAgainstADependencyAreToldWithTheWayBetweenThem() {
    rules.pins = List.of("wave-01", "wave-03");
    rules.links =
        List.of(new DependencyLink("b", "a", "l.csv:1"), new DependencyLink("c", "b", "l.csv:2"));
    WavePlan plan = rules.plan(vm("a").pin("wave-03"), vm("b"), vm("c").pin("wave-01"), vm("d"));
    assertEquals(
        "these cannot all be met: a pin puts \"a\" into wave-03; the dependency \"l.csv:1\"; the"
            + " dependency \"l.csv:2\"; a pin puts \"c\" into wave-01",
        problem(plan, "WAVE-004").what());
    assertEquals(Set.of("a", "b", "d"), Estates.waves(plan).keySet());
  }

  @Test
  void twoPinsOfOneUnitAndTwoApartInOnePinnedWaveConflict() {
    rules.pins = List.of("one", "two");
    rules.apart = 1;
    WavePlan plan =
        rules.plan(
            vm("a").groups("g").pin("one"),
            vm("b").groups("g").pin("two"),
            vm("c").pin("one").apart(0),
            vm("d").pin("one").apart(0));
    List<String> told =
        plan.problems().stream()
            .filter(p -> p.code().equals("WAVE-004"))
            .map(Finding::what)
            .toList();
    assertEquals(2, told.size(), told::toString);
    assertTrue(told.get(0).contains("into one; \"g\" keeps VMs together; a pin"), told.get(0));
    assertTrue(told.get(1).contains("apart \"apart-0\""), told.get(1));
    assertEquals(Set.of("c"), Estates.waves(plan).keySet());
  }

  @Test
  void pinsThatFillAWaveBeyondItsCapAreTold() {
    rules.vms = 1;
    rules.pins = List.of("wave-02");
    WavePlan plan = rules.plan(vm("a").pin("wave-02"), vm("b").pin("wave-02"), vm("c"));
    assertTrue(problem(plan, "WAVE-004").what().contains("what is there leaves no room"));
    assertEquals("wave-02", plan.waves().get(1).name());
  }

  @Test
  void aPinKeepsItsWaveAndWhatNeedsItComesNotBefore() {
    rules.pins = List.of("wave-2");
    rules.links = List.of(new DependencyLink("web", "db", "l:1"));
    WavePlan plan = rules.plan(vm("db").pin("wave-02"), vm("web"), vm("x"));
    assertEquals(List.of("wave-01", "wave-02"), plan.waves().stream().map(w -> w.name()).toList());
    assertEquals(Map.of("x", 0, "db", 1, "web", 1), Estates.waves(plan));
  }

  @Test
  void whatIsNeededByAPinnedOneComesInTime() {
    rules.vms = 1;
    rules.pins = List.of("wave-02");
    rules.links = List.of(new DependencyLink("web", "z-db", "l:1"));
    WavePlan plan = rules.plan(vm("web").pin("wave-02"), vm("a"), vm("b"), vm("z-db"));
    assertEquals(1, wave(plan, "web"));
    assertEquals(0, wave(plan, "z-db"));
  }

  @Test
  void namedPilotsGoFirstWithWhatTheyNeed() {
    rules.pilots = List.of(VmSelector.ALL);
    rules.pilotVms = 3;
    rules.links = List.of(new DependencyLink("p", "need", "l:1"));
    WavePlan plan = rules.plan(vm("a"), vm("p").pilot(), vm("need").complexity(90), vm("z"));
    assertEquals("pilot", plan.waves().get(0).name());
    assertEquals(Map.of("p", 0, "need", 0, "a", 1, "z", 1), Estates.waves(plan));
  }

  @Test
  void theEasiestArePilotsWhereNobodyNamesAnyAndOneWaveIsNotEnough() {
    rules.pilotVms = 2;
    rules.vms = 3;
    WavePlan plan =
        rules.plan(
            vm("a").complexity(50),
            vm("b").complexity(1),
            vm("c").complexity(2),
            vm("d").complexity(9));
    assertEquals(Map.of("b", 0, "c", 0, "a", 1, "d", 1), Estates.waves(plan));
    rules.vms = 4;
    assertEquals(1, rules.plan(vm("a"), vm("b"), vm("c"), vm("d")).waves().size());
  }

  @Test
  void theLessCriticalGoBeforeTheMoreCriticalAndTheUnknownLast() {
    rules.criticality = List.of("low", "high");
    rules.vms = 2;
    WavePlan plan =
        rules.plan(
            vm("a"),
            vm("b").criticality("high"),
            vm("c").criticality("low"),
            vm("d").criticality("low"),
            vm("e").criticality("low"),
            vm("f").criticality("high"));
    Map<String, Integer> waves = Estates.waves(plan);
    assertEquals(Map.of("c", 0, "d", 0, "e", 1, "b", 1, "f", 2, "a", 2), waves);
  }

  @Test
  void ownersMoveSideBySide() {
    rules.byOwner = true;
    rules.vms = 2;
    WavePlan plan =
        rules.plan(vm("a").owner("x"), vm("b").owner("y"), vm("c").owner("x"), vm("d").owner("y"));
    assertEquals(Map.of("a", 0, "c", 0, "b", 1, "d", 1), Estates.waves(plan));
  }

  @Test
  void whatAWindowCannotHoldIsLeftOutWithTheFigures() {
    rules.windows = List.of(nights(4));
    WavePlan plan = rules.plan(vm("small").gib(10), vm("huge").gib(5000));
    String why = reason(plan, "huge");
    assertTrue(
        why.startsWith("it and what moves with it take longer than any window: up to "), why);
    assertTrue(why.endsWith(" of 3 h 0 min less the reserve"), why);
    assertEquals(Finding.Severity.BLOCKER, problem(plan, "WAVE-005").severity());
    assertEquals(Set.of("small"), Estates.waves(plan).keySet());
  }

  @Test
  void windowsOfThePastAndOfNoLengthLeaveNothingAndSaySo() {
    rules.windows =
        List.of(
            new Window(
                "gone",
                ZoneId.of("UTC"),
                Set.of(),
                LocalTime.NOON,
                Duration.ofHours(3),
                LocalDate.of(2020, 1, 1),
                null),
            nights(0));
    WavePlan plan = rules.plan(vm("a"));
    assertEquals("no window comes", reason(plan, "a"));
    assertEquals(2, plan.problems().stream().filter(p -> p.code().equals("WAVE-007")).count());
  }

  @Test
  void windowsThatRunOutLeaveOutTheLast() {
    rules.vms = 1;
    rules.windows =
        List.of(
            new Window(
                "once",
                ZoneId.of("UTC"),
                Set.of(),
                LocalTime.NOON,
                Duration.ofHours(9),
                LocalDate.of(2027, 1, 1),
                null));
    WavePlan plan = rules.plan(vm("a"), vm("b"));
    assertEquals(1, plan.waves().size());
    assertEquals("no window is left with room for it", reason(plan, "b"));
  }

  private static TargetProfile target(int freeThreads, long freeGib) {
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
                ByteSize.ofGiB(freeGib))),
        null,
        List.of(
            new TargetProfile.NodeGroup(
                "n", 4, 32, ByteSize.ofGiB(128), freeThreads, ByteSize.ofGiB(500), Answer.NO)),
        null,
        null,
        List.of());
  }

  @Test
  void theTargetsRoomIsNeverExceededInAllNorAWave() {
    rules.profile = target(120, 1000);
    rules.share = 0.5;
    long gib = 1L << 30;
    List<WaveVm> vms = new ArrayList<>();
    for (int i = 0; i < 12; i++) {
      vms.add(vm("v" + i).gib(100).classes(Map.of("fast", 100 * gib)).make());
    }
    WavePlan plan = rules.plan(vms);
    // A fifth of 1,000 GiB is the reserve; half of the rest is a wave's share.
    assertEquals(List.of(4, 4), plan.waves().stream().map(w -> w.vms().size()).toList());
    assertEquals(4, plan.leftOut().size());
    assertTrue(problem(plan, "WAVE-006").what().contains("storage class fast has no space left"));
  }

  @Test
  void aVmThatNoNodeHoldsIsLeftOut() {
    rules.profile = target(120, 1000);
    WavePlan plan = rules.plan(vm("a"), vm("wide").cpus(40), vm("large").cpus(200));
    assertTrue(reason(plan, "wide").startsWith("no node of the target has its 40 processors"));
    assertTrue(reason(plan, "large").startsWith("no node of the target holds its 400 GiB"));
  }

  @Test
  void aGroupOfWhichOneStaysIsTold() {
    WavePlan plan = rules.plan(vm("a").groups("g"), vm("b").groups("g").stays("retain: old"));
    assertTrue(problem(plan, "WAVE-010").what().contains("1 of \"g\" moves without \"b\""));
  }

  @Test
  void aGroupOfWhichOneStaysCountsOnlyWhatIsReallyPlanned() {
    rules.windows = List.of(nights(4));
    WavePlan plan =
        rules.plan(
            vm("a").groups("g", "h"),
            vm("b").groups("g").stays("retain: old"),
            vm("c").groups("h").gib(5000),
            vm("d").groups("k"),
            vm("e").groups("k").stays("retain: old"));
    assertEquals(Set.of("d"), Estates.waves(plan).keySet());
    assertEquals(
        List.of("1 of \"k\" moves without \"e\""),
        plan.problems().stream()
            .filter(p -> p.code().equals("WAVE-010"))
            .map(Finding::what)
            .toList());
  }

  @Test
  void aDependencyOnWhatThePackingLeavesOutIsTold() {
    rules.windows = List.of(nights(4));
    rules.dependencies = 1;
    rules.links = List.of(new DependencyLink("web", "db", "deps.csv:1"));
    WavePlan plan =
        rules.plan(
            vm("web"),
            vm("db").needed(0).gib(5000),
            vm("app").needs(0),
            vm("late").needs(0).gib(6000));
    assertEquals(Set.of("app", "web"), Estates.waves(plan).keySet());
    assertEquals(
        List.of(
            "1 VM moves though \"db\" stays: reason-0",
            "\"web\" moves though \"db\" stays: deps.csv:1"),
        plan.problems().stream()
            .filter(p -> p.code().equals("WAVE-009"))
            .map(Finding::what)
            .toList());
  }

  @Test
  void whatHasNoWaveItselfLacksNothing() {
    rules.windows = List.of(nights(4));
    rules.links = List.of(new DependencyLink("web", "db", "deps.csv:1"));
    WavePlan plan = rules.plan(vm("web").gib(5000), vm("db").stays("retain: old"), vm("x"));
    assertFalse(Estates.codes(plan).contains("WAVE-009"), plan.problems()::toString);
  }

  private static Planning.Earlier earlier(
      String name, boolean ran, Set<String> moved, String... vms) {
    Map<VmRef, String> all = new HashMap<>();
    Set<VmRef> gone = new java.util.HashSet<>();
    for (String vm : vms) {
      all.put(new VmRef("vc", vm), vm);
      if (moved.contains(vm)) {
        gone.add(new VmRef("vc", vm));
      }
    }
    return new Planning.Earlier(name, null, ran, all, gone);
  }

  @Test
  void aReplanKeepsNamesMovesWhatMustAndNamesTheReason() {
    rules.vms = 2;
    rules.links = List.of(new DependencyLink("a", "new", "l:1"));
    rules.earlier =
        List.of(
            earlier("first", false, Set.of(), "a", "b"),
            earlier("second", false, Set.of(), "c", "gone"));
    WavePlan plan = rules.plan(vm("a"), vm("b"), vm("c"), vm("new"));
    // "first" is full, and what is new cannot come before "a" but in "second", so "a" has to leave.
    assertEquals(
        List.of("first", "second", "wave-01"), plan.waves().stream().map(w -> w.name()).toList());
    PlanChanges changes = PlanChanges.between(rules.earlier, plan);
    assertEquals(2, changes.stayed());
    assertEquals(
        List.of("new null second", "a first wave-01", "gone second null"),
        changes.changes().stream().map(c -> c.name() + " " + c.from() + " " + c.to()).toList());
    assertEquals(
        "cannot be in first, since what it needs comes later now; the first wave with room for it",
        changes.changes().get(1).why());
  }

  @Test
  void aWaveThatRanKeepsWhatItHasAndTakesNothing() {
    rules.earlier =
        List.of(
            earlier("w1", true, Set.of("a", "left"), "a", "b", "left"),
            earlier("w2", false, Set.of(), "c"));
    WavePlan plan = rules.plan(vm("a"), vm("b"), vm("c"), vm("d"));
    assertEquals(List.of("w1", "w2"), plan.waves().stream().map(w -> w.name()).toList());
    assertEquals(Map.of("a", 0, "left", 0, "b", 1, "c", 1, "d", 1), Estates.waves(plan));
  }

  @Test
  void aVmThatGrewLeavesAndTheOthersStay() {
    rules.data = ByteSize.ofGiB(300);
    List<WaveVm> first = List.of(vm("a").make(), vm("b").make(), vm("c").make(), vm("d").make());
    rules.earlier = Estates.earlier(rules.plan(first));
    WavePlan plan = rules.plan(vm("a").gib(250), vm("b"), vm("c"), vm("d"));
    PlanChanges changes = PlanChanges.between(rules.earlier, plan);
    assertTrue(changes.changes().size() <= 2, changes::toString);
  }
}
