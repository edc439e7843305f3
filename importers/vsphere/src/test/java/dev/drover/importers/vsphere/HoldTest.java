package dev.drover.importers.vsphere;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.drover.importers.api.Discovery;
import dev.drover.importers.api.Hold;
import dev.drover.importers.api.Leftover;
import dev.drover.importers.api.VmPower;
import dev.drover.importers.api.VmSnapshot;
import dev.drover.mappings.disk.DiskSource;
import dev.drover.mappings.failure.Failure;
import dev.drover.mappings.failure.Retry;
import dev.drover.mappings.failure.SourceFailed;
import dev.drover.mappings.model.PowerState;
import dev.drover.mappings.model.SourceVm;
import dev.drover.mappings.model.VmRef;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** VMs that are switched, held by a snapshot, and exported. */
@SuppressWarnings("NullAway.Init") // JUnit calls the methods before.
final class HoldTest {
  private static final String TOOLS = "<name>guest.toolsRunningStatus</name>";
  private static Vcsim peer;
  private static byte[] image;
  private FaultProxy proxy;
  private VsphereSource source;
  private SourceVm vm;

  @BeforeAll
  static void startPeer() {
    peer = Vcsim.start(Vcsim.best());
    image = new byte[300_000];
    new Random(5).nextBytes(image);
  }

  @AfterAll
  static void stopPeer() {
    if (peer != null) {
      peer.close();
    }
  }

  @BeforeEach
  void start() throws IOException {
    proxy = new FaultProxy(peer.sdk());
    source = Specs.open(Specs.of(proxy.sdk()));
    try (Stream<Discovery> all = source.list()) {
      vm = Specs.vms(all.toList()).get(0);
    }
  }

  @AfterEach
  void stop() {
    try (Stream<Leftover> all = source.leftovers()) {
      all.toList().forEach(source::remove);
    }
    source.close();
    proxy.close();
  }

  private VmPower power() {
    return source.power().orElseThrow();
  }

  private void tools(String status) {
    proxy.when(
        call ->
            call.body().contains("guest.toolsRunningStatus") && call.body().contains("powerState"),
        1000,
        FaultProxy.changing(
            text ->
                text.replaceAll(TOOLS + "<val[^>]*>[^<]*</val>", "@")
                    .replaceAll("<propSet>@</propSet>", "")
                    .replaceFirst(
                        "<propSet><name>runtime.powerState",
                        "<propSet>"
                            + TOOLS
                            + "<val xmlns:xsi=\"http://www.w3.org/2001/XMLSchema-instance\""
                            + " xmlns:xsd=\"http://www.w3.org/2001/XMLSchema\""
                            + " xsi:type=\"xsd:string\">"
                            + status
                            + "</val></propSet><propSet><name>runtime.powerState")));
  }

  @Test
  void shutsDownStartsAndPowersOffOnlyWhatIsNotThereYet() {
    tools("guestToolsRunning");
    assertEquals(PowerState.ON, power().state(vm.ref()));
    assertTrue(power().shutDown(vm.ref(), Duration.ofSeconds(20), () -> false));
    assertEquals(PowerState.OFF, power().state(vm.ref()));
    assertTrue(power().shutDown(vm.ref(), Duration.ofSeconds(20), () -> false));
    power().powerOff(vm.ref());
    assertEquals(1, proxy.count("ShutdownGuest"));
    assertEquals(0, proxy.count("PowerOffVM_Task"));
    power().start(vm.ref());
    power().start(vm.ref());
    assertEquals(1, proxy.count("PowerOnVM_Task"));
    power().powerOff(vm.ref());
    assertEquals(PowerState.OFF, power().state(vm.ref()));
    power().start(vm.ref());
  }

  @Test
  void doesNotWaitForAGuestThatDoesNotListen() {
    tools("guestToolsNotRunning");
    assertFalse(power().shutDown(vm.ref(), Duration.ofSeconds(20), () -> false));
    assertEquals(0, proxy.count("ShutdownGuest"));
  }

  @Test
  void waitsForAShutdownNoLongerThanTheCallerWants() {
    tools("guestToolsRunning");
    proxy.when(
        "ShutdownGuest",
        9,
        FaultProxy.answering(200, "<Envelope><Body><ShutdownGuestResponse/></Body></Envelope>"));
    int[] asked = {0};
    assertFalse(power().shutDown(vm.ref(), Duration.ofMinutes(5), () -> ++asked[0] > 1));
    assertFalse(power().shutDown(vm.ref(), Duration.ZERO, () -> false));
    assertEquals(2, asked[0]);
    assertEquals(PowerState.ON, power().state(vm.ref()));
  }

  @Test
  void namesThePrivilegeThatPowerNeeds() {
    proxy.when(
        "PowerOffVM_Task",
        1,
        FaultProxy.faulting(
            "NoPermission",
            "<object type=\"VirtualMachine\">vm-1</object>"
                + "<privilegeId>VirtualMachine.Interact.PowerOff</privilegeId>"));
    Failure failure = assertThrows(SourceFailed.class, () -> power().powerOff(vm.ref()));
    assertTrue(failure.what().contains("VirtualMachine.Interact.PowerOff"), failure.toString());
    assertEquals(PowerState.ON, power().state(vm.ref()));
  }

  @Test
  void asksTheVmWhenTheAnswerToASwitchIsLost() {
    proxy.when("PowerOffVM_Task", 1, FaultProxy.cutting(10));
    power().powerOff(vm.ref());
    assertEquals(PowerState.OFF, power().state(vm.ref()));
    assertEquals(1, proxy.count("PowerOffVM_Task"));
    power().start(vm.ref());
  }

  private List<Leftover> left() {
    try (Stream<Leftover> all = source.leftovers()) {
      return all.toList();
    }
  }

  private String disk() {
    return vm.disks().get(0).id();
  }

  @Test
  void holdsARunningVmByASnapshotThatIsMadeLateAndRemoved() {
    tools("guestToolsNotRunning");
    try (VmSnapshot snapshot = source.open(vm.ref(), Hold.snapshot("r1", true))) {
      assertEquals(List.of(), left());
      DiskSource.Blocks disk = (DiskSource.Blocks) snapshot.disk(disk());
      assertTrue(disk.identity() != null && disk.identity().contains("snapshot"), disk.toString());
      Leftover one = left().get(0);
      assertEquals("r1", one.runId());
      assertEquals("snapshot drover-r1", one.what());
      assertEquals(vm.ref(), one.vm());
      try (VmSnapshot again = source.open(vm.ref(), Hold.snapshot("r1", false))) {
        assertEquals(disk.identity(), ((DiskSource.Blocks) again.disk(disk())).identity());
      }
    }
    assertEquals(List.of(), left());
    assertEquals(1, proxy.count("CreateSnapshot_Task"));
    FaultProxy.Call made =
        proxy.calls().stream()
            .filter(c -> c.method().equals("CreateSnapshot_Task"))
            .findFirst()
            .orElseThrow();
    assertTrue(made.body().contains("<memory>false</memory>"), made.body());
    assertTrue(made.body().contains("<quiesce>false</quiesce>"), "nothing in it listens");
  }

  @Test
  void findsWhatAKilledRunLeftAndNothingOfOthers() {
    source.open(vm.ref(), Hold.snapshot("dead", false)).disk(disk());
    Leftover dead = left().get(0);
    assertEquals("dead", dead.runId());
    source.remove(
        new Leftover(dead.vm(), dead.vmName(), dead.what(), "snapshot-none", "dead", null));
    assertEquals(1, left().size());
    source.remove(dead);
    source.remove(dead);
    assertEquals(List.of(), left());
    source.remove(
        new Leftover(new VmRef("dc1", "vm-none"), "gone", dead.what(), dead.id(), "dead", null));
  }

  @Test
  void tellsWhyThereIsNoSnapshotAndLeavesNothing() {
    tools("guestToolsRunning");
    record Case(String fault, String says, Retry retry) {}
    for (Case each :
        List.of(
            new Case("NoDiskSpace", "room", Retry.POINTLESS),
            new Case("ApplicationQuiesceFault", "VSS", Retry.WORTHWHILE),
            new Case("TooManySnapshotLevels", "remove snapshots", Retry.POINTLESS),
            new Case("TaskInProgress", "wait", Retry.WORTHWHILE))) {
      proxy.when("CreateSnapshot_Task", 1, FaultProxy.faulting(each.fault(), ""));
      VmSnapshot snapshot = source.open(vm.ref(), Hold.snapshot("r2", true));
      Failure failure = assertThrows(SourceFailed.class, () -> snapshot.disk(disk()));
      snapshot.close();
      assertTrue(failure.remedy().contains(each.says()), failure.toString());
      assertEquals(each.retry(), failure.retry(), failure.toString());
      assertEquals(List.of(), left());
    }
  }

  @Test
  void findsTheSnapshotWhoseAnswerWasLost() {
    proxy.when("CreateSnapshot_Task", 1, FaultProxy.cutting(10));
    try (VmSnapshot snapshot = source.open(vm.ref(), Hold.snapshot("r3", false))) {
      snapshot.disk(disk());
      assertEquals(1, left().size());
    }
    assertEquals(1, proxy.count("CreateSnapshot_Task"));
    assertEquals(List.of(), left());
  }

  /** The disk lies on a chain, and the VM is off. */
  private NfcPeer exporting() {
    proxy.when(
        call -> call.body().contains("config.hardware"),
        1000,
        FaultProxy.changing(
            text ->
                text.replace(">poweredOn<", ">poweredOff<")
                    .replace(
                        "<diskMode>persistent</diskMode>",
                        "<diskMode>persistent</diskMode><parent><fileName>[x] y.vmdk</fileName>"
                            + "<diskMode>persistent</diskMode></parent>")));
    proxy.when(
        call -> call.body().contains("runtime.powerState"),
        1000,
        FaultProxy.changing(text -> text.replace(">poweredOn<", ">poweredOff<")));
    return new NfcPeer(proxy, image);
  }

  private byte[] export(VmSnapshot snapshot) throws IOException {
    DiskSource.Streamed disk = (DiskSource.Streamed) snapshot.disk(disk());
    try (InputStream in = disk.opener().open()) {
      return in.readAllBytes();
    }
  }

  @Test
  void exportsADiskThroughALeaseAndCompletesIt() throws IOException {
    exporting();
    try (VmSnapshot snapshot = source.open(vm.ref(), Hold.none("r4"))) {
      assertArrayEquals(image, export(snapshot));
      assertArrayEquals(image, export(snapshot));
      assertEquals(0, proxy.count("HttpNfcLeaseComplete"));
    }
    assertEquals(1, proxy.count("ExportVm"), "one lease for all");
    assertEquals(1, proxy.count("HttpNfcLeaseComplete"));
    assertEquals(0, proxy.count("HttpNfcLeaseAbort"));
  }

  @Test
  void abortsALeaseThatNobodyReadsToItsEndAndTakesANewOne() throws IOException {
    exporting();
    try (VmSnapshot snapshot = source.open(vm.ref(), Hold.none("r5"))) {
      DiskSource.Streamed disk = (DiskSource.Streamed) snapshot.disk(disk());
      try (InputStream in = disk.opener().open()) {
        in.readNBytes(1000);
      }
      assertArrayEquals(image, export(snapshot));
    }
    assertEquals(2, proxy.count("ExportVm"));
    assertEquals(1, proxy.count("HttpNfcLeaseAbort"));
    assertEquals(1, proxy.count("HttpNfcLeaseComplete"));
  }

  @Test
  void failsForAnotherTryWhenTheLeaseIsLostInTheMiddle() throws IOException {
    NfcPeer nfc = exporting();
    nfc.stallOnce();
    try (VmSnapshot snapshot = source.open(vm.ref(), Hold.none("r6"))) {
      DiskSource.Streamed disk = (DiskSource.Streamed) snapshot.disk(disk());
      try (InputStream in = disk.opener().open()) {
        in.readNBytes(1000);
        proxy.first("HttpNfcLeaseProgress", FaultProxy.faulting("Timedout", ""));
        IOException lost = assertThrows(IOException.class, in::readAllBytes);
        assertTrue(lost.toString().contains("gave it up"), lost.toString());
      }
      nfc.release();
      assertArrayEquals(image, export(snapshot));
    }
    assertEquals(2, proxy.count("ExportVm"));
  }

  @Test
  void keepsALeaseAliveWhileItIsHeld() throws Exception {
    exporting();
    try (VmSnapshot snapshot = source.open(vm.ref(), Hold.none("r7"))) {
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
    exporting();
    proxy.first("ExportVm", FaultProxy.faulting("TaskInProgress", ""));
    try (VmSnapshot snapshot = source.open(vm.ref(), Hold.none("r8"))) {
      Failure failure = assertThrows(SourceFailed.class, () -> export(snapshot));
      assertEquals(Retry.WORTHWHILE, failure.retry());
      assertTrue(failure.what().contains("cannot be exported"), failure.toString());
    }
  }
}
