package dev.drover.mappings.target;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Gives disks and NICs their boot order: the source's own, else the first disk. KubeVirt tries
 * nothing that has no number as soon as one has, so that the first disk always gets one. Numbers
 * run from 1 without a gap over disks and NICs together.
 */
final class BootOrder {
  private final Map<String, Integer> orders = new HashMap<>();

  private BootOrder() {}

  static BootOrder of(Mapping m, List<TargetDisk> disks, List<TargetNic> nics) {
    Set<String> present = new HashSet<>();
    disks.forEach(d -> present.add(d.sourceId()));
    nics.forEach(n -> present.add(n.sourceId()));
    List<String> wanted = new ArrayList<>();
    for (String id : m.vm().firmware().bootOrder()) {
      if (present.contains(id) && !wanted.contains(id)) {
        wanted.add(id);
      } else if (!present.contains(id)) {
        m.info(
            "BOOT-001",
            "the source boots from a device that is not at the target",
            "see that the guest starts from what comes next in its boot order",
            id);
      }
    }
    Stream<String> ids = disks.stream().map(TargetDisk::sourceId);
    if (ids.noneMatch(wanted::contains)) {
      disks.stream().findFirst().map(TargetDisk::sourceId).ifPresent(wanted::add);
    }
    BootOrder order = new BootOrder();
    wanted.forEach(id -> order.orders.putIfAbsent(id, order.orders.size() + 1));
    return order;
  }

  TargetDisk on(TargetDisk d) {
    return new TargetDisk(
        d.sourceId(),
        d.name(),
        d.claim(),
        d.size(),
        d.bus(),
        orders.get(d.sourceId()),
        d.serial(),
        d.storage());
  }

  TargetNic on(TargetNic n) {
    return new TargetNic(
        n.sourceId(),
        n.name(),
        n.model(),
        n.mac(),
        n.network(),
        n.linkUp(),
        orders.get(n.sourceId()));
  }
}
