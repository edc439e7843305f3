package dev.drover.importers.rvtools;

import dev.drover.importers.api.VmSource;
import dev.drover.importers.api.VmSourceProvider;
import dev.drover.mappings.failure.SourceFailed;
import dev.drover.mappings.failure.UsageFailed;
import dev.drover.mappings.plan.SourceSpec;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;

/**
 * Sources of the type {@code rvtools}: an {@code .xlsx} of RVTools, a folder of its CSV files, a
 * folder with several of both, or one plain CSV. Options: see {@link Options}.
 */
public final class RvtoolsSourceProvider implements VmSourceProvider {
  /** For {@link java.util.ServiceLoader}. */
  public RvtoolsSourceProvider() {}

  @Override
  public String type() {
    return "rvtools";
  }

  @Override
  public String description() {
    return "exports of RVTools: an .xlsx, a folder of CSV files, several of both, or a plain CSV";
  }

  @Override
  public VmSource open(SourceSpec spec) {
    if (spec.location().matches("(?i)[a-z][a-z0-9+.-]+://.*")) {
      throw new UsageFailed(
          "source \"" + spec.name() + "\"",
          "exports are files and are not read over the network",
          "download it and give Drover the file or its folder");
    }
    Options options = Options.of(spec);
    try {
      Path path = Path.of(spec.location());
      if (!Files.exists(path)) {
        throw new SourceFailed(
            spec.location(),
            "there is no such file or folder",
            "correct the location of the source \"" + spec.name() + "\"");
      }
      return new RvtoolsSource(spec.name(), path, options);
    } catch (InvalidPathException e) {
      throw new UsageFailed(
          "source \"" + spec.name() + "\"", "the location is no path", "correct it");
    }
  }
}
