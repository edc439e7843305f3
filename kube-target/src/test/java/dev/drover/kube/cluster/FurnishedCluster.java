package dev.drover.kube.cluster;

import dev.drover.kube.standin.StandInCluster;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A stand-in cluster with storage, nodes, pods and instance types of many kinds. */
final class FurnishedCluster {
  private final StandInCluster cluster;

  FurnishedCluster(StandInCluster cluster) {
    this.cluster = cluster;
  }

  void put(String apiVersion, String kind, String plural, String path, Map<String, ?> rest) {
    put(apiVersion, kind, plural, path, Map.of(), rest);
  }

  void put(
      String apiVersion,
      String kind,
      String plural,
      String path,
      Map<String, ?> labels,
      Map<String, ?> rest) {
    int slash = path.indexOf('/');
    Map<String, Object> metadata = new LinkedHashMap<>();
    metadata.put("name", path.substring(slash + 1));
    metadata.put("labels", labels);
    if (slash >= 0) {
      metadata.put("namespace", path.substring(0, slash));
    }
    Map<String, Object> object = new LinkedHashMap<>();
    object.put("apiVersion", apiVersion);
    object.put("kind", kind);
    object.put("metadata", metadata);
    object.putAll(rest);
    cluster.put(plural, object);
  }

  /** What a cluster with everything has beside what the stand-in begins with. */
  void furnish() {
    put(
        "kubevirt.io/v1",
        "KubeVirt",
        "kubevirts",
        "kubevirt/kubevirt",
        Map.of(
            "spec",
            Map.of(
                "configuration",
                Map.of(
                    "developerConfiguration",
                    Map.of(
                        "featureGates",
                        List.of("Snapshot", "HotplugVolumes", "Old"),
                        "disabledFeatureGates",
                        List.of("Old")))),
            "status",
            Map.of("observedKubeVirtVersion", "v1.6.2")));
    put(
        "cdi.kubevirt.io/v1beta1",
        "CDI",
        "cdis",
        "cdi",
        Map.of("status", Map.of("observedVersion", "v1.63.1")));
    storage();
    put("k8s.cni.cncf.io/v1", "N", "network-attachment-definitions", "web/vlan-10", Map.of());
    String types = "instancetype.kubevirt.io/v1beta1";
    put(types, "I", "virtualmachineclusterinstancetypes", "u1.medium", Map.of());
    put(types, "I", "virtualmachineinstancetypes", "web/own", Map.of());
    put(types, "P", "virtualmachineclusterpreferences", "rhel.9", Map.of());
    node("node-1", Map.of("feature.node.kubernetes.io/cpu-hardware_multithreading", "true"));
    node("node-2", Map.of("feature.node.kubernetes.io/cpu-hardware_multithreading", "true"));
    pod("web/a", "node-1", "Running", container("1500m", "2Gi"), null);
    pod("web/b", "node-2", "Running", container("1", "1Gi"), container("4", "512Mi"));
    pod("web/done", "node-2", "Succeeded", container("8", "8Gi"), null);
  }

  private void storage() {
    put(
        "storage.k8s.io/v1",
        "StorageClass",
        "storageclasses",
        "ceph",
        Map.of("provisioner", "rook-ceph.rbd.csi.ceph.com", "allowVolumeExpansion", true));
    put(
        "cdi.kubevirt.io/v1beta1",
        "StorageProfile",
        "storageprofiles",
        "ceph",
        Map.of(
            "status",
            Map.of(
                "cloneStrategy",
                "csi-clone",
                "claimPropertySets",
                List.of(
                    Map.of("accessModes", List.of("ReadWriteMany"), "volumeMode", "Block"),
                    Map.of("accessModes", List.of("ReadWriteOnce"), "volumeMode", "Filesystem")))));
    put(
        "snapshot.storage.k8s.io/v1",
        "VolumeSnapshotClass",
        "volumesnapshotclasses",
        "ceph",
        Map.of("driver", "rook-ceph.rbd.csi.ceph.com"));
    for (String part : List.of("a", "b")) {
      put(
          "storage.k8s.io/v1",
          "CSIStorageCapacity",
          "csistoragecapacities",
          "kube-system/local-" + part,
          Map.of("storageClassName", "local", "capacity", "100Gi", "maximumVolumeSize", "60Gi"));
    }
  }

  private void node(String name, Map<String, String> labels) {
    Map<String, String> all = new LinkedHashMap<>(labels);
    all.put("kubevirt.io/schedulable", "true");
    Map<String, String> allocatable = Map.of("cpu", "15500m", "memory", "60Gi");
    Map<String, String> capacity = Map.of("cpu", "16", "memory", "67006464Ki");
    put(
        "v1",
        "Node",
        "nodes",
        name,
        all,
        Map.of("status", Map.of("allocatable", allocatable, "capacity", capacity)));
  }

  private static Map<String, Object> container(String cpu, String memory) {
    return Map.of("resources", Map.of("requests", Map.of("cpu", cpu, "memory", memory)));
  }

  private void pod(
      String path,
      String node,
      String phase,
      Map<String, Object> container,
      @Nullable Map<String, Object> init) {
    Map<String, Object> spec = new LinkedHashMap<>();
    spec.put("nodeName", node);
    spec.put("containers", List.of(container));
    spec.put("initContainers", init == null ? List.of() : List.of(init));
    put("v1", "Pod", "pods", path, Map.of("spec", spec, "status", Map.of("phase", phase)));
  }
}
