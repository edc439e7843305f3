package dev.drover.converters.nbd;

import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.drover.converters.Images;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** A real server. */
final class QemuNbd implements AutoCloseable {
  private final Process process;

  private QemuNbd(Process process) {
    this.process = process;
  }

  /** Behind a unix socket, for reading; ready when this returns. */
  static QemuNbd unix(Path socket, String... words) throws Exception {
    return behind(socket, List.of("-r", "-k", socket.toString()), words);
  }

  /** Behind a unix socket, for writing as well; ready when this returns. */
  static QemuNbd writable(Path socket, String... words) throws Exception {
    return behind(socket, List.of("-k", socket.toString()), words);
  }

  private static QemuNbd behind(Path socket, List<String> where, String... words) throws Exception {
    QemuNbd server = start(where, words);
    for (int i = 0; i < 1000 && !Files.exists(socket); i++) {
      server.alive();
    }
    return server;
  }

  /** Behind a TCP port, for reading; ready when this returns. */
  static QemuNbd tcp(int port, String... words) throws Exception {
    return listening(port, List.of("-r"), words);
  }

  /** Behind a TCP port, for writing as well; ready when this returns. */
  static QemuNbd writableTcp(int port, String... words) throws Exception {
    return listening(port, List.of(), words);
  }

  private static QemuNbd listening(int port, List<String> first, String... words) throws Exception {
    List<String> where = new ArrayList<>(first);
    where.addAll(List.of("-b", "127.0.0.1", "-p", Integer.toString(port)));
    QemuNbd server = start(where, words);
    for (int i = 0; i < 1000; i++) {
      try (Socket probe = new Socket()) {
        probe.connect(new InetSocketAddress("127.0.0.1", port), 100);
        return server;
      } catch (IOException e) {
        server.alive();
      }
    }
    throw new IllegalStateException("qemu-nbd does not listen");
  }

  static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0)) {
      return socket.getLocalPort();
    }
  }

  private void alive() throws InterruptedException {
    assertTrue(process.isAlive(), "qemu-nbd has ended");
    Thread.sleep(10);
  }

  private static QemuNbd start(List<String> where, String... words) throws IOException {
    assumeTrue(Images.has("qemu-nbd"), "qemu-nbd is missing: apt-get install qemu-utils");
    List<String> command = new ArrayList<>(List.of("qemu-nbd", "-t", "--shared=8"));
    command.addAll(where);
    command.addAll(List.of(words));
    return new QemuNbd(new ProcessBuilder(command).inheritIO().start());
  }

  /** As SIGKILL does. */
  void kill() throws InterruptedException {
    process.destroyForcibly();
    process.waitFor();
  }

  @Override
  public void close() throws InterruptedException {
    process.destroy();
    process.waitFor();
  }
}
