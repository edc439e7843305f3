package dev.drover.mappings.target;

import dev.drover.mappings.model.ByteSize;
import dev.drover.mappings.model.Cpu;
import dev.drover.mappings.model.Memory;
import dev.drover.mappings.target.Sizing.ObjectName;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** CPU and memory, or the instance type instead of them. */
final class SizingMapping {
  /**
   * MHz that one CPU of the target stands for when a reservation in MHz becomes a request: no plan
   * knows the target's clock, and a server's base clock is seldom lower.
   */
  static final long NOMINAL_MHZ = 2000;

  /** Above this, libvirt and most guests need more than a bigger number. */
  private static final int MANY_CPUS = 512;

  private static final ByteSize LEAST_MEMORY = ByteSize.ofMiB(1);
  private static final ByteSize MUCH_MEMORY = ByteSize.ofGiB(16 * 1024);

  private SizingMapping() {}

  /** Empty where a blocker leaves no size. */
  static Optional<Sizing> map(Mapping m) {
    ObjectName type =
        ObjectNames.parse(m, "instanceType", m.settings().instanceType(), "Instancetype");
    ObjectName preference =
        ObjectNames.parse(m, "preference", m.settings().preference(), "Preference");
    notes(m);
    if (type != null) {
      m.info(
          "CPU-005",
          "the instance type decides about CPU and memory",
          "see that it has at least what the VM had",
          m.vm().cpu().count() + " CPUs, " + m.vm().memory().size());
      return Optional.of(new Sizing.ByInstanceType(type, preference));
    }
    return explicit(m, preference);
  }

  private static Optional<Sizing> explicit(Mapping m, @Nullable ObjectName preference) {
    Cpu cpu = m.vm().cpu();
    Memory memory = m.vm().memory();
    if (memory.size().compareTo(LEAST_MEMORY) < 0) {
      m.blocker(
          "MEM-001",
          "the source gives it no memory that a machine could start with",
          "correct the memory at the source, or "
              + PlanLines.setting(m.vmPlan(), "instanceType: NAME"),
          memory.size().toString());
      return Optional.empty();
    }
    if (memory.size().compareTo(MUCH_MEMORY) > 0) {
      m.warning(
          "MEM-002",
          "has more memory than a node is likely to have",
          "see that the number is right, and that a node has it free",
          memory.size().toString());
    }
    if (cpu.count() > MANY_CPUS) {
      m.warning(
          "CPU-002",
          "has more CPUs than KubeVirt is known to run",
          "see that the number is right, or " + PlanLines.setting(m.vmPlan(), "instanceType: NAME"),
          Integer.toString(cpu.count()));
    }
    int[] topology = topology(m, cpu);
    return Optional.of(
        new Sizing.Explicit(
            topology[0],
            topology[1],
            topology[2],
            memory.size(),
            memoryRequest(m, memory),
            cpuRequest(m, cpu),
            preference));
  }

  /** Sockets, cores, threads: they always multiply to the number of CPUs. */
  private static int[] topology(Mapping m, Cpu cpu) {
    long threads = cpu.threadsPerCore() == null ? 1 : cpu.threadsPerCore();
    long cores = cpu.coresPerSocket() == null ? 1 : cpu.coresPerSocket();
    long inSocket = threads >= 1 && cores >= 1 ? threads * cores : 0;
    if (inSocket > 0 && inSocket <= cpu.count() && cpu.count() % inSocket == 0) {
      return new int[] {(int) (cpu.count() / inSocket), (int) cores, (int) threads};
    }
    m.warning(
        "CPU-001",
        "sockets, cores and threads do not multiply to the number of CPUs; it gets one socket",
        "correct the cores per socket at the source if the guest counts sockets (licences)",
        cpu.count() + " CPUs, " + cores + " cores per socket, " + threads + " threads per core");
    return new int[] {1, cpu.count(), 1};
  }

  private static @Nullable ByteSize memoryRequest(Mapping m, Memory memory) {
    ByteSize reservation = memory.reservation();
    if (reservation == null || reservation.bytes() == 0) {
      return null;
    }
    if (reservation.compareTo(memory.size()) >= 0) {
      return memory.size();
    }
    m.info(
        "MEM-004",
        "its memory reservation becomes a request, which is less than its memory: a node may promise"
            + " more than it has",
        "take resources.requests.memory away after the move if nodes are to hold all of its memory",
        reservation + " of " + memory.size());
    return reservation;
  }

  private static @Nullable Long cpuRequest(Mapping m, Cpu cpu) {
    Long mhz = cpu.reservationMhz();
    if (mhz == null || mhz <= 0) {
      return null;
    }
    // A reservation beyond the VM's own CPUs reserves nothing more.
    long most = cpu.count() * 1000L;
    long millis =
        mhz >= most * NOMINAL_MHZ / 1000 ? most : (mhz * 1000 + NOMINAL_MHZ - 1) / NOMINAL_MHZ;
    m.info(
        "CPU-003",
        "its CPU reservation becomes a request, at " + NOMINAL_MHZ + " MHz for a CPU",
        "correct resources.requests.cpu after the move if the nodes are much faster",
        mhz + " MHz, " + millis + " thousandths of a CPU");
    return millis;
  }

  private static void notes(Mapping m) {
    Cpu cpu = m.vm().cpu();
    if (cpu.hotAdd().isYes() || m.vm().memory().hotAdd().isYes()) {
      m.info(
          "CPU-004",
          "CPU or memory can be added while it runs at the source",
          "set vmRolloutStrategy LiveUpdate on the cluster to keep that",
          "");
    }
    if (cpu.limitMhz() != null && cpu.limitMhz() > 0) {
      m.warning(
          "CPU-006",
          "its CPU limit does not move",
          "set resources.limits.cpu after the move if it is to be held down",
          cpu.limitMhz() + " MHz");
    }
    if (cpu.pinned().isYes() || cpu.latencySensitive().isYes()) {
      m.warning(
          "CPU-007",
          "it is bound to host CPUs or latency-sensitive, and that does not move",
          "set dedicatedCpuPlacement after the move, on nodes with the CPU manager on",
          "");
    }
    if (cpu.nested().isYes()) {
      m.warning(
          "CPU-008",
          "the guest runs virtual machines itself",
          "see that the nodes offer nested virtualisation, and set cpu.model host-passthrough",
          "");
    }
    if (cpu.model() != null) {
      m.info(
          "CPU-009",
          "the source names a CPU model; the target gives it the cluster's default",
          "set cpu.model after the move if software is bound to it",
          cpu.model());
    }
    if (m.vm().memory().hugePages().isYes()) {
      m.info(
          "MEM-003",
          "huge pages back it at the source",
          "set memory.hugepages after the move, on nodes that have them",
          "");
    }
  }
}
