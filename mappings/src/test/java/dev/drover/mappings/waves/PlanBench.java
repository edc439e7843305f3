package dev.drover.mappings.waves;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** Prints how long planning takes by the number of VMs; no test. */
final class PlanBench {
  private PlanBench() {}

  /** Arguments: numbers of VMs; with {@code windows} before them nightly windows are planned. */
  public static void main(String[] arguments) {
    boolean windows = arguments.length > 0 && arguments[0].equals("windows");
    for (String argument : arguments) {
      if (!argument.equals("windows")) {
        int count = Integer.parseInt(argument);
        Estates.Rules rules = rules(windows);
        List<WaveVm> vms = vms(count);
        long begin = System.nanoTime();
        WavePlan plan = rules.plan(vms);
        long millis = (System.nanoTime() - begin) / 1_000_000;
        Runtime runtime = Runtime.getRuntime();
        System.out.printf(
            "%d VMs: %d ms, %d waves, %d left out, %d problems, %d MiB in use%n",
            count,
            millis,
            plan.waves().size(),
            plan.leftOut().size(),
            plan.problems().size(),
            (runtime.totalMemory() - runtime.freeMemory()) >> 20);
      }
    }
  }

  private static Estates.Rules rules(boolean windows) {
    Estates.Rules rules = new Estates.Rules();
    rules.apart = 5;
    rules.dependencies = 3;
    rules.pilotVms = 5;
    rules.byOwner = true;
    rules.criticality = List.of("low", "mid", "high");
    rules.data = dev.drover.mappings.model.ByteSize.ofGiB(10_000);
    if (windows) {
      rules.windows =
          List.of(
              new dev.drover.mappings.policy.WavesPolicy.Window(
                  "night",
                  java.time.ZoneId.of("Europe/Berlin"),
                  java.util.EnumSet.allOf(java.time.DayOfWeek.class),
                  java.time.LocalTime.of(20, 0),
                  java.time.Duration.ofHours(20),
                  null,
                  null));
    }
    return rules;
  }

  private static List<WaveVm> vms(int count) {
    Random random = new Random(1);
    List<WaveVm> vms = new ArrayList<>(count);
    for (int i = 0; i < count; i++) {
      Estates.Vm vm =
          Estates.vm("vm" + i).gib(20 + random.nextInt(300)).cpus(1 << random.nextInt(5));
      vm.host("esx" + random.nextInt(1 + count / 40)).complexity(random.nextInt(60));
      vm.owner("team" + random.nextInt(40));
      vm.criticality(List.of("low", "mid", "high").get(random.nextInt(3)));
      if (random.nextInt(3) == 0) {
        vm.groups("tag App=app" + random.nextInt(1 + count / 15));
      }
      if (random.nextInt(200) == 0) {
        vm.apart(random.nextInt(5));
      }
      if (random.nextInt(10) == 0) {
        vm.needs(random.nextInt(3));
      } else if (random.nextInt(100) == 0) {
        vm.needed(random.nextInt(3));
      }
      if (random.nextInt(20) == 0) {
        vm.stays("decision: blocker DISK-020");
      }
      vms.add(vm.make());
    }
    return vms;
  }
}
