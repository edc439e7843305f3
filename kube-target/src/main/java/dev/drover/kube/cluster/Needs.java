package dev.drover.kube.cluster;

import dev.drover.mappings.model.ByteSize;
import dev.drover.mappings.target.Sizing;
import java.math.BigDecimal;

/**
 * What a VM asks of a node; zeros where an instance type says it.
 *
 * @param memory bytes
 * @param cpu in CPUs
 * @param vcpus of the guest
 */
record Needs(BigDecimal memory, BigDecimal cpu, int vcpus) {
  /** KubeVirt requests this part of a CPU for each of the guest's: cpuAllocationRatio, 10. */
  private static final BigDecimal ALLOCATION_RATIO = BigDecimal.valueOf(10);

  static Needs of(Sizing sizing) {
    if (!(sizing instanceof Sizing.Explicit explicit)) {
      return new Needs(BigDecimal.ZERO, BigDecimal.ZERO, 0);
    }
    int vcpus = explicit.sockets() * explicit.cores() * explicit.threads();
    Long millis = explicit.cpuRequestMillis();
    BigDecimal cpu =
        millis != null
            ? BigDecimal.valueOf(millis, 3)
            : BigDecimal.valueOf(vcpus).divide(ALLOCATION_RATIO);
    ByteSize request = explicit.memoryRequest();
    ByteSize memory = request != null ? request : explicit.memory();
    return new Needs(BigDecimal.valueOf(memory.bytes()), cpu, vcpus);
  }
}
