package dev.drover.mappings.assess;

import dev.drover.mappings.model.EstatePart;
import dev.drover.mappings.model.SourceVm;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What the VMs live on, by name. Where one of the two has no datacenter, the name alone counts, if
 * the source has it once.
 */
final class EstateIndex {
  private record Key(String source, @Nullable String datacenter, String name) {}

  /** Parts of one kind; a name that is there twice has null in {@code alone}. */
  private record Parts<T extends EstatePart>(Map<Key, T> whole, Map<Key, @Nullable T> alone) {
    static <T extends EstatePart> Parts<T> none() {
      return new Parts<>(new HashMap<>(), new HashMap<>());
    }

    void add(T part) {
      whole.putIfAbsent(new Key(part.source(), part.datacenter(), part.name()), part);
      Key name = new Key(part.source(), null, part.name());
      alone.put(name, alone.containsKey(name) ? null : part);
    }

    @Nullable T find(SourceVm vm, @Nullable String name) {
      if (name == null) {
        return null;
      }
      String datacenter = vm.placement().datacenter();
      T exact = whole.get(new Key(vm.ref().source(), datacenter, name));
      if (exact != null) {
        return exact;
      }
      T byName = alone.get(new Key(vm.ref().source(), null, name));
      boolean unsaid = byName != null && (datacenter == null || byName.datacenter() == null);
      return unsaid ? byName : null;
    }
  }

  private final Parts<EstatePart.Host> hosts = Parts.none();
  private final Parts<EstatePart.Cluster> clusters = Parts.none();
  private final Parts<EstatePart.Datastore> datastores = Parts.none();

  EstateIndex(List<EstatePart> parts) {
    for (EstatePart part : parts) {
      if (part instanceof EstatePart.Host host) {
        hosts.add(host);
      } else if (part instanceof EstatePart.Cluster cluster) {
        clusters.add(cluster);
      } else if (part instanceof EstatePart.Datastore datastore) {
        datastores.add(datastore);
      }
    }
  }

  EstatePart.@Nullable Host host(SourceVm vm) {
    return hosts.find(vm, vm.placement().host());
  }

  EstatePart.@Nullable Cluster cluster(SourceVm vm) {
    return clusters.find(vm, vm.placement().cluster());
  }

  EstatePart.@Nullable Datastore datastore(SourceVm vm, @Nullable String name) {
    return datastores.find(vm, name);
  }
}
