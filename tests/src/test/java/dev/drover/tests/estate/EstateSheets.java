package dev.drover.tests.estate;

import java.util.ArrayList;
import java.util.List;

/** The rows of what is not a VM. */
final class EstateSheets {
  private final EstateShape shape;

  EstateSheets(EstateShape shape) {
    this.shape = shape;
  }

  private RowMaker row(String sheet) {
    return new RowMaker(sheet, shape.quirks());
  }

  private RowMaker end(RowMaker row, int vcenter) {
    return row.put("VI SDK Server", shape.server(vcenter))
        .put("VI SDK UUID", shape.serverUuid(vcenter));
  }

  /** Takes the numbers of a vCenter and of one of its clusters. */
  private interface PerCluster {
    void add(int vcenter, int cluster);
  }

  private void each(PerCluster taker) {
    for (int v = 0; v < shape.vcenters(); v++) {
      for (int c = 0; c < shape.clusters(); c++) {
        taker.add(v, c);
      }
    }
  }

  List<RowMaker> hosts() {
    List<RowMaker> rows = new ArrayList<>();
    each(
        (v, c) -> {
          for (int h = 0; h < EstateShape.HOSTS_PER_CLUSTER; h++) {
            rows.add(
                end(
                    row("vHost")
                        .put("Host", shape.hostName(v, c, h))
                        .put("Datacenter", shape.datacenter(v))
                        .put("Cluster", shape.clusterName(c))
                        .put("in Maintenance Mode", h == 15 && c % 10 == 0)
                        .put("CPU Model", "Intel(R) Xeon(R) Gold 6338 CPU @ 2.00GHz")
                        .put("HT Active", true)
                        .put("# CPU", 2)
                        .put("Cores per CPU", 32)
                        .put("# Cores", 64)
                        .put("# Memory", 1_048_576)
                        .put("ESX Version", "VMware ESXi 7.0.3 build-21930508"),
                    v));
          }
        });
    return rows;
  }

  List<RowMaker> clusters() {
    List<RowMaker> rows = new ArrayList<>();
    each(
        (v, c) ->
            rows.add(
                end(
                    row("vCluster")
                        .put("Name", shape.clusterName(c))
                        .put("HA enabled", true)
                        .put("DRS enabled", c % 7 != 6)
                        .put("DRS default VM behavior", "fullyAutomated")
                        .put("DPM enabled", c % 20 == 3),
                    v)));
    return rows;
  }

  List<RowMaker> datastores() {
    List<RowMaker> rows = new ArrayList<>();
    each(
        (v, c) -> {
          for (int s = 0; s < EstateShape.STORES_PER_CLUSTER; s++) {
            rows.add(
                end(
                    row("vDatastore")
                        .put("Name", shape.store(c, s))
                        .put("Accessible", true)
                        .put("Type", shape.storeType(c))
                        .put("Capacity MiB", 33_554_432L)
                        .put("Free MiB", 9_000_000L + s * 1000),
                    v));
          }
        });
    return rows;
  }

  List<RowMaker> ports() {
    List<RowMaker> rows = new ArrayList<>();
    for (int v = 0; v < shape.vcenters(); v++) {
      for (int vlan = 100; vlan < 160; vlan++) {
        for (String name : new String[] {"VLAN-", "backup-"}) {
          rows.add(
              end(
                  row("dvPort")
                      .put("Port", name + vlan)
                      .put("Switch", "dvs-1")
                      .put("Type", "earlyBinding")
                      .put("VLAN", vlan),
                  v));
        }
      }
    }
    return rows;
  }

  List<RowMaker> sources() {
    List<RowMaker> rows = new ArrayList<>();
    for (int v = 0; v < shape.vcenters(); v++) {
      rows.add(end(row("vSource").put("Name", shape.server(v)).put("Version", "7.0.3"), v));
    }
    return rows;
  }

  List<RowMaker> metadata() {
    return List.of(
        row("vMetaData")
            .put("RVTools major version", "4")
            .put("RVTools version", "4.4.1.0")
            .put("xlsx creation datetime", "2026/01/01 08:00:00")
            .put("Server", shape.server(0)));
  }
}
