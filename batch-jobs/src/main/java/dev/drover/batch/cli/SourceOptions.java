package dev.drover.batch.cli;

import dev.drover.mappings.failure.UsageFailed;
import dev.drover.mappings.plan.CredentialsRef;
import dev.drover.mappings.plan.SourceSpec;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** {@code --source} and how to get in there; for every command that looks at sources. */
final class SourceOptions {
  @Option(
      names = "--source",
      required = true,
      paramLabel = "[NAME=]TYPE:LOCATION",
      converter = SourceArgument.class,
      description =
          "Where VMs are: ova:FILE-OR-FOLDER, vsphere:https://HOST, or rvtools:FILE-OR-FOLDER for"
              + " exports of RVTools (.xlsx, .csv, several merged) and plain CSV. Can be given several"
              + " times. NAME is what the plan calls it; default: the type and the host or the last part"
              + " of the location.")
  private List<SourceSpec> sources = List.of();

  @Option(
      names = "--credentials",
      paramLabel = "KIND:WHERE",
      converter = CredentialsArgument.class,
      description =
          "Where user and password of a server are found: env:PREFIX (PREFIX_USERNAME and"
              + " PREFIX_PASSWORD), file:PATH or secret:NAMESPACE/NAME. Default: env: and the"
              + " source's name in capitals.")
  private @Nullable CredentialsRef credentials;

  @Option(
      names = "--tls-thumbprint",
      paramLabel = "SHA256:HEX",
      description = "The one certificate that is taken from the server.")
  private @Nullable String thumbprint;

  @Option(
      names = "--ca-file",
      paramLabel = "FILE",
      description = "A PEM file with the certificate authorities to trust instead of the system's.")
  private @Nullable String caFile;

  @Option(names = "--insecure", description = "Trust whoever answers; reports repeat that.")
  private boolean insecure;

  @Option(
      names = "--source-option",
      paramLabel = "KEY=VALUE",
      description = "What one kind of source alone understands, as under \"options\" in a plan.")
  private Map<String, String> options = Map.of();

  /**
   * The sources, with the credentials and trust that were given beside them, and with more options.
   *
   * @param more options of the command; a null value is one that was not given
   * @throws UsageFailed when two sources have one name, or what is for one server would be for two
   */
  List<SourceSpec> specs(Map<String, @Nullable String> more) {
    refuseTwoOfOneName();
    List<SourceSpec> servers = sources.stream().filter(SourceOptions::isServer).toList();
    boolean trust = thumbprint != null || caFile != null || insecure;
    if (servers.isEmpty() && (trust || credentials != null)) {
      throw new UsageFailed(
          "--credentials, --tls-thumbprint, --ca-file and --insecure",
          "are for servers, and no source is one",
          "leave them out");
    }
    if (servers.size() > 1 && (thumbprint != null || credentials != null)) {
      throw new UsageFailed(
          "--credentials and --tls-thumbprint",
          "are for one server, and " + servers.size() + " are given",
          "look at one after the other, or leave --credentials out: each then has variables after"
              + " its name");
    }
    return sources.stream().map(spec -> complete(spec, trust, more)).toList();
  }

  private SourceSpec complete(SourceSpec spec, boolean trust, Map<String, @Nullable String> more) {
    Map<String, String> all = new TreeMap<>(options);
    more.forEach(
        (key, value) -> {
          if (value != null) {
            all.put(key, value);
          }
        });
    if (!isServer(spec)) {
      return new SourceSpec(spec.name(), spec.type(), spec.location(), null, null, all);
    }
    return new SourceSpec(
        spec.name(),
        spec.type(),
        spec.location(),
        credentials == null ? new CredentialsRef.Env(prefix(spec.name())) : credentials,
        trust ? new SourceSpec.Tls(thumbprint, caFile, insecure) : null,
        all);
  }

  private static boolean isServer(SourceSpec spec) {
    return spec.type().equals("vsphere") || spec.location().contains("://");
  }

  /** {@code dc1} is {@code DC1}, as in a plan that drover makes. */
  private static String prefix(String name) {
    String word = name.toUpperCase(Locale.ROOT).replaceAll("[^A-Z0-9]", "_");
    return word.matches("[0-9].*") ? "_" + word : word;
  }

  private void refuseTwoOfOneName() {
    Set<String> names = new HashSet<>();
    for (SourceSpec source : sources) {
      if (!names.add(source.name())) {
        throw new UsageFailed(
            "--source " + source.type() + ":" + source.location(),
            "two sources are called \"" + source.name() + "\"",
            "name them apart: --source NAME=" + source.type() + ":" + source.location());
      }
    }
  }
}
