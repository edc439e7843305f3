package dev.drover.kube.cluster;

import dev.drover.mappings.profile.TargetProfile;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Reads what a cluster can do. What it forbids to look at is said, and the rest still comes. */
final class ReadProfile {
  private final Api api;
  private final LookAround around;

  ReadProfile(Api api) {
    this.api = api;
    this.around = new LookAround(api);
  }

  /**
   * The profile.
   *
   * @param context what the user calls the cluster; null where nobody said
   */
  TargetProfile read(@Nullable String context) {
    String server = String.valueOf(api.client().getConfiguration().getMasterUrl());
    return ExplainRefusal.during(
        "cluster " + server, () -> profile(context == null ? server : context));
  }

  private TargetProfile profile(String name) {
    Map<String, String> versions = new TreeMap<>();
    put(versions, "kubernetes", api.version().text("gitVersion"));
    List<String> features = kubeVirt(versions);
    around
        .listOf(Kind.CDI, "the version of CDI", "CDI")
        .ifPresent(all -> put(versions, "cdi", first(all, "observedVersion")));
    List<TargetProfile.StorageClass> classes = new ReadStorageClasses(around).read();
    List<String> networks = networks();
    List<TargetProfile.NodeGroup> nodes = new ReadNodes(api, around).read();
    List<String> instanceTypes =
        names("instance types", Kind.CLUSTER_INSTANCE_TYPE, Kind.INSTANCE_TYPE);
    List<String> preferences = names("preferences", Kind.CLUSTER_PREFERENCE, Kind.PREFERENCE);
    return new TargetProfile(
        name,
        versions,
        features,
        classes,
        networks,
        nodes,
        instanceTypes,
        preferences,
        around.unseen());
  }

  /** The features; null where they are not shown. The version is shown to more people. */
  private @Nullable List<String> kubeVirt(Map<String, String> versions) {
    Optional<List<Resource>> seen =
        around.listOf(Kind.KUBEVIRT, "the features of KubeVirt", "KubeVirt");
    seen.ifPresent(all -> put(versions, "kubevirt", first(all, "observedKubeVirtVersion")));
    if (!versions.containsKey("kubevirt")) {
      try {
        put(versions, "kubevirt", api.kubeVirtVersion().text("gitVersion"));
      } catch (ApiRefused e) {
        if (e.code() == 403) {
          around.miss("the version of KubeVirt", e.request());
        } else if (e.code() != 404 && e.code() != 503) {
          throw e; // 503: KubeVirt is there, and its API server is not
        }
      }
    }
    return seen.map(ReadProfile::gates).orElse(null);
  }

  private static List<String> gates(List<Resource> kubeVirts) {
    Set<String> gates = new TreeSet<>();
    for (Resource kubeVirt : kubeVirts) {
      Map<String, Object> developer =
          kubeVirt.map("spec", "configuration", "developerConfiguration");
      gates.addAll(texts(developer.get("featureGates")));
      gates.removeAll(texts(developer.get("disabledFeatureGates")));
    }
    return List.copyOf(gates);
  }

  /** The texts of a list that came as JSON; what is no text is left out. */
  static List<String> texts(@Nullable Object list) {
    List<String> texts = new ArrayList<>();
    if (list instanceof List<?> all) {
      all.stream().filter(String.class::isInstance).forEach(t -> texts.add((String) t));
    }
    return texts;
  }

  private @Nullable List<String> networks() {
    return around
        .list(Kind.NETWORK, "networks beside the pod network")
        .map(all -> all.stream().map(n -> n.namespace() + "/" + n.name()).sorted().toList())
        .orElse(null);
  }

  /** {@code kind/name} of all kinds that are shown; null where none is. */
  private @Nullable List<String> names(String what, Kind ofCluster, Kind ofNamespaces) {
    Set<String> names = new TreeSet<>();
    boolean shown = false;
    for (Kind kind : List.of(ofCluster, ofNamespaces)) {
      String where = kind == ofCluster ? " of the cluster" : " of namespaces";
      Optional<List<Resource>> seen = around.list(kind, what + where);
      seen.ifPresent(all -> all.forEach(o -> names.add(kind.text() + "/" + o.name())));
      shown |= seen.isPresent();
    }
    return shown ? List.copyOf(names) : null;
  }

  private static String first(List<Resource> all, String status) {
    return all.stream().map(o -> o.text("status", status)).findFirst().orElse("");
  }

  private static void put(Map<String, String> versions, String component, String version) {
    if (!version.isBlank()) {
      versions.put(component, version);
    }
  }
}
