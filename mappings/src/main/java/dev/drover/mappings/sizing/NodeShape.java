package dev.drover.mappings.sizing;

import dev.drover.mappings.model.Answer;
import dev.drover.mappings.policy.SizingPolicy;
import dev.drover.mappings.profile.TargetProfile;
import dev.drover.mappings.profile.TargetProfile.NodeGroup;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;

/**
 * What a node of the target offers to VMs.
 *
 * @param cores physical ones
 * @param cpus virtual CPUs after overcommit, filled as far as the policy says
 * @param memory bytes, the same
 */
public record NodeShape(
    double cores, double cpus, double memory, SizingPolicy policy, List<String> assumptions) {
  public NodeShape {
    assumptions = List.copyOf(assumptions);
  }

  /** The commonest node of the profile, or the policy's where it names none. */
  public static NodeShape of(TargetProfile profile, SizingPolicy policy) {
    List<NodeGroup> groups = profile.nodes();
    NodeGroup group =
        groups == null || groups.isEmpty()
            ? new NodeGroup(
                "", 1, policy.nodeThreads(), policy.nodeMemory(), null, null, Answer.YES)
            : groups.stream().max(Comparator.comparingInt(NodeGroup::count)).orElseThrow();
    double cores = cores(group);
    return new NodeShape(
        cores,
        counting(group, policy) * policy.fill() * policy.cpuOvercommit(),
        group.memory().bytes() * policy.fill() * policy.memoryOvercommit(),
        policy,
        List.of(
            "nodes have %d threads on %.0f cores and %s, %s"
                .formatted(
                    group.threads(),
                    cores,
                    group.memory(),
                    group.name().isEmpty()
                        ? "as the policy says"
                        : "as those of " + group.name() + " in the profile"),
            String.format(
                Locale.ROOT,
                "filled to %s, with %.1f virtual CPUs on a core and memory overcommitted %.1f times",
                SizeEstate.percent(policy.fill()),
                policy.cpuOvercommit(),
                policy.memoryOvercommit()),
            String.format(
                Locale.ROOT, "a core's second thread counts %.1f of a core", policy.smtThread()),
            "at most %d VMs a node; %d nodes or %s spare for failures, the larger"
                .formatted(
                    policy.vmsPerNode(),
                    policy.spareNodes(),
                    SizeEstate.percent(policy.spareShare()))));
  }

  private static double cores(NodeGroup group) {
    return group.smt() == Answer.NO ? group.threads() : group.threads() / 2.0;
  }

  /** Cores that count: a second thread of one is no core of its own. */
  static double counting(NodeGroup group, SizingPolicy policy) {
    return group.smt() == Answer.NO
        ? group.threads()
        : group.threads() / 2.0 * (1 + policy.smtThread());
  }

  /**
   * Nodes.
   *
   * @param nodes spare ones included
   * @param bound {@code cpu}, {@code memory} or {@code vms}
   */
  public record Count(int nodes, int spare, String bound) {}

  /** How many nodes hold that; none for nothing. */
  public Count count(long vcpus, double bytes, int vms) {
    if (vms == 0) {
      return new Count(0, 0, "vms");
    }
    long byCpu = up(vcpus / cpus);
    long byMemory = up(bytes / memory);
    long byVms = up((double) vms / policy.vmsPerNode());
    long base = Math.max(byCpu, Math.max(byMemory, byVms));
    long spare = Math.max(policy.spareNodes(), up(policy.spareShare() * base));
    String bound = base == byMemory ? "memory" : base == byCpu ? "cpu" : "vms";
    return new Count((int) Math.min(Integer.MAX_VALUE, base + spare), (int) spare, bound);
  }

  /** The least whole number; what rounding adds to a product of decimals is not a node. */
  private static long up(double value) {
    return (long) Math.ceil(value - 1e-9);
  }
}
