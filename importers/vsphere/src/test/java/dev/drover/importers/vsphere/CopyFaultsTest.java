package dev.drover.importers.vsphere;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.vmware.vim25.ManagedObjectReference;
import com.vmware.vim25.VirtualMachineMovePriority;
import com.vmware.vim25.VirtualMachineRelocateSpec;
import dev.drover.importers.api.VmSnapshot;
import dev.drover.importers.vsphere.simulator.FaultProxy;
import dev.drover.importers.vsphere.simulator.HardwareAnswers;
import dev.drover.importers.vsphere.simulator.Vcsim;
import dev.drover.mappings.disk.BlockReader;
import dev.drover.mappings.failure.Failure;
import dev.drover.mappings.failure.Retry;
import dev.drover.mappings.failure.SourceFailed;
import dev.drover.mappings.model.SourceVm;
import dev.drover.mappings.plan.SourceSpec;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.rmi.RemoteException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.MethodSource;

/** What happens at a source, or on the way to it, in the middle of a copy of flat disks. */
@ParameterizedClass
@MethodSource("dev.drover.importers.vsphere.simulator.Vcsim#versions")
@SuppressWarnings("NullAway.Init") // JUnit calls the method before.
final class CopyFaultsTest {
  private final Vcsim.Version version;
  private final Vcsim peer;
  private FaultProxy proxy;

  CopyFaultsTest(Vcsim.Version version) {
    this.version = version;
    this.peer = FlatDisks.peer(version);
  }

  @BeforeEach
  void start() throws IOException {
    proxy = before(peer);
  }

  private static FaultProxy before(Vcsim peer) throws IOException {
    FaultProxy proxy = new FaultProxy(peer.sdk());
    proxy.when(
        FaultProxy.Call::isHardware,
        FaultProxy.ALWAYS,
        FaultProxy.changing(HardwareAnswers.sized(FlatDisks.SIZE)));
    return proxy;
  }

  @AfterEach
  void stop() {
    proxy.close();
  }

  private static void half(BlockReader reader) throws IOException {
    for (int at = 0; at < FlatDisks.SIZE / 2; at += 1 << 17) {
      reader.read(at, ByteBuffer.allocate(1 << 17));
    }
  }

  private static void readRest(BlockReader reader) throws IOException {
    assertArrayEquals(FlatDisks.CONTENT, FlatDisks.all(reader, 1 << 17));
  }

  @Test
  void readsTheDatastoreOfItsOwnDatacenterWhereTwoHaveOneName() throws IOException {
    proxy.first(
        FaultProxy.Call::isHardware,
        FaultProxy.ALWAYS,
        FaultProxy.changing(
            text ->
                HardwareAnswers.sized(FlatDisks.SIZE)
                    .apply(text)
                    .replaceAll(
                        "<fileName>\\[LocalDS_0] [^<]*\\.vmdk<",
                        "<fileName>[LocalDS_0] same/same.vmdk<")));
    try (VsphereSource source = Specs.open(Specs.of(proxy.sdk()))) {
      List<SourceVm> vms = Specs.vms(source.list().toList());
      SourceVm[] one = new SourceVm[2];
      byte[][] contents = {FlatDisks.CONTENT.clone(), FlatDisks.CONTENT.clone()};
      for (int i = 0; i < 2; i++) {
        String datacenter = "DC" + i;
        one[i] =
            vms.stream()
                .filter(vm -> datacenter.equals(vm.placement().datacenter()))
                .findFirst()
                .orElseThrow();
        contents[i][12345] = (byte) i;
        FlatDisks.put(peer, one[i], "same/same-flat.vmdk", contents[i]);
      }
      for (int i = 0; i < 2; i++) {
        byte[] content = contents[i];
        FlatDisks.reading(
            source, one[i], reader -> assertArrayEquals(content, FlatDisks.all(reader, 1 << 18)));
      }
    }
  }

  @Test
  void goesOnAfterAnAnswerThatDripsAndEndsWhereAllDo() throws IOException {
    SourceSpec hasty =
        Specs.of(proxy.sdk(), Specs.ANYBODY, Vcsim.PASSWORD, Map.of("timeoutSeconds", "1"));
    proxy.when(FaultProxy.Call::isFileRead, 1, FaultProxy.dripping(20));
    FlatDisks.reading(hasty, CopyFaultsTest::readRest);
    proxy.when(FaultProxy.Call::isFileRead, FaultProxy.ALWAYS, FaultProxy.dripping(20));
    IOException drips =
        assertThrows(IOException.class, () -> FlatDisks.reading(hasty, CopyFaultsTest::half));
    assertTrue(drips.toString().contains("only drips"), drips.toString());
  }

  @Test
  void waitsForAHostThatIsBusyInTheMiddle() throws IOException {
    try (FaultProxy host = new FaultProxy(peer.sdk())) {
      String name = host.sdk().getRawAuthority();
      proxy.callsHosts(name);
      FlatDisks.reading(
          Specs.of(proxy.sdk()),
          reader -> {
            half(reader);
            host.when(FaultProxy.Call::isFileRead, 2, FaultProxy.answering(503, ""));
            readRest(reader);
          });
      assertEquals(0, proxy.calls().stream().filter(FaultProxy.Call::isFileRead).count());
    }
  }

  @Test
  void knowsAVmAgainThatIsRenamedAndMovedToAnotherHostMeanwhile() throws Exception {
    try (VsphereSource source = Specs.open(Specs.of(proxy.sdk()))) {
      SourceVm vm = clustered(source);
      String before = identity(source, vm);
      FlatDisks.reading(
          source,
          vm,
          reader -> {
            half(reader);
            FlatDisks.meanwhile(peer, session -> renameAndMove(session, vm));
            readRest(reader);
          });
      try (VmSnapshot again = source.open(vm.ref())) {
        assertEquals("renamed", again.vm().name());
        assertNotEquals(vm.placement().host(), again.vm().placement().host());
        // The identity of a disk decides whether a copy goes on.
        assertEquals(before, FlatDisks.disk(again).identity());
      }
      FlatDisks.meanwhile(
          peer,
          session ->
              new Tasks(session, "test")
                  .run((vim, content) -> vim.rename_Task(VmMoid.of(vm.ref()), vm.name())));
    }
  }

  private static SourceVm clustered(VsphereSource source) {
    return Specs.vms(source.list().toList()).stream()
        .filter(vm -> vm.name().startsWith("DC0_C0"))
        .findFirst()
        .orElseThrow();
  }

  private static String identity(VsphereSource source, SourceVm vm) {
    try (VmSnapshot snapshot = source.open(vm.ref())) {
      return String.valueOf(FlatDisks.disk(snapshot).identity());
    }
  }

  private static void renameAndMove(Session session, SourceVm vm) throws RemoteException {
    VirtualMachineRelocateSpec to = new VirtualMachineRelocateSpec();
    to.host =
        new Collector(session)
            .all("HostSystem", List.of("name")).stream()
                .filter(host -> String.valueOf(host.text("name")).startsWith("DC0_C0"))
                .filter(host -> !String.valueOf(host.text("name")).equals(vm.placement().host()))
                .findFirst()
                .orElseThrow()
                .ref();
    ManagedObjectReference ref = VmMoid.of(vm.ref());
    Tasks tasks = new Tasks(session, "test");
    tasks.run((vim, content) -> vim.rename_Task(ref, "renamed"));
    tasks.run(
        (vim, content) -> vim.relocateVM_Task(ref, to, VirtualMachineMovePriority.defaultPriority));
  }

  @Test
  void looksAgainWhereADiskIsThatIsMovedToAnotherPlaceMeanwhile() throws Exception {
    AtomicBoolean moved = new AtomicBoolean();
    proxy.first(
        call -> moved.get() && call.isHardware(),
        FaultProxy.ALWAYS,
        FaultProxy.changing(
            text ->
                HardwareAnswers.sized(FlatDisks.SIZE)
                    .apply(text)
                    .replaceAll(
                        "<fileName>\\[LocalDS_0] [^<]*\\.vmdk<",
                        "<fileName>[LocalDS_0] elsewhere/disk.vmdk<")));
    try (VsphereSource source = Specs.open(Specs.of(proxy.sdk()))) {
      SourceVm vm = clustered(source);
      FlatDisks.put(peer, vm, "elsewhere/disk-flat.vmdk", FlatDisks.CONTENT);
      FlatDisks.reading(
          source,
          vm,
          reader -> {
            half(reader);
            moved.set(true);
            proxy.when(
                call -> call.isFileRead() && !call.path().contains("elsewhere"),
                FaultProxy.ALWAYS,
                FaultProxy.answering(404, ""));
            Failure gone = assertThrows(SourceFailed.class, () -> readRest(reader));
            assertTrue(gone.what().contains("not there"), gone.toString());
            assertEquals(Retry.WORTHWHILE, gone.retry());
          });
      FlatDisks.reading(source, vm, CopyFaultsTest::readRest);
    }
  }

  @Test
  void saysThatAVmIsGoneThatIsDeletedMeanwhile() throws Exception {
    try (Vcsim own = Vcsim.start(version, "-autostart=false");
        FaultProxy before = before(own);
        VsphereSource source = Specs.open(Specs.of(before.sdk()))) {
      SourceVm vm = clustered(source);
      FlatDisks.put(own, vm, FlatDisks.file(vm), FlatDisks.CONTENT);
      FlatDisks.reading(
          source,
          vm,
          reader -> {
            half(reader);
            FlatDisks.meanwhile(
                own,
                session ->
                    new Tasks(session, "test")
                        .run((vim, content) -> vim.destroy_Task(VmMoid.of(vm.ref()))));
            Failure file = assertThrows(SourceFailed.class, () -> readRest(reader));
            assertTrue(file.what().contains("not there"), file.toString());
          });
      Failure gone = assertThrows(SourceFailed.class, () -> source.open(vm.ref()));
      assertTrue(gone.remedy().contains("not there any more"), gone.toString());
      assertEquals(Retry.POINTLESS, gone.retry());
    }
  }
}
