package dev.drover.importers.vsphere;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.drover.importers.vsphere.simulator.FaultProxy;
import dev.drover.importers.vsphere.simulator.HardwareAnswers;
import dev.drover.importers.vsphere.simulator.Vcsim;
import dev.drover.mappings.failure.Failure;
import dev.drover.mappings.failure.Retry;
import dev.drover.mappings.failure.SourceFailed;
import dev.drover.mappings.failure.UsageFailed;
import dev.drover.mappings.plan.SourceSpec;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whom a connection believes, against a simulator with certificates of its own. */
@SuppressWarnings("NullAway.Init") // JUnit calls the method before.
final class TlsTest {
  @TempDir private static Path folder;
  private static Certificates.Made here;
  private static Certificates.Made away;
  private static Vcsim peer;
  private static Vcsim elsewhere;

  @BeforeAll
  static void start() throws Exception {
    here = Certificates.make(folder, "here", "IP:127.0.0.1");
    away = Certificates.make(folder, "elsewhere", "DNS:vcenter.example");
    peer = start(here);
    elsewhere = start(away);
  }

  private static Vcsim start(Certificates.Made one) {
    return Vcsim.start(
        Vcsim.best(), "-tls", "-cert", one.pem().toString(), "-key", one.key().toString());
  }

  @AfterAll
  static void stop() {
    for (Vcsim each : new Vcsim[] {peer, elsewhere}) {
      if (each != null) {
        each.close();
      }
    }
  }

  private static SourceSpec spec(Vcsim at, SourceSpec.Tls tls) {
    return Specs.of(at.sdk(), tls, Vcsim.PASSWORD, Map.of());
  }

  private static Failure refused(Vcsim at, SourceSpec.Tls tls) {
    Failure failure = assertThrows(SourceFailed.class, () -> Specs.open(spec(at, tls)).close());
    assertEquals(Retry.POINTLESS, failure.retry());
    return failure;
  }

  private static SourceSpec.Tls tls(String thumbprint, String caFile) {
    return new SourceSpec.Tls(
        thumbprint.isEmpty() ? null : thumbprint, caFile.isEmpty() ? null : caFile, false);
  }

  /** The remedy names the thumbprint; with that the connection stands. */
  private static String thumbprint(Failure failure) {
    return failure.remedy().replaceAll("(?s).*(SHA256:[0-9A-F:]{95}).*", "$1");
  }

  @Test
  void refusesACertificateOfItsOwnMakingAndNamesItsThumbprint() {
    Failure failure = refused(peer, tls("", ""));
    assertTrue(failure.remedy().contains("--ca-file"), failure.remedy());
    String thumbprint = thumbprint(failure);
    Specs.open(spec(peer, tls(thumbprint, ""))).close();
    Specs.open(
            spec(
                peer,
                tls(
                    thumbprint
                        .replace(":", "")
                        .replace("SHA256", "SHA256:")
                        .toLowerCase(java.util.Locale.ROOT),
                    "")))
        .close();
  }

  @Test
  void believesTheAuthoritiesOfAFile() {
    Specs.open(spec(peer, tls("", here.pem().toString()))).close();
    refused(peer, tls("", away.pem().toString()));
  }

  @Test
  void refusesACertificateForAnotherName() {
    Failure failure = refused(elsewhere, tls("", away.pem().toString()));
    assertTrue(failure.what().contains("for another name"), failure.toString());
    assertTrue(failure.remedy().contains("--tls-thumbprint"), failure.toString());
    // A pin is for one certificate, whatever name is in it.
    Specs.open(spec(elsewhere, tls(thumbprint(failure), ""))).close();
  }

  @Test
  void tellsAPinnedCertificateThatChanged() {
    String old = thumbprint(refused(elsewhere, tls("", "")));
    Failure failure = refused(peer, tls(old, ""));
    assertTrue(failure.what().contains("not the pinned one but SHA256:"), failure.toString());
    assertFalse(failure.toString().contains(old), failure.toString());
  }

  @Test
  void refusesACertificateThatChangesInTheMiddleOfACopy() throws Exception {
    String pin = thumbprint(refused(peer, tls("", "")));
    try (FaultProxy proxy = new FaultProxy(FlatDisks.peer(Vcsim.best()).sdk());
        TlsDoor door = new TlsDoor(proxy.sdk(), here.packed())) {
      proxy.when(
          FaultProxy.Call::isHardware,
          FaultProxy.ALWAYS,
          FaultProxy.changing(HardwareAnswers.sized(FlatDisks.SIZE)));
      FlatDisks.reading(
          Specs.of(door.sdk(), tls(pin, ""), Vcsim.PASSWORD, Map.of()),
          reader -> {
            ByteBuffer first = ByteBuffer.allocate(1000);
            reader.read(0, first);
            door.show(away.packed());
            Failure changed =
                assertThrows(SourceFailed.class, () -> FlatDisks.all(reader, 1 << 17));
            assertEquals(Retry.POINTLESS, changed.retry());
            assertTrue(changed.what().contains("not the pinned one but SHA256:"), "" + changed);
            door.show(here.packed());
            assertArrayEquals(FlatDisks.CONTENT, FlatDisks.all(reader, 1 << 17));
          });
    }
  }

  @Test
  void oneConnectionsTrustIsNotAnothers() {
    Specs.open(spec(peer, Specs.ANYBODY)).close();
    refused(peer, tls("", ""));
  }

  @Test
  void saysThatItTrustsAnybody() {
    var notices = Specs.notices(Specs.list(spec(peer, Specs.ANYBODY)));
    assertEquals("VSP-010", notices.get(0).code());
    assertTrue(notices.get(0).remedy().contains("SHA256:"), notices.toString());
    assertEquals(
        List.of(), Specs.notices(Specs.list(spec(peer, tls(notices.get(0).evidence(), "")))));
  }

  @Test
  void refusesWaysToTrustThatMakeNoSense(@TempDir Path empty) {
    assertUsage(new SourceSpec.Tls("SHA256:" + "0".repeat(64), null, true), "more than one way");
    assertUsage(new SourceSpec.Tls("SHA1:00", null, false), "no SHA-256 fingerprint");
    assertUsage(new SourceSpec.Tls(null, empty.resolve("none").toString(), false), "none");
  }

  private static void assertUsage(SourceSpec.Tls tls, String text) {
    Failure failure = assertThrows(UsageFailed.class, () -> Specs.open(spec(peer, tls)).close());
    assertTrue(failure.toString().contains(text), failure.toString());
  }

  @Test
  void goesThroughAnHttpProxy() throws Exception {
    AtomicInteger tunnels = new AtomicInteger();
    try (ServerSocket proxy = new ServerSocket(0, 10, InetAddress.getLoopbackAddress())) {
      Thread thread = new Thread(() -> serve(proxy, tunnels));
      thread.setDaemon(true);
      thread.start();
      String at = "http://127.0.0.1:" + proxy.getLocalPort();
      SourceSpec spec = Specs.of(peer.sdk(), Specs.ANYBODY, Vcsim.PASSWORD, Map.of("proxy", at));
      assertFalse(Specs.vms(Specs.list(spec)).isEmpty());
    }
    assertTrue(tunnels.get() > 0);
  }

  private static void serve(ServerSocket proxy, AtomicInteger tunnels) {
    while (!proxy.isClosed()) {
      try {
        Socket client = proxy.accept();
        StringBuilder head = new StringBuilder();
        while (head.indexOf("\r\n\r\n") < 0) {
          head.append((char) client.getInputStream().read());
        }
        String[] target = head.toString().split(" ")[1].split(":");
        Socket server = new Socket(target[0], Integer.parseInt(target[1]));
        client
            .getOutputStream()
            .write("HTTP/1.1 200 OK\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
        tunnels.incrementAndGet();
        pump(client.getInputStream(), server.getOutputStream());
        pump(server.getInputStream(), client.getOutputStream());
      } catch (IOException e) {
        return;
      }
    }
  }

  private static void pump(InputStream from, OutputStream to) {
    Thread thread =
        new Thread(
            () -> {
              try (to) {
                from.transferTo(to);
              } catch (IOException e) {
                // The other side ended.
              }
            });
    thread.setDaemon(true);
    thread.start();
  }

  @Test
  void refusesPlainHttpUnlessToldSo() {
    SourceSpec plain =
        Specs.of(URI.create("http://vcenter.example/sdk"), tls("", ""), "x", Map.of());
    Failure failure = assertThrows(UsageFailed.class, () -> Specs.open(plain).close());
    assertTrue(failure.remedy().contains("https"), failure.toString());
  }

  @Test
  void tellsThatNothingAnswers() throws IOException {
    int port;
    try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      port = free.getLocalPort();
    }
    SourceSpec nobody =
        Specs.of(URI.create("https://127.0.0.1:" + port + "/sdk"), Specs.ANYBODY, "x", Map.of());
    Failure failure = assertThrows(SourceFailed.class, () -> Specs.open(nobody).close());
    assertEquals(Retry.WORTHWHILE, failure.retry());
    assertTrue(failure.what().contains("nothing answers"), failure.toString());
  }
}
