package dev.drover.kube.standin;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What a cluster has before anybody uses it. */
final class Seed {
  private final Store store;

  Seed(Store store) {
    this.store = store;
  }

  void plant(String proxy, String caPem) {
    for (String namespace : List.of("default", "web", "cdi")) {
      put("v1", "Namespace", "", "namespaces", namespace, Map.of(), Map.of());
    }
    storageClass(
        "fast", "Immediate", Map.of("storageclass.kubernetes.io/is-default-class", "true"));
    storageClass("local", "WaitForFirstConsumer", Map.of());
    put(
        "cdi.kubevirt.io/v1beta1",
        "CDIConfig",
        "",
        "cdiconfigs",
        "config",
        Map.of(),
        Map.of("spec", Map.of(), "status", Map.of("uploadProxyURL", proxy)));
    put(
        "v1",
        "ConfigMap",
        "cdi",
        "configmaps",
        "cdi-uploadproxy-signer-bundle",
        Map.of(),
        Map.of("data", Map.of("ca-bundle.crt", caPem)));
    node("node-1");
    node("node-2");
  }

  private void storageClass(String name, String binding, Map<String, String> annotations) {
    put(
        "storage.k8s.io/v1",
        "StorageClass",
        "",
        "storageclasses",
        name,
        Map.of("annotations", annotations),
        Map.of("provisioner", "stand-in", "volumeBindingMode", binding));
    Map<String, Object> set =
        Map.of("accessModes", List.of("ReadWriteOnce"), "volumeMode", "Filesystem");
    put(
        "cdi.kubevirt.io/v1beta1",
        "StorageProfile",
        "",
        "storageprofiles",
        name,
        Map.of(),
        Map.of("status", Map.of("claimPropertySets", List.of(set))));
  }

  private void node(String name) {
    Map<String, Object> allocatable =
        Map.of("cpu", "16", "memory", "64Gi", "devices.kubevirt.io/kvm", "1k");
    put(
        "v1",
        "Node",
        "",
        "nodes",
        name,
        Map.of("labels", Map.of("kubevirt.io/schedulable", "true")),
        Map.of("status", Map.of("allocatable", allocatable)));
  }

  private void put(
      String groupVersion,
      String kind,
      String namespace,
      String plural,
      String name,
      Map<String, Object> metadata,
      Map<String, Object> rest) {
    Map<String, Object> all = new LinkedHashMap<>(metadata);
    all.put("name", name);
    if (!namespace.isEmpty()) {
      all.put("namespace", namespace);
    }
    Map<String, Object> object = new LinkedHashMap<>();
    object.put("apiVersion", groupVersion);
    object.put("kind", kind);
    object.put("metadata", all);
    object.putAll(rest);
    store.create(Route.collection(groupVersion, namespace, plural), object);
  }
}
