package dev.drover.kube.cluster;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.drover.converters.BlockWriter;
import dev.drover.converters.DiskDestination;
import dev.drover.kube.MigrationTarget;
import dev.drover.mappings.failure.Retry;
import dev.drover.mappings.failure.TargetFailed;
import dev.drover.mappings.target.TargetDisk;
import dev.drover.mappings.target.TargetVm;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Map;
import org.junit.jupiter.api.Test;

class UploadTest extends ClusterCase {
  private static final String CDI = "cdi.kubevirt.io/v1beta1";
  private static final int SIZE = 3 * 1024 * 1024 + 512;

  private final TargetDisk disk = Fixture.disk("web-1-disk0", SIZE);
  private final TargetVm vm = Fixture.vm("web-1", disk);

  @Test
  void whatIsWrittenIsOnTheVolumeByteForByte() throws IOException {
    byte[] bytes = Fixture.noise(SIZE, 1);
    Fixture.upload(target, vm, disk, bytes);
    assertArrayEquals(bytes, Files.readAllBytes(cluster.uploaded("web", "web-1-disk0")));
    assertEquals("Succeeded", volume("status", "phase"));
  }

  @Test
  void rangesThatAreNotWrittenAreZerosAndCostNothingOnTheLine() throws IOException {
    long size = 2L << 30;
    TargetDisk big = Fixture.disk("big", size);
    byte[] bytes = Fixture.noise(1000, 2);
    try (BlockWriter writer = Fixture.opener(target, vm, big).open(size)) {
      writer.write(5 << 20, ByteBuffer.wrap(bytes));
      writer.zero(size / 2, 10 << 20);
      writer.write(size / 2 + (10 << 20), ByteBuffer.wrap(bytes));
      writer.commit();
    }
    Path file = cluster.uploaded("web", "big");
    assertEquals(size, Files.size(file));
    try (var channel = Files.newByteChannel(file)) {
      ByteBuffer read = ByteBuffer.allocate(2000);
      channel.position(size / 2 + (10 << 20) - 500).read(read);
      byte[] wanted = new byte[2000];
      System.arraycopy(bytes, 0, wanted, 500, 1000);
      assertArrayEquals(wanted, read.array());
    }
    assertTrue(cluster.received() < 400_000, cluster.received() + " bytes for 2 GiB of zeros");
  }

  @Test
  void aConnectionThatIsResetInMidUploadIsWorthARetryAndLeavesNothing() throws IOException {
    cluster.fault().resetUpload(1_000_000, 1);
    byte[] bytes = Fixture.noise(SIZE, 7);
    TargetFailed failed =
        assertThrows(TargetFailed.class, () -> Fixture.upload(target, vm, disk, bytes));
    assertEquals(Retry.WORTHWHILE, failed.retry());
    assertTrue(failed.what().contains("of " + SIZE), failed.what());
    assertEquals(0, cluster.names(CDI, "web", "datavolumes").size());
    Fixture.upload(target, vm, disk, bytes);
    assertArrayEquals(bytes, Files.readAllBytes(cluster.uploaded("web", "web-1-disk0")));
    assertEquals(2, cluster.tokens());
  }

  @Test
  void anUploadThatIsGivenUpIsNeverTakenForAWholeDisk() throws IOException {
    try (BlockWriter writer = Fixture.opener(target, vm, disk).open(SIZE)) {
      writer.write(0, ByteBuffer.wrap(Fixture.noise(2_000_000, 8)));
    }
    assertEquals(0, cluster.names(CDI, "web", "datavolumes").size());
    Fixture.upload(target, vm, disk, Fixture.noise(SIZE, 9));
    assertEquals("Succeeded", volume("status", "phase"));
  }

  @Test
  void aCdiWithoutTheAsynchronousPathIsSentToTheOther() throws IOException {
    cluster.fault().withoutAsyncUpload();
    byte[] bytes = Fixture.noise(SIZE, 15);
    Fixture.upload(target, vm, disk, bytes);
    assertArrayEquals(bytes, Files.readAllBytes(cluster.uploaded("web", "web-1-disk0")));
  }

  @Test
  void aBadTokenIsWorthARetryWithANewOne() throws IOException {
    cluster.fault().upload("HEAD", 401, 1);
    TargetFailed failed =
        assertThrows(
            TargetFailed.class, () -> Fixture.upload(target, vm, disk, Fixture.noise(SIZE, 10)));
    assertEquals(Retry.WORTHWHILE, failed.retry());
    assertTrue(failed.what().contains("401"), failed.what());
    Fixture.upload(target, vm, disk, Fixture.noise(SIZE, 10));
    assertEquals(2, cluster.tokens());
  }

  @Test
  void aProxyThatIsNotReadyYetIsWaitedFor() throws IOException {
    cluster.fault().upload("HEAD", 503, 3);
    byte[] bytes = Fixture.noise(SIZE, 11);
    Fixture.upload(target, vm, disk, bytes);
    assertArrayEquals(bytes, Files.readAllBytes(cluster.uploaded("web", "web-1-disk0")));
  }

  @Test
  void answersToTheBodyAreFailuresWithTheirOwnRemedy() {
    for (Map.Entry<Integer, Retry> one :
        Map.of(
                400, Retry.POINTLESS,
                401, Retry.WORTHWHILE,
                409, Retry.WORTHWHILE,
                413, Retry.POINTLESS,
                500, Retry.WORTHWHILE,
                503, Retry.WORTHWHILE)
            .entrySet()) {
      cluster.fault().upload("POST", one.getKey(), 1);
      byte[] small = Fixture.noise(1000, 12);
      TargetFailed failed =
          assertThrows(TargetFailed.class, () -> Fixture.upload(target, vm, disk, small));
      assertEquals(one.getValue(), failed.retry(), failed.getMessage());
      assertTrue(failed.what().contains("answered " + one.getKey()), failed.what());
    }
  }

  @Test
  void aDiskThatIsLargerThanItsVolumeIsRefusedBeforeAByteIsSent() {
    TargetFailed failed =
        assertThrows(TargetFailed.class, () -> Fixture.opener(target, vm, disk).open(SIZE + 1L));
    assertTrue(failed.what().contains(String.valueOf(SIZE + 1)), failed.what());
    assertEquals(0, cluster.tokens());
  }

  @Test
  void aVolumeThatFailsIsMadeAgainByTheNextTry() throws IOException {
    cluster.fault().failVolume("web-1-disk0").failVolume("web-1-disk0");
    DiskDestination.Opener opener = Fixture.opener(target, vm, disk);
    while (!volume("status", "phase").equals("Failed")) {
      Thread.onSpinWait();
    }
    TargetFailed failed = assertThrows(TargetFailed.class, () -> opener.open(SIZE));
    assertEquals(Retry.WORTHWHILE, failed.retry());
    assertTrue(failed.what().contains("the upload pod did not start"), failed.what());
    Fixture.upload(target, vm, disk, Fixture.noise(SIZE, 13));
    assertEquals("Succeeded", volume("status", "phase"));
  }

  @Test
  void aVolumeThatCannotBeMadeSaysWhyAtOnce() {
    cluster.fault().holdVolume("web-1-disk0", "ErrClaimNotValid", "no accessMode specified");
    TargetFailed failed =
        assertThrows(TargetFailed.class, () -> Fixture.opener(target, vm, disk).open(SIZE));
    assertEquals(Retry.POINTLESS, failed.retry());
    assertTrue(failed.what().contains("no accessMode specified"), failed.what());
    assertTrue(failed.remedy().contains("storage map"), failed.remedy());
  }

  @Test
  void aVolumeThatStaysPendingTellsItsEventsWhenTimeIsUp() {
    cluster.put(
        "events",
        Map.of(
            "apiVersion",
            "v1",
            "kind",
            "Event",
            "type",
            "Warning",
            "reason",
            "ProvisioningFailed",
            "message",
            "the array is full",
            "involvedObject",
            Map.of("name", "web-1-disk0"),
            "metadata",
            Map.of("name", "e1", "namespace", "web")));
    cluster.fault().holdVolume("web-1-disk0", "Pending", "waiting");
    Patience short1 =
        new Patience(
            Duration.ofMillis(2),
            Duration.ofMillis(10),
            Duration.ofMillis(100),
            Duration.ofSeconds(5),
            Duration.ofSeconds(5),
            Duration.ofSeconds(5));
    try (MigrationTarget hasty = Fixture.open(folder.resolve("kubeconfig"), short1)) {
      TargetFailed failed =
          assertThrows(TargetFailed.class, () -> Fixture.opener(hasty, vm, disk).open(SIZE));
      assertEquals(Retry.WORTHWHILE, failed.retry());
      assertTrue(failed.what().contains("phase Pending"), failed.what());
      assertTrue(failed.what().contains("the array is full"), failed.what());
    }
  }

  @Test
  void withoutAnAddressOfTheProxyTheRemedyNamesTheSetting() {
    cluster.merge(CDI, "", "cdiconfigs", "config", Map.of("status", Map.of("uploadProxyURL", "")));
    TargetFailed failed =
        assertThrows(TargetFailed.class, () -> Fixture.opener(target, vm, disk).open(SIZE));
    assertTrue(failed.remedy().contains("uploadProxyURLOverride"), failed.remedy());
  }

  @Test
  void theOverrideOfTheAddressComesFirst() {
    cluster.merge(
        CDI,
        "",
        "cdiconfigs",
        "config",
        Map.of("spec", Map.of("uploadProxyURLOverride", "uploads.example.com/")));
    Api api = Fixture.connect(folder.resolve("kubeconfig"));
    assertEquals(
        "https://uploads.example.com",
        new LocateProxy(api, new TrustProxy(api)).address().toString());
    api.close();
  }

  @Test
  void aProxyWhoseCertificateIsNotTrustedGetsNoToken() {
    cluster.remove("v1", "cdi", "configmaps", "cdi-uploadproxy-signer-bundle");
    TargetFailed failed =
        assertThrows(TargetFailed.class, () -> Fixture.opener(target, vm, disk).open(SIZE));
    assertEquals(Retry.POINTLESS, failed.retry());
    assertTrue(failed.what().contains("not trusted"), failed.what());
    assertTrue(failed.remedy().contains("cdi-uploadproxy-signer-bundle"), failed.remedy());
  }

  @Test
  void writesThatGoBackOrBeyondTheEndAreRefused() throws IOException {
    try (BlockWriter writer = Fixture.opener(target, vm, disk).open(SIZE)) {
      writer.write(100, ByteBuffer.wrap(new byte[100]));
      assertThrows(IOException.class, () -> writer.write(150, ByteBuffer.wrap(new byte[1])));
      assertThrows(IOException.class, () -> writer.write(SIZE - 1, ByteBuffer.wrap(new byte[2])));
      assertThrows(IOException.class, () -> writer.zero(SIZE, 1));
    }
  }

  @Test
  void theTokenIsInNoMessageAndNoObject() throws IOException {
    cluster.fault().upload("POST", 500, 1);
    TargetFailed failed =
        assertThrows(TargetFailed.class, () -> Fixture.upload(target, vm, disk, new byte[1000]));
    assertFalse(failed.toString().contains("Bearer"), failed.toString());
    Fixture.upload(target, vm, disk, Arrays.copyOf(new byte[0], SIZE));
    assertFalse(cluster.objects().toString().contains("token"), "a token was stored");
  }

  private String volume(String... path) {
    return cluster
        .object(CDI, "web", "datavolumes", "web-1-disk0")
        .map(v -> new Resource(v).text(path))
        .orElse("no such volume");
  }
}
