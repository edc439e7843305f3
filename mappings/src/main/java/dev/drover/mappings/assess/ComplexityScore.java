package dev.drover.mappings.assess;

import dev.drover.mappings.model.ByteSize;
import dev.drover.mappings.model.Finding;
import dev.drover.mappings.model.SourceDevice;
import dev.drover.mappings.model.SourceDisk;
import dev.drover.mappings.model.SourceVm;
import dev.drover.mappings.target.Platform.GuestFamily;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * How much work a VM is. Starts from migration-planner's idea, a class of the system (0 unknown to
 * 4 database) by a class of the size (10, 20, 50 TiB), and adds what else costs people time. The
 * formula for people is in {@code docs/checks.md}; change both.
 */
final class ComplexityScore {
  /** Databases by the names that people give machines. */
  private static final Pattern DATABASE =
      Pattern.compile(
          "(?i)(?<![a-z])(oracle(?![- ]?linux)|ora|mssql|sqlserver|sql|postgres(ql)?|pgsql|mysql|mariadb"
              + "|mongo(db)?|db2|hana|cassandra|informix|sybase|database|db|exchange)(?![a-z])");

  /** Failover clusters, RAC, Kubernetes: what has its own mind about which node is where. */
  private static final Pattern CLUSTER =
      Pattern.compile("(?i)(?<![a-z])(cluster|wsfc|mscs|fci|rac|k8s|etcd|ceph)(?![a-z])");

  private static final long TIB = 1L << 40;
  private static final int MOST_DISKS = 5;
  private static final int MOST_NICS = 3;
  private static final int MOST_WARNINGS = 10;
  private static final int BLOCKER = 5;

  private final List<Complexity.Part> parts = new ArrayList<>();

  private ComplexityScore() {}

  /** Of the findings as the policy judges them. */
  static Complexity of(Subject subject, List<Finding> findings) {
    ComplexityScore score = new ComplexityScore();
    SourceVm vm = subject.vm();
    score.base(subject);
    score.add("further disks", Math.min(MOST_DISKS, vm.disks().size() - 1));
    score.add("further NICs", Math.min(MOST_NICS, vm.nics().size() - 1));
    score.add("snapshots", vm.snapshots() == null || vm.snapshots().isEmpty() ? 0 : 1);
    score.add("shares a disk", vm.disks().stream().anyMatch(ComplexityScore::shared) ? 5 : 0);
    score.add("mapped LUN", vm.disks().stream().anyMatch(ComplexityScore::mapped) ? 3 : 0);
    score.add("host device", vm.devices().stream().anyMatch(ComplexityScore::host) ? 4 : 0);
    score.add("fault-tolerant", vm.placement().faultTolerant().isYes() ? 2 : 0);
    score.add("bound to other VMs", bound(vm) ? 1 : 0);
    score.add("of a cluster by its name", CLUSTER.matcher(name(vm)).find() ? 2 : 0);
    score.add("blockers", BLOCKER * count(findings, Finding.Severity.BLOCKER));
    score.add("warnings", Math.min(MOST_WARNINGS, count(findings, Finding.Severity.WARNING)));
    score.parts.sort(
        Comparator.comparingInt(Complexity.Part::points)
            .reversed()
            .thenComparing(Complexity.Part::what));
    return new Complexity(
        score.parts.stream().mapToInt(Complexity.Part::points).sum(), score.parts);
  }

  private void base(Subject subject) {
    ByteSize size = VmFactsMaker.size(subject.vm());
    int ofSize =
        size.bytes() < 10 * TIB ? 1 : size.bytes() < 20 * TIB ? 2 : size.bytes() < 50 * TIB ? 3 : 4;
    String system;
    int ofSystem;
    if (database(subject.vm())) {
      system = "database by its name";
      ofSystem = 4;
    } else if (subject.outlook().family() == null
        || subject.outlook().family() == GuestFamily.OTHER) {
      system = subject.outlook().family() == null ? "unknown system" : "unusual system";
      ofSystem = 3;
    } else if (subject.windows() || !subject.outlook().virtio().equals("yes")) {
      system = subject.windows() ? "Windows" : "Linux that wants a new initramfs or drivers";
      ofSystem = 2;
    } else {
      system = "Linux with virtio";
      ofSystem = 1;
    }
    add(system + ", " + size, ofSystem * ofSize);
  }

  private void add(String what, int points) {
    if (points > 0) {
      parts.add(new Complexity.Part(what, points));
    }
  }

  private static boolean database(SourceVm vm) {
    return DATABASE.matcher(name(vm)).find()
        || vm.identity().tags().stream()
            .anyMatch(
                t ->
                    t.name().length() <= 256
                        && t.name().toLowerCase(Locale.ROOT).equals("database"));
  }

  /** A hostile one of a megabyte is cut. */
  private static String name(SourceVm vm) {
    return vm.name().substring(0, Math.min(256, vm.name().length()));
  }

  private static boolean shared(SourceDisk disk) {
    return disk.sharing() == SourceDisk.Sharing.MULTI_WRITER
        || disk.sharing() == SourceDisk.Sharing.SHARED_BUS;
  }

  private static boolean mapped(SourceDisk disk) {
    return disk.backing().kind() == SourceDisk.Kind.RDM_PHYSICAL
        || disk.backing().kind() == SourceDisk.Kind.RDM_VIRTUAL;
  }

  private static boolean host(SourceDevice device) {
    return device.kind() == SourceDevice.Kind.PCI_PASSTHROUGH
        || device.kind() == SourceDevice.Kind.VGPU
        || device.kind() == SourceDevice.Kind.USB_DEVICE;
  }

  private static boolean bound(SourceVm vm) {
    return !vm.placement().affinity().isEmpty() || vm.placement().appliance() != null;
  }

  private static int count(List<Finding> findings, Finding.Severity severity) {
    return (int) findings.stream().filter(f -> f.severity() == severity).count();
  }
}
