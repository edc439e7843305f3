package dev.drover.converters.guard;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.drover.converters.Images;
import dev.drover.mappings.disk.Compression;
import dev.drover.mappings.disk.DiskFormat;
import dev.drover.mappings.disk.DiskSource.ImageFile;
import dev.drover.mappings.disk.FilePart;
import dev.drover.mappings.failure.ConversionFailed;
import dev.drover.mappings.failure.HostileInput;
import dev.drover.mappings.model.ByteSize;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class HeaderGuardTest {
  private static final int MIB = 1 << 20;

  @TempDir
  @SuppressWarnings("NullAway.Init")
  private Path folder;

  @SuppressWarnings("NullAway.Init")
  private Path raw;

  @BeforeEach
  void makeDisk() {
    Images.needQemuImg();
    raw = Images.random(folder.resolve("disk.raw"), 3, 1);
  }

  @ParameterizedTest
  @CsvSource({
    "qcow2, compat=0.10, QCOW2, v2",
    "qcow2, compat=1.1, QCOW2, v3",
    "qcow2, extended_l2=on, QCOW2, v3",
    "vmdk, subformat=monolithicSparse, VMDK, monolithicSparse",
    "vmdk, subformat=streamOptimized, VMDK, streamOptimized",
    "vpc, 'subformat=dynamic,force_size=on', VHD, dynamic",
    "vpc, 'subformat=fixed,force_size=on', VHD, fixed",
    "vhdx, subformat=dynamic, VHDX, dynamic",
    "vhdx, subformat=fixed, VHDX, fixed",
    "vdi, static=off, VDI, dynamic",
    "vdi, static=on, VDI, fixed",
  })
  void tellsWhatQemuImgWrites(String driver, String options, DiskFormat format, String detail) {
    Path image = Images.make(raw, folder.resolve("image"), driver, options);
    assertEquals(new ImageHeader(format, detail, 3 * MIB), check(image).header());
  }

  @Test
  void looksThroughCompressionAndArchives() throws IOException {
    Path image = Images.make(raw, folder.resolve("image.vhdx"), "vhdx");
    Images.run("gzip", "-k", image.toString());
    Path gz = folder.resolve("image.vhdx.gz");
    ImageFile packed =
        Images.image(List.of(Images.part(gz)), Compression.GZIP, DiskFormat.VHDX, List.of());
    assertEquals(3 * MIB, HeaderGuard.check(packed).header().virtualSize());

    // The same file at an odd place inside a compressed archive.
    Path archive = folder.resolve("archive");
    Files.write(archive, new byte[1536]);
    Files.write(archive, Files.readAllBytes(image), java.nio.file.StandardOpenOption.APPEND);
    Images.run("zstd", "-q", archive.toString());
    FilePart inside =
        new FilePart(
            folder.resolve("archive.zst"),
            Compression.ZSTD,
            1536,
            Files.size(image),
            "archive!image.vhdx",
            null);
    ImageFile wrapped = Images.image(List.of(inside), Compression.NONE, null, List.of());
    assertEquals(DiskFormat.VHDX, HeaderGuard.check(wrapped).header().format());
  }

  @Test
  void joinsChunksBeforeItLooks() throws IOException {
    Path image = Images.make(raw, folder.resolve("image.vmdk"), "vmdk");
    byte[] all = Files.readAllBytes(image);
    Path first = Files.write(folder.resolve("a"), java.util.Arrays.copyOf(all, 300));
    Path second =
        Files.write(folder.resolve("b"), java.util.Arrays.copyOfRange(all, 300, all.length));
    List<FilePart> chunks = List.of(Images.part(first), Images.part(second));
    ImageFile joined = Images.image(chunks, Compression.NONE, DiskFormat.VMDK, List.of());
    assertEquals("monolithicSparse", HeaderGuard.check(joined).header().detail());
  }

  @Test
  void refusesAQcow2WithABackingFile() {
    Path image = folder.resolve("delta.qcow2");
    Images.run(
        "qemu-img",
        "create",
        "-q",
        "-f",
        "qcow2",
        "-F",
        "raw",
        "-b",
        "/etc/passwd",
        image.toString());
    HostileInput refused = refused(image);
    assertEquals(8, refused.offset());
    assertTrue(refused.toString().contains("backing file"), refused.toString());
  }

  @Test
  void refusesAQcow2WithADataFile() {
    Path image = folder.resolve("data.qcow2");
    Path data = folder.resolve("data.raw");
    Images.run(
        "qemu-img",
        "create",
        "-q",
        "-f",
        "qcow2",
        "-o",
        "data_file=" + data,
        image.toString(),
        "4M");
    assertEquals(72, refused(image).offset());
    // Without the feature bit the name in the header extension gives it away.
    Images.patch(image, 72, new byte[8]);
    assertTrue(refused(image).toString().contains("external data file"));
  }

  @Test
  void refusesAnEncryptedQcow2() {
    Path image = Images.make(raw, folder.resolve("image.qcow2"), "qcow2");
    Images.patch(image, 35, new byte[] {2});
    assertTrue(refused(image).toString().contains("encrypted"));
  }

  @ParameterizedTest
  @CsvSource({
    "4, 00000009", // version
    "20, 0000001f", // cluster bits
    "24, ffffffffffffffff", // size
    "24, 0000000000000000",
    "36, 7fffffff", // L1 entries
    "40, 7fffffffffff0000", // L1 offset
    "72, 8000000000000000", // a feature of the future
    "100, ffffffff", // header length
  })
  void refusesAnAbsurdQcow2(long at, String hex) {
    Path image = Images.make(raw, folder.resolve("image.qcow2"), "qcow2");
    Images.patch(image, at, java.util.HexFormat.of().parseHex(hex));
    assertEquals(at, refused(image).offset());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/etc/passwd",
        "../../etc/passwd",
        "..\\secret",
        "sub/disk-flat.vmdk",
        "json:{}",
        "nbd:localhost:10809",
        "..",
      })
  void refusesAVmdkThatNamesAnotherFile(String name) throws IOException {
    Path image = descriptor("RW 8 FLAT \"" + name + "\" 0");
    HostileInput refused = refused(image);
    assertTrue(refused.toString().contains("outside its own folder"), refused.toString());
    assertEquals(image, refused.file());
    assertEquals(Files.readString(image).indexOf("RW "), refused.offset());
  }

  @Test
  void refusesAnExtentThatTheSourceDoesNotHave() throws IOException {
    Files.write(folder.resolve("secret.vmdk"), new byte[4096]);
    HostileInput refused = refused(descriptor("RW 8 FLAT \"secret.vmdk\" 0"));
    assertTrue(refused.toString().contains("does not have"), refused.toString());
  }

  @ParameterizedTest
  @ValueSource(strings = {"VMFSRAW", "VMFSRDM", "SESPARSE", "VMFSSPARSE", "ZERO", "DEVICE"})
  void refusesExtentsThatAreNoFiles(String type) throws IOException {
    assertTrue(refused(descriptor("RW 8 " + type + " \"disk.raw\" 0")).offset() > 0);
  }

  @Test
  void refusesADeltaWithoutItsParent() throws IOException {
    Path image = descriptor("RW 8 FLAT \"disk.raw\" 0");
    String text = Files.readString(image).replace("parentCID=ffffffff", "parentCID=12345678");
    Files.writeString(image, text + "parentFileNameHint=\"/etc/passwd\"\n");
    assertTrue(refused(image).toString().contains("delta"));
  }

  @Test
  void resolvesExtentsAmongTheSiblings() throws IOException {
    Path image = descriptor("RW 8 FLAT \"disk.raw\" 4");
    ImageFile split =
        Images.image(
            List.of(Images.part(image)),
            Compression.NONE,
            DiskFormat.VMDK,
            List.of(Images.part(raw)));
    GuardedImage guarded = HeaderGuard.check(split);
    assertEquals(4096, guarded.header().virtualSize());
    GuardedExtent only = guarded.extents().get(0);
    assertEquals(new GuardedExtent(GuardedExtent.Kind.FLAT, Images.part(raw), 2048, 4096), only);
  }

  @Test
  void refusesAnExtentThatIsShorterThanItsLine() throws IOException {
    Path image = descriptor("RW 8 FLAT \"disk.raw\" 9999999");
    ImageFile split =
        Images.image(
            List.of(Images.part(image)), Compression.NONE, null, List.of(Images.part(raw)));
    assertThrows(HostileInput.class, () -> HeaderGuard.check(split));
  }

  /** With a capacity of zero QEMU follows the embedded text to whatever it names. */
  @Test
  void refusesASparseVmdkOfCapacityZero() {
    Path image = Images.make(raw, folder.resolve("image.vmdk"), "vmdk");
    Images.patch(image, 12, new byte[8]);
    assertEquals(12, refused(image).offset());
  }

  @Test
  void refusesAnEmbeddedDescriptorThatNamesAPath() throws IOException {
    Path image = Images.make(raw, folder.resolve("image.vmdk"), "vmdk");
    byte[] all = Files.readAllBytes(image);
    String text = new String(all, StandardCharsets.ISO_8859_1);
    int at = text.indexOf("\"image.vmdk\"");
    Images.patch(image, at, "\"/etc/shado\"".getBytes(StandardCharsets.US_ASCII));
    assertTrue(refused(image).toString().contains("/etc/shado"));
  }

  @ParameterizedTest
  @CsvSource({
    "4, 63000000", // version
    "12, ffffffffffffff7f", // capacity
    "20, 0300000000000000", // grain
    "28, 00ffffffff000000", // descriptor
    "44, 00000000", // entries of a table
    "56, ffffffffff000000", // directory
    "73, 0a0a0a0a", // text mode transfer
    "77, 0700", // compression
  })
  void refusesAnAbsurdVmdk(long at, String hex) {
    Path image = Images.make(raw, folder.resolve("image.vmdk"), "vmdk");
    Images.patch(image, at, java.util.HexFormat.of().parseHex(hex));
    assertEquals(at, refused(image).offset());
  }

  @Test
  void refusesATruncatedStreamOptimizedVmdk() throws IOException {
    Path image = folder.resolve("image.vmdk");
    Images.make(raw, image, "vmdk", "subformat=streamOptimized");
    // QEMU writes the directory's place into the front header; VMware's tools leave it to the end.
    Images.patch(image, 56, new byte[] {-1, -1, -1, -1, -1, -1, -1, -1});
    byte[] all = Files.readAllBytes(image);
    Files.write(image, java.util.Arrays.copyOf(all, all.length - 65536));
    assertTrue(refused(image).toString().contains("not whole"));
  }

  @Test
  void refusesADescriptorThatIsCutOffBehindAnExtent() throws IOException {
    Path image = descriptor("RW 8 FLAT \"disk.raw\" 0");
    String text = Files.readString(image);
    Files.writeString(image, text.substring(0, text.indexOf("\n\nddb")));
    ImageFile split =
        Images.image(
            List.of(Images.part(image)), Compression.NONE, null, List.of(Images.part(raw)));
    HostileInput cut = assertThrows(HostileInput.class, () -> HeaderGuard.check(split));
    assertTrue(cut.toString().contains("cut off"), cut.toString());
  }

  @Test
  void refusesADeltaOfAParentThatHasChanged() throws IOException {
    Path base = Images.make(raw, folder.resolve("base.vmdk"), "vmdk");
    Path delta = folder.resolve("delta.vmdk");
    Images.run(
        "qemu-img",
        "create",
        "-q",
        "-f",
        "vmdk",
        "-F",
        "vmdk",
        "-b",
        base.toString(),
        delta.toString());
    ImageFile chain =
        new ImageFile(
            "vm/disk0",
            List.of(Images.part(delta)),
            Compression.NONE,
            DiskFormat.VMDK,
            null,
            Images.image(base),
            List.of());
    assertEquals(3 * MIB, HeaderGuard.check(chain).header().virtualSize());
    Images.run("qemu-io", "-f", "vmdk", "-c", "write -P 1 0 64k", base.toString());
    HostileInput stranger = assertThrows(HostileInput.class, () -> HeaderGuard.check(chain));
    assertTrue(stranger.toString().contains("CID"), stranger.toString());
  }

  @Test
  void saysThatInternalSnapshotsStayBehind() {
    Path image = Images.make(raw, folder.resolve("image.qcow2"), "qcow2");
    Images.run("qemu-img", "snapshot", "-c", "before", image.toString());
    Images.run("qemu-io", "-f", "qcow2", "-c", "write -P 1 0 64k", image.toString());
    GuardedImage guarded = check(image);
    assertTrue(guarded.warnings().get(0).contains("1 internal snapshot"));
    AllocationTables.check("vm/disk0", List.of(Images.part(image)), guarded.header());
  }

  @Test
  void refusesEsxSnapshotFiles() throws IOException {
    Path image = folder.resolve("delta.vmdk");
    byte[] cowd = java.util.Arrays.copyOf("COWD".getBytes(StandardCharsets.US_ASCII), 4096);
    Files.write(image, cowd);
    assertTrue(refused(image).toString().contains("consolidate"));
  }

  @Test
  void refusesDifferencingDisks() {
    Path vdi = Images.make(raw, folder.resolve("image.vdi"), "vdi");
    Images.patch(vdi, 0x4c, new byte[] {4});
    assertTrue(refused(vdi).toString().contains("differencing"));

    Path vhd = Images.make(raw, folder.resolve("image.vhd"), "vpc");
    Images.patch(vhd, 60, new byte[] {0, 0, 0, 4});
    assertTrue(refused(vhd).toString().contains("checksum"));
    fixVhdFooter(vhd);
    assertTrue(refused(vhd).toString().contains("differencing"));
  }

  private void fixVhdFooter(Path vhd) {
    try {
      byte[] footer = java.util.Arrays.copyOf(Files.readAllBytes(vhd), 512);
      int sum = 0;
      for (int i = 0; i < 512; i++) {
        sum += i >= 64 && i < 68 ? 0 : footer[i] & 0xff;
      }
      Images.patch(vhd, 64, ByteBuffer.allocate(4).putInt(~sum).array());
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  @Test
  void refusesAVhdxWhoseLogIsNotReplayed() throws IOException {
    Path image = Images.make(raw, folder.resolve("image.vhdx"), "vhdx");
    for (long header : new long[] {64 << 10, 128 << 10}) {
      byte[] block = new byte[4096];
      System.arraycopy(Files.readAllBytes(image), (int) header, block, 0, 4096);
      block[48] = 1;
      ByteBuffer sealed = ByteBuffer.wrap(block).order(ByteOrder.LITTLE_ENDIAN).putInt(4, 0);
      java.util.zip.CRC32C crc = new java.util.zip.CRC32C();
      crc.update(block);
      sealed.putInt(4, (int) crc.getValue());
      Images.patch(image, header, block);
    }
    assertTrue(refused(image).toString().contains("not replayed"));
  }

  @Test
  void believesSixtyTebibytesAndRefusesMore() {
    Path large = folder.resolve("large.qcow2");
    Images.run(
        "qemu-img",
        "create",
        "-q",
        "-f",
        "qcow2",
        "-o",
        "cluster_size=2M",
        large.toString(),
        "60T");
    assertEquals(60L << 40, check(large).header().virtualSize());
    Path absurd = folder.resolve("absurd.qcow2");
    Images.run(
        "qemu-img",
        "create",
        "-q",
        "-f",
        "qcow2",
        "-o",
        "cluster_size=2M",
        absurd.toString(),
        "65T");
    assertTrue(refused(absurd).toString().contains(MaxDiskSize.PROPERTY));
  }

  /** A guest may well write a qcow2 header into its own disk. */
  @Test
  void neverProbesWhatIsDeclaredRaw() {
    Path inner = folder.resolve("inner.raw");
    Images.run(
        "qemu-img",
        "create",
        "-q",
        "-f",
        "qcow2",
        "-F",
        "raw",
        "-b",
        "/etc/passwd",
        inner.toString());
    ImageFile declared =
        Images.image(List.of(Images.part(inner)), Compression.NONE, DiskFormat.RAW, List.of());
    GuardedImage guarded = HeaderGuard.check(declared);
    ImageHeader header = guarded.header();
    assertEquals(DiskFormat.RAW, header.format());
    assertEquals(Images.part(inner).length(), header.virtualSize());
    assertTrue(guarded.warnings().get(0).contains("begins as a QCOW2"), guarded::toString);
  }

  @Test
  void believesTheHeaderWhereTheDeclarationIsWrongAndSaysSo() throws IOException {
    Path image = Images.make(raw, folder.resolve("image.vmdk"), "qcow2");
    GuardedImage guarded = HeaderGuard.check(declared(image));
    assertEquals(DiskFormat.QCOW2, guarded.header().format());
    String said = guarded.warnings().toString();
    assertTrue(said.contains("VMDK") && said.contains("QCOW2"), said);

    // Nothing is guessed: neither a damaged header nor none at all is taken for something else.
    Images.patch(image, 20, new byte[] {0, 0, 0, 99});
    assertThrows(HostileInput.class, () -> HeaderGuard.check(declared(image)));
    ImageFile none = declared(raw);
    ConversionFailed wrong = assertThrows(ConversionFailed.class, () -> HeaderGuard.check(none));
    assertTrue(wrong.toString().contains("declared as VMDK"), wrong.toString());
  }

  private static ImageFile declared(Path image) {
    return Images.image(List.of(Images.part(image)), Compression.NONE, DiskFormat.VMDK, List.of());
  }

  @Test
  void takesAnUnknownFileForRawOnlyByItsName() throws IOException {
    assertEquals(DiskFormat.RAW, check(raw).header().format());
    Path unnamed = Files.copy(raw, folder.resolve("disk.dat"));
    assertTrue(refused(unnamed).toString().contains("declare its format"));
    Path iso = Files.copy(raw, folder.resolve("install.img"));
    Images.patch(iso, 0x8001, "CD001".getBytes(StandardCharsets.US_ASCII));
    assertTrue(refused(iso).toString().contains("ISO 9660"));
  }

  @Test
  void comparesTheSizeWithTheDeclaredOne() {
    GuardedImage smaller = HeaderGuard.check(declaring(4 * MIB));
    assertTrue(smaller.warnings().get(0).contains("cut off"), smaller.warnings()::toString);
    assertEquals(4 * MIB, smaller.size());
    ConversionFailed larger =
        assertThrows(ConversionFailed.class, () -> HeaderGuard.check(declaring(2 * MIB)));
    assertTrue(larger.toString().contains("the source declares " + 2 * MIB));
  }

  private ImageFile declaring(long bytes) {
    return new ImageFile(
        "vm/disk0",
        List.of(Images.part(raw)),
        Compression.NONE,
        DiskFormat.RAW,
        new ByteSize(bytes),
        null,
        List.of());
  }

  @Test
  void saysWhichFileEndsTooEarly() {
    FilePart beyond = new FilePart(raw, Compression.NONE, 0, 4L * MIB, "web.ova!disk.vmdk", null);
    ImageFile image = Images.image(List.of(beyond), Compression.NONE, null, List.of());
    ConversionFailed cut = assertThrows(ConversionFailed.class, () -> HeaderGuard.check(image));
    assertTrue(cut.toString().contains("web.ova!disk.vmdk"), cut.toString());
    FilePart gone = new FilePart(folder.resolve("gone"), Compression.NONE, 0, 1, "gone.vmdk", null);
    ImageFile missing = Images.image(List.of(gone), Compression.NONE, null, List.of());
    assertThrows(ConversionFailed.class, () -> HeaderGuard.check(missing));
  }

  /** Every prefix of every header ends in a refusal, never in another exception. */
  @ParameterizedTest
  @ValueSource(strings = {"qcow2", "vmdk", "vpc", "vhdx", "vdi"})
  void survivesEveryTruncation(String driver) throws IOException {
    Path image = Images.make(raw, folder.resolve("image"), driver);
    byte[] all = Files.readAllBytes(image);
    Path cut = folder.resolve("cut");
    for (int length = 1; length < 800; length += 7) {
      Files.write(cut, java.util.Arrays.copyOf(all, length));
      assertThrows(ConversionFailed.class, () -> check(cut));
    }
  }

  /** Flipped bytes give a refusal or a header; nothing else escapes. */
  @ParameterizedTest
  @ValueSource(strings = {"qcow2", "vmdk", "vpc", "vhdx", "vdi"})
  void survivesNoise(String driver) throws IOException {
    Path image = Images.make(raw, folder.resolve("image"), driver);
    byte[] all = Files.readAllBytes(image);
    java.util.Random random = new java.util.Random(7);
    Path noisy = Files.write(folder.resolve("noisy"), all);
    for (int i = 0; i < 300; i++) {
      int at = random.nextInt(1024);
      Images.patch(noisy, at, new byte[] {(byte) random.nextInt()});
      try {
        assertTrue(check(noisy).header().virtualSize() > 0);
      } catch (ConversionFailed e) {
        assertTrue(e.toString().contains("Remedy"), e.toString());
      }
      Images.patch(noisy, at, new byte[] {all[at]});
    }
  }

  private Path descriptor(String extent) throws IOException {
    return Files.writeString(
        folder.resolve("image.vmdk"),
        "# Disk DescriptorFile\nversion=1\nCID=11111111\nparentCID=ffffffff\n"
            + "createType=\"monolithicFlat\"\n\n"
            + extent
            + "\n\nddb.adapterType = \"lsilogic\"\n");
  }

  private static GuardedImage check(Path image) {
    return HeaderGuard.check(Images.image(image));
  }

  private static HostileInput refused(Path image) {
    return assertThrows(HostileInput.class, () -> check(image));
  }
}
