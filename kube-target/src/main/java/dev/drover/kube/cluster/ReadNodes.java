package dev.drover.kube.cluster;

import dev.drover.mappings.model.Answer;
import dev.drover.mappings.model.ByteSize;
import dev.drover.mappings.profile.TargetProfile.NodeGroup;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** The nodes that can run VMs, those of one kind as a group, and what is free on them. */
final class ReadNodes {
  /** KubeVirt's mark on nodes where its handler runs. */
  private static final String CAN_RUN_VMS = "kubevirt.io/schedulable";

  /** Node Feature Discovery's word for two threads on a core. */
  private static final String SMT = "feature.node.kubernetes.io/cpu-hardware_multithreading";

  private static final String INSTANCE_TYPE = "node.kubernetes.io/instance-type";
  private static final BigDecimal GIB = BigDecimal.valueOf(1L << 30);

  private final Api api;
  private final LookAround around;

  ReadNodes(Api api, LookAround around) {
    this.api = api;
    this.around = around;
  }

  /** What makes nodes alike; memory in whole GiB, since firmware takes a little of it. */
  private record Key(String type, int threads, long gib, Answer smt) {}

  private record Free(BigDecimal cpu, BigDecimal memory) {
    Free plus(Free other) {
      return new Free(cpu.add(other.cpu), memory.add(other.memory));
    }
  }

  /** The largest first; null where they are not shown. */
  @Nullable List<NodeGroup> read() {
    Optional<List<Resource>> seen = around.list(Kind.NODE, "the nodes");
    if (seen.isEmpty()) {
      return null;
    }
    Map<Key, List<Resource>> groups =
        new TreeMap<>(
            Comparator.comparingInt(Key::threads)
                .thenComparingLong(Key::gib)
                .reversed()
                .thenComparing(Key::type)
                .thenComparing(Key::smt));
    for (Resource node : usable(seen.get())) {
      if (amount(node, "cpu").signum() > 0 && amount(node, "memory").signum() > 0) {
        groups.computeIfAbsent(key(node), k -> new ArrayList<>()).add(node);
      }
    }
    return groups(groups);
  }

  private List<NodeGroup> groups(Map<Key, List<Resource>> groups) {
    List<NodeGroup> read = new ArrayList<>();
    Set<String> names = new HashSet<>();
    boolean shown = true;
    for (Map.Entry<Key, List<Resource>> group : groups.entrySet()) {
      Optional<Free> free =
          shown
              ? around.look("what is free on the nodes", () -> free(group.getValue()))
              : Optional.empty();
      shown = free.isPresent();
      read.add(group(name(group.getKey(), names), group, free));
    }
    return read;
  }

  private static NodeGroup group(
      String name, Map.Entry<Key, List<Resource>> group, Optional<Free> free) {
    Key key = group.getKey();
    int count = group.getValue().size();
    long memory =
        group.getValue().stream().mapToLong(n -> amount(n, "memory").longValue()).min().orElse(0);
    BigDecimal all = BigDecimal.valueOf(memory).multiply(BigDecimal.valueOf(count));
    return new NodeGroup(
        name,
        count,
        key.threads(),
        new ByteSize(memory),
        free.map(f -> f.cpu().setScale(0, RoundingMode.FLOOR).intValue())
            .map(cpu -> Math.max(0, Math.min(cpu, count * key.threads())))
            .orElse(null),
        free.map(f -> new ByteSize(f.memory().min(all).max(BigDecimal.ZERO).longValue()))
            .orElse(null),
        key.smt());
  }

  /** Where KubeVirt has marked no node, all that take any pod. */
  private static List<Resource> usable(List<Resource> nodes) {
    boolean marked = nodes.stream().anyMatch(n -> !n.label(CAN_RUN_VMS).isEmpty());
    return nodes.stream()
        .filter(n -> !n.text("spec", "unschedulable").equals("true"))
        .filter(n -> marked ? n.label(CAN_RUN_VMS).equals("true") : takesAnyPod(n))
        .toList();
  }

  private static boolean takesAnyPod(Resource node) {
    return node.list("spec", "taints").stream()
        .noneMatch(t -> t.text("effect").matches("NoSchedule|NoExecute"));
  }

  private static Key key(Resource node) {
    BigDecimal gib = amount(node, "memory").divide(GIB, 0, RoundingMode.HALF_UP);
    int threads = amount(node, "cpu").setScale(0, RoundingMode.CEILING).intValue();
    return new Key(node.label(INSTANCE_TYPE), threads, gib.longValue(), smt(node.label(SMT)));
  }

  private static Answer smt(String label) {
    return switch (label) {
      case "true" -> Answer.YES;
      case "false" -> Answer.NO;
      default -> Answer.UNKNOWN;
    };
  }

  private static String name(Key key, Set<String> taken) {
    String size = key.threads() + " threads, " + key.gib() + " GiB";
    String name = key.type().isEmpty() ? size : key.type() + ": " + size;
    for (int i = 2; !taken.add(name); i++) {
      name = name.replaceFirst("( \\([0-9]+\\))?$", " (" + i + ")");
    }
    return name;
  }

  /** What the machine has; what Kubernetes may give away where it does not say. */
  private static BigDecimal amount(Resource node, String resource) {
    BigDecimal capacity = node.amount("status", "capacity", resource);
    return capacity.signum() > 0 ? capacity : allocatable(node, resource);
  }

  private static BigDecimal allocatable(Resource node, String resource) {
    return node.amount("status", "allocatable", resource);
  }

  /** Node by node, since the pods of a large cluster do not fit into memory at once. */
  private Free free(List<Resource> nodes) {
    Free free = new Free(BigDecimal.ZERO, BigDecimal.ZERO);
    for (Resource node : nodes) {
      BigDecimal cpu = allocatable(node, "cpu");
      BigDecimal memory = allocatable(node, "memory");
      for (Resource pod : api.listByField(Kind.POD, null, "spec.nodeName=" + node.name())) {
        if (!pod.text("status", "phase").matches("Succeeded|Failed")) {
          cpu = cpu.subtract(PodRequests.of(pod, "cpu"));
          memory = memory.subtract(PodRequests.of(pod, "memory"));
        }
      }
      free = free.plus(new Free(cpu.max(BigDecimal.ZERO), memory.max(BigDecimal.ZERO)));
    }
    return free;
  }
}
