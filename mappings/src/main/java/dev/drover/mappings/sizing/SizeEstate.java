package dev.drover.mappings.sizing;

import dev.drover.mappings.model.ByteSize;
import dev.drover.mappings.model.EstatePart;
import dev.drover.mappings.model.VmFacts;
import dev.drover.mappings.policy.MigrationPolicy;
import dev.drover.mappings.policy.SizingPolicy;
import dev.drover.mappings.profile.TargetProfile;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * How many nodes and how much storage the moving VMs need, what they waste today, what it costs.
 */
public final class SizeEstate {
  private SizeEstate() {}

  /**
   * Sizes.
   *
   * @param moving VMs that a wave may hold
   * @param estate what they live on, for the cost at the source; may be empty
   */
  public static EstateSizing of(
      List<VmFacts> moving,
      List<EstatePart> estate,
      MigrationPolicy policy,
      TargetProfile profile) {
    SizingPolicy sizing = policy.sizing();
    NodeShape node = NodeShape.of(profile, sizing);
    long cpus = 0;
    double memory = 0;
    double size = 0;
    double unused = 0;
    int known = 0;
    ByteSize largest = ByteSize.ZERO;
    for (VmFacts vm : moving) {
      cpus += vm.cpus();
      memory += vm.memory().bytes();
      size += vm.size().bytes();
      largest = vm.memory().compareTo(largest) > 0 ? vm.memory() : largest;
      ByteSize used = vm.used();
      if (used != null) {
        known++;
        unused += Math.max(0, vm.size().bytes() - used.bytes());
      }
    }
    NodeShape.Count count = node.count(cpus, memory, moving.size());
    ByteSize storage = bytes(size / (1 - sizing.storageReserve()));
    List<String> told = new ArrayList<>(node.assumptions());
    told.add(percent(sizing.storageReserve()) + " of the storage stays free");
    told.add("volumes have the size of their disks, used or not");
    if (known < moving.size()) {
      told.add("used bytes are known of " + known + " of " + moving.size() + " VMs");
    }
    if (largest.bytes() > node.memory()) {
      told.add(
          "the largest VM has " + largest + " of memory and a node offers " + bytes(node.memory()));
    }
    return new EstateSizing(
        count.nodes(),
        count.spare(),
        count.bound(),
        cpus,
        bytes(memory),
        storage,
        TargetRoom.of(profile, sizing),
        known == 0 ? null : bytes(unused),
        known,
        cost(estate, sizing, node, count.nodes(), size, storage),
        told);
  }

  private static EstateSizing.@Nullable Cost cost(
      List<EstatePart> estate,
      SizingPolicy sizing,
      NodeShape node,
      int nodes,
      double size,
      ByteSize storage) {
    SizingPolicy.Prices prices = sizing.prices();
    if (prices == null) {
      return null;
    }
    Bill source = new Bill(prices.currency(), "source");
    Long cores = cores(estate);
    if (prices.sourceCore() != null && cores == null) {
      source.leftOut("cores, since the inventory does not tell those of the hosts");
    } else if (cores != null) {
      source.add(
          "cores of all hosts of the source, also where VMs stay", cores, prices.sourceCore());
    }
    source.add("TiB of disks", tebibytes(size), prices.sourceTebibyte());
    Bill target = new Bill(prices.currency(), "target");
    target.add("nodes", nodes, prices.targetNode());
    target.add("cores of nodes", nodes * node.cores(), prices.targetCore());
    target.add("TiB of storage", tebibytes(storage.bytes()), prices.targetTebibyte());
    List<String> parts = new ArrayList<>(source.parts);
    parts.addAll(target.parts);
    return new EstateSizing.Cost(prices.currency(), source.total, target.total, parts);
  }

  private static @Nullable Long cores(List<EstatePart> estate) {
    long cores = 0;
    boolean any = false;
    for (EstatePart part : estate) {
      if (part instanceof EstatePart.Host host) {
        Integer here = host.cores();
        if (here == null) {
          return null;
        }
        cores += here;
        any = true;
      }
    }
    return any ? cores : null;
  }

  private static double tebibytes(double bytes) {
    return bytes / (1L << 40);
  }

  static ByteSize bytes(double bytes) {
    return new ByteSize(Math.round(Math.min(Math.max(0, bytes), Long.MAX_VALUE)));
  }

  static String percent(double share) {
    return String.format(Locale.ROOT, "%.0f%%", share * 100);
  }

  /** What one side costs in a year. */
  private static final class Bill {
    private final String currency;
    private final String side;
    private final List<String> parts = new ArrayList<>();
    private @Nullable Double total;

    Bill(String currency, String side) {
      this.currency = currency;
      this.side = side;
    }

    void add(String what, double number, @Nullable Double price) {
      if (price == null) {
        return;
      }
      total = (total == null ? 0 : total) + number * price;
      parts.add(
          String.format(
              Locale.ROOT,
              "%s: %.1f %s at %.2f %s = %.2f %s a year",
              side,
              number,
              what,
              price,
              currency,
              number * price,
              currency));
    }

    void leftOut(String what) {
      parts.add(side + ": without " + what);
    }
  }
}
