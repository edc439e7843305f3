package dev.drover.batch.cli;

import dev.drover.converters.CopyPaths;
import dev.drover.mappings.assess.VmAssessment;
import dev.drover.mappings.estimate.VmEstimate;
import dev.drover.mappings.plan.Wave;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What is known of a VM in a plan.
 *
 * @param vm {@code SOURCE/ID}
 * @param wave of the plan; null where it is in none
 * @param rank where in the order it is, and by what; null where it is in no wave
 * @param window when that wave may begin; null at any time
 * @param planned the wave in which the planner alone would put it; null in none
 * @param because why there
 * @param unit what it moves with, or null
 * @param with the others of that unit
 * @param leftOut why the planner would leave it out, or null
 * @param ways the table of ways that bytes of disks take
 * @param disks the lines of it that each disk can take
 * @param inventoryChanged whether the inventory is not the one that the plan was made of
 */
record Explanation(
    String vm,
    String name,
    @Nullable String wave,
    @Nullable Rank rank,
    @Nullable String window,
    @Nullable String planned,
    @Nullable String because,
    @Nullable String unit,
    List<String> with,
    @Nullable String leftOut,
    boolean inventoryChanged,
    VmAssessment assessment,
    @Nullable VmEstimate estimate,
    List<CopyPaths.Way> ways,
    List<DiskWays> disks) {

  /**
   * How a disk can travel.
   *
   * @param ways the first of them that fits what the image turns out to be
   */
  record DiskWays(String id, String label, List<CopyPaths.Way> ways) {}

  /**
   * Places in the plan, from 1.
   *
   * @param wave of all {@code waves}
   * @param vm of all {@code vms} of the wave
   * @param by what the planner orders by, as the VM has it
   */
  record Rank(int wave, int waves, int vm, int vms, List<String> by) {
    Rank {
      by = List.copyOf(by);
    }
  }

  static Explanation of(
      VmAssessment vm,
      @Nullable Wave wave,
      @Nullable Rank rank,
      @Nullable String planned,
      @Nullable String because,
      @Nullable String unit,
      List<String> with,
      @Nullable String leftOut,
      boolean changed) {
    Wave.Window window = wave == null ? null : wave.window();
    return new Explanation(
        vm.facts().ref().toString(),
        vm.facts().name(),
        wave == null ? null : wave.name(),
        rank,
        window == null ? null : window.start() + " to " + window.end(),
        planned,
        because,
        unit,
        List.copyOf(with),
        leftOut,
        changed,
        vm,
        null,
        List.of(),
        List.of());
  }

  Explanation with(VmEstimate value) {
    return new Explanation(
        vm,
        name,
        wave,
        rank,
        window,
        planned,
        because,
        unit,
        with,
        leftOut,
        inventoryChanged,
        assessment,
        value,
        ways,
        disks);
  }

  Explanation travelling(List<CopyPaths.Way> table, List<DiskWays> each) {
    return new Explanation(
        vm,
        name,
        wave,
        rank,
        window,
        planned,
        because,
        unit,
        with,
        leftOut,
        inventoryChanged,
        assessment,
        estimate,
        table,
        each);
  }
}
