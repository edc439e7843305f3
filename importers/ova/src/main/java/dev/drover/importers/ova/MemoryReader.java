package dev.drover.importers.ova;

import dev.drover.mappings.model.Answer;
import dev.drover.mappings.model.ByteSize;
import dev.drover.mappings.model.Memory;
import java.math.BigDecimal;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads the memory. */
final class MemoryReader {
  private static final BigDecimal MIB = BigDecimal.valueOf(1 << 20);

  private final VmContext vm;

  MemoryReader(VmContext vm) {
    this.vm = vm;
  }

  /**
   * @throws OvfInvalid when there is none, in an unknown unit, or of a size that no VM has
   */
  Memory read() {
    List<HardwareItem> items =
        vm.hardware().items(HardwareItem.MEMORY).stream()
            .filter(item -> item.field("VirtualQuantity") != null)
            .toList();
    if (items.isEmpty()) {
      throw new OvfInvalid(
          "OVF-103",
          vm.hardware().section().place(),
          "the VM \""
              + SafeName.shown(vm.system().key())
              + "\" has no memory: no Item of ResourceType 4 with a VirtualQuantity",
          "add such an Item, or export the VM again");
    }
    long total = 0;
    for (HardwareItem item : items) {
      total += bytes(item, "VirtualQuantity", false).bytes();
    }
    if (total > Limits.MEMORY_BYTES) {
      throw absurd(items.get(0), total + " bytes");
    }
    return new Memory(
        new ByteSize(total),
        reservation(items.get(0)),
        Answer.of(vm.hardware().flag("memoryHotAddEnabled")),
        Answer.UNKNOWN);
  }

  private @Nullable ByteSize reservation(HardwareItem item) {
    String text = item.field("Reservation");
    return text == null || Units.number(text) == null ? null : bytes(item, "Reservation", true);
  }

  private ByteSize bytes(HardwareItem item, String field, boolean zeroAllowed) {
    String text = String.valueOf(item.field(field));
    BigDecimal number = Units.number(text);
    if (number == null) {
      throw absurd(item, "\"" + SafeName.shown(text) + "\"");
    }
    BigDecimal unit = unit(item, number, zeroAllowed);
    Long bytes = Units.whole(number.multiply(unit), Limits.MEMORY_BYTES);
    if (bytes == null || (bytes == 0 && !zeroAllowed)) {
      throw absurd(item, number + " times " + unit + " bytes");
    }
    return new ByteSize(bytes);
  }

  private BigDecimal unit(HardwareItem item, BigDecimal number, boolean quiet) {
    String written = item.field("AllocationUnits");
    if (written == null) {
      // CIM's default is bytes; several writers leave the unit out and mean megabytes.
      boolean megabytes = number.compareTo(MIB) < 0;
      if (megabytes && !quiet) {
        vm.warn(
            "OVF-016",
            "the memory has no unit; MiB is taken",
            "check the VM's memory, or set it in its entry in the plan",
            number.toPlainString());
      }
      return megabytes ? MIB : BigDecimal.ONE;
    }
    BigDecimal unit = Units.bytes(written);
    if (unit == null) {
      throw new OvfInvalid(
          "OVF-103",
          item.place(),
          "the memory is given in an unknown unit: " + SafeName.shown(written),
          "write byte * 2^20 into rasd:AllocationUnits there, and the number to match");
    }
    return unit;
  }

  private static OvfInvalid absurd(HardwareItem item, String what) {
    return new OvfInvalid(
        "OVF-103",
        item.place(),
        "a VM cannot have " + what + " of memory",
        "correct rasd:VirtualQuantity and rasd:AllocationUnits there");
  }
}
