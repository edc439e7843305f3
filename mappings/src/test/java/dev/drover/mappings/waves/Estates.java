package dev.drover.mappings.waves;

import dev.drover.mappings.model.ByteSize;
import dev.drover.mappings.model.PowerState;
import dev.drover.mappings.model.VmFacts;
import dev.drover.mappings.model.VmRef;
import dev.drover.mappings.policy.MigrationPolicy;
import dev.drover.mappings.policy.RatesPolicy;
import dev.drover.mappings.policy.VmSelector;
import dev.drover.mappings.policy.WavesPolicy;
import dev.drover.mappings.policy.WavesPolicy.Apart;
import dev.drover.mappings.policy.WavesPolicy.Blackout;
import dev.drover.mappings.policy.WavesPolicy.Caps;
import dev.drover.mappings.policy.WavesPolicy.Dependency;
import dev.drover.mappings.policy.WavesPolicy.Pin;
import dev.drover.mappings.policy.WavesPolicy.Window;
import dev.drover.mappings.profile.TargetProfile;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** VMs, policies and small random estates for tests of the planner. */
final class Estates {
  static final Instant NOW = Instant.parse("2026-11-25T12:00:00Z");

  private Estates() {}

  /** A VM to be changed and made. */
  static final class Vm {
    private final String name;
    private int cpus = 2;
    private long gib = 100;
    private int complexity;
    private @Nullable String criticality;
    private @Nullable String owner;
    private @Nullable String stays;
    private String host = "esx1";
    private List<String> groups = List.of();
    private List<Integer> apart = List.of();
    private List<Integer> needs = List.of();
    private List<Integer> needed = List.of();
    private boolean pilot;
    private List<String> pins = List.of();
    private List<Integer> leaveOut = List.of();
    private Map<String, Long> classes = Map.of();

    Vm(String name) {
      this.name = name;
    }

    Vm cpus(int value) {
      cpus = value;
      return this;
    }

    Vm gib(long value) {
      gib = value;
      return this;
    }

    Vm complexity(int value) {
      complexity = value;
      return this;
    }

    Vm criticality(String value) {
      criticality = value;
      return this;
    }

    Vm owner(String value) {
      owner = value;
      return this;
    }

    Vm stays(String why) {
      stays = why;
      return this;
    }

    Vm host(String value) {
      host = value;
      return this;
    }

    Vm groups(String... values) {
      groups = List.of(values);
      return this;
    }

    Vm apart(Integer... rules) {
      apart = List.of(rules);
      return this;
    }

    Vm needs(Integer... rules) {
      needs = List.of(rules);
      return this;
    }

    Vm needed(Integer... rules) {
      needed = List.of(rules);
      return this;
    }

    Vm pilot() {
      pilot = true;
      return this;
    }

    Vm pin(String... waves) {
      pins = List.of(waves);
      return this;
    }

    Vm leftOutBy(Integer... rules) {
      leaveOut = List.of(rules);
      return this;
    }

    Vm classes(Map<String, Long> value) {
      classes = value;
      return this;
    }

    WaveVm make() {
      VmFacts facts =
          new VmFacts(
              new VmRef("vc", name),
              name,
              null,
              PowerState.ON,
              cpus,
              ByteSize.ofGiB(cpus * 2L),
              1,
              ByteSize.ofGiB(gib),
              null,
              1,
              null,
              "linux",
              null,
              null,
              host,
              List.of("ds1"),
              List.of("net"),
              null,
              owner,
              criticality,
              List.of(),
              groups);
      return new WaveVm(
          facts,
          stays,
          complexity,
          classes,
          new WaveVm.Marks(apart, needs, needed, pilot, pins, leaveOut));
    }
  }

  static Vm vm(String name) {
    return new Vm(name);
  }

  /** The parts of a policy that a test says. */
  static final class Rules {
    int vms = 50;
    @Nullable ByteSize data;
    @Nullable Integer cpus;
    @Nullable ByteSize memory;
    @Nullable Double share;
    double reserve = 0.25;
    int apart;
    int dependencies;
    int leaveOut;
    int pilotVms;
    boolean byOwner;
    List<VmSelector> pilots = List.of();
    List<String> criticality = List.of();
    List<Window> windows = List.of();
    List<Blackout> blackouts = List.of();
    List<String> pins = List.of();
    List<WavesPolicy.Together> together = WavesPolicy.DEFAULT.together();
    TargetProfile profile = TargetProfile.UNKNOWN;
    Instant from = NOW;
    List<DependencyLink> links = List.of();
    List<Planning.Earlier> earlier = List.of();

    MigrationPolicy policy() {
      List<Apart> aparts = new ArrayList<>();
      for (int i = 0; i < apart; i++) {
        aparts.add(new Apart("apart-" + i, VmSelector.ALL));
      }
      List<Dependency> needs = new ArrayList<>();
      for (int i = 0; i < dependencies; i++) {
        needs.add(new Dependency(VmSelector.ALL, VmSelector.ALL, "reason-" + i));
      }
      MigrationPolicy usual = MigrationPolicy.DEFAULT;
      return new MigrationPolicy(
          "p",
          "",
          Map.of(),
          List.of(),
          List.of(),
          List.of(),
          usual.labels(),
          List.of(),
          usual.sizing(),
          RatesPolicy.DEFAULT,
          new WavesPolicy(
              java.util.Collections.nCopies(
                  leaveOut, new WavesPolicy.LeaveOut(VmSelector.ALL, "reason")),
              together,
              aparts,
              needs,
              null,
              pilots,
              pilotVms,
              criticality,
              byOwner,
              windows,
              blackouts,
              new Caps(vms, data, cpus, memory, 8, 4, null, share, reserve),
              pins.stream().map(w -> new Pin(w, VmSelector.ALL)).toList()));
    }

    Planning planning() {
      Planning first = Planning.of(policy(), profile, from);
      return new Planning(first.policy(), first.profile(), first.rates(), from, links, earlier);
    }

    WavePlan plan(Vm... vms) {
      return PlanWaves.of(List.of(vms).stream().map(Vm::make).toList(), planning());
    }

    WavePlan plan(List<WaveVm> vms) {
      return PlanWaves.of(vms, planning());
    }
  }

  /** An estate with its rules. */
  record Estate(List<WaveVm> vms, Rules rules) {}

  /** A small estate in which every kind of constraint can turn up. */
  static Estate random(long seed, int most, boolean orderly) {
    Random random = new Random(seed);
    Rules rules = new Rules();
    rules.vms = 2 + random.nextInt(4);
    rules.apart = random.nextInt(3);
    rules.dependencies = random.nextInt(3);
    if (random.nextBoolean()) {
      rules.data = ByteSize.ofGiB(300 + random.nextInt(500));
    }
    if (!orderly) {
      rules.pilotVms = random.nextInt(4);
      rules.criticality = random.nextBoolean() ? List.of("low", "high") : List.of();
      rules.byOwner = random.nextBoolean();
    }
    List<WaveVm> vms = new ArrayList<>();
    int count = 1 + random.nextInt(most);
    for (int i = 0; i < count; i++) {
      Vm vm = vm("vm" + i).gib(20 + random.nextInt(300)).cpus(1 + random.nextInt(8));
      vm.host("esx" + random.nextInt(3)).complexity(random.nextInt(40));
      if (random.nextInt(3) == 0) {
        vm.groups("g" + random.nextInt(4));
      }
      if (rules.apart > 0 && random.nextInt(3) == 0) {
        vm.apart(random.nextInt(rules.apart));
      }
      if (rules.dependencies > 0 && random.nextInt(3) == 0) {
        vm.needs(random.nextInt(rules.dependencies));
      }
      if (rules.dependencies > 0 && random.nextInt(4) == 0) {
        vm.needed(random.nextInt(rules.dependencies));
      }
      if (!orderly && random.nextInt(8) == 0) {
        vm.stays("retain: because");
      }
      if (random.nextBoolean()) {
        vm.criticality(random.nextBoolean() ? "low" : "high");
      }
      vm.owner("o" + random.nextInt(3));
      vms.add(vm.make());
    }
    return new Estate(vms, rules);
  }

  /** Where each VM is. */
  static Map<String, Integer> waves(WavePlan plan) {
    Map<String, Integer> waves = new java.util.TreeMap<>();
    for (int i = 0; i < plan.waves().size(); i++) {
      for (WavePlan.PlacedVm vm : plan.waves().get(i).vms()) {
        waves.put(vm.name(), i);
      }
    }
    return waves;
  }

  static Set<String> codes(WavePlan plan) {
    return new java.util.TreeSet<>(plan.problems().stream().map(p -> p.code()).toList());
  }

  /** A plan as what an earlier run of the planner left. */
  static List<Planning.Earlier> earlier(WavePlan plan) {
    return plan.waves().stream()
        .map(
            w -> {
              Map<VmRef, String> vms = new java.util.HashMap<>();
              w.vms().forEach(vm -> vms.put(vm.ref(), vm.name()));
              return new Planning.Earlier(w.name(), w.slot(), false, vms, Set.of());
            })
        .toList();
  }
}
