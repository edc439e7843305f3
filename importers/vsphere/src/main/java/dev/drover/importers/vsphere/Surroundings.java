package dev.drover.importers.vsphere;

import com.vmware.vim25.ClusterConfigInfoEx;
import com.vmware.vim25.DatastoreSummary;
import com.vmware.vim25.ManagedObjectReference;
import dev.drover.mappings.model.EstatePart;
import dev.drover.mappings.model.Placement.AffinityRule;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What VMs live on: read once for a listing, each kind in its own pages. Everything here is small
 * next to the VMs.
 */
final class Surroundings {
  private static final List<String> PLACE = List.of("name", "parent");

  private final Tree tree = new Tree();
  private final List<EstatePart> parts = new ArrayList<>();
  private final Map<String, DatastoreSummary> datastores = new HashMap<>();
  private final Map<String, ClusterConfigInfoEx> clusters = new HashMap<>();
  private final Map<String, List<AffinityRule>> rules = new HashMap<>();
  private final Networks networks = new Networks();
  private int denied;

  private Surroundings() {}

  static Surroundings read(Collector collector, String source) {
    Surroundings all = new Surroundings();
    for (String type : List.of("Datacenter", "Folder", "ResourcePool")) {
      collector.all(type, PLACE).forEach(all.tree::add);
    }
    List<Props> clusters =
        collector.all("ComputeResource", List.of("name", "parent", "configurationEx"));
    List<Props> hosts = collector.all("HostSystem", EstateReader.HOST);
    List<Props> stores = collector.all("Datastore", List.of("name", "parent", "summary"));
    List<Props> switches =
        collector.all("DistributedVirtualSwitch", List.of("name", "parent", "uuid"));
    List<Props> groups =
        collector.all("DistributedVirtualPortgroup", List.of("name", "parent", "key", "config"));
    List<Props> networks = collector.all("Network", List.of("name", "parent", "summary"));
    for (List<Props> each : List.of(clusters, hosts, stores, switches, groups, networks)) {
      each.forEach(all.tree::add);
      each.forEach(props -> all.denied += props.denied().size());
    }
    all.networks.read(all.tree, hosts, switches, groups, networks);
    EstateReader reader = new EstateReader(source, all.tree);
    for (Props each : clusters) {
      ClusterConfigInfoEx config = each.get("configurationEx", ClusterConfigInfoEx.class);
      if (config != null) {
        all.clusters.put(each.id(), config);
      }
      if (each.ref().type.equals("ClusterComputeResource")) {
        all.parts.add(reader.cluster(each, config));
      }
    }
    hosts.forEach(each -> all.parts.add(reader.host(each)));
    for (Props each : stores) {
      DatastoreSummary summary = each.get("summary", DatastoreSummary.class);
      if (summary != null) {
        all.datastores.put(each.id(), summary);
      }
      all.parts.add(reader.datastore(each, summary));
    }
    all.parts.addAll(all.networks.parts(source));
    all.rules.putAll(AffinityRules.of(all.clusters, all.tree, collector));
    return all;
  }

  Tree tree() {
    return tree;
  }

  Networks networks() {
    return networks;
  }

  /** Hosts, clusters, datastores, networks, in this order of kinds' own. */
  List<EstatePart> parts() {
    return parts;
  }

  /** How many properties the user may not read. */
  int denied() {
    return denied;
  }

  @Nullable DatastoreSummary datastore(@Nullable ManagedObjectReference ref) {
    return ref == null ? null : datastores.get(ref.val);
  }

  @Nullable ClusterConfigInfoEx cluster(@Nullable ManagedObjectReference ref) {
    return ref == null ? null : clusters.get(ref.val);
  }

  /** Of a VM, by its id. */
  List<AffinityRule> rules(String vm) {
    return rules.getOrDefault(vm, List.of());
  }
}
