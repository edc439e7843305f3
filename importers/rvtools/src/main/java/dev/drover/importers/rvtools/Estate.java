package dev.drover.importers.rvtools;

import dev.drover.mappings.model.Answer;
import dev.drover.mappings.model.EstatePart;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Hosts, clusters, datastores and networks, and what VMs have to look up in them. */
final class Estate {
  private final String source;
  private final List<Export> exports;
  private final Vcenters vcenters;
  private final Merge merge;
  private final Map<String, EstatePart> parts = new LinkedHashMap<>();
  private final Map<String, Answer> balanced = new HashMap<>();
  private final Map<String, EstatePart.Network> networks = new HashMap<>();
  private final Map<String, String> datastoreTypes = new HashMap<>();

  Estate(String source, List<Export> exports, Vcenters vcenters, Merge merge) {
    this.source = source;
    this.exports = exports;
    this.vcenters = vcenters;
    this.merge = merge;
    each(Topic.HOST, Field.HOST, this::host);
    each(Topic.CLUSTER, Field.NAME, this::cluster);
    each(Topic.DATASTORE, Field.NAME, this::datastore);
    each(Topic.DISTRIBUTED_PORT, Field.NETWORK, (n, v, row) -> network(n, v, row, "distributed"));
    each(Topic.PORT_GROUP, Field.NETWORK, (n, v, row) -> network(n, v, row, "standard"));
  }

  /** Takes one row. */
  private interface Taker {
    void take(String name, int vcenter, RowView row);
  }

  private void each(Topic topic, Field key, Taker taker) {
    for (Export export : exports) {
      for (int[] row : export.rows(topic)) {
        int vcenter = vcenters.of(export, topic, row);
        String name = export.text(topic, row, key);
        if (name != null && merge.counts(export, vcenter)) {
          taker.take(name, vcenter, export.view(topic, row));
        }
      }
    }
  }

  private void add(int vcenter, EstatePart part) {
    parts.putIfAbsent(
        part.getClass().getSimpleName() + vcenter + "\0" + part.datacenter() + "\0" + part.name(),
        part);
  }

  static String key(int vcenter, @Nullable String name) {
    return vcenter + "\0" + name;
  }

  private void host(String name, int vcenter, RowView row) {
    Integer sockets = row.count(Field.SOCKETS);
    Integer cores = row.count(Field.CORES);
    Integer perSocket = row.count(Field.CORES_PER_SOCKET);
    if (cores == null && sockets != null && perSocket != null) {
      cores = sockets * perSocket;
    }
    Answer threaded = row.answer(Field.HT_ACTIVE);
    add(
        vcenter,
        new EstatePart.Host(
            source,
            name,
            row.text(Field.DATACENTER),
            row.text(Field.CLUSTER),
            sockets,
            cores,
            cores == null || threaded == Answer.UNKNOWN
                ? null
                : Integer.valueOf(threaded.isYes() ? cores * 2 : cores),
            row.size(Field.MEMORY),
            row.text(Field.CPU_MODEL),
            row.text(Field.ESX_VERSION),
            usable(row.answer(Field.MAINTENANCE))));
  }

  private static Answer usable(Answer maintenance) {
    return switch (maintenance) {
      case YES -> Answer.NO;
      case NO -> Answer.YES;
      case UNKNOWN -> Answer.UNKNOWN;
    };
  }

  private void cluster(String name, int vcenter, RowView row) {
    Answer drs = row.answer(Field.DRS);
    String behaviour = row.word(Field.DRS_BEHAVIOUR);
    Answer byItself =
        drs.isYes() && !behaviour.isEmpty() && !behaviour.contains("fullyautomated")
            ? Answer.NO
            : drs;
    balanced.putIfAbsent(key(vcenter, name), drs);
    add(
        vcenter,
        new EstatePart.Cluster(
            source,
            name,
            row.text(Field.DATACENTER),
            row.answer(Field.HA),
            byItself,
            row.answer(Field.DPM)));
  }

  private void datastore(String name, int vcenter, RowView row) {
    String type = row.text(Field.TYPE);
    if (type != null) {
      datastoreTypes.putIfAbsent(key(vcenter, name), type.toLowerCase(Locale.ROOT));
    }
    add(
        vcenter,
        new EstatePart.Datastore(
            source,
            name,
            row.text(Field.DATACENTER),
            type,
            row.size(Field.CAPACITY),
            row.size(Field.FREE),
            row.answer(Field.ACCESSIBLE)));
  }

  private void network(String name, int vcenter, RowView row, String kind) {
    EstatePart.Network network =
        new EstatePart.Network(
            source,
            name,
            row.text(Field.DATACENTER),
            kind,
            vlan(row.key(Field.VLAN)),
            row.text(Field.SWITCH));
    // A standard port group repeats on every host; the first one that is named speaks for it.
    if (networks.putIfAbsent(key(vcenter, name), network) == null) {
      add(vcenter, network);
    }
  }

  /** A range of a trunk is no VLAN, and neither is a text. */
  private static @Nullable Integer vlan(@Nullable String text) {
    return text != null && text.matches("[0-9]{1,4}") && Integer.parseInt(text) <= 4095
        ? Integer.valueOf(text)
        : null;
  }

  Iterable<EstatePart> parts() {
    return parts.values();
  }

  /** Whether VMs of a cluster are moved while they run; without a cluster nobody does it. */
  Answer liveMigrated(int vcenter, @Nullable String cluster, boolean clusterColumn) {
    if (cluster == null) {
      return clusterColumn ? Answer.NO : Answer.UNKNOWN;
    }
    return balanced.getOrDefault(key(vcenter, cluster), Answer.UNKNOWN);
  }

  EstatePart.@Nullable Network network(int vcenter, @Nullable String name) {
    return name == null ? null : networks.get(key(vcenter, name));
  }

  /** {@code vsan}, {@code vmfs}; empty where unknown. */
  String datastoreType(int vcenter, @Nullable String name) {
    return name == null ? "" : datastoreTypes.getOrDefault(key(vcenter, name), "");
  }
}
