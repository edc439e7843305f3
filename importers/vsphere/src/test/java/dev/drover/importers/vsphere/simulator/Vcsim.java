package dev.drover.importers.vsphere.simulator;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** govmomi's simulator of a vCenter, built from tests/vcsim and started for a test. */
public final class Vcsim implements AutoCloseable {
  /** The one user. */
  public static final String USER = "mover@vsphere.local";

  /** Odd in XML and YAML. */
  public static final String PASSWORD = "s<e>c&r'e\"t";

  /** Which govmomi it is built of. */
  public enum Version {
    /** 0.24.2 of Debian 12: no pages, no ExportSnapshot. */
    DEBIAN,
    /** 0.52.0: the Go module, or where that is not there {@code vcsim} on the PATH. */
    MODULE
  }

  private static final List<String> LOGIN = List.of("-username", USER, "-password", PASSWORD);
  private static final Path GOPATH = Path.of("/usr/share/gocode");
  private static final Map<Version, Object> BUILT = new EnumMap<>(Version.class);

  private static final Map<List<Object>, Vcsim> SHARED = new HashMap<>();

  private final Process process;
  private final URI sdk;

  private Vcsim(Process process, URI sdk) {
    this.process = process;
    this.sdk = sdk;
  }

  /** Those that can be built here. */
  public static List<Version> versions() {
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
  public static Version best() {
    List<Version> all = versions();
    return all.get(all.size() - 1);
  }

  /** A path, or the reason why there is none. */
  private static synchronized Object program(Version version) {
    return BUILT.computeIfAbsent(
        version,
        v -> {
          Object built = build(v);
          Path other = v == Version.MODULE ? onThePath() : null;
          return built instanceof Path || other == null ? built : other;
        });
  }

  private static @Nullable Path onThePath() {
    for (String folder : String.valueOf(System.getenv("PATH")).split(":")) {
      Path program = Path.of(folder, "vcsim");
      if (Files.isExecutable(program)) {
        return program;
      }
    }
    return null;
  }

  private static Object build(Version version) {
    boolean debian = version == Version.DEBIAN;
    if (debian && !Files.isDirectory(GOPATH.resolve("src/github.com/vmware/govmomi/simulator"))) {
      return "Debian's golang-github-vmware-govmomi-dev is not installed";
    }
    Path program = Path.of("target/vcsim-" + version.name()).toAbsolutePath();
    ProcessBuilder builder =
        new ProcessBuilder("go", "build", "-o", program.toString(), debian ? "main.go" : ".")
            .directory(sources().toFile())
            .redirectErrorStream(true);
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

  /**
   * One for all who ask with the same flags, until this process ends: for tests that leave it as
   * they found it.
   */
  public static synchronized Vcsim shared(Version version, String... flags) {
    List<Object> key = new ArrayList<>(List.of(flags));
    key.add(version);
    Vcsim running = SHARED.get(key);
    if (running == null) {
      running = start(version, flags);
      SHARED.put(key, running);
    }
    return running;
  }

  /** A {@link #shared} one with two datacenters, tags, snapshots, rules and odd devices. */
  public static Vcsim furnished(Version version) {
    return shared(
        version, "-furnish", "-dc", "2", "-folder", "1", "-app", "1", "-pg", "2", "-nsx", "1");
  }

  /** Starts one with the flags of tests/vcsim/main.go; skips the test where there is none. */
  public static Vcsim start(Version version, String... flags) {
    Object program = program(version);
    assumeTrue(program instanceof Path, "no simulator " + version + ": " + program);
    boolean own = !((Path) program).endsWith("vcsim");
    List<String> command = new ArrayList<>(List.of(program.toString()));
    command.addAll(LOGIN);
    command.addAll(own ? List.of(flags) : plain(flags));
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
      Vcsim started = new Vcsim(process, address(line));
      if (!own && List.of(flags).contains("-furnish")) {
        started.furnish();
      }
      return started;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** As govmomi's own program spells them, which furnishes nothing. */
  private static List<String> plain(String... flags) {
    List<String> all = new ArrayList<>(List.of("-stdinexit", "-l", "127.0.0.1:0"));
    if (!List.of(flags).contains("-tls")) {
      all.add("-tls=false");
    }
    for (String each : flags) {
      if (!each.equals("-furnish")) {
        all.add(each.equals("-cert") || each.equals("-key") ? "-tls" + each.substring(1) : each);
      }
    }
    return all;
  }

  /** {@code http://HOST:PORT/sdk}, or {@code export GOVC_URL=http://USER@HOST:PORT/sdk …}. */
  private static URI address(String line) {
    return URI.create(line.strip().replaceFirst("^.*=(https?://)(.*@)?([^ ]*) .*", "$1$3"));
  }

  private void furnish() throws IOException {
    Object program = program(Version.DEBIAN);
    assumeTrue(program instanceof Path, "nothing that furnishes it: " + program);
    List<String> command = new ArrayList<>(List.of(program.toString(), "-at", sdk.toString()));
    command.addAll(LOGIN);
    Process furnishing = new ProcessBuilder(command).redirectErrorStream(true).start();
    String said = new String(furnishing.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    try {
      if (furnishing.waitFor() != 0) {
        throw new IllegalStateException("furnishing it: " + said);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  /** The address of the API. */
  public URI sdk() {
    return sdk;
  }

  /**
   * Lays a file on the first datastore of a datacenter, where each datacenter has one of that name.
   *
   * @param path as behind the datastore's name: {@code web/disk1-flat.vmdk}
   */
  public void put(String datacenter, String path, HttpRequest.BodyPublisher content) {
    StringBuilder at = new StringBuilder("/folder");
    for (String part : path.split("/")) {
      at.append('/').append(URLEncoder.encode(part, StandardCharsets.UTF_8).replace("+", "%20"));
    }
    URI address = sdk.resolve(at + "?dcPath=" + datacenter + "&dsName=LocalDS_0");
    try {
      HttpResponse<Void> answer =
          HttpClient.newHttpClient()
              .send(
                  HttpRequest.newBuilder(address).PUT(content).build(),
                  HttpResponse.BodyHandlers.discarding());
      if (answer.statusCode() != 200) {
        throw new AssertionError(address + ": " + answer.statusCode());
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  /** What it has used so far; 0 where this system does not tell. */
  public long cpuMillis() {
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
