package dev.drover.importers.ova;

import dev.drover.mappings.failure.UsageFailed;
import dev.drover.mappings.plan.SourceSpec;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * The options of a source of the type {@code ova}.
 *
 * @param configuration {@code configuration}: the deployment option to read VMs in, or null for
 *     each descriptor's default
 * @param ignoreManifest {@code manifest: ignore}: no digest is looked at
 * @param maxInflated {@code maxInflatedGiB} in bytes: what a gzip stream may give, or null for a
 *     bound by its size
 */
record Options(
    @Nullable String configuration, boolean ignoreManifest, @Nullable Long maxInflated) {
  private static final Set<String> KNOWN = Set.of("configuration", "manifest", "maxInflatedGiB");

  /**
   * @throws UsageFailed for an unknown option or value
   */
  static Options of(SourceSpec spec) {
    for (String key : new TreeSet<>(spec.options().keySet())) {
      if (!KNOWN.contains(key)) {
        throw wrong(spec, "there is no option \"" + key + "\"", "use " + new TreeSet<>(KNOWN));
      }
    }
    String manifest = spec.options().getOrDefault("manifest", "verify");
    if (!manifest.equals("verify") && !manifest.equals("ignore")) {
      throw wrong(spec, "the option manifest is \"" + manifest + "\"", "use verify or ignore");
    }
    return new Options(
        spec.options().get("configuration"), manifest.equals("ignore"), maxInflated(spec));
  }

  private static @Nullable Long maxInflated(SourceSpec spec) {
    String text = spec.options().get("maxInflatedGiB");
    if (text == null) {
      return null;
    }
    Long value = Units.whole(Units.number(text), 1 << 20);
    if (value == null || value == 0) {
      throw wrong(
          spec, "the option maxInflatedGiB is \"" + text + "\"", "use a number from 1 to 1048576");
    }
    return value << 30;
  }

  private static UsageFailed wrong(SourceSpec spec, String what, String remedy) {
    return new UsageFailed("source \"" + spec.name() + "\"", what, remedy);
  }
}
