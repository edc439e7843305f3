package dev.drover.importers.vsphere;

import dev.drover.importers.api.Discovery;
import dev.drover.importers.api.VmSource;
import dev.drover.importers.vsphere.simulator.Vcsim;
import dev.drover.mappings.model.EstatePart;
import dev.drover.mappings.model.Finding;
import dev.drover.mappings.model.SourceVm;
import dev.drover.mappings.plan.CredentialsRef;
import dev.drover.mappings.plan.SourceSpec;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Specs of sources for tests, and what is in their listings. */
final class Specs {
  /** Impatient, so that tests of faults are short, and with pages that even few VMs fill. */
  static final Limits SHORT =
      new Limits(
          Duration.ofSeconds(5),
          Duration.ofSeconds(20),
          64L << 20,
          3,
          Duration.ofMillis(20),
          3,
          new Limits.Work(
              Duration.ofSeconds(20), Duration.ofMillis(100), Duration.ofSeconds(3), 256 << 10, 3));

  static final SourceSpec.Tls ANYBODY = new SourceSpec.Tls(null, null, true);

  private Specs() {}

  static SourceSpec of(URI sdk) {
    return of(sdk, ANYBODY, Vcsim.PASSWORD, Map.of());
  }

  static SourceSpec of(
      URI sdk, SourceSpec.@Nullable Tls tls, String password, Map<String, String> options) {
    return new SourceSpec("dc1", "vsphere", sdk.toString(), file(password), tls, options);
  }

  private static CredentialsRef file(String password) {
    try {
      Path file =
          Files.createTempFile(
              Path.of("target"),
              "credentials",
              "",
              PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
      Files.writeString(file, "username: " + Vcsim.USER + "\npassword: " + password + "\n");
      return new CredentialsRef.File(file.toString());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static VsphereSource open(SourceSpec spec) {
    return VsphereSourceProvider.open(spec, SHORT);
  }

  static List<Discovery> list(SourceSpec spec) {
    try (VmSource source = open(spec);
        Stream<Discovery> all = source.list()) {
      return all.toList();
    }
  }

  static List<SourceVm> vms(List<Discovery> all) {
    return all.stream()
        .filter(Discovery.Found.class::isInstance)
        .map(each -> ((Discovery.Found) each).vm())
        .toList();
  }

  static List<EstatePart> parts(List<Discovery> all) {
    return all.stream()
        .filter(Discovery.Around.class::isInstance)
        .map(each -> ((Discovery.Around) each).part())
        .toList();
  }

  static List<Finding> notices(List<Discovery> all) {
    return all.stream()
        .filter(Discovery.Noticed.class::isInstance)
        .map(each -> ((Discovery.Noticed) each).finding())
        .toList();
  }
}
