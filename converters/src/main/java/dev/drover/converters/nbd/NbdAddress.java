package dev.drover.converters.nbd;

import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;

/**
 * Where an NBD server gives out a disk.
 *
 * @param socket a unix socket, or null for TCP
 * @param host for TCP, and the name that a TLS certificate must have
 * @param port for TCP
 * @param export the disk's name at the server; empty is its default
 * @param tls what to trust and how to show oneself, or null for a connection in the clear
 * @param contexts of block status that are wanted beside {@code base:allocation}: {@code
 *     qemu:dirty-bitmap:NAME}
 * @param patience how long the server may be silent before it counts as hung
 */
public record NbdAddress(
    @Nullable Path socket,
    String host,
    int port,
    String export,
    @Nullable SSLContext tls,
    List<String> contexts,
    Duration patience) {
  /** Of NBD, by IANA. */
  public static final int DEFAULT_PORT = 10809;

  private static final Duration PATIENCE = Duration.ofSeconds(60);

  public NbdAddress {
    contexts = List.copyOf(contexts);
  }

  /** A disk behind a unix socket. */
  public static NbdAddress unix(Path socket, String export) {
    return new NbdAddress(socket, "", 0, export, null, List.of(), PATIENCE);
  }

  /** A disk behind a TCP port, in the clear. */
  public static NbdAddress tcp(String host, int port, String export) {
    return new NbdAddress(null, host, port, export, null, List.of(), PATIENCE);
  }

  /**
   * {@code nbd://HOST[:PORT]/EXPORT}, {@code nbds://…}, {@code nbd+unix:///EXPORT?socket=PATH}.
   *
   * @param tls for {@code nbds}; otherwise not used
   * @throws IllegalArgumentException for any other
   */
  public static NbdAddress of(URI uri, SSLContext tls) {
    String path = uri.getPath() == null ? "" : uri.getPath();
    String export = path.startsWith("/") ? path.substring(1) : path;
    String scheme = String.valueOf(uri.getScheme());
    if (scheme.equals("nbd+unix")) {
      String query = String.valueOf(uri.getRawQuery());
      if (!query.startsWith("socket=")) {
        throw new IllegalArgumentException("no socket in " + uri);
      }
      String socket = URLDecoder.decode(query.substring(7), StandardCharsets.UTF_8);
      return unix(Path.of(socket), export);
    }
    if (!(scheme.equals("nbd") || scheme.equals("nbds")) || uri.getHost() == null) {
      throw new IllegalArgumentException("no NBD address: " + uri);
    }
    int port = uri.getPort() < 0 ? DEFAULT_PORT : uri.getPort();
    NbdAddress plain = tcp(uri.getHost(), port, export);
    return scheme.equals("nbds") ? plain.with(tls) : plain;
  }

  /** The same, behind TLS. */
  public NbdAddress with(SSLContext context) {
    return new NbdAddress(socket, host, port, export, context, contexts, patience);
  }

  /** The same, with more contexts of block status. */
  public NbdAddress asking(String... more) {
    return new NbdAddress(socket, host, port, export, tls, List.of(more), patience);
  }

  /** The same, with another patience. */
  public NbdAddress within(Duration time) {
    return new NbdAddress(socket, host, port, export, tls, contexts, time);
  }

  /** For messages. */
  @Override
  public String toString() {
    String where = socket == null ? host + ":" + port : socket.toString();
    return "NBD export \"" + export + "\" at " + where;
  }
}
