package dev.drover.importers.vsphere;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;

/** TLS before a server without it, with a certificate that can change while it serves. */
final class TlsDoor implements AutoCloseable {
  /** Of the files. */
  static final String PASSWORD = "none";

  private final ServerSocket door;
  private final URI behind;
  private final Set<Socket> open = ConcurrentHashMap.newKeySet();
  private volatile SSLContext shown;

  /**
   * Opens it.
   *
   * @param certificate a PKCS #12 file
   */
  TlsDoor(URI behind, Path certificate) throws Exception {
    this.behind = behind;
    this.shown = context(certificate);
    this.door = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    start(this::serve);
  }

  private static SSLContext context(Path certificate) throws GeneralSecurityException, IOException {
    KeyStore store = KeyStore.getInstance(certificate.toFile(), PASSWORD.toCharArray());
    KeyManagerFactory keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
    keys.init(store, PASSWORD.toCharArray());
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(keys.getKeyManagers(), null, null);
    return context;
  }

  URI sdk() {
    return URI.create("https://127.0.0.1:" + door.getLocalPort() + "/sdk");
  }

  /** From now on, on new connections; those that stand end. */
  void show(Path certificate) throws IOException {
    try {
      shown = context(certificate);
    } catch (GeneralSecurityException e) {
      throw new IOException(e);
    }
    for (Socket each : open) {
      each.close();
    }
  }

  private void serve() {
    while (!door.isClosed()) {
      try {
        Socket plain = door.accept();
        SSLSocket client =
            (SSLSocket) shown.getSocketFactory().createSocket(plain, null, plain.getPort(), true);
        client.setUseClientMode(false);
        Socket server = new Socket(behind.getHost(), behind.getPort());
        open.add(client);
        start(() -> pump(client, server));
        start(() -> pump(server, client));
      } catch (IOException e) {
        return;
      }
    }
  }

  private static void pump(Socket from, Socket to) {
    try (from;
        to;
        InputStream in = from.getInputStream();
        OutputStream out = to.getOutputStream()) {
      in.transferTo(out);
    } catch (IOException e) {
      // The other side ended.
    }
  }

  private static void start(Runnable work) {
    Thread thread = new Thread(work, "tls-door");
    thread.setDaemon(true);
    thread.start();
  }

  @Override
  public void close() throws IOException {
    door.close();
    for (Socket each : open) {
      each.close();
    }
  }
}
