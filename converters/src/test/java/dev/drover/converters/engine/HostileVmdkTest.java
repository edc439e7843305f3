package dev.drover.converters.engine;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.drover.converters.DiskDestination.LocalFile;
import dev.drover.mappings.disk.DiskFormat;
import dev.drover.mappings.failure.ConversionFailed;
import dev.drover.mappings.failure.HostileInput;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** streamOptimized VMDKs that no honest writer makes. */
class HostileVmdkTest {
  /** Two grain tables, and a last grain of three sectors. */
  private static final int SIZE = (33 << 20) + 1536;

  private final Path folder;
  private final byte[] disk;
  private final LocalFile to;

  HostileVmdkTest(@TempDir Path folder) {
    this.folder = folder;
    this.to = Disks.to(folder.resolve("out.raw"), DiskFormat.RAW, false);
    this.disk = new byte[SIZE];
    Random random = new Random(3);
    for (int grain : new int[] {0, 1, 5, 63, 64, 511, 512, 520, 528}) {
      byte[] noise = new byte[700];
      random.nextBytes(noise);
      int at = grain * VmwareStream.GRAIN;
      System.arraycopy(noise, 0, disk, at, Math.min(noise.length, SIZE - at));
    }
  }

  @Test
  void readsTheFormOfVmwareAndVirtualBox() throws Exception {
    copy(VmwareStream.of(disk).bytes);
    assertArrayEquals(disk, Files.readAllBytes(to.path()));
    QemuImg.assertSame(folder.resolve("in.vmdk"), "vmdk", to.path(), "raw");
  }

  @ParameterizedTest(name = "{2} bytes at {0} are {1}")
  @CsvSource({
    "0, 0, 4",
    "4, 0, 4",
    "4, 4, 4",
    "4, -1, 4",
    "8, 0, 4",
    "8, 0x10001, 4",
    "8, 0x20001, 4",
    "12, 0, 8",
    "12, -1, 8",
    "12, 0x7fffffffffffffff, 8",
    "12, 1, 8",
    "12, 0x2000000001, 8",
    "20, 0, 8",
    "20, 1, 8",
    "20, 127, 8",
    "20, -1, 8",
    "20, 0x4000, 8",
    "20, 64, 8",
    "44, 0, 4",
    "44, 1, 4",
    "44, 511, 4",
    "44, 513, 4",
    "44, -1, 4",
    "56, 0, 8",
    "56, -2, 8",
    "56, 1, 8",
    "56, 127, 8",
    "56, 0x7fffffffffffffff, 8",
    "64, 0, 8",
    "64, -1, 8",
    "64, 1, 8",
    "64, 0x7fffffffffffffff, 8",
    "64, 129, 8",
    "73, 32, 1",
    "76, 0, 1",
    "77, 0, 2",
    "77, 2, 2"
  })
  void refusesEachHeaderFieldAtItsExtremes(int at, String value, int width) throws IOException {
    refused(patched(VmwareStream.of(disk).bytes, at, Long.decode(value), width));
  }

  @ParameterizedTest(name = "{2} bytes at {0} of the footer are {1}")
  @CsvSource({
    "0, 0, 4",
    "8, 0x30003, 4",
    "12, 1, 8",
    "20, 64, 8",
    "44, 1, 4",
    "56, -1, 8",
    "56, 1, 8",
    "77, 0, 2"
  })
  void refusesAFooterThatContradictsTheHeader(int at, String value, int width) throws IOException {
    VmwareStream stream = VmwareStream.of(disk);
    refused(patched(stream.bytes, stream.footerAt + at, Long.decode(value), width));
  }

  @ParameterizedTest(name = "{2} bytes at {0} of a grain marker are {1}")
  @CsvSource({
    "0, 1, 8", "0, -1, 8", "0, 67587, 8", "0, 0x7fffffffffffff80, 8", "0, 0, 8", "0, 256, 8",
    "8, 1, 4", "8, 0, 4", "8, -1, 4", "8, 131073, 4", "12, 0, 1", "20, -1, 8"
  })
  void refusesEachFieldOfAGrainMarkerAtItsExtremes(int at, String value, int width)
      throws IOException {
    VmwareStream stream = VmwareStream.of(disk);
    refused(patched(stream.bytes, stream.grainsAt.get(1) + at, Long.decode(value), width));
  }

  @ParameterizedTest(name = "{1} bytes at {0} of a table marker are {2}")
  @CsvSource({
    "0, 8, 0",
    "0, 8, 3",
    "0, 8, 5",
    "0, 8, -1",
    "12, 4, 0",
    "12, 4, 2",
    "12, 4, 4",
    "12, 4, -1"
  })
  void refusesEachFieldOfATableMarkerAtItsExtremes(int at, int width, long value)
      throws IOException {
    VmwareStream stream = VmwareStream.of(disk);
    refused(patched(stream.bytes, stream.tablesAt.get(0) - 512 + at, value, width));
  }

  @Test
  void refusesTablesThatNameOtherGrainsThanTheFileHas() throws IOException {
    VmwareStream stream = VmwareStream.of(disk);
    for (int table : stream.tablesAt) {
      for (int slot : new int[] {0, 1, 2, 511}) {
        int old =
            ByteBuffer.wrap(stream.bytes).order(ByteOrder.LITTLE_ENDIAN).getInt(table + slot * 4);
        refused(patched(stream.bytes, table + slot * 4, old == 0 ? 200 : 0, 4));
      }
    }
    refused(patched(stream.bytes, stream.directoryAt, 0, 4));
    refused(patched(stream.bytes, stream.directoryAt, 77, 4));
    refused(patched(stream.bytes, stream.directoryAt + 4, stream.tablesAt.get(0) / 512, 4));
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 512, 65535, 65537, 131072})
  void refusesAGrainThatInflatesToLessOrMore(int length) throws IOException {
    byte[] one = new byte[VmwareStream.GRAIN];
    new Random(1).nextBytes(one);
    VmwareStream stream = VmwareStream.of(one);
    byte[] packed = VmwareStream.deflate(new byte[length], length);
    byte[] marker = VmwareStream.grainMarker(0, packed);
    int at = stream.grainsAt.get(0);
    byte[] hostile = stream.bytes.clone();
    System.arraycopy(marker, 0, hostile, at, marker.length);
    // the old grain was longer: move what follows up behind the new one
    byte[] moved = Arrays.copyOf(hostile, hostile.length);
    int tail = stream.tablesAt.get(0) - 512;
    System.arraycopy(stream.bytes, tail, moved, at + marker.length, stream.bytes.length - tail);
    byte[] whole = Arrays.copyOf(moved, at + marker.length + stream.bytes.length - tail);
    HostileInput refusal = assertThrows(HostileInput.class, () -> copy(whole, VmwareStream.GRAIN));
    assertTrue(refusal.offset() >= at, refusal.toString());
  }

  @Test
  void refusesWhatFollowsTheEndAndGrainsThatComeTwiceOrBackwards() throws IOException {
    VmwareStream stream = VmwareStream.of(disk);
    refused(Arrays.copyOf(stream.bytes, stream.bytes.length + 512));
    byte[] twice = stream.bytes.clone();
    long first =
        ByteBuffer.wrap(twice).order(ByteOrder.LITTLE_ENDIAN).getLong(stream.grainsAt.get(0));
    refused(patched(twice, stream.grainsAt.get(1), first, 8));
    refused(patched(twice, stream.grainsAt.get(0), 5 * 128, 8));
  }

  @Test
  void refusesADiskOfAnotherSizeThanTheGuardFound() throws IOException {
    byte[] bytes = VmwareStream.of(disk).bytes;
    assertThrows(HostileInput.class, () -> copy(bytes, SIZE + 512));
    assertThrows(HostileInput.class, () -> copy(bytes, SIZE - 512));
  }

  @Test
  void refusesAFileThatIsCutAnywhere() throws Exception {
    byte[] vmware = VmwareStream.of(disk).bytes;
    for (int i = 0; i < 50; i++) {
      refused(Arrays.copyOf(vmware, (int) ((long) vmware.length * i / 50)));
    }
    refused(Arrays.copyOf(vmware, vmware.length - 1));
    refused(Arrays.copyOf(vmware, vmware.length - 512));
    byte[] qemu = byQemu();
    for (int i = 0; i < 50; i++) {
      byte[] cut = Arrays.copyOf(qemu, (int) ((long) qemu.length * i / 50));
      if (!sameInspiteOf(cut)) {
        assertFalse(Files.exists(to.path()));
      }
    }
  }

  /** Zeros behind the last grain may be missing; nothing else. */
  private boolean sameInspiteOf(byte[] bytes) throws IOException {
    Files.deleteIfExists(to.path());
    try {
      copy(bytes);
    } catch (ConversionFailed e) {
      return false;
    }
    assertArrayEquals(disk, Files.readAllBytes(to.path()));
    return true;
  }

  @Test
  void neverGivesAnotherDiskThanQemuWhereAFileIsChanged() throws Exception {
    int accepted = 0;
    byte[][] seeds = {VmwareStream.of(disk).bytes, byQemu()};
    for (int i = 0; i < 150; i++) {
      Random random = new Random(i);
      byte[] mutant = mutate(seeds[i % 2].clone(), random);
      Files.deleteIfExists(to.path());
      try {
        copy(mutant);
      } catch (ConversionFailed e) {
        assertFalse(Files.exists(to.path()));
        continue;
      }
      accepted++;
      if (!Arrays.equals(disk, Files.readAllBytes(to.path()))) {
        QemuImg.assertSame(folder.resolve("in.vmdk"), "vmdk", to.path(), "raw");
      }
    }
    assertTrue(accepted > 0 && accepted < 150, "the mutator does something: " + accepted);
  }

  /** Changes where the structure is: few changes hit compressed data. */
  private static byte[] mutate(byte[] bytes, Random random) {
    for (int n = 1 + random.nextInt(3); n > 0; n--) {
      int sector = random.nextInt(bytes.length / 512);
      int at =
          switch (random.nextInt(3)) {
            case 0 -> random.nextInt(80);
            case 1 -> sector * 512 + random.nextInt(16);
            default -> random.nextInt(bytes.length);
          };
      if (random.nextBoolean()) {
        bytes[at] ^= (byte) (1 << random.nextInt(8));
      } else {
        bytes[at] = new byte[] {0, 1, 127, -128, -1}[random.nextInt(5)];
      }
    }
    return bytes;
  }

  private byte[] byQemu() throws Exception {
    Path raw = Files.write(folder.resolve("disk.raw"), disk);
    Path vmdk = folder.resolve("qemu.vmdk");
    QemuImg.ok(
        "convert",
        "-f",
        "raw",
        "-O",
        "vmdk",
        "-o",
        "subformat=streamOptimized",
        raw.toString(),
        vmdk.toString());
    return Files.readAllBytes(vmdk);
  }

  private static byte[] patched(byte[] bytes, int at, long value, int width) {
    byte[] patched = bytes.clone();
    for (int i = 0; i < width; i++) {
      patched[at + i] = (byte) (value >>> (8 * i));
    }
    return patched;
  }

  private void refused(byte[] bytes) {
    HostileInput refusal = assertThrows(HostileInput.class, () -> copy(bytes));
    assertEquals(folder.resolve("in.vmdk"), refusal.file());
    assertTrue(refusal.offset() >= 0, refusal.toString());
    assertFalse(Files.exists(to.path()));
    assertFalse(Files.exists(folder.resolve("out.raw.partial")));
  }

  private void copy(byte[] bytes) throws IOException {
    copy(bytes, SIZE);
  }

  private void copy(byte[] bytes, long size) throws IOException {
    Path file = Files.write(folder.resolve("in.vmdk"), bytes);
    Disks.copy(Disks.image(file), Disks.streamOptimized(size), to);
  }
}
