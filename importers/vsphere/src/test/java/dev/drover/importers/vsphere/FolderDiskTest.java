package dev.drover.importers.vsphere;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.drover.importers.api.VmSnapshot;
import dev.drover.mappings.disk.BlockReader;
import dev.drover.mappings.disk.DiskSource;
import dev.drover.mappings.disk.Extent;
import dev.drover.mappings.failure.Failure;
import dev.drover.mappings.failure.SourceFailed;
import dev.drover.mappings.model.SourceDisk;
import dev.drover.mappings.model.SourceVm;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Random;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Flat disks over the datastore's files. The disk's content was put there the same way. */
@SuppressWarnings("NullAway.Init") // JUnit calls the methods before.
final class FolderDiskTest {
  /** Not a multiple of anything that reads. */
  private static final int SIZE = (3 << 20) + 512;

  private static Vcsim peer;
  private static byte[] content;
  private FaultProxy proxy;

  @BeforeAll
  static void startPeer() throws Exception {
    peer = Vcsim.start(Vcsim.best(), "-autostart=false", "-dc", "2");
    content = new byte[SIZE];
    new Random(7).nextBytes(content);
    for (SourceVm vm : Specs.vms(Specs.list(Specs.of(peer.sdk())))) {
      put(vm, content);
    }
  }

  @AfterAll
  static void stopPeer() {
    if (peer != null) {
      peer.close();
    }
  }

  private static void put(SourceVm vm, byte[] bytes) throws Exception {
    String path = String.valueOf(vm.disks().get(0).backing().path());
    String file = path.substring(path.indexOf("] ") + 2).replace(".vmdk", "-flat.vmdk");
    // Both datacenters have a datastore of this name.
    URI at =
        peer.sdk()
            .resolve(
                "/folder/"
                    + URLEncoder.encode(file, StandardCharsets.UTF_8)
                        .replace("+", "%20")
                        .replace("%2F", "/")
                    + "?dcPath="
                    + vm.placement().datacenter()
                    + "&dsName=LocalDS_0");
    HttpResponse<Void> answer =
        HttpClient.newHttpClient()
            .send(
                HttpRequest.newBuilder(at)
                    .PUT(HttpRequest.BodyPublishers.ofByteArray(bytes))
                    .build(),
                HttpResponse.BodyHandlers.discarding());
    assertEquals(200, answer.statusCode(), at.toString());
  }

  @BeforeEach
  void start() throws IOException {
    proxy = new FaultProxy(peer.sdk());
    // The simulator's disks all have 10 GiB on paper.
    proxy.when(
        call -> call.body().contains("config.hardware"), 1000, FaultProxy.changing(sized(SIZE)));
  }

  private static UnaryOperator<String> sized(long bytes) {
    return text ->
        text.replaceAll("<capacityInBytes>[0-9]+<", "<capacityInBytes>" + bytes + "<")
            .replaceAll("<capacityInKB>[0-9]+<", "<capacityInKB>" + (bytes >> 10) + "<");
  }

  @AfterEach
  void stop() {
    proxy.close();
  }

  @FunctionalInterface
  private interface Reading {
    void with(BlockReader reader) throws IOException;
  }

  private void reading(Reading reading) throws IOException {
    try (VsphereSource source = Specs.open(Specs.of(proxy.sdk()))) {
      SourceVm vm = Specs.vms(source.list().toList()).get(0);
      SourceDisk disk = vm.disks().get(0);
      try (VmSnapshot snapshot = source.open(vm.ref())) {
        DiskSource.Blocks blocks = (DiskSource.Blocks) snapshot.disk(disk.id());
        try (BlockReader reader = blocks.opener().open()) {
          reading.with(reader);
        }
      }
    }
  }

  private static byte[] all(BlockReader reader, int step) throws IOException {
    byte[] bytes = new byte[(int) reader.size()];
    for (int at = 0; at < bytes.length; at += step) {
      reader.read(at, ByteBuffer.wrap(bytes, at, Math.min(step, bytes.length - at)));
    }
    return bytes;
  }

  private long gets() {
    return proxy.calls().stream().filter(FolderDiskTest::isRead).count();
  }

  private static boolean isRead(FaultProxy.Call call) {
    return call.method().equals("GET") && call.path().startsWith("/folder/");
  }

  @Test
  void namesTheTimeOfTheFileSoThatADiskWrittenSinceIsCopiedAgain() throws Exception {
    try (VsphereSource source = Specs.open(Specs.of(proxy.sdk()))) {
      SourceVm vm = Specs.vms(source.list().toList()).get(1);
      String before = label(source, vm);
      assertTrue(before.matches(".*, written .* GMT\\)"), before);
      Thread.sleep(1100); // the time is in seconds
      put(vm, content);
      assertNotEquals(before, label(source, vm));
      assertEquals(label(source, vm), label(source, vm));
    }
  }

  private static String label(VsphereSource source, SourceVm vm) {
    try (VmSnapshot snapshot = source.open(vm.ref())) {
      return snapshot.disk(vm.disks().get(0).id()).label();
    }
  }

  @Test
  void refusesAVmThatWasStartedAfterItWasOpened() throws Exception {
    try (VsphereSource source = Specs.open(Specs.of(proxy.sdk()))) {
      SourceVm vm = Specs.vms(source.list().toList()).get(0);
      try (VmSnapshot snapshot = source.open(vm.ref())) {
        DiskSource.Blocks disk = (DiskSource.Blocks) snapshot.disk(vm.disks().get(0).id());
        proxy.when(
            call -> !call.body().contains("config.hardware") && call.body().contains("powerState"),
            1,
            FaultProxy.changing(text -> text.replace(">poweredOff<", ">poweredOn<")));
        Failure failure = assertThrows(SourceFailed.class, () -> disk.opener().open());
        assertTrue(failure.what().contains("is poweredOn"), failure.toString());
      }
    }
  }

  @Test
  void readsADiskInOneRequestAndEqually() throws IOException {
    reading(
        reader -> {
          assertEquals(SIZE, reader.size());
          assertEquals(
              List.of(new Extent(0, SIZE, Extent.Kind.DATA)), reader.extents(0, reader.size()));
          assertArrayEquals(content, all(reader, 1 << 18));
        });
    assertEquals(1, gets());
  }

  @Test
  void readsFromAnyPlace() throws IOException {
    reading(
        reader -> {
          byte[] end = new byte[512];
          reader.read(SIZE - 512, ByteBuffer.wrap(end));
          assertArrayEquals(java.util.Arrays.copyOfRange(content, SIZE - 512, SIZE), end);
          byte[] middle = new byte[1000];
          reader.read(12345, ByteBuffer.wrap(middle));
          assertArrayEquals(java.util.Arrays.copyOfRange(content, 12345, 13345), middle);
        });
  }

  @Test
  void goesOnAtTheByteWhereAConnectionBroke() throws IOException {
    proxy.when(FolderDiskTest::isRead, 2, FaultProxy.cutting(1 << 20));
    reading(reader -> assertArrayEquals(content, all(reader, 1 << 18)));
    List<String> ranges =
        proxy.calls().stream().filter(FolderDiskTest::isRead).map(FaultProxy.Call::range).toList();
    assertEquals(3, ranges.size());
    long second = Long.parseLong(ranges.get(1).replaceAll("bytes=([0-9]+)-.*", "$1"));
    assertTrue(second > (1 << 20) - (1 << 17) && second <= 1 << 20, ranges.toString());
  }

  @Test
  void waitsForAHostThatIsBusy() throws IOException {
    proxy.when(FolderDiskTest::isRead, 2, FaultProxy.answering(503, ""));
    reading(reader -> assertArrayEquals(content, all(reader, 1 << 20)));
  }

  @Test
  void logsInAgainWhenTheSessionEndedInTheMiddle() throws IOException {
    proxy.when(FolderDiskTest::isRead, 1, FaultProxy.cutting(1 << 20));
    proxy.when(FolderDiskTest::isRead, 1, FaultProxy.answering(401, ""));
    reading(reader -> assertArrayEquals(content, all(reader, 1 << 18)));
    assertEquals(2, proxy.count("Login"));
  }

  @Test
  void tellsAFileThatMayNotBeRead() {
    proxy.when(FolderDiskTest::isRead, 9, FaultProxy.answering(403, ""));
    Failure failure = failing();
    assertTrue(failure.remedy().contains("Datastore.FileManagement"), failure.toString());
  }

  private Failure failing() {
    return assertThrows(SourceFailed.class, () -> reading(reader -> all(reader, 1 << 18)));
  }

  @Test
  void tellsAFileThatIsNotThere() {
    proxy.when(FolderDiskTest::isRead, 9, FaultProxy.answering(404, ""));
    assertTrue(failing().what().contains("not there"));
  }

  @Test
  void refusesAFileOfAnotherSizeThanTheDisk() throws IOException {
    proxy.close();
    proxy = new FaultProxy(peer.sdk());
    proxy.when("RetrievePropertiesEx", 1000, FaultProxy.changing(sized(SIZE + 512)));
    Failure failure = failing();
    assertTrue(failure.what().contains(SIZE + " bytes, but the disk"), failure.toString());
  }

  @Test
  void takesAServerThatIgnoresRangesOnlyFromTheStart() throws IOException {
    proxy.when(
        FolderDiskTest::isRead,
        1,
        (exchange, pass) -> {
          exchange.sendResponseHeaders(200, SIZE);
          exchange.getResponseBody().write(content);
        });
    reading(reader -> assertArrayEquals(content, all(reader, 1 << 18)));
    proxy.when(
        FolderDiskTest::isRead,
        1,
        (exchange, pass) -> {
          exchange.sendResponseHeaders(200, SIZE);
          exchange.getResponseBody().write(content);
        });
    Failure failure =
        assertThrows(
            SourceFailed.class,
            () -> reading(reader -> reader.read(4096, ByteBuffer.allocate(512))));
    assertTrue(failure.what().contains("ranges"), failure.toString());
  }

  @Test
  void refusesAVmThatRuns() throws IOException {
    proxy.when("RetrievePropertiesEx", 1000, FaultProxy.changing(text -> text));
    proxy.close();
    proxy = new FaultProxy(peer.sdk());
    proxy.when(
        "RetrievePropertiesEx",
        1000,
        FaultProxy.changing(text -> text.replace(">poweredOff<", ">poweredOn<")));
    Failure failure = failing();
    assertTrue(failure.what().contains("is poweredOn"), failure.toString());
    assertEquals(0, gets());
  }

  @Test
  void refusesADiskThatLiesOnSnapshots() throws IOException {
    proxy.close();
    proxy = new FaultProxy(peer.sdk());
    proxy.when(
        "RetrievePropertiesEx",
        1000,
        FaultProxy.changing(
            text ->
                text.replace(
                    "<diskMode>persistent</diskMode>",
                    "<diskMode>persistent</diskMode><parent><fileName>[x] y.vmdk</fileName>"
                        + "<diskMode>persistent</diskMode></parent>")));
    Failure failure = failing();
    assertTrue(failure.what().contains("snapshots"), failure.toString());
    assertTrue(failure.remedy().contains("remove"), failure.toString());
  }
}
