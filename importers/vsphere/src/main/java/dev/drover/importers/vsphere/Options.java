package dev.drover.importers.vsphere;

import dev.drover.mappings.failure.UsageFailed;
import dev.drover.mappings.model.Identity;
import dev.drover.mappings.model.SourceVm;
import dev.drover.mappings.plan.SourceSpec;
import dev.drover.mappings.target.Wildcard;
import java.time.Duration;
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
 */
record Options(
    @Nullable String folder,
    @Nullable String cluster,
    @Nullable String tag,
    @Nullable String name,
    @Nullable String proxy,
    Duration time) {
  private static final Set<String> KNOWN =
      Set.of("folder", "cluster", "tag", "name", "proxy", "timeoutSeconds");

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
    String seconds = all.getOrDefault("timeoutSeconds", "300");
    if (!seconds.matches("[1-9][0-9]{0,4}")) {
      throw new UsageFailed(
          "source \"" + spec.name() + "\"",
          "the option timeoutSeconds is \"" + seconds + "\"",
          "use a whole number from 1 to 99999");
    }
    return new Options(
        all.get("folder"),
        all.get("cluster"),
        all.get("tag"),
        all.get("name"),
        all.get("proxy"),
        Duration.ofSeconds(Long.parseLong(seconds)));
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
