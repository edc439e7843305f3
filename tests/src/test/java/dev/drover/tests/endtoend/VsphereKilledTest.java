package dev.drover.tests.endtoend;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.drover.importers.vsphere.simulator.FaultProxy;
import dev.drover.importers.vsphere.simulator.HardwareAnswers;
import dev.drover.importers.vsphere.simulator.NfcPeer;
import dev.drover.importers.vsphere.simulator.NfcPeer.Lease;
import dev.drover.importers.vsphere.simulator.Vcsim;
import dev.drover.tests.fixture.Noise;
import dev.drover.tests.fixture.Programs;
import java.io.IOException;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Runs that end in the middle of a disk of a vCenter, and what their resumes read. */
class VsphereKilledTest {
  private static final String VM = "DC0_C0_RP0_VM0";
  private static final int SIZE = (48 << 20) + 512;

  @TempDir Path folder;

  static List<Vcsim.Version> versions() {
    return Vcsim.versions();
  }

  /** What a real server sends of an export. */
  private byte[] streamOptimized(Path raw) throws IOException {
    Path image = folder.resolve("image.vmdk");
    Programs.run(
        folder,
        "qemu-img",
        "convert",
        "-O",
        "vmdk",
        "-o",
        "subformat=streamOptimized",
        raw.toString(),
        image.toString());
    return Files.readAllBytes(image);
  }

  @Test
  void takesANewLeaseAfterAKillAndLeavesTheSourceAsItWas() throws Exception {
    Path disk = Noise.disk(folder.resolve("disk.raw"), SIZE, 4);
    byte[] image = streamOptimized(disk);
    try (VsphereWorld world = new VsphereWorld(folder, Vcsim.best(), "-autostart=false")) {
      world.hardware(text -> HardwareAnswers.onChains(HardwareAnswers.sized(SIZE).apply(text)));
      NfcPeer nfc = new NfcPeer(world.proxy(), image, Duration.ofSeconds(8));
      world.plan(VM);

      nfc.stallOnce(image.length * 2 / 3);
      world.runAndKill(nfc::awaitStall);
      nfc.release();
      world.run(0, "resume");

      world.assertIdentical(disk, "out", "dc0-c0-rp0-vm0");
      assertEquals(List.of(Lease.TIMED_OUT, Lease.COMPLETED), nfc.leases());
      world.assertNothingIsLeft();
      world.assertNoPassword();
      world.ask("inventory", "--name", VM, "-o", "vm.json");
      assertEquals("OFF", world.power());
    }
  }

  @Test
  void abortsItsLeaseWhenItIsToldToStop() throws Exception {
    Path disk = Noise.disk(folder.resolve("disk.raw"), SIZE, 7);
    byte[] image = streamOptimized(disk);
    try (VsphereWorld world = new VsphereWorld(folder, Vcsim.best(), "-autostart=false")) {
      world.hardware(text -> HardwareAnswers.onChains(HardwareAnswers.sized(SIZE).apply(text)));
      NfcPeer nfc = new NfcPeer(world.proxy(), image);
      world.plan(VM);

      nfc.stallOnce(image.length / 2);
      world.runAndStop(nfc::awaitStall);
      assertEquals(List.of(Lease.ABORTED), nfc.leases());
      nfc.release();
      world.run(0, "resume");

      world.assertIdentical(disk, "out", "dc0-c0-rp0-vm0");
      assertEquals(List.of(Lease.ABORTED, Lease.COMPLETED), nfc.leases());
      world.assertNothingIsLeft();
    }
  }

  /** With 0.52 both, the snapshot and its export, are the simulator's own. */
  @ParameterizedTest
  @MethodSource("versions")
  void exportsTheSnapshotOfAVmThatRunsAndAResumeGoesOnWithIt(Vcsim.Version version)
      throws Exception {
    Path disk = Noise.disk(folder.resolve("disk.raw"), SIZE, 5);
    byte[] image = streamOptimized(disk);
    try (VsphereWorld world = new VsphereWorld(folder, version)) {
      world.hardware(text -> HardwareAnswers.onChains(HardwareAnswers.sized(SIZE).apply(text)));
      CountDownLatch exporting = new CountDownLatch(1);
      CountDownLatch dead = new CountDownLatch(1);
      if (version == Vcsim.Version.DEBIAN) {
        new NfcPeer(world.proxy(), image, Duration.ofSeconds(8));
      }
      world.vcenter().put("DC0", VM + "/disk1.vmdk", HttpRequest.BodyPublishers.ofByteArray(image));
      world.plan(VM);
      world.rule("snapshot");

      // The process is killed when its snapshot stands and the export is asked for.
      world
          .proxy()
          .first(
              "ExportSnapshot",
              (exchange, pass) -> {
                exporting.countDown();
                await(dead);
                throw new IOException("nobody is there any more");
              });
      world.runAndKill(() -> await(exporting));
      dead.countDown();
      String left = world.ask("clean", "--dry-run");
      assertTrue(left.contains("snapshot drover-"), left);
      world.run(0, "resume");

      world.assertIdentical(disk, "out", "dc0-c0-rp0-vm0");
      assertEquals(1, world.proxy().count("CreateSnapshot_Task"), "the resume takes the same");
      assertEquals(1, world.proxy().count("RemoveSnapshot_Task"));
      assertEquals(1, world.proxy().count("HttpNfcLeaseComplete"));
      world.assertNothingIsLeft();
      world.ask("inventory", "--name", VM, "-o", "vm.json");
      assertEquals("ON", world.power());
    }
  }

  private static void await(CountDownLatch latch) {
    try {
      assertTrue(latch.await(60, TimeUnit.SECONDS), "it does not come so far");
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  /** Two gibibytes, since what is under way when a process dies does not grow with the disk. */
  @Test
  void readsAtMostATwentiethOfAFlatDiskAgain() throws Exception {
    long size = 2L << 30;
    Path disk = dense(folder.resolve("disk.raw"), size);
    try (VsphereWorld world = new VsphereWorld(folder, Vcsim.best(), "-autostart=false")) {
      world.flat(size);
      world.put(VM, disk);
      AtomicLong given = new AtomicLong();
      CountDownLatch half = new CountDownLatch(1);
      world
          .proxy()
          .when(
              FaultProxy.Call::isFileRead,
              FaultProxy.ALWAYS,
              (exchange, pass) -> {
                HttpResponse<byte[]> answer = pass.on();
                if (given.addAndGet(answer.body().length) > size / 2) {
                  half.countDown();
                }
                FaultProxy.hand(exchange, answer);
              });
      world.plan(VM);
      world.runAndKill(() -> await(half));
      long before = given.get();
      assertTrue(before < size, "killed in the middle: " + before);
      world.run(0, "resume");
      world.assertIdentical(disk, "out", "dc0-c0-rp0-vm0");
      long again = given.get() - size;
      assertTrue(again <= size / 20, again + " bytes were read again, of " + size);
      world.assertNothingIsLeft();
    }
  }

  /** Nothing in it is zeros. */
  private static Path dense(Path file, long size) throws IOException {
    byte[] block = new byte[1 << 20];
    new Random(6).nextBytes(block);
    try (FileChannel out =
        FileChannel.open(file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
      ByteBuffer bytes = ByteBuffer.wrap(block);
      for (long at = 0; at < size; at += block.length) {
        bytes.putLong(0, at).rewind();
        while (bytes.hasRemaining()) {
          out.write(bytes);
        }
      }
    }
    return file;
  }
}
