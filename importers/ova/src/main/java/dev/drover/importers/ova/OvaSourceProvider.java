package dev.drover.importers.ova;

import dev.drover.importers.api.VmSource;
import dev.drover.importers.api.VmSourceProvider;
import dev.drover.mappings.failure.SourceFailed;
import dev.drover.mappings.failure.UsageFailed;
import dev.drover.mappings.plan.SourceSpec;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;

/**
 * Sources of the type {@code ova}: an archive ({@code .ova}, a tar, also inside gzip), a descriptor
 * ({@code .ovf}), or a folder that is searched for both. Options: see {@link Options}.
 */
public final class OvaSourceProvider implements VmSourceProvider {
  /** For {@link java.util.ServiceLoader}. */
  public OvaSourceProvider() {}

  @Override
  public String type() {
    return "ova";
  }

  @Override
  public String description() {
    return "OVA and OVF appliances: a file, or a folder that is searched for them";
  }

  @Override
  public VmSource open(SourceSpec spec) {
    String location = spec.location();
    if (location.matches("(?i)[a-z][a-z0-9+.-]+://.*")) {
      throw new UsageFailed(
          "source \"" + spec.name() + "\"",
          "appliances are not read over the network yet",
          "download it and give Drover the file or its folder");
    }
    Options options = Options.of(spec);
    try {
      Path path = Path.of(location);
      if (!Files.exists(path)) {
        throw new SourceFailed(
            location,
            "there is no such file or folder",
            "correct the location of the source \"" + spec.name() + "\"");
      }
      return new OvaSource(spec.name(), path, options);
    } catch (InvalidPathException e) {
      throw new UsageFailed(
          "source \"" + spec.name() + "\"", "the location is no path", "correct it");
    }
  }
}
