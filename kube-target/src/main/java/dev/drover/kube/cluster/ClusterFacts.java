package dev.drover.kube.cluster;

import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What the cluster has, asked at most once in {@link #VALIDITY} however many VMs are looked at.
 * Throws {@link ApiRefused} where an answer other than "not allowed" is missing.
 */
final class ClusterFacts {
  /** Long enough for a dry run over a thousand VMs, short enough to see what was just mended. */
  private static final Duration VALIDITY = Duration.ofMinutes(2);

  private final Api api;
  private final Remembered<String, Boolean> groups;
  private final Remembered<One, Seen<Optional<Resource>>> objects;
  private final Remembered<Many, Seen<List<Resource>>> lists;
  private final Remembered<String, Seen<Map<String, String>>> macs;

  private record One(Kind kind, String namespace, String name) {}

  private record Many(Kind kind, String namespace, String selector) {}

  ClusterFacts(Api api) {
    this.api = api;
    this.groups = new Remembered<>(VALIDITY, api::serves);
    this.objects =
        new Remembered<>(
            VALIDITY, k -> Seen.look(() -> api.get(k.kind(), k.namespace(), k.name())));
    this.lists =
        new Remembered<>(
            VALIDITY, k -> Seen.look(() -> listed(k.kind(), k.namespace(), k.selector())));
    this.macs = new Remembered<>(VALIDITY, namespace -> Seen.look(() -> macsIn(namespace)));
  }

  /** Whether a group is served in a version. */
  boolean serves(String groupVersion) {
    return groups.get(groupVersion);
  }

  /** One object, as it was a moment ago. */
  Seen<Optional<Resource>> object(Kind kind, String namespace, String name) {
    return objects.get(new One(kind, namespace, name));
  }

  /** All objects of a kind in a namespace, as they were a moment ago. */
  Seen<List<Resource>> list(Kind kind, String namespace, String selector) {
    return lists.get(new Many(kind, namespace, selector));
  }

  /**
   * Who has which MAC, in lower case with colons: {@code namespace/name} by MAC.
   *
   * @param namespace empty for the whole cluster
   */
  Seen<Map<String, String>> macs(String namespace) {
    return macs.get(namespace);
  }

  private Map<String, String> macsIn(String namespace) {
    @Nullable String where = namespace.isEmpty() ? null : namespace;
    Map<String, String> all = new HashMap<>();
    for (Resource vm : listed(Kind.VIRTUAL_MACHINE, where, "")) {
      for (Resource nic : vm.list("spec", "template", "spec", "domain", "devices", "interfaces")) {
        put(all, nic.text("macAddress"), vm);
      }
    }
    // A machine that got its MAC from the cluster has it here only.
    for (Resource instance : listed(Kind.VIRTUAL_MACHINE_INSTANCE, where, "")) {
      for (Resource nic : instance.list("status", "interfaces")) {
        put(all, nic.text("mac"), instance);
      }
    }
    return all;
  }

  private static void put(Map<String, String> all, String mac, Resource holder) {
    if (!mac.isEmpty()) {
      all.putIfAbsent(plain(mac), holder.namespace() + "/" + holder.name());
    }
  }

  /** A MAC as it is compared. */
  static String plain(String mac) {
    return mac.toLowerCase(Locale.ROOT).replace('-', ':');
  }

  /** A kind that the cluster does not know has no objects. */
  private List<Resource> listed(Kind kind, @Nullable String namespace, String selector) {
    try {
      return api.list(kind, namespace, selector);
    } catch (ApiRefused e) {
      if (e.code() == 404) {
        return List.of();
      }
      throw e;
    }
  }
}
