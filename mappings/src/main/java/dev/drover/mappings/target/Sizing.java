package dev.drover.mappings.target;

import dev.drover.mappings.model.ByteSize;
import org.jspecify.annotations.Nullable;

/** CPU and memory of a VirtualMachine. */
public sealed interface Sizing {
  /** A preference, which goes with either kind; null for none. */
  @Nullable ObjectName preference();

  /**
   * What an instance type says; the domain then has neither CPU nor memory.
   *
   * @param type its kind and name
   */
  record ByInstanceType(ObjectName type, @Nullable ObjectName preference) implements Sizing {}

  /**
   * Said in the domain. {@code sockets × cores × threads} is the number of the guest's CPUs.
   *
   * @param memory what the guest sees
   * @param memoryRequest reserved for it, or null
   * @param cpuRequestMillis thousandths of a CPU that are reserved for it, or null
   */
  record Explicit(
      int sockets,
      int cores,
      int threads,
      ByteSize memory,
      @Nullable ByteSize memoryRequest,
      @Nullable Long cpuRequestMillis,
      @Nullable ObjectName preference)
      implements Sizing {
    public Explicit {
      if (sockets < 1 || cores < 1 || threads < 1) {
        throw new IllegalArgumentException(
            "no such topology: " + sockets + "x" + cores + "x" + threads);
      }
    }
  }

  /**
   * An instance type or a preference.
   *
   * @param kind {@code VirtualMachineClusterInstancetype}, {@code VirtualMachinePreference}, …
   */
  record ObjectName(String kind, String name) {}
}
