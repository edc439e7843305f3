package dev.drover.mappings.plan;

import dev.drover.mappings.estimate.TimeRange;
import dev.drover.mappings.waves.WavePlan.PlacedVm;
import dev.drover.mappings.waves.WavePlan.PlannedWave;
import dev.drover.mappings.waves.WavePlan.Slot;
import dev.drover.mappings.yaml.YamlText;
import java.io.IOException;
import java.io.Writer;
import java.time.Duration;
import java.time.format.DateTimeFormatter;
import java.util.function.Function;

/** The text of a planned wave in a plan. */
final class WaveText {
  private final YamlText yaml;
  private final TargetNames names;
  private final PlanKept kept;
  private final int copies;

  WaveText(YamlText yaml, TargetNames names, PlanKept kept, int copies) {
    this.yaml = yaml;
    this.names = names;
    this.kept = kept;
    this.copies = copies;
  }

  void head(PlannedWave wave, Writer to) throws IOException {
    to.write(
        "  # %d VMs, %d CPUs, %s of memory, %s to copy; then the target has %d nodes in use\n"
            .formatted(
                wave.load().vms(),
                wave.load().cpus(),
                wave.load().memory(),
                wave.load().data(),
                wave.nodes()));
    to.write(
        "  # estimate: %s from the first shutdown to the last check, copies %s\n"
            .formatted(range(wave.downtime()), range(wave.copy())));
    to.write("  - name: " + yaml.scalar(wave.name()) + "\n");
    Slot slot = wave.slot();
    if (slot != null) {
      to.write("    window:\n");
      if (!slot.window().equals(PlanAgain.BY_HAND)) {
        to.write("      name: " + yaml.scalar(slot.window()) + "\n");
      }
      to.write("      zone: " + yaml.scalar(slot.start().getZone().getId()) + "\n");
      to.write("      start: " + yaml.scalar(time(slot.start())) + "\n");
      to.write("      end: " + yaml.scalar(time(slot.end())) + "\n");
    }
    Wave.Limits most = kept.limits().getOrDefault(wave.name(), new Wave.Limits(copies, copies));
    to.write("    limits: {vms: " + most.vms() + ", disks: " + most.disks() + "}   # at once\n");
  }

  private static String time(java.time.ZonedDateTime time) {
    return DateTimeFormatter.ISO_OFFSET_DATE_TIME.format(time);
  }

  static String range(TimeRange range) {
    return hours(range.low()) + " to " + hours(range.high());
  }

  private static String hours(Duration time) {
    long minutes = (time.toSeconds() + 59) / 60;
    return minutes < 60
        ? minutes + " min"
        : minutes / 60 + " h" + (minutes % 60 == 0 ? "" : " " + minutes % 60 + " min");
  }

  void vms(PlannedWave wave, Function<PlacedVm, VmLine> lines, String indent, Writer to)
      throws IOException {
    for (PlacedVm vm : wave.vms()) {
      VmBlock block = kept.blocks().get(vm.ref());
      if (block != null && block.wave().equals(wave.name()) && block.name().equals(vm.name())) {
        names.chosen(vm.name());
        block.write(indent, lines.apply(vm).remarkLines(), to);
        continue;
      }
      String unit = vm.unit() == null ? "" : "with " + vm.unit() + "; ";
      to.write(indent + "# " + YamlText.comment(unit + vm.because()) + "\n");
      VmPlan earlier = kept.vms().get(vm.ref());
      if (earlier == null) {
        lines.apply(vm).write(yaml, names, indent, to);
      } else {
        names.chosen(vm.name());
        new VmText(yaml, indent, to).write(earlier, vm.name());
      }
    }
  }
}
