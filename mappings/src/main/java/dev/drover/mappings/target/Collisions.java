package dev.drover.mappings.target;

import dev.drover.mappings.model.Finding;
import dev.drover.mappings.model.VmRef;
import java.util.Collection;
import java.util.List;
import java.util.Map;

/** What only a look at all VMs of a plan together finds: one name or one MAC twice. */
public final class Collisions {
  private Collisions() {}

  /** Blockers by VM; VMs without one are not in the map. Each names the other VM. */
  public static Map<VmRef, List<Finding>> among(Collection<TargetVm> vms) {
    throw new UnsupportedOperationException(vms.toString());
  }
}
