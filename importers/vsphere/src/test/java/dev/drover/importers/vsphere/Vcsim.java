package dev.drover.importers.vsphere;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** govmomi's simulator of a vCenter, built from tests/vcsim and started for a test. */
final class Vcsim implements AutoCloseable {
  static final String USER = "mover@vsphere.local";
  static final String PASSWORD = "s<e>c&r'e\"t";

  /** Which govmomi it is built of. */
  enum Version {
    /** 0.24.2 of Debian 12: no pages, no ExportSnapshot. */
    DEBIAN,
    /** 0.52.0 as a Go module. */
    MODULE
  }

  private static final Path GOPATH = Path.of("/usr/share/gocode");
  private static final Map<Version, Object> BUILT = new EnumMap<>(Version.class);

  private final Process process;
  private final URI sdk;

  private Vcsim(Process process, URI sdk) {
    this.process = process;
    this.sdk = sdk;
  }

  /** Those that can be built here. */
  static List<Version> versions() {
    List<Version> all = new ArrayList<>();
    for (Version each : Version.values()) {
      if (program(each) instanceof Path) {
        all.add(each);
      }
    }
    assumeTrue(!all.isEmpty(), "no simulator: " + program(Version.DEBIAN));
    return all;
  }

  /** The better of those that can be built here. */
  static Version best() {
    List<Version> all = versions();
    return all.get(all.size() - 1);
  }

  /** A path, or the reason why there is none. */
  private static synchronized Object program(Version version) {
    return BUILT.computeIfAbsent(version, Vcsim::build);
  }

  private static Object build(Version version) {
    Path sources = sources();
    boolean debian = version == Version.DEBIAN;
    if (debian && !Files.isDirectory(GOPATH.resolve("src/github.com/vmware/govmomi/simulator"))) {
      return "Debian's golang-github-vmware-govmomi-dev is not installed";
    }
    Path program = Path.of("target/vcsim-" + version.name()).toAbsolutePath();
    List<String> command = new ArrayList<>(List.of("go", "build", "-o", program.toString()));
    command.add(debian ? "main.go" : ".");
    ProcessBuilder builder = new ProcessBuilder(command).directory(sources.toFile());
    builder.redirectErrorStream(true);
    Map<String, String> environment = builder.environment();
    environment.remove("GOFLAGS");
    environment.put("GO111MODULE", debian ? "off" : "on");
    if (debian) {
      environment.put("GOPATH", GOPATH.toString());
    } else {
      // tests/run fetches the module; a test asks nobody.
      environment.put("GOPROXY", "off");
      environment.put("GOFLAGS", "-mod=readonly -buildvcs=false");
    }
    try {
      Files.createDirectories(program.getParent());
      Process build = builder.start();
      String said = new String(build.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      return build.waitFor() == 0 ? program : "it cannot be built: " + said;
    } catch (IOException e) {
      return "Go is not installed";
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return "interrupted";
    }
  }

  private static Path sources() {
    for (Path up = Path.of("").toAbsolutePath(); up != null; up = up.getParent()) {
      if (Files.exists(up.resolve("tests/vcsim/main.go"))) {
        return up.resolve("tests/vcsim");
      }
    }
    throw new IllegalStateException("tests/vcsim is not above " + Path.of("").toAbsolutePath());
  }

  /** Starts one with the flags of tests/vcsim/main.go; skips the test where none can be built. */
  static Vcsim start(Version version, String... flags) {
    Object program = program(version);
    assumeTrue(program instanceof Path, "no simulator " + version + ": " + program);
    List<String> command = new ArrayList<>();
    command.add(program.toString());
    command.addAll(List.of("-username", USER, "-password", PASSWORD));
    command.addAll(List.of(flags));
    try {
      Path log = Files.createTempFile(Path.of("target"), "vcsim", ".log");
      Process process =
          new ProcessBuilder(command)
              .redirectError(ProcessBuilder.Redirect.to(log.toFile()))
              .start();
      BufferedReader out =
          new BufferedReader(
              new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
      String line = out.readLine();
      if (line == null) {
        throw new IllegalStateException("the simulator ended: " + Files.readString(log));
      }
      return new Vcsim(process, URI.create(line.strip()));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  URI sdk() {
    return sdk;
  }

  /** What it has used so far; 0 where this system does not tell. */
  long cpuMillis() {
    return process.info().totalCpuDuration().map(java.time.Duration::toMillis).orElse(0L);
  }

  @Override
  public void close() {
    try {
      process.getOutputStream().close();
      if (!process.waitFor(10, TimeUnit.SECONDS)) {
        process.destroyForcibly();
      }
    } catch (IOException e) {
      process.destroyForcibly();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
