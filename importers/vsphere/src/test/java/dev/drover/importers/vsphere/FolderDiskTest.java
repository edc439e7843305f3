package dev.drover.importers.vsphere;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.drover.importers.api.VmSnapshot;
import dev.drover.importers.vsphere.simulator.FaultProxy;
import dev.drover.importers.vsphere.simulator.HardwareAnswers;
import dev.drover.importers.vsphere.simulator.Vcsim;
import dev.drover.mappings.disk.BlockReader;
import dev.drover.mappings.disk.DiskSource;
import dev.drover.mappings.disk.Extent;
import dev.drover.mappings.failure.Failure;
import dev.drover.mappings.failure.SourceFailed;
import dev.drover.mappings.model.SourceVm;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.MethodSource;

/** Flat disks over the datastore's files. The disk's content was put there the same way. */
@ParameterizedClass
@MethodSource("dev.drover.importers.vsphere.simulator.Vcsim#versions")
@SuppressWarnings("NullAway.Init") // JUnit calls the method before.
final class FolderDiskTest {
  private static final int SIZE = FlatDisks.SIZE;

  private final byte[] content = FlatDisks.CONTENT;
  private final Vcsim peer;
  private FaultProxy proxy;

  FolderDiskTest(Vcsim.Version version) {
    peer = FlatDisks.peer(version);
  }

  @BeforeEach
  void start() throws IOException {
    proxy = new FaultProxy(peer.sdk());
    proxy.when(
        FaultProxy.Call::isHardware,
        FaultProxy.ALWAYS,
        FaultProxy.changing(HardwareAnswers.sized(SIZE)));
  }

  @AfterEach
  void stop() {
    proxy.close();
  }

  private void reading(FlatDisks.Reading reading) throws IOException {
    FlatDisks.reading(Specs.of(proxy.sdk()), reading);
  }

  private static byte[] all(BlockReader reader, int step) throws IOException {
    return FlatDisks.all(reader, step);
  }

  private long gets() {
    return proxy.calls().stream().filter(FaultProxy.Call::isFileRead).count();
  }

  @Test
  void namesTheTimeOfTheFileSoThatADiskWrittenSinceIsCopiedAgain() throws Exception {
    try (VsphereSource source = Specs.open(Specs.of(proxy.sdk()))) {
      SourceVm vm = Specs.vms(source.list().toList()).get(1);
      String before = label(source, vm);
      assertTrue(before.matches(".*, written .* GMT\\)"), before);
      Thread.sleep(1100); // the time is in seconds
      FlatDisks.put(peer, vm, FlatDisks.file(vm), content);
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
  void readsADiskInPiecesAtOnceAsksForNoByteTwiceAndReadsEqually() throws IOException {
    reading(
        reader -> {
          assertEquals(SIZE, reader.size());
          assertEquals(
              List.of(new Extent(0, SIZE, Extent.Kind.DATA)), reader.extents(0, reader.size()));
          assertArrayEquals(content, all(reader, 1 << 18));
        });
    assertTrue(gets() > 10, "requests: " + gets());
    assertEquals(SIZE, asked());
  }

  private List<String> ranges() {
    return proxy.calls().stream()
        .filter(FaultProxy.Call::isFileRead)
        .map(FaultProxy.Call::range)
        .toList();
  }

  private static long first(String range) {
    return Long.parseLong(range.replaceAll("bytes=([0-9]+)-.*", "$1"));
  }

  private long asked() {
    return ranges().stream()
        .mapToLong(r -> Long.parseLong(r.replaceAll(".*-", "")) - first(r) + 1)
        .sum();
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
    proxy.when(FaultProxy.Call::isFileRead, 2, FaultProxy.cutting(100_000));
    reading(reader -> assertArrayEquals(content, all(reader, 1 << 18)));
    List<String> again = ranges().stream().filter(r -> first(r) % (1 << 18) != 0).toList();
    assertEquals(2, again.size(), ranges().toString());
    assertTrue(first(again.get(0)) > 30_000, again.toString());
    assertTrue(first(again.get(1)) > first(again.get(0)) + 30_000, again.toString());
  }

  @Test
  void survivesAResetAtAnyByte() throws IOException {
    Random random = new Random(3);
    for (int i = 0; i < 12; i++) {
      proxy.when(FaultProxy.Call::isFileRead, 1, FaultProxy.cutting(random.nextInt(1 << 18)));
    }
    reading(reader -> assertArrayEquals(content, all(reader, 1 << 17)));
  }

  @Test
  void waitsForAHostThatIsBusy() throws IOException {
    proxy.when(FaultProxy.Call::isFileRead, 2, FaultProxy.answering(503, ""));
    reading(reader -> assertArrayEquals(content, all(reader, 1 << 20)));
  }

  @Test
  void logsInAgainWhenTheSessionEndedInTheMiddle() throws IOException {
    proxy.when(
        call -> call.isFileRead() && first(call.range()) > 1 << 20,
        1,
        FaultProxy.answering(401, ""));
    reading(reader -> assertArrayEquals(content, all(reader, 1 << 18)));
    assertEquals(2, proxy.count("Login"));
  }

  @Test
  void tellsAFileThatMayNotBeRead() {
    proxy.when(FaultProxy.Call::isFileRead, 9, FaultProxy.answering(403, ""));
    Failure failure = failing();
    assertTrue(failure.remedy().contains("Datastore.FileManagement"), failure.toString());
  }

  private Failure failing() {
    return assertThrows(SourceFailed.class, () -> reading(reader -> all(reader, 1 << 18)));
  }

  @Test
  void tellsAFileThatIsNotThere() {
    proxy.when(FaultProxy.Call::isFileRead, 9, FaultProxy.answering(404, ""));
    assertTrue(failing().what().contains("not there"));
  }

  @Test
  void refusesAFileOfAnotherSizeThanTheDisk() throws IOException {
    proxy.close();
    proxy = new FaultProxy(peer.sdk());
    proxy.when(
        "RetrievePropertiesEx",
        FaultProxy.ALWAYS,
        FaultProxy.changing(HardwareAnswers.sized(SIZE + 512)));
    Failure failure = failing();
    assertTrue(failure.what().contains(SIZE + " bytes, but the disk"), failure.toString());
  }

  @Test
  void refusesAServerThatIgnoresRanges() {
    proxy.when(
        FaultProxy.Call::isFileRead,
        99,
        (exchange, pass) -> {
          exchange.sendResponseHeaders(200, SIZE);
          exchange.getResponseBody().write(content);
        });
    assertTrue(failing().what().contains("ignores ranges"));
  }

  @Test
  void endsAServerThatAlwaysSendsLessThanItPromised() throws IOException {
    proxy.when(FaultProxy.Call::isFileRead, 99, FaultProxy.cutting(10));
    IOException less = assertThrows(IOException.class, () -> reading(r -> all(r, 1 << 18)));
    assertTrue(less.toString().contains("at byte"), less.toString());
  }

  @Test
  void goesStraightToTheHostWithATicketWhereItAnswersAndElseThroughTheServer() throws IOException {
    try (FaultProxy host = new FaultProxy(peer.sdk())) {
      String name = host.sdk().getRawAuthority();
      proxy.callsHosts(name);
      reading(reader -> assertArrayEquals(content, all(reader, 1 << 18)));
      assertEquals(0, gets());
      assertTrue(proxy.count("AcquireGenericServiceTicket") > 10);
      assertTrue(
          proxy.calls().stream()
              .anyMatch(
                  c ->
                      c.method().equals("AcquireGenericServiceTicket")
                          && c.body().contains("httpGet")
                          && c.body().contains(name)));
      host.when(FaultProxy.Call::isFileRead, 1, FaultProxy.answering(503, ""));
      reading(reader -> assertArrayEquals(content, all(reader, 1 << 18)));
      assertTrue(gets() > 10, "requests: " + gets());
    }
  }

  @Test
  void readsAFileWhoseNameIsOdd() throws Exception {
    String odd = "b\u00fcro 100%2f +x' \"&#?;";
    SourceVm vm = Specs.vms(Specs.list(Specs.of(proxy.sdk()))).get(0);
    String path = String.valueOf(vm.disks().get(0).backing().path());
    String folder = path.substring(path.indexOf("] ") + 2, path.indexOf('/') + 1);
    byte[] other = content.clone();
    other[0]++;
    FlatDisks.put(peer, vm, folder + odd + "-flat.vmdk", other);
    proxy.close();
    proxy = new FaultProxy(peer.sdk());
    String xml = odd.replace("&", "&amp;").replace("\"", "&quot;");
    proxy.when(
        FaultProxy.Call::isHardware,
        FaultProxy.ALWAYS,
        FaultProxy.changing(
            text ->
                HardwareAnswers.sized(SIZE)
                    .apply(text)
                    .replaceAll(
                        "<fileName>(\\[LocalDS_0] [^</]*/)[^<]*\\.vmdk<",
                        "<fileName>$1" + xml + ".vmdk<")));
    reading(reader -> assertArrayEquals(other, all(reader, 1 << 20)));
  }

  @Test
  void knowsDisksOfNothingAndOf62TiB() throws IOException {
    long size = 62L << 40;
    proxy.close();
    proxy = new FaultProxy(peer.sdk());
    proxy.when(
        "RetrievePropertiesEx",
        FaultProxy.ALWAYS,
        FaultProxy.changing(HardwareAnswers.sized(size)));
    proxy.when(
        FaultProxy.Call::isFileRead,
        1,
        (exchange, pass) -> {
          exchange
              .getResponseHeaders()
              .set("Content-Range", "bytes " + (size - 512) + "-" + (size - 1) + "/" + size);
          exchange.sendResponseHeaders(206, 512);
          exchange.getResponseBody().write(content, 0, 512);
        });
    reading(
        reader -> {
          assertEquals(size, reader.size());
          ByteBuffer last = ByteBuffer.allocate(512);
          reader.read(size - 512, last);
          assertArrayEquals(java.util.Arrays.copyOf(content, 512), last.array());
        });
    proxy.close();
    proxy = new FaultProxy(peer.sdk());
    proxy.when(
        "RetrievePropertiesEx", FaultProxy.ALWAYS, FaultProxy.changing(HardwareAnswers.sized(0)));
    reading(reader -> assertEquals(0, reader.size()));
    assertEquals(0, gets());
  }

  @Test
  void letsSoManyCopiesOfADatastoreAtOnceAndNoMore() throws Exception {
    Turns turns = new Turns(9, 2);
    Turns.Turn first = turns.take("a", "h1", "ds");
    turns.take("b", "h2", "ds").close();
    Turns.Turn second = turns.take("c", "h3", "ds");
    turns.take("d", "h3", "other").close();
    java.util.concurrent.CompletableFuture<Turns.Turn> third =
        java.util.concurrent.CompletableFuture.supplyAsync(() -> turns.take("e", "h4", "ds"));
    Thread.sleep(50);
    assertFalse(third.isDone());
    first.close();
    first.close();
    third.get(10, java.util.concurrent.TimeUnit.SECONDS).close();
    second.close();
  }

  @Test
  void refusesAVmThatRuns() throws IOException {
    proxy.when("RetrievePropertiesEx", FaultProxy.ALWAYS, FaultProxy.changing(text -> text));
    proxy.close();
    proxy = new FaultProxy(peer.sdk());
    proxy.when(
        "RetrievePropertiesEx",
        FaultProxy.ALWAYS,
        FaultProxy.changing(text -> text.replace(">poweredOff<", ">poweredOn<")));
    Failure failure = failing();
    assertTrue(failure.what().contains("is poweredOn"), failure.toString());
    assertEquals(0, gets());
  }
}
