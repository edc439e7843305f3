package dev.drover.importers.ova;

import dev.drover.mappings.model.ByteSize;
import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;

/** Computes a disk's capacity. */
final class Capacity {
  private Capacity() {}

  /**
   * @throws OvfInvalid when it is missing, no number, in an unknown unit, not positive, or more
   *     than {@link Limits#DISK_BYTES}
   */
  static ByteSize of(OvfDisk disk, Properties properties) {
    String written = disk.capacity();
    if (written == null) {
      throw invalid(disk, "has no capacity");
    }
    String text = written.strip();
    if (text.startsWith("${") && text.endsWith("}")) {
      String name = text.substring(2, text.length() - 1);
      String value = properties.value(name);
      if (value == null) {
        throw invalid(disk, "takes its capacity from the property " + name + ", which is not set");
      }
      text = value;
    }
    BigDecimal number = Units.number(text);
    BigDecimal unit = unit(disk);
    if (number == null) {
      throw invalid(disk, "has a capacity that is no number: " + SafeName.shown(text));
    }
    BigDecimal size = number.multiply(unit);
    if (size.compareTo(BigDecimal.valueOf(Limits.DISK_BYTES)) > 0) {
      throw invalid(
          disk,
          "has a capacity that is too large: "
              + SafeName.shown(text)
              + " times "
              + unit
              + " bytes, and no disk has more than "
              + new ByteSize(Limits.DISK_BYTES));
    }
    Long bytes = Units.whole(size, Limits.DISK_BYTES);
    if (bytes == null || bytes == 0) {
      throw invalid(
          disk,
          number.signum() <= 0
              ? "has a capacity of " + number
              : "has a capacity that no disk has: " + number + " times " + unit + " bytes");
    }
    return new ByteSize(bytes);
  }

  private static BigDecimal unit(OvfDisk disk) {
    String written = disk.units();
    BigDecimal unit = written == null || written.isBlank() ? BigDecimal.ONE : Units.bytes(written);
    if (unit == null) {
      throw invalid(
          disk, "has a capacity in an unknown unit: " + SafeName.shown(String.valueOf(written)));
    }
    return unit;
  }

  /** Bytes that hold data, or null where the descriptor does not say so or says nonsense. */
  static @Nullable ByteSize populated(OvfDisk disk) {
    BigDecimal number = disk.populatedSize() == null ? null : Units.number(disk.populatedSize());
    Long bytes = Units.whole(number, Limits.DISK_BYTES);
    return bytes == null ? null : new ByteSize(bytes);
  }

  private static OvfInvalid invalid(OvfDisk disk, String what) {
    return new OvfInvalid(
        "OVF-104",
        disk.place(),
        "the disk \"" + SafeName.shown(disk.id()) + "\" " + what,
        "correct ovf:capacity and ovf:capacityAllocationUnits (such as byte * 2^30) there");
  }
}
