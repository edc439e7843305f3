package dev.drover.kube.cluster;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.drover.kube.MigrationTarget.Health;
import dev.drover.kube.MigrationTarget.ObjectRef;
import dev.drover.mappings.failure.Retry;
import dev.drover.mappings.failure.TargetFailed;
import dev.drover.mappings.model.ByteSize;
import dev.drover.mappings.target.TargetDisk;
import dev.drover.mappings.target.TargetVm;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class VirtualMachineTest extends ClusterCase {
  private static final String KUBEVIRT = "kubevirt.io/v1";
  private static final String CDI = "cdi.kubevirt.io/v1beta1";

  private final TargetDisk disk = Fixture.disk("web-1-disk0", 1024);
  private final TargetVm vm = Fixture.vm("web-1", disk);

  private void fill() throws IOException {
    Fixture.upload(target, vm, disk, Fixture.noise(1024, 1));
  }

  private Health settled(TargetVm of) {
    Health health = target.observe(of);
    while (health == Health.WAITING) {
      health = target.observe(of);
    }
    return health;
  }

  @Test
  void isCreatedHaltedWithAllItsObjectsNamed() throws IOException {
    fill();
    List<ObjectRef> made = target.create(vm);
    assertEquals(
        List.of("DataVolume web-1-disk0", "VirtualMachine web-1"),
        made.stream().map(o -> o.kind() + " " + o.name()).toList());
    assertTrue(made.stream().noneMatch(o -> o.uid().isEmpty()), made.toString());
    assertEquals("Halted", machine("spec", "runStrategy"));
  }

  @Test
  void startsAndGetsReady() throws IOException {
    fill();
    target.create(vm);
    target.start(vm);
    assertEquals("Always", machine("spec", "runStrategy"));
    assertEquals(Health.READY, settled(vm));
  }

  @Test
  void aSecondCreateDoesNotStopAMachineThatRuns() throws IOException {
    fill();
    target.create(vm);
    target.start(vm);
    target.create(vm);
    assertEquals("Always", machine("spec", "runStrategy"));
    assertEquals(1, cluster.names(KUBEVIRT, "web", "virtualmachines").size());
  }

  @Test
  void aMachineThatIsToStayStoppedIsReadyWhenItIsStopped() throws IOException {
    TargetVm stopped =
        Fixture.vm("web-1", false, Fixture.sizing(1, ByteSize.ofGiB(1)), List.of(), disk);
    Fixture.upload(target, stopped, disk, Fixture.noise(1024, 2));
    target.create(stopped);
    target.start(stopped);
    assertEquals(Health.READY, settled(stopped));
    assertEquals("Halted", machine("spec", "runStrategy"));
  }

  private TargetFailed lost() {
    TargetFailed failed = assertThrows(TargetFailed.class, () -> target.observe(vm));
    assertTrue(failed.remedy().contains("drover rollback"), failed.remedy());
    return failed;
  }

  @Test
  void aDeletedClaimIsNoticedThoughTheMachineIsStopped() throws IOException {
    fill();
    target.create(vm);
    assertEquals(Health.WAITING, target.observe(vm));
    cluster.remove("v1", "web", "persistentvolumeclaims", "web-1-disk0");
    TargetFailed failed = lost();
    assertEquals("PersistentVolumeClaim web/web-1-disk0", failed.subject());
    assertTrue(failed.what().contains("deleted"), failed.what());
  }

  @Test
  void aClaimThatLostItsVolumeOrIsBeingDeletedIsNoticed() throws IOException {
    fill();
    target.create(vm);
    claim(Map.of("status", Map.of("phase", "Lost")));
    assertTrue(lost().what().contains("PersistentVolume is gone"), lost().what());
    claim(
        Map.of(
            "metadata",
            Map.of(
                "finalizers",
                List.of("kubernetes.io/pvc-protection"),
                "deletionTimestamp",
                "2026-11-25T00:00:00Z")));
    assertTrue(lost().what().contains("is deleting it"), lost().what());
  }

  @Test
  void aDataVolumeThatWasMadeAnewIsNoticedAndOneThatWasTakenOffItsClaimIsNot() throws IOException {
    fill();
    target.create(vm);
    volume(Map.of("status", Map.of("phase", "UploadReady")));
    assertTrue(lost().what().contains("holds no disk"), lost().what());
    cluster.remove(CDI, "web", "datavolumes", "web-1-disk0");
    assertEquals(Health.WAITING, target.observe(vm));
  }

  private void claim(Map<String, Object> patch) {
    cluster.merge("v1", "web", "persistentvolumeclaims", "web-1-disk0", patch);
  }

  private void volume(Map<String, Object> patch) {
    cluster.merge(CDI, "web", "datavolumes", "web-1-disk0", patch);
  }

  @Test
  void aMachineThatCannotRunSaysWhy() throws IOException {
    TargetVm broken =
        new TargetVm(
            vm.source(),
            vm.sourceName(),
            vm.namespace(),
            vm.name(),
            vm.sizing(),
            vm.platform(),
            vm.disks(),
            vm.nics(),
            true,
            Map.of(),
            Map.of("stand-in/status", "ErrorUnschedulable"));
    fill();
    target.create(broken);
    target.start(broken);
    TargetFailed failed = assertThrows(TargetFailed.class, () -> settled(broken));
    assertTrue(failed.what().contains("ErrorUnschedulable"), failed.what());
    assertTrue(failed.what().contains("the machine is"), failed.what());
    assertTrue(failed.remedy().contains("kubectl describe"), failed.remedy());
  }

  @Test
  void isNotCreatedOverAVolumeThatHoldsNoDisk() {
    target.prepareDisk(vm, disk);
    TargetFailed failed = assertThrows(TargetFailed.class, () -> target.create(vm));
    assertTrue(failed.what().contains("holds no disk"), failed.what());
    assertEquals(List.of(), cluster.names(KUBEVIRT, "web", "virtualmachines"));
  }

  @Test
  void isNotCreatedOverAVolumeThatWasTakenAway() throws IOException {
    fill();
    cluster.remove(CDI, "web", "datavolumes", "web-1-disk0");
    TargetFailed failed = assertThrows(TargetFailed.class, () -> target.create(vm));
    assertTrue(failed.what().contains("not there any more"), failed.what());
    assertEquals(List.of(), cluster.names(CDI, "web", "datavolumes"));
  }

  @Test
  void aMachineOfSomebodyElseIsNotTouched() throws IOException {
    fill();
    foreign("virtualmachines", KUBEVIRT, "VirtualMachine", "web-1");
    TargetFailed failed = assertThrows(TargetFailed.class, () -> target.create(vm));
    assertEquals(Retry.POINTLESS, failed.retry());
    assertTrue(failed.what().contains("not Drover's"), failed.what());
    assertThrows(TargetFailed.class, () -> target.start(vm));
    assertEquals("", machine("spec", "runStrategy"));
  }

  @Test
  void rollBackRemovesWhatDroverMadeForThisVmAndNothingElse() throws IOException {
    TargetDisk otherDisk = Fixture.disk("other-disk0", 1024);
    TargetVm other = Fixture.vm("other", otherDisk);
    Fixture.upload(target, other, otherDisk, Fixture.noise(1024, 3));
    target.create(other);
    foreign("datavolumes", CDI, "DataVolume", "theirs");
    foreign("persistentvolumeclaims", "v1", "PersistentVolumeClaim", "theirs");
    fill();
    target.create(vm);
    target.start(vm);
    List<ObjectRef> removed = target.discard(vm);
    assertEquals(
        List.of("VirtualMachine web-1", "DataVolume web-1-disk0"),
        removed.stream().map(o -> o.kind() + " " + o.name()).toList());
    assertEquals(List.of("other"), cluster.names(KUBEVIRT, "web", "virtualmachines"));
    assertEquals(List.of("other-disk0", "theirs"), cluster.names(CDI, "web", "datavolumes"));
    assertEquals(
        List.of("other-disk0", "theirs"), cluster.names("v1", "web", "persistentvolumeclaims"));
    assertEquals(List.of(), target.discard(vm));
  }

  @Test
  void rollBackRemovesAClaimThatLostItsDataVolume() throws IOException {
    fill();
    cluster.remove(CDI, "web", "datavolumes", "web-1-disk0");
    assertEquals(List.of("web-1-disk0"), cluster.names("v1", "web", "persistentvolumeclaims"));
    List<ObjectRef> removed = target.discard(vm);
    assertEquals(List.of("PersistentVolumeClaim"), removed.stream().map(ObjectRef::kind).toList());
    assertEquals(List.of(), cluster.names("v1", "web", "persistentvolumeclaims"));
  }

  @Test
  void rollBackLeavesAnObjectThatSomebodyTookTheLabelOff() throws IOException {
    fill();
    cluster.merge(
        CDI,
        "web",
        "datavolumes",
        "web-1-disk0",
        Map.of("metadata", Map.of("labels", Map.of("app.kubernetes.io/managed-by", "them"))));
    target.discard(vm);
    assertEquals(List.of("web-1-disk0"), cluster.names(CDI, "web", "datavolumes"));
  }

  @Test
  void deletionNamesTheVeryObject() throws IOException {
    fill();
    Api api = Fixture.connect(folder.resolve("kubeconfig"));
    Resource there = api.get(Kind.DATA_VOLUME, "web", "web-1-disk0").orElseThrow();
    Resource successor =
        new Resource(
            Map.of("metadata", Map.of("name", there.name(), "namespace", "web", "uid", "another")));
    ApiRefused refused =
        assertThrows(ApiRefused.class, () -> api.delete(Kind.DATA_VOLUME, successor));
    assertEquals(409, refused.code());
    assertTrue(api.delete(Kind.DATA_VOLUME, there));
    assertFalse(api.delete(Kind.DATA_VOLUME, there));
    api.close();
  }

  private void foreign(String plural, String apiVersion, String kind, String name) {
    cluster.put(
        plural,
        Map.of(
            "apiVersion",
            apiVersion,
            "kind",
            kind,
            "metadata",
            Map.of("name", name, "namespace", "web"),
            "spec",
            Map.of()));
  }

  private String machine(String... path) {
    return cluster
        .object(KUBEVIRT, "web", "virtualmachines", "web-1")
        .map(m -> new Resource(m).text(path))
        .orElse("no such machine");
  }
}
