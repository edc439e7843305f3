package dev.drover.importers.vsphere;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.drover.importers.api.Discovery;
import dev.drover.importers.api.Hold;
import dev.drover.importers.api.Leftover;
import dev.drover.importers.api.VmPower;
import dev.drover.importers.api.VmSnapshot;
import dev.drover.importers.vsphere.simulator.FaultProxy;
import dev.drover.importers.vsphere.simulator.Vcsim;
import dev.drover.mappings.disk.DiskSource;
import dev.drover.mappings.failure.Failure;
import dev.drover.mappings.failure.Retry;
import dev.drover.mappings.failure.SourceFailed;
import dev.drover.mappings.model.PowerState;
import dev.drover.mappings.model.SourceVm;
import dev.drover.mappings.model.VmRef;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.MethodSource;

/** VMs that are switched, and held by a snapshot. */
@ParameterizedClass
@MethodSource("dev.drover.importers.vsphere.simulator.Vcsim#versions")
@SuppressWarnings("NullAway.Init") // JUnit calls the methods before.
final class HoldTest {
  private static final String TOOLS = "<name>guest.toolsRunningStatus</name>";
  private final Vcsim peer;
  private FaultProxy proxy;
  private VsphereSource source;
  private SourceVm vm;

  HoldTest(Vcsim.Version version) {
    peer = Vcsim.shared(version);
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

  private record Refused(String fault, String says, Retry retry) {}

  private static final List<Refused> REFUSALS =
      List.of(
          new Refused("NoDiskSpace", "room", Retry.POINTLESS),
          new Refused("ApplicationQuiesceFault", "VSS", Retry.WORTHWHILE),
          new Refused("TooManySnapshotLevels", "remove snapshots", Retry.POINTLESS));

  @Test
  void tellsWhyASnapshotIsRefusedAndLeavesNothing() {
    tools("guestToolsRunning");
    for (Refused each : REFUSALS) {
      proxy.when("CreateSnapshot_Task", 1, FaultProxy.faulting(each.fault(), ""));
      tellsWhy(each);
    }
  }

  /** The server begins with it, and fails in the middle. */
  @Test
  void tellsWhyASnapshotFailsAndRemovesWhatIsHalfMade() {
    tools("guestToolsRunning");
    for (Refused each : REFUSALS) {
      long removed = proxy.count("RemoveSnapshot_Task");
      proxy.first(HoldTest::asksForATask, 1, failing(each.fault()));
      tellsWhy(each);
      assertEquals(removed + 1, proxy.count("RemoveSnapshot_Task"));
    }
  }

  /** A task that did its work, and says that it failed. */
  private static FaultProxy.Trouble failing(String fault) {
    return FaultProxy.changing(
        text ->
            text.replace(
                "<state>success</state>",
                "<state>error</state><error><fault"
                    + " xmlns:xsi=\"http://www.w3.org/2001/XMLSchema-instance\" xsi:type=\""
                    + fault
                    + "\"/><localizedMessage>made by the test</localizedMessage></error>"));
  }

  private static boolean asksForATask(FaultProxy.Call call) {
    return call.method().equals("RetrievePropertiesEx") && call.body().contains("type=\"Task\"");
  }

  private void tellsWhy(Refused each) {
    try (VmSnapshot snapshot = source.open(vm.ref(), Hold.snapshot("r2", true))) {
      Failure failure = assertThrows(SourceFailed.class, () -> snapshot.disk(disk()));
      assertTrue(failure.remedy().contains(each.says()), failure.toString());
      assertEquals(each.retry(), failure.retry(), failure.toString());
    }
    assertEquals(List.of(), left(), each.toString());
  }

  @Test
  void waitsForAnotherTaskOnTheVmAndNotForEver() {
    proxy.when("CreateSnapshot_Task", 3, FaultProxy.faulting("TaskInProgress", ""));
    try (VmSnapshot snapshot = source.open(vm.ref(), Hold.snapshot("r14", false))) {
      snapshot.disk(disk());
      assertEquals(1, left().size());
    }
    assertEquals(4, proxy.count("CreateSnapshot_Task"));
    proxy.when("CreateSnapshot_Task", FaultProxy.ALWAYS, FaultProxy.faulting("TaskInProgress", ""));
    tellsWhy(new Refused("TaskInProgress", "wait", Retry.WORTHWHILE));
  }

  @Test
  void saysThatASnapshotStaysWhichTheServerDoesNotRemove() {
    VmSnapshot snapshot = source.open(vm.ref(), Hold.snapshot("r13", false));
    snapshot.disk(disk());
    proxy.when("RemoveSnapshot_Task", 1, FaultProxy.faulting("NoDiskSpace", ""));
    Failure failure = assertThrows(SourceFailed.class, snapshot::close);
    assertTrue(failure.what().contains("drover-r13 stays"), failure.toString());
    assertTrue(failure.remedy().contains("drover clean"), failure.toString());
    assertEquals(1, left().size());
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
}
