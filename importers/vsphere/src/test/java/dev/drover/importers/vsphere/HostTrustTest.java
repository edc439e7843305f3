package dev.drover.importers.vsphere;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.drover.importers.api.Hold;
import dev.drover.importers.api.VmSnapshot;
import dev.drover.importers.vsphere.simulator.FaultProxy;
import dev.drover.importers.vsphere.simulator.HardwareAnswers;
import dev.drover.importers.vsphere.simulator.NfcPeer;
import dev.drover.importers.vsphere.simulator.Vcsim;
import dev.drover.mappings.disk.DiskSource;
import dev.drover.mappings.failure.Failure;
import dev.drover.mappings.failure.Retry;
import dev.drover.mappings.failure.SourceFailed;
import dev.drover.mappings.model.SourceVm;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** ESXi hosts that a vCenter sends Drover to are believed by the thumbprint that it names. */
@SuppressWarnings("NullAway.Init") // JUnit calls the methods before.
final class HostTrustTest {
  private static final byte[] IMAGE = Arrays.copyOf(FlatDisks.CONTENT, 200_000);
  @TempDir private static Path folder;
  private static Certificates.Made host;
  private static Certificates.Made other;
  private FaultProxy proxy;
  private TlsDoor door;

  @BeforeAll
  static void make() throws Exception {
    host = Certificates.make(folder, "host", "DNS:esxi.example");
    other = Certificates.make(folder, "other", "DNS:esxi.example");
  }

  @BeforeEach
  void start() throws Exception {
    proxy = new FaultProxy(FlatDisks.peer(Vcsim.best()).sdk());
    door = new TlsDoor(proxy.sdk(), host.packed());
  }

  @AfterEach
  void stop() throws IOException {
    door.close();
    proxy.close();
  }

  private void hardware(UnaryOperator<String> change) {
    proxy.when(FaultProxy.Call::isHardware, FaultProxy.ALWAYS, FaultProxy.changing(change));
  }

  private byte[] exported(String thumbprint) throws IOException {
    hardware(HardwareAnswers::onChains);
    new NfcPeer(proxy, IMAGE).at("https://" + door.sdk().getRawAuthority(), thumbprint);
    try (VsphereSource source = Specs.open(Specs.of(proxy.sdk()))) {
      SourceVm vm = Specs.vms(source.list().toList()).get(0);
      try (VmSnapshot snapshot = source.open(vm.ref(), Hold.none("r1"));
          InputStream in =
              ((DiskSource.Streamed) snapshot.disk(vm.disks().get(0).id())).opener().open()) {
        return in.readAllBytes();
      }
    }
  }

  @Test
  void readsTheImageOfALeaseFromAHostWithTheRightCertificate() throws Exception {
    assertArrayEquals(IMAGE, exported(host.sha1()));
  }

  @Test
  void refusesTheImageOfALeaseFromAHostWithAnotherCertificate() throws Exception {
    String sha1 = other.sha1();
    Failure failure = assertThrows(SourceFailed.class, () -> exported(sha1));
    assertTrue(failure.what().contains("not the pinned one but SHA256:"), failure.toString());
    assertEquals(Retry.POINTLESS, failure.retry());
  }

  /** Tickets name the host's thumbprint, too. */
  private byte[] flat(String thumbprint) throws Exception {
    hardware(HardwareAnswers.sized(FlatDisks.SIZE));
    String name = door.sdk().getRawAuthority();
    proxy.callsHosts(name);
    proxy.when(
        "AcquireGenericServiceTicket",
        FaultProxy.ALWAYS,
        FaultProxy.returning(
            "AcquireGenericServiceTicket",
            "<returnval><id>ticket</id><hostName>"
                + name
                + "</hostName><sslThumbprint>"
                + thumbprint
                + "</sslThumbprint></returnval>"));
    byte[][] read = new byte[1][];
    try (TlsDoor vcenter = new TlsDoor(proxy.sdk(), other.packed())) {
      FlatDisks.reading(
          Specs.of(vcenter.sdk(), Specs.ANYBODY, Vcsim.PASSWORD, Map.of("route", "host")),
          reader -> read[0] = FlatDisks.all(reader, 1 << 18));
    }
    return read[0];
  }

  @Test
  void readsAFlatDiskFromAHostWithTheRightCertificate() throws Exception {
    assertArrayEquals(FlatDisks.CONTENT, flat(host.sha1()));
  }

  @Test
  void refusesToReadAFlatDiskFromAHostWithAnotherCertificate() throws Exception {
    String sha1 = other.sha1();
    Failure failure = assertThrows(SourceFailed.class, () -> flat(sha1));
    assertTrue(failure.what().contains("does not give its file"), failure.toString());
    assertEquals(0, proxy.calls().stream().filter(FaultProxy.Call::isFileRead).count());
  }
}
