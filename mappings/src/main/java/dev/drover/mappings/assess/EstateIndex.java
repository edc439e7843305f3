package dev.drover.mappings.assess;

import dev.drover.mappings.model.EstatePart;
import dev.drover.mappings.model.SourceVm;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What the VMs live on, by name. A name that several datacenters have is found with one alone. */
final class EstateIndex {
  private record Key(String source, @Nullable String datacenter, String name) {}

  private final Map<Key, EstatePart.Host> hosts = new HashMap<>();
  private final Map<Key, EstatePart.Cluster> clusters = new HashMap<>();
  private final Map<Key, EstatePart.Datastore> datastores = new HashMap<>();

  EstateIndex(List<EstatePart> parts) {
    for (EstatePart part : parts) {
      Key key = new Key(part.source(), part.datacenter(), part.name());
      if (part instanceof EstatePart.Host host) {
        hosts.putIfAbsent(key, host);
      } else if (part instanceof EstatePart.Cluster cluster) {
        clusters.putIfAbsent(key, cluster);
      } else if (part instanceof EstatePart.Datastore datastore) {
        datastores.putIfAbsent(key, datastore);
      }
    }
  }

  EstatePart.@Nullable Host host(SourceVm vm) {
    return find(hosts, vm, vm.placement().host());
  }

  EstatePart.@Nullable Cluster cluster(SourceVm vm) {
    return find(clusters, vm, vm.placement().cluster());
  }

  EstatePart.@Nullable Datastore datastore(SourceVm vm, @Nullable String name) {
    return find(datastores, vm, name);
  }

  private static <T> @Nullable T find(Map<Key, T> all, SourceVm vm, @Nullable String name) {
    if (name == null) {
      return null;
    }
    T exact = all.get(new Key(vm.ref().source(), vm.placement().datacenter(), name));
    return exact != null ? exact : all.get(new Key(vm.ref().source(), null, name));
  }
}
