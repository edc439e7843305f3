package dev.drover.mappings.plan;

import dev.drover.mappings.model.SourceVm;
import dev.drover.mappings.yaml.YamlTree;
import java.util.Collections;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;

/** The networks and datastores of VMs that move, for the maps of a plan. */
final class SourceMaps {
  private final NetworkGuess networks = new NetworkGuess();
  private final SortedSet<String> datastores = new TreeSet<>();

  void add(SourceVm vm) {
    networks.add(vm.nics());
    vm.disks()
        .forEach(
            disk -> {
              String datastore = disk.backing().datastore();
              if (datastore != null && datastore.length() <= YamlTree.LONGEST_TEXT) {
                datastores.add(datastore);
              }
            });
  }

  List<NetworkGuess.Line> networks() {
    return networks.lines();
  }

  SortedSet<String> datastores() {
    return Collections.unmodifiableSortedSet(datastores);
  }
}
