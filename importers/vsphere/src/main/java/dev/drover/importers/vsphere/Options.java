package dev.drover.importers.vsphere;

import dev.drover.mappings.failure.UsageFailed;
import dev.drover.mappings.model.Identity;
import dev.drover.mappings.model.SourceVm;
import dev.drover.mappings.plan.SourceSpec;
import dev.drover.mappings.target.Wildcard;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * The options of a source of the type {@code vsphere}. Those that choose VMs must all fit; each is
 * a {@link Wildcard#glob glob}.
 *
 * @param folder {@code folder}: the path of folders below the datacenter; VMs in folders below it
 *     fit too
 * @param cluster {@code cluster}: the cluster's name
 * @param tag {@code tag}: {@code name} or {@code category=name}
 * @param name {@code name}: the VM's name
 * @param proxy {@code proxy}: {@code http://host:port}, or {@code none}
 * @param time {@code timeoutSeconds}: until an answer has to be whole
 * @param route {@code route}: whether copies go to the ESXi hosts or through vCenter
 * @param copiesPerHost {@code copiesPerHost}: at once, of all VMs on it; the policy's cap of the
 *     same name plans with it
 * @param copiesPerDatastore {@code copiesPerDatastore}: the same of a datastore
 */
record Options(
    @Nullable String folder,
    @Nullable String cluster,
    @Nullable String tag,
    @Nullable String name,
    @Nullable String proxy,
    Duration time,
    Route route,
    int copiesPerHost,
    int copiesPerDatastore) {
  private static final Set<String> KNOWN =
      Set.of(
          "folder",
          "cluster",
          "tag",
          "name",
          "proxy",
          "timeoutSeconds",
          "route",
          "copiesPerHost",
          "copiesPerDatastore");

  /** Where the bytes of a flat disk are asked for. */
  enum Route {
    /** At the host where it can be reached and vCenter allows it, else through vCenter. */
    AUTO,
    HOST,
    VCENTER
  }

  /**
   * @throws UsageFailed for an unknown option or value
   */
  static Options of(SourceSpec spec) {
    Map<String, String> all = spec.options();
    for (String key : new TreeSet<>(all.keySet())) {
      if (!KNOWN.contains(key)) {
        throw new UsageFailed(
            "source \"" + spec.name() + "\"",
            "there is no option \"" + key + "\"",
            "use " + String.join(", ", new TreeSet<>(KNOWN)));
      }
    }
    return new Options(
        all.get("folder"),
        all.get("cluster"),
        all.get("tag"),
        all.get("name"),
        all.get("proxy"),
        Duration.ofSeconds(number(spec, "timeoutSeconds", 300, 99_999)),
        route(spec),
        number(spec, "copiesPerHost", 4, 999),
        number(spec, "copiesPerDatastore", 4, 999));
  }

  private static int number(SourceSpec spec, String key, int usual, int most) {
    String text = spec.options().getOrDefault(key, String.valueOf(usual));
    int value = text.matches("[1-9][0-9]{0,4}") ? Integer.parseInt(text) : 0;
    if (value < 1 || value > most) {
      throw wrong(spec, key, "a whole number from 1 to " + most);
    }
    return value;
  }

  private static Route route(SourceSpec spec) {
    for (Route each : Route.values()) {
      if (each.name()
          .toLowerCase(Locale.ROOT)
          .equals(spec.options().getOrDefault("route", "auto"))) {
        return each;
      }
    }
    throw wrong(spec, "route", "auto, host or vcenter");
  }

  private static UsageFailed wrong(SourceSpec spec, String key, String wanted) {
    return new UsageFailed(
        "source \"" + spec.name() + "\"",
        "the option " + key + " is \"" + spec.options().get(key) + "\"",
        "use " + wanted);
  }

  /** Whether the user wants this VM. */
  boolean wants(SourceVm vm) {
    return fits(name, vm.name())
        && (folder == null || isIn(vm.identity().folder()))
        && fits(cluster, vm.placement().cluster())
        && (tag == null || vm.identity().tags().stream().anyMatch(this::isTag));
  }

  private static boolean fits(@Nullable String glob, @Nullable String text) {
    return glob == null || text != null && Wildcard.glob(glob, text);
  }

  private boolean isIn(@Nullable String path) {
    String wanted = String.valueOf(folder).replaceAll("^/+|/+$", "");
    String here = path == null ? "" : path;
    return Wildcard.glob(wanted, here) || Wildcard.glob(wanted + "/*", here);
  }

  private boolean isTag(Identity.Tag each) {
    return fits(tag, each.name()) || fits(tag, each.category() + "=" + each.name());
  }
}
