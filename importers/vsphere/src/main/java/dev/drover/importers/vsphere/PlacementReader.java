package dev.drover.importers.vsphere;

import com.vmware.vim25.ClusterConfigInfoEx;
import com.vmware.vim25.ManagedObjectReference;
import com.vmware.vim25.VirtualMachineFaultToleranceState;
import dev.drover.mappings.model.Answer;
import dev.drover.mappings.model.Placement;
import org.jspecify.annotations.Nullable;

/** Reads where the VM lives and what binds it there. */
final class PlacementReader {
  private final Props vm;
  private final String server;
  private final Surroundings around;

  PlacementReader(Props vm, String server, Surroundings around) {
    this.vm = vm;
    this.server = server;
    this.around = around;
  }

  Placement read(@Nullable ManagedObjectReference host) {
    Tree tree = around.tree();
    ManagedObjectReference cluster = tree.above(host, "ClusterComputeResource");
    ClusterConfigInfoEx config = around.cluster(cluster);
    ManagedObjectReference app = vm.ref("parentVApp");
    ManagedObjectReference folder = vm.ref("parent");
    String datacenter = tree.datacenter(folder != null ? folder : host);
    return new Placement(
        server,
        datacenter != null ? datacenter : tree.datacenter(host),
        tree.name(cluster),
        tree.name(host),
        pool(),
        tree.name(app != null ? app : asApp(vm.ref("resourcePool"))),
        around.rules(vm.id()),
        Answer.of(config == null || config.drsConfig == null ? null : config.drsConfig.enabled),
        tolerant());
  }

  /** A vApp is a resource pool too. */
  private static @Nullable ManagedObjectReference asApp(@Nullable ManagedObjectReference pool) {
    return pool != null && pool.type.equals("VirtualApp") ? pool : null;
  }

  /** Null for the pool that every cluster has, and for a vApp. */
  private @Nullable String pool() {
    ManagedObjectReference pool = vm.ref("resourcePool");
    ManagedObjectReference up = around.tree().parent(pool);
    boolean own = up != null && up.type.equals("ResourcePool") && asApp(pool) == null;
    return own ? around.tree().name(pool) : null;
  }

  private Answer tolerant() {
    VirtualMachineFaultToleranceState state =
        vm.get("runtime.faultToleranceState", VirtualMachineFaultToleranceState.class);
    return state == null
        ? Answer.UNKNOWN
        : Answer.of(state != VirtualMachineFaultToleranceState.notConfigured);
  }
}
