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
import dev.drover.importers.vsphere.simulator.NfcPeer.Lease;
import dev.drover.importers.vsphere.simulator.Vcsim;
import dev.drover.mappings.disk.DiskSource;
import dev.drover.mappings.failure.Failure;
import dev.drover.mappings.failure.Retry;
import dev.drover.mappings.failure.SourceFailed;
import dev.drover.mappings.model.SourceVm;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.MethodSource;

/** Disks that come through leases, and leases that are lost. */
@ParameterizedClass
@MethodSource("dev.drover.importers.vsphere.simulator.Vcsim#versions")
@SuppressWarnings("NullAway.Init") // JUnit calls the method before.
final class LeaseTest {
  private static final byte[] IMAGE = new byte[300_000];

  static {
    new Random(5).nextBytes(IMAGE);
  }

  private final Vcsim peer;
  private FaultProxy proxy;
  private VsphereSource source;
  private SourceVm vm;

  LeaseTest(Vcsim.Version version) {
    peer = Vcsim.shared(version, "-autostart=false");
  }

  @BeforeEach
  void start() throws IOException {
    proxy = new FaultProxy(peer.sdk());
    open(Map.of());
  }

  private void open(Map<String, String> options) {
    source = Specs.open(Specs.of(proxy.sdk(), Specs.ANYBODY, Vcsim.PASSWORD, options));
    vm = Specs.vms(source.list().toList()).get(0);
    proxy.when(
        FaultProxy.Call::isHardware,
        FaultProxy.ALWAYS,
        FaultProxy.changing(HardwareAnswers::onChains));
  }

  @AfterEach
  void stop() {
    source.close();
    proxy.close();
  }

  private VmSnapshot snapshot(String run) {
    return source.open(vm.ref(), Hold.none(run));
  }

  private DiskSource.Streamed disk(VmSnapshot snapshot) {
    return (DiskSource.Streamed) snapshot.disk(vm.disks().get(0).id());
  }

  private byte[] export(VmSnapshot snapshot) throws IOException {
    try (InputStream in = disk(snapshot).opener().open()) {
      return in.readAllBytes();
    }
  }

  @Test
  void exportsADiskThroughALeaseAndCompletesIt() throws IOException {
    NfcPeer nfc = new NfcPeer(proxy, IMAGE);
    try (VmSnapshot snapshot = snapshot("r4")) {
      assertArrayEquals(IMAGE, export(snapshot));
      assertArrayEquals(IMAGE, export(snapshot));
      assertEquals(List.of(Lease.OPEN), nfc.leases(), "one lease for all");
    }
    assertEquals(List.of(Lease.COMPLETED), nfc.leases());
  }

  @Test
  void abortsALeaseThatNobodyReadsToItsEndAndTakesANewOne() throws IOException {
    NfcPeer nfc = new NfcPeer(proxy, IMAGE);
    try (VmSnapshot snapshot = snapshot("r5")) {
      try (InputStream in = disk(snapshot).opener().open()) {
        in.readNBytes(1000);
      }
      assertArrayEquals(IMAGE, export(snapshot));
    }
    assertEquals(List.of(Lease.ABORTED, Lease.COMPLETED), nfc.leases());
  }

  @Test
  void abortsALeaseThatIsGivenUpInTheMiddle() throws IOException {
    NfcPeer nfc = new NfcPeer(proxy, IMAGE);
    try (VmSnapshot snapshot = snapshot("r5b");
        InputStream in = disk(snapshot).opener().open()) {
      in.readNBytes(1000);
    }
    assertEquals(List.of(Lease.ABORTED), nfc.leases());
  }

  /** A run that is stopped closes the VM while a thread still waits for its next byte. */
  @Test
  void abortsALeaseWhoseDiskIsStillReadWhenItsVmIsClosed() throws IOException {
    NfcPeer nfc = new NfcPeer(proxy, IMAGE);
    nfc.stallOnce(2000);
    VmSnapshot snapshot = snapshot("r5c");
    try (InputStream in = disk(snapshot).opener().open()) {
      in.readNBytes(1000);
      snapshot.close();
      assertEquals(List.of(Lease.ABORTED), nfc.leases());
      nfc.release();
    }
  }

  @Test
  void failsForAnotherTryWhenTheLeaseIsLostInTheMiddle() throws IOException {
    loses(1, FaultProxy.faulting("Timedout", ""), "Timedout");
  }

  /** A lease ends with the session that took it. */
  @Test
  void failsForAnotherTryWhenTheSessionEndsInTheMiddle() throws IOException {
    AtomicBoolean expired = new AtomicBoolean();
    loses(
        2,
        (exchange, pass) ->
            FaultProxy.faulting(
                    expired.getAndSet(true) ? "ManagedObjectNotFound" : "NotAuthenticated", "")
                .happen(exchange, pass),
        "ManagedObjectNotFound");
    assertEquals(2, proxy.count("Login"));
  }

  private void loses(int times, FaultProxy.Trouble trouble, String says) throws IOException {
    NfcPeer nfc = new NfcPeer(proxy, IMAGE);
    nfc.stallOnce(2000);
    try (VmSnapshot snapshot = snapshot("r6")) {
      try (InputStream in = disk(snapshot).opener().open()) {
        in.readNBytes(1000);
        proxy.first(call -> call.method().equals("HttpNfcLeaseProgress"), times, trouble);
        IOException lost = assertThrows(IOException.class, in::readAllBytes);
        assertTrue(lost.toString().contains("gave it up: " + says), lost.toString());
      }
      nfc.release();
      assertArrayEquals(IMAGE, export(snapshot));
    }
    assertEquals(List.of(Lease.ABORTED, Lease.COMPLETED), nfc.leases());
  }

  @Test
  void waitsForTheLeaseOfAProcessThatWasKilled() throws IOException {
    NfcPeer nfc = new NfcPeer(proxy, IMAGE, Duration.ofSeconds(1));
    try (FaultProxy other = new FaultProxy(proxy.sdk());
        VsphereSource dead = Specs.open(Specs.of(other.sdk()))) {
      // It can neither give a sign of life nor an end.
      for (String each : List.of("HttpNfcLeaseProgress", "HttpNfcLeaseAbort")) {
        other.when(each, FaultProxy.ALWAYS, FaultProxy.returning(each, ""));
      }
      try (VmSnapshot left = dead.open(vm.ref(), Hold.none("r9"));
          InputStream in = disk(left).opener().open()) {
        in.readNBytes(1000);
        assertEquals(List.of(Lease.OPEN), nfc.leases());
        try (VmSnapshot snapshot = snapshot("r9")) {
          assertArrayEquals(IMAGE, export(snapshot));
        }
      }
    }
    assertEquals(List.of(Lease.TIMED_OUT, Lease.COMPLETED), nfc.leases());
    assertTrue(proxy.count("ExportVm") > 2, "asked " + proxy.count("ExportVm") + " times");
  }

  @Test
  void keepsALeaseAliveWhileItIsHeld() throws Exception {
    new NfcPeer(proxy, IMAGE);
    try (VmSnapshot snapshot = snapshot("r7")) {
      export(snapshot);
      long before = proxy.count("HttpNfcLeaseProgress");
      Thread.sleep(600);
      assertTrue(proxy.count("HttpNfcLeaseProgress") >= before + 2);
    }
    long after = proxy.count("HttpNfcLeaseProgress");
    Thread.sleep(300);
    assertEquals(after, proxy.count("HttpNfcLeaseProgress"));
  }

  @Test
  void saysWhyAnExportIsRefused() {
    new NfcPeer(proxy, IMAGE);
    proxy.first(
        call -> call.method().equals("ExportVm"),
        FaultProxy.ALWAYS,
        FaultProxy.faulting("TaskInProgress", ""));
    try (VmSnapshot snapshot = snapshot("r8")) {
      Failure failure = assertThrows(SourceFailed.class, () -> export(snapshot));
      assertEquals(Retry.WORTHWHILE, failure.retry());
      assertTrue(failure.what().contains("cannot be exported"), failure.toString());
    }
  }

  @Test
  void failsForAnotherTryWhenTheHostIsBusyOrBreaksOffAtAnyByte() throws IOException {
    NfcPeer nfc = new NfcPeer(proxy, IMAGE);
    Random random = new Random(11);
    try (VmSnapshot snapshot = snapshot("r10")) {
      proxy.first(LeaseTest::isImage, 1, FaultProxy.answering(503, ""));
      IOException busy = assertThrows(IOException.class, () -> export(snapshot));
      assertTrue(busy.toString().contains("HTTP status 503"), busy.toString());
      for (int i = 0; i < 5; i++) {
        int after = random.nextInt(IMAGE.length);
        proxy.first(
            LeaseTest::isImage,
            1,
            (exchange, pass) -> {
              exchange.sendResponseHeaders(200, IMAGE.length);
              exchange.getResponseBody().write(IMAGE, 0, after);
              exchange.getResponseBody().flush();
              throw new IOException("cut by the test");
            });
        IOException cut = assertThrows(IOException.class, () -> export(snapshot));
        assertTrue(cut.toString().contains("of the export"), cut.toString());
      }
      assertArrayEquals(IMAGE, export(snapshot));
    }
    assertEquals(7, nfc.leases().size());
    assertEquals(Lease.COMPLETED, nfc.leases().get(6));
  }

  private static boolean isImage(FaultProxy.Call call) {
    return call.path().startsWith("/nfc/");
  }

  @Test
  void endsAnImageThatDrips() throws IOException {
    source.close();
    open(Map.of("timeoutSeconds", "1"));
    new NfcPeer(proxy, IMAGE);
    proxy.first(
        LeaseTest::isImage,
        1,
        (exchange, pass) -> {
          exchange.sendResponseHeaders(200, IMAGE.length);
          FaultProxy.drip(exchange.getResponseBody(), IMAGE, 50);
        });
    try (VmSnapshot snapshot = snapshot("r11")) {
      IOException drips = assertThrows(IOException.class, () -> export(snapshot));
      assertTrue(drips.toString().contains("only drips"), drips.toString());
      assertArrayEquals(IMAGE, export(snapshot));
    }
  }

  @Test
  void refusesAnImageThatIsLargerThanItsDiskCanBe() throws IOException {
    proxy.first(
        FaultProxy.Call::isHardware,
        FaultProxy.ALWAYS,
        FaultProxy.changing(
            text -> HardwareAnswers.sized(512).apply(HardwareAnswers.onChains(text))));
    new NfcPeer(proxy, IMAGE);
    proxy.first(
        LeaseTest::isImage,
        1,
        (exchange, pass) -> {
          exchange.sendResponseHeaders(200, 0);
          byte[] block = new byte[1 << 20];
          while (true) {
            exchange.getResponseBody().write(block);
          }
        });
    try (VmSnapshot snapshot = snapshot("r12")) {
      Failure more = assertThrows(SourceFailed.class, () -> export(snapshot));
      assertTrue(more.what().contains("more than a disk of its size"), more.toString());
    }
  }
}
