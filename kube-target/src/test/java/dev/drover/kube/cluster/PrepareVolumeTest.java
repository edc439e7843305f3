package dev.drover.kube.cluster;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.drover.converters.DiskDestination;
import dev.drover.kube.manifest.Marks;
import dev.drover.mappings.failure.Retry;
import dev.drover.mappings.failure.TargetFailed;
import dev.drover.mappings.target.TargetDisk;
import dev.drover.mappings.target.TargetVm;
import java.io.IOException;
import java.nio.file.Files;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The DataVolume that a disk is uploaded to. */
class PrepareVolumeTest extends ClusterCase {
  private static final String CDI = "cdi.kubevirt.io/v1beta1";
  private static final int SIZE = 3 * 1024 * 1024 + 512;

  private final TargetDisk disk = Fixture.disk("web-1-disk0", SIZE);
  private final TargetVm vm = Fixture.vm("web-1", disk);

  @Test
  void theVolumeIsMarkedAndBoundAtOnce() {
    target.prepareDisk(vm, disk);
    assertEquals("drover", volume("metadata", "labels", Marks.MANAGED_BY));
    assertEquals(Fixture.RUN, volume("metadata", "labels", Marks.RUN));
    assertEquals(
        "true",
        volume("metadata", "annotations", "cdi.kubevirt.io/storage.bind.immediate.requested"));
  }

  @Test
  void preparingAgainKeepsWhatWasUploaded() throws IOException {
    Fixture.upload(target, vm, disk, Fixture.noise(SIZE, 3));
    String uid = volume("metadata", "uid");
    target.prepareDisk(vm, disk);
    assertEquals(uid, volume("metadata", "uid"));
    assertEquals("Succeeded", volume("status", "phase"));
  }

  @Test
  void preparingAgainFindsItsOwnVolume() {
    target.prepareDisk(vm, disk);
    String uid = volume("metadata", "uid");
    target.prepareDisk(vm, disk);
    assertEquals(uid, volume("metadata", "uid"));
  }

  @Test
  void aNewCopyReplacesAFilledVolume() throws IOException {
    Fixture.upload(target, vm, disk, Fixture.noise(SIZE, 4));
    String uid = volume("metadata", "uid");
    byte[] second = Fixture.noise(SIZE, 5);
    Fixture.upload(target, vm, disk, second);
    assertNotEquals(uid, volume("metadata", "uid"));
    assertArrayEquals(second, Files.readAllBytes(cluster.uploaded("web", "web-1-disk0")));
  }

  @Test
  void aCopyAfterAKillReplacesTheHalfFilledVolume() throws IOException {
    // What a killed process leaves behind: a volume whose upload had begun.
    target.prepareDisk(vm, disk);
    cluster.merge(
        CDI,
        "web",
        "datavolumes",
        "web-1-disk0",
        Map.of("metadata", Map.of("annotations", Map.of(PrepareVolume.UPLOAD_BEGUN, "true"))));
    String uid = volume("metadata", "uid");
    byte[] bytes = Fixture.noise(SIZE, 6);
    Fixture.upload(target, vm, disk, bytes);
    assertNotEquals(uid, volume("metadata", "uid"));
    assertArrayEquals(bytes, Files.readAllBytes(cluster.uploaded("web", "web-1-disk0")));
  }

  @Test
  void aVolumeOfSomebodyElseIsNotTouched() {
    cluster.put(
        "datavolumes",
        Map.of(
            "apiVersion",
            CDI,
            "kind",
            "DataVolume",
            "metadata",
            Map.of("name", "web-1-disk0", "namespace", "web"),
            "spec",
            Map.of()));
    TargetFailed failed = assertThrows(TargetFailed.class, () -> target.prepareDisk(vm, disk));
    assertEquals(Retry.POINTLESS, failed.retry());
    assertTrue(failed.subject().contains("DataVolume web/web-1-disk0"), failed.subject());
    assertTrue(failed.what().contains("not Drover's"), failed.what());
    assertEquals("", volume("status", "phase"));
  }

  @Test
  void aVolumeThatDroverMadeForAnotherVmIsNotTouched() {
    target.prepareDisk(Fixture.vm("other", disk), disk);
    TargetFailed failed = assertThrows(TargetFailed.class, () -> target.prepareDisk(vm, disk));
    assertTrue(failed.what().contains("appliances/other.ova"), failed.what());
  }

  @Test
  void aClaimOfSomebodyElseIsNotTouched() {
    cluster.put(
        "persistentvolumeclaims",
        Map.of(
            "apiVersion",
            "v1",
            "kind",
            "PersistentVolumeClaim",
            "metadata",
            Map.of("name", "web-1-disk0", "namespace", "web")));
    TargetFailed failed = assertThrows(TargetFailed.class, () -> target.prepareDisk(vm, disk));
    assertTrue(failed.subject().contains("PersistentVolumeClaim"), failed.subject());
    assertEquals(1, cluster.names("v1", "web", "persistentvolumeclaims").size());
  }

  @Test
  void aClaimThatWasSetFreeIsNotDestroyedByAnotherLook() throws IOException {
    Fixture.upload(target, vm, disk, Fixture.noise(SIZE, 14));
    cluster.merge(
        "v1",
        "web",
        "persistentvolumeclaims",
        "web-1-disk0",
        Map.of("metadata", Map.of("ownerReferences", java.util.List.of())));
    cluster.remove(CDI, "web", "datavolumes", "web-1-disk0");
    TargetFailed failed = assertThrows(TargetFailed.class, () -> target.prepareDisk(vm, disk));
    assertTrue(failed.remedy().contains("drover rollback"), failed.remedy());
    assertEquals(1, cluster.names("v1", "web", "persistentvolumeclaims").size());
  }

  @Test
  void aVolumeThatSomebodyDeletedAndTheOneThatFollowsItAreNotTheSame() throws IOException {
    Fixture.upload(target, vm, disk, Fixture.noise(SIZE, 16));
    String filled = identity();
    assertEquals(filled, identity());
    cluster.remove(CDI, "web", "datavolumes", "web-1-disk0");
    cluster.remove("v1", "web", "persistentvolumeclaims", "web-1-disk0");
    assertNotEquals(filled, identity());
  }

  private String identity() {
    return ((DiskDestination.Stream) target.prepareDisk(vm, disk)).identity();
  }

  private String volume(String... path) {
    return cluster
        .object(CDI, "web", "datavolumes", "web-1-disk0")
        .map(v -> new Resource(v).text(path))
        .orElse("no such volume");
  }
}
