package dev.drover.mappings.plan;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A source as the plan or {@code --source TYPE:LOCATION} names it. In YAML: {@code {name: dc1,
 * vsphere: {url: …, credentials: {env: DC1}}}}.
 *
 * @param name unique in the plan; the first half of every {@link dev.drover.mappings.model.VmRef}
 * @param type the importer's key: {@code ova}, {@code vsphere}
 * @param location a path (relative to the working directory) or a URL
 * @param credentials a reference, null where the source needs none
 * @param tls null for the system's trust store
 * @param options what one importer alone understands; it refuses unknown ones
 */
public record SourceSpec(
    String name,
    String type,
    String location,
    @Nullable CredentialsRef credentials,
    @Nullable Tls tls,
    Map<String, String> options) {
  public SourceSpec {
    options = Map.copyOf(options);
  }

  /** A location and nothing else. */
  public static SourceSpec of(String name, String type, String location) {
    return new SourceSpec(name, type, location, null, null, Map.of());
  }

  /**
   * What is trusted beside or instead of the system's store.
   *
   * @param thumbprint {@code SHA256:…} of the one certificate that is taken, or null
   * @param caFile PEM, or null
   * @param insecure true trusts anything, and the report says so
   */
  public record Tls(@Nullable String thumbprint, @Nullable String caFile, boolean insecure) {}
}
