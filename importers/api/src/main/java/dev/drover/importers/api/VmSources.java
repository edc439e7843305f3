package dev.drover.importers.api;

import dev.drover.mappings.failure.UsageFailed;
import dev.drover.mappings.plan.SourceSpec;
import java.util.Comparator;
import java.util.List;
import java.util.ServiceLoader;
import java.util.stream.Collectors;

/** The sources on the class path. */
public final class VmSources {
  private VmSources() {}

  /** All providers, sorted by type. */
  public static List<VmSourceProvider> providers() {
    return ServiceLoader.load(VmSourceProvider.class).stream()
        .map(ServiceLoader.Provider::get)
        .sorted(Comparator.comparing(VmSourceProvider::type))
        .toList();
  }

  /** Opens a source with the provider of its type. */
  public static VmSource open(SourceSpec spec) {
    List<VmSourceProvider> all = providers();
    return all.stream()
        .filter(p -> p.type().equals(spec.type()))
        .findFirst()
        .orElseThrow(
            () ->
                new UsageFailed(
                    "source \"" + spec.name() + "\"",
                    "there is no kind of source called \"" + spec.type() + "\"",
                    "use one of: "
                        + all.stream()
                            .map(VmSourceProvider::type)
                            .collect(Collectors.joining(", "))))
        .open(spec);
  }
}
