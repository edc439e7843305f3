package dev.drover.mappings.assess;

import dev.drover.mappings.model.Answer;
import dev.drover.mappings.model.EstatePart;
import java.util.ArrayList;
import java.util.List;

/** What the cluster and the host do for the VM at the source. */
final class SourcePlace implements Check {
  static final KnownFinding HOST_AWAY =
      KnownFinding.warning(
          "VM-051",
          "its host is in maintenance or not connected",
          "bring the host back or move the VM to another one: it cannot be read there");

  static final KnownFinding CLUSTER =
      KnownFinding.info(
          "VM-052",
          "its cluster looks after it: moves it, starts it again, or switches idle hosts off",
          "see that the target does the same: live migration needs ReadWriteMany volumes, a restart elsewhere needs node health checks");

  @Override
  public List<KnownFinding> findings() {
    return List.of(HOST_AWAY, CLUSTER);
  }

  @Override
  public void look(Subject vm, Told told) {
    EstatePart.Host host = vm.estate().host(vm.vm());
    if (host != null && host.usable() == Answer.NO) {
      told.add(HOST_AWAY, host.name());
    }
    EstatePart.Cluster cluster = vm.cluster();
    if (cluster != null) {
      List<String> does = new ArrayList<>();
      if (cluster.balances().isYes()) {
        does.add("DRS");
      }
      if (cluster.restarts().isYes()) {
        does.add("HA");
      }
      if (cluster.powersDown().isYes()) {
        does.add("DPM");
      }
      if (!does.isEmpty()) {
        told.add(CLUSTER, cluster.name() + ": " + String.join(", ", does));
      }
    }
  }
}
