package dev.drover.kube.standin;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The OpenAPI documents of KubeVirt and CDI, where somebody has put them. */
public final class Corpus {
  private Corpus() {}

  /** The folder; system property {@code drover.corpus}, or {@code shared/corpus} upward. */
  public static Optional<Path> openapi() {
    String property = System.getProperty("drover.corpus");
    if (property != null) {
      return Optional.of(Path.of(property, "openapi")).filter(Files::isDirectory);
    }
    for (Path at = Path.of("").toAbsolutePath(); at != null; at = at.getParent()) {
      Path found = at.resolve("shared/corpus/openapi");
      if (Files.isDirectory(found)) {
        return Optional.of(found);
      }
    }
    return Optional.empty();
  }

  /** CustomResourceDefinitions of VirtualMachine and DataVolume. */
  public static List<Map<String, Object>> definitions(Path openapi) {
    try {
      return List.of(
          CustomResources.read(openapi.resolve("kubevirt.json"))
              .definition(
                  "v1.VirtualMachine", "kubevirt.io", "v1", "VirtualMachine", "virtualmachines"),
          CustomResources.read(openapi.resolve("cdi.json"))
              .definition(
                  "v1beta1.DataVolume", "cdi.kubevirt.io", "v1beta1", "DataVolume", "datavolumes"));
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }
}
