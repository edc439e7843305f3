package dev.drover.batch.run;

import java.io.File;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** A PostgreSQL server on loopback, run by an unprivileged user, gone when it is closed. */
record PostgresServer(Path folder, Path bin, int port) implements AutoCloseable {
  static final String MISSING =
      "no PostgreSQL server under /usr/lib/postgresql/*/bin (package postgresql), or no runuser and"
          + " user postgres to start it as";

  /** Null where this machine has none. */
  static @Nullable PostgresServer start() throws IOException, InterruptedException {
    Path bin = installed();
    if (bin == null || (root() && run(List.of("id", "postgres")) != 0)) {
      return null;
    }
    Path folder = Files.createTempDirectory("drover-postgres");
    if (root() && run(List.of("chown", "postgres", folder.toString())) != 0) {
      return null;
    }
    int port;
    try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      port = free.getLocalPort();
    }
    PostgresServer server = new PostgresServer(folder, bin, port);
    Path data = folder.resolve("data");
    server.as("initdb", "-D", data.toString(), "-U", "drover", "-A", "trust", "-N");
    server.as(
        "pg_ctl",
        "-D",
        data.toString(),
        "-w",
        "-l",
        folder.resolve("log").toString(),
        "-o",
        "-h 127.0.0.1 -p " + port + " -k " + folder,
        "start");
    return server;
  }

  private static @Nullable Path installed() throws IOException {
    Path all = Path.of("/usr/lib/postgresql");
    if (!Files.isDirectory(all)) {
      return null;
    }
    try (Stream<Path> versions = Files.list(all)) {
      return versions
          .map(version -> version.resolve("bin"))
          .filter(bin -> Files.isExecutable(bin.resolve("postgres")))
          .findFirst()
          .orElse(null);
    }
  }

  private static boolean root() {
    return "root".equals(System.getProperty("user.name"));
  }

  private void as(String program, String... arguments) throws IOException, InterruptedException {
    List<String> argv = new ArrayList<>();
    if (root()) {
      argv.addAll(List.of("runuser", "-u", "postgres", "--"));
    }
    argv.add(bin.resolve(program).toString());
    argv.addAll(List.of(arguments));
    if (run(argv) != 0) {
      throw new IOException("failed: " + argv);
    }
  }

  private static int run(List<String> argv) throws IOException, InterruptedException {
    return new ProcessBuilder(argv)
        .directory(new File("/"))
        .redirectErrorStream(true)
        .redirectOutput(ProcessBuilder.Redirect.DISCARD)
        .start()
        .waitFor();
  }

  String url() {
    return "jdbc:postgresql://127.0.0.1:" + port + "/postgres?user=drover";
  }

  @Override
  public void close() throws IOException, InterruptedException {
    as("pg_ctl", "-D", folder.resolve("data").toString(), "-m", "immediate", "stop");
    run(List.of("rm", "-rf", folder.toString()));
  }
}
