package dev.drover.mappings.waves;

import dev.drover.mappings.assess.ChosenClass;
import dev.drover.mappings.assess.VmAssessment;
import dev.drover.mappings.estimate.Copied;
import dev.drover.mappings.model.SourceDisk;
import dev.drover.mappings.model.SourceVm;
import dev.drover.mappings.model.VmFacts;
import dev.drover.mappings.policy.MigrationPolicy;
import dev.drover.mappings.policy.VmSelector;
import dev.drover.mappings.policy.WavesPolicy;
import dev.drover.mappings.profile.TargetProfile;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * What the planner keeps of a VM: 100,000 of them fit in memory.
 *
 * @param stays why no wave may hold it, or null
 * @param complexity its score
 * @param classes bytes by the storage class that its disks get; a disk whose class nobody knows is
 *     not in it
 * @param marks which rules of the policy pick it
 */
public record WaveVm(
    VmFacts facts, @Nullable String stays, int complexity, Map<String, Long> classes, Marks marks) {

  /**
   * Of a VM that was judged.
   *
   * @param vm the same VM, with what the facts have left out
   */
  public static WaveVm of(
      SourceVm vm, VmAssessment assessed, MigrationPolicy policy, TargetProfile profile) {
    Marks marks = Marks.of(vm, policy.waves());
    return new WaveVm(
        assessed.facts(),
        stays(vm, assessed, policy.waves(), marks),
        assessed.complexity().score(),
        classes(vm, policy, profile),
        marks);
  }

  private static @Nullable String stays(
      SourceVm vm, VmAssessment assessed, WavesPolicy waves, Marks marks) {
    if (!assessed.candidate()) {
      return "no candidate: " + assessed.disposition().rule();
    } else if (!assessed.disposition().kind().moves()) {
      return assessed.disposition().kind() + ": " + assessed.disposition().rule();
    }
    if (!marks.leaveOut().isEmpty()) {
      return "policy: " + waves.leaveOut().get(marks.leaveOut().get(0)).reason();
    }
    return LongNames.has(vm) ? LongNames.REASON : null;
  }

  private static Map<String, Long> classes(
      SourceVm vm, MigrationPolicy policy, TargetProfile profile) {
    Map<String, Long> bytes = new TreeMap<>();
    for (SourceDisk disk : vm.disks()) {
      String name = ChosenClass.of(disk.backing().datastore(), policy, profile);
      if (name != null) {
        bytes.merge(name, disk.size().bytes(), Long::sum);
      }
    }
    return Map.copyOf(bytes);
  }

  /** What its copy goes through. */
  public Copied copied() {
    String source = facts.ref().source() + " ";
    return new Copied(
        facts.data().bytes(),
        facts.host() == null ? "" : source + facts.host(),
        facts.datastores().stream().map(d -> source + d).toList(),
        List.copyOf(new TreeMap<>(classes).keySet()));
  }

  /** Its name. */
  String shown() {
    return facts.name();
  }

  /**
   * Which rules of the policy pick a VM, by their place in its lists.
   *
   * @param needs dependencies that it has
   * @param needed dependencies of others on it
   * @param pins names of waves
   * @param leaveOut lines that leave it out
   */
  public record Marks(
      List<Integer> apart,
      List<Integer> needs,
      List<Integer> needed,
      boolean pilot,
      List<String> pins,
      List<Integer> leaveOut) {
    /** None does. */
    public static final Marks NONE =
        new Marks(List.of(), List.of(), List.of(), false, List.of(), List.of());

    public Marks {
      apart = List.copyOf(apart);
      needs = List.copyOf(needs);
      needed = List.copyOf(needed);
      pins = List.copyOf(pins);
      leaveOut = List.copyOf(leaveOut);
    }

    static Marks of(SourceVm vm, WavesPolicy waves) {
      List<String> pins = new ArrayList<>();
      for (WavesPolicy.Pin pin : waves.pins()) {
        String wave = Frame.canonical(pin.wave());
        if (pin.vms().picks(vm) && !pins.contains(wave)) {
          pins.add(wave);
        }
      }
      Marks marks =
          new Marks(
              picked(waves.apart(), WavesPolicy.Apart::vms, vm),
              picked(waves.dependencies(), WavesPolicy.Dependency::vms, vm),
              picked(waves.dependencies(), WavesPolicy.Dependency::need, vm),
              waves.pilots().stream().anyMatch(p -> p.picks(vm)),
              pins,
              picked(waves.leaveOut(), WavesPolicy.LeaveOut::vms, vm));
      return marks.equals(NONE) ? NONE : marks;
    }

    private static <T> List<Integer> picked(
        List<T> rules, Function<T, VmSelector> selector, SourceVm vm) {
      List<Integer> places = new ArrayList<>();
      for (int i = 0; i < rules.size(); i++) {
        if (selector.apply(rules.get(i)).picks(vm)) {
          places.add(i);
        }
      }
      return places;
    }
  }
}
