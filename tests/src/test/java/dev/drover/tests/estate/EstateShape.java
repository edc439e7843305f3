package dev.drover.tests.estate;

import java.util.Locale;

/**
 * What an estate looks like as a whole.
 *
 * @param vms how many, over all vCenters
 */
public record EstateShape(long seed, int vms, int vcenters, Quirks quirks) {
  static final int HOSTS_PER_CLUSTER = 16;
  static final int STORES_PER_CLUSTER = 10;
  private static final int VMS_PER_CLUSTER = 500;

  /** One vCenter of the newest RVTools. */
  public static EstateShape of(long seed, int vms) {
    return new EstateShape(seed, vms, 1, Quirks.none());
  }

  int vcenterOf(int vm) {
    return vm % vcenters;
  }

  int clusters() {
    return Math.max(1, vms / vcenters / VMS_PER_CLUSTER);
  }

  int clusterOf(int vcenter, int application) {
    return Math.floorMod(application * 31 + vcenter, clusters());
  }

  String clusterName(int cluster) {
    return String.format(Locale.ROOT, "cl-%03d", cluster);
  }

  String datacenter(int vcenter) {
    return "DC" + (vcenter + 1);
  }

  String hostName(int vcenter, int cluster, int host) {
    return String.format(
        Locale.ROOT, "esx-%03d-%02d.dc%d.example.com", cluster, host + 1, vcenter + 1);
  }

  String store(int cluster, int store) {
    return String.format(Locale.ROOT, "ds-%03d-%02d", cluster, store + 1);
  }

  /** vSAN in every fifth cluster. */
  String storeType(int cluster) {
    return cluster % 5 == 4 ? "vsan" : cluster % 5 == 3 ? "NFS" : "VMFS";
  }

  String server(int vcenter) {
    return "vc" + (vcenter + 1) + ".example.com";
  }

  String serverUuid(int vcenter) {
    return new Dice(seed, -1 - vcenter).uuid();
  }
}
