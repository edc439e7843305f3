package dev.drover.importers.ova;

import dev.drover.mappings.model.Answer;
import dev.drover.mappings.model.Cpu;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Reads the processors. */
final class CpuReader {
  private final VmContext vm;

  CpuReader(VmContext vm) {
    this.vm = vm;
  }

  /**
   * @throws OvfInvalid when the number of CPUs is nonsense
   */
  Cpu read() {
    List<HardwareItem> items = vm.hardware().items(HardwareItem.CPU);
    int count = 0;
    for (HardwareItem item : items) {
      count = Math.addExact(count, count(item));
    }
    if (count > Limits.CPUS) {
      throw absurd(items.get(0), count + "");
    }
    if (count == 0) {
      vm.warn(
          "OVF-002",
          "the descriptor does not say how many CPUs the VM has; 1 is taken",
          "set cpus in the VM's entry in the plan",
          "");
      count = 1;
    } else if (items.size() > 1) {
      vm.inform(
          "OVF-002",
          "the descriptor has several entries for CPUs; they were added up",
          "check the number in the inventory",
          items.size() + " entries, " + count + " CPUs");
    }
    return cpu(count, items);
  }

  private static int count(HardwareItem item) {
    String text = item.field("VirtualQuantity");
    if (text == null) {
      return 0;
    }
    Long value = Units.whole(Units.number(text), Limits.CPUS);
    if (value == null || value == 0) {
      throw absurd(item, SafeName.shown(text));
    }
    return value.intValue();
  }

  private static OvfInvalid absurd(HardwareItem item, String what) {
    return new OvfInvalid(
        "OVF-103",
        item.place(),
        "a VM cannot have \"" + what + "\" CPUs",
        "correct rasd:VirtualQuantity there");
  }

  private Cpu cpu(int count, List<HardwareItem> items) {
    HardwareItem item = items.isEmpty() ? null : items.get(0);
    Integer cores = item == null ? null : item.number("CoresPerSocket");
    String latency = vm.hardware().config("sched.cpu.latencySensitivity");
    return new Cpu(
        count,
        cores != null && cores > 0 ? cores : null,
        null,
        mhz(item, "Reservation"),
        mhz(item, "Limit"),
        null,
        Answer.of(vm.hardware().flag("cpuHotAddEnabled")),
        Answer.UNKNOWN,
        Answer.of(latency == null ? null : (Boolean) latency.equalsIgnoreCase("high")),
        Answer.of(vm.hardware().flag("nestedHVEnabled", "vhv.enable")));
  }

  /** vSphere writes 0 for no reservation and -1 for no limit. */
  private @Nullable Long mhz(@Nullable HardwareItem item, String field) {
    String text = item == null ? null : item.field(field);
    BigDecimal number = text == null ? null : Units.number(text);
    if (item == null || text == null || (number != null && number.signum() < 0)) {
      return null;
    }
    String written = item.field("AllocationUnits");
    BigDecimal unit = written == null ? BigDecimal.TEN.pow(6) : Units.hertz(written);
    BigDecimal mhz =
        unit == null || number == null
            ? null
            : number
                .multiply(unit)
                .divide(BigDecimal.TEN.pow(6), 0, RoundingMode.CEILING);
    Long value = Units.whole(mhz, Integer.MAX_VALUE);
    if (value == null) {
      vm.warn(
          "OVF-016",
          "the CPU's " + field.toLowerCase(Locale.ROOT) + " cannot be understood",
          "set it in the VM's entry in the plan if it matters",
          text + " " + written);
    }
    return value;
  }
}
