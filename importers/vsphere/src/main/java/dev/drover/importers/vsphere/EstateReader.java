package dev.drover.importers.vsphere;

import com.vmware.vim25.ClusterConfigInfoEx;
import com.vmware.vim25.DatastoreSummary;
import com.vmware.vim25.HostHardwareSummary;
import com.vmware.vim25.HostSystemConnectionState;
import com.vmware.vim25.ManagedObjectReference;
import dev.drover.mappings.model.Answer;
import dev.drover.mappings.model.ByteSize;
import dev.drover.mappings.model.EstatePart;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Turns hosts, clusters and datastores into parts of the estate. */
final class EstateReader {
  static final List<String> HOST =
      List.of(
          "name",
          "parent",
          "summary.hardware",
          "summary.config.product.version",
          "runtime.connectionState",
          "runtime.inMaintenanceMode",
          "config.network.portgroup");

  private final String source;
  private final Tree tree;

  EstateReader(String source, Tree tree) {
    this.source = source;
    this.tree = tree;
  }

  private String name(Props props) {
    String name = tree.name(props.ref());
    return name == null ? props.id() : name;
  }

  EstatePart.Host host(Props host) {
    HostHardwareSummary hardware = host.get("summary.hardware", HostHardwareSummary.class);
    ManagedObjectReference above = host.ref("parent");
    boolean clustered = above != null && above.type.equals("ClusterComputeResource");
    return new EstatePart.Host(
        source,
        name(host),
        tree.datacenter(host.ref()),
        clustered ? tree.name(above) : null,
        hardware == null ? null : positive(hardware.numCpuPkgs),
        hardware == null ? null : positive(hardware.numCpuCores),
        hardware == null ? null : positive(hardware.numCpuThreads),
        hardware == null || hardware.memorySize <= 0 ? null : new ByteSize(hardware.memorySize),
        hardware == null ? null : hardware.cpuModel,
        host.text("summary.config.product.version"),
        usable(host));
  }

  private static @Nullable Integer positive(int number) {
    return number > 0 ? number : null;
  }

  private static Answer usable(Props host) {
    HostSystemConnectionState state =
        host.get("runtime.connectionState", HostSystemConnectionState.class);
    Boolean maintenance = host.get("runtime.inMaintenanceMode", Boolean.class);
    if (state == null || maintenance == null) {
      return Answer.UNKNOWN;
    }
    return Answer.of(state == HostSystemConnectionState.connected && !maintenance);
  }

  EstatePart.Cluster cluster(Props cluster, @Nullable ClusterConfigInfoEx config) {
    return new EstatePart.Cluster(
        source,
        name(cluster),
        tree.datacenter(cluster.ref()),
        Answer.of(config == null || config.dasConfig == null ? null : config.dasConfig.enabled),
        Answer.of(config == null || config.drsConfig == null ? null : config.drsConfig.enabled),
        Answer.of(
            config == null || config.dpmConfigInfo == null ? null : config.dpmConfigInfo.enabled));
  }

  EstatePart.Datastore datastore(Props store, @Nullable DatastoreSummary summary) {
    return new EstatePart.Datastore(
        source,
        name(store),
        tree.datacenter(store.ref()),
        summary == null ? null : summary.type,
        summary == null || summary.capacity < 0 ? null : new ByteSize(summary.capacity),
        summary == null || summary.freeSpace < 0 ? null : new ByteSize(summary.freeSpace),
        Answer.of(summary == null ? null : summary.accessible));
  }
}
