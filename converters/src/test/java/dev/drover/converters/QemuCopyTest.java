package dev.drover.converters;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.drover.converters.qemu.BlockNode;
import dev.drover.converters.qemu.QemuImg;
import dev.drover.mappings.disk.Compression;
import dev.drover.mappings.disk.DiskFormat;
import dev.drover.mappings.disk.DiskSource.ImageFile;
import dev.drover.mappings.disk.FileDigest;
import dev.drover.mappings.disk.FilePart;
import dev.drover.mappings.failure.ConversionFailed;
import dev.drover.mappings.failure.Failure;
import dev.drover.mappings.failure.HostileInput;
import dev.drover.mappings.failure.Retry;
import dev.drover.mappings.failure.TargetFailed;
import dev.drover.mappings.progress.Progress;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Every way, and that over qemu-img above all, from files as the sources have them. */
final class QemuCopyTest {
  private static final int MIB = 1 << 20;
  private static final int SIZE = 4 * MIB;

  @TempDir
  @SuppressWarnings("NullAway.Init")
  private Path folder;

  @SuppressWarnings("NullAway.Init")
  private Path raw;

  @SuppressWarnings("NullAway.Init")
  private QemuImg qemu;

  @SuppressWarnings("NullAway.Init")
  private DiskCopier copier;

  @BeforeEach
  void makeDisk() throws IOException {
    Images.needQemuImg();
    raw = Images.random(folder.resolve("disk.raw"), 4, 11);
    Files.createDirectories(folder.resolve("scratch"));
    Files.createDirectories(folder.resolve("out"));
    qemu = QemuImg.find(folder.resolve("scratch"));
    copier = new LocalDiskCopier(qemu, folder.resolve("scratch"), Engine.QEMU_IMG);
  }

  /** Whatever happened: no scratch file, no partial. */
  @AfterEach
  void leavesNothingBehind() throws IOException {
    try (Stream<Path> scratch = Files.list(folder.resolve("scratch"));
        Stream<Path> out = Files.list(folder.resolve("out"))) {
      assertEquals(List.of(), scratch.toList());
      assertEquals(List.of(), out.filter(p -> p.toString().endsWith(".partial")).toList());
    }
  }

  @ParameterizedTest
  @CsvSource({
    "raw, ''",
    "qcow2, compat=0.10",
    "qcow2, compat=1.1",
    "qcow2, '-c,compression_type=zlib'",
    "qcow2, '-c,compression_type=zstd'",
    "vmdk, subformat=monolithicSparse",
    "vmdk, subformat=streamOptimized",
    "vpc, 'subformat=dynamic,force_size=on'",
    "vpc, 'subformat=fixed,force_size=on'",
    "vhdx, ''",
    "vdi, ''",
  })
  void copiesEveryFormatFromEveryPlace(String driver, String options) throws IOException {
    Path image = folder.resolve("image." + (driver.equals("raw") ? "raw" : driver));
    Images.makeAs(raw, image, driver, options);
    DiskFormat declared = Images.format(driver);
    everyPlace(image, declared);
    copier = new LocalDiskCopier(qemu, folder.resolve("scratch"), Engine.DROVER);
    everyPlace(image, declared);
  }

  private void everyPlace(Path image, DiskFormat declared) throws IOException {
    check(Images.image(image), DiskFormat.RAW, false);
    check(inArchive(image, 1024, declared), DiskFormat.QCOW2, false);
    check(inArchive(image, 777, declared), DiskFormat.RAW, false);
    check(packed(image, "gzip", ".gz", Compression.GZIP, declared), DiskFormat.QCOW2, true);
    check(chunked(image, declared), DiskFormat.RAW, false);
  }

  @ParameterizedTest
  @CsvSource({"xz, .xz, XZ", "zstd, .zst, ZSTD"})
  void copiesThroughOtherCompressions(String program, String suffix, Compression compression) {
    assumeTrue(Images.has(program), program + " is missing");
    Path image = Images.make(raw, folder.resolve("image.vdi"), "vdi");
    check(packed(image, program, suffix, compression, DiskFormat.VDI), DiskFormat.RAW, false);
  }

  @ParameterizedTest
  @ValueSource(strings = {"monolithicFlat", "twoGbMaxExtentFlat", "twoGbMaxExtentSparse"})
  void copiesVmdksWithExtents(String subformat) throws IOException {
    Path image = folder.resolve("image.vmdk");
    Images.make(raw, image, "vmdk", "subformat=" + subformat);
    List<FilePart> siblings = new ArrayList<>();
    try (Stream<Path> files = Files.list(folder)) {
      files
          .filter(f -> f.getFileName().toString().startsWith("image-"))
          .forEach(f -> siblings.add(Images.part(f)));
    }
    assertFalse(siblings.isEmpty());
    splitDisk(image, siblings);
    copier = new LocalDiskCopier(qemu, folder.resolve("scratch"), Engine.DROVER);
    splitDisk(image, siblings);
  }

  private void splitDisk(Path image, List<FilePart> siblings) {
    List<FilePart> text = List.of(Images.part(image));
    check(Images.image(text, Compression.NONE, DiskFormat.VMDK, siblings), DiskFormat.RAW, false);

    // The same inside an archive: extents at other places than their names say.
    List<FilePart> inside = siblings.stream().map(s -> embedded(s.file(), 1536)).toList();
    check(Images.image(text, Compression.NONE, DiskFormat.VMDK, inside), DiskFormat.QCOW2, false);
  }

  /** Extents beyond two gibibytes go to a second file; the disk itself is nearly empty. */
  @Test
  void joinsSeveralSparseExtents() throws IOException {
    Path image = folder.resolve("image.vmdk");
    Images.run(
        "qemu-img",
        "create",
        "-q",
        "-f",
        "vmdk",
        "-o",
        "subformat=twoGbMaxExtentSparse",
        image.toString(),
        "5G");
    Images.run(
        "qemu-io",
        "-f",
        "vmdk",
        "-c",
        "write -P 7 3G 1M",
        "-c",
        "write -P 9 1M 64k",
        image.toString());
    List<FilePart> siblings = new ArrayList<>();
    for (int i = 1; i <= 3; i++) {
      siblings.add(Images.part(folder.resolve("image-s00" + i + ".vmdk")));
    }
    ImageFile split = Images.image(List.of(Images.part(image)), Compression.NONE, null, siblings);
    Path out = folder.resolve("out/disk.qcow2");
    for (Engine engine : Engine.values()) {
      copier = new LocalDiskCopier(qemu, folder.resolve("scratch"), engine);
      assertEquals(5L << 30, copy(split, out, DiskFormat.QCOW2, false).size());
      String said = Images.run("qemu-img", "compare", image.toString(), out.toString());
      assertTrue(said.contains("identical"), said);
    }
  }

  @Test
  void putsADeltaOnTheParentThatTheSourceNames() throws IOException {
    Path base = Images.make(raw, folder.resolve("base.qcow2"), "qcow2");
    Path delta = folder.resolve("delta.qcow2");
    Images.run(
        "qemu-img",
        "create",
        "-q",
        "-f",
        "qcow2",
        "-F",
        "qcow2",
        "-b",
        base.toString(),
        delta.toString());
    Images.run("qemu-io", "-f", "qcow2", "-c", "write -P 5 1M 1M", delta.toString());
    Path expected = folder.resolve("expected.raw");
    Images.run("qemu-img", "convert", "-O", "raw", delta.toString(), expected.toString());
    // What the delta names does not matter: it is never looked for.
    Images.patch(
        delta,
        ofBackingName(delta),
        "/nowhere".getBytes(java.nio.charset.StandardCharsets.US_ASCII));
    ImageFile chain =
        new ImageFile(
            "vm/disk0",
            List.of(Images.part(delta)),
            Compression.NONE,
            DiskFormat.QCOW2,
            null,
            Images.image(base),
            List.of());
    Path out = folder.resolve("out/disk.raw");
    for (Engine engine : Engine.values()) {
      copier = new LocalDiskCopier(qemu, folder.resolve("scratch"), engine);
      copy(chain, out, DiskFormat.RAW, false);
      assertEquals(-1, Files.mismatch(expected, out));
    }
  }

  private static long ofBackingName(Path qcow2) throws IOException {
    return java.nio.ByteBuffer.wrap(Files.readAllBytes(qcow2), 8, 8).getLong();
  }

  @Test
  void checksTheManifestAlongside() throws Exception {
    Path image = Images.make(raw, folder.resolve("image.vdi"), "vdi");
    String right = sha256(image);
    CopyResult copied =
        copy(promising(image, right), folder.resolve("out/disk.raw"), DiskFormat.RAW, false);
    assertEquals(
        List.of(new CopyResult.CheckedFile("image.vdi", "SHA-256", right)), copied.sourceFiles());
    assertEquals("dynamic VDI, decoded by qemu-img, to raw", copied.how());
    assertNull(copied.read());
  }

  @Test
  void givesNoNameToADiskWhoseDigestIsWrong() throws Exception {
    Path image = Images.make(raw, folder.resolve("image.vdi"), "vdi");
    String wrong = sha256(image).replaceFirst("^.", "0").replaceFirst(".$", "1");
    Path out = folder.resolve("out/disk.raw");
    ConversionFailed mismatch =
        assertThrows(
            ConversionFailed.class,
            () -> copy(promising(image, wrong), out, DiskFormat.RAW, false));
    assertTrue(mismatch.what().contains("SHA-256"), mismatch.what());
    assertFalse(Files.exists(out));
  }

  private static ImageFile promising(Path image, String hex) throws IOException {
    FilePart part =
        new FilePart(
            image,
            Compression.NONE,
            0,
            Files.size(image),
            image.getFileName().toString(),
            new FileDigest("SHA-256", hex));
    return Images.image(List.of(part), Compression.NONE, DiskFormat.VDI, List.of());
  }

  private static String sha256(Path file) throws Exception {
    return HexFormat.of()
        .formatHex(MessageDigest.getInstance("SHA-256").digest(Files.readAllBytes(file)));
  }

  /** The program that must not start writes a file when it does. */
  @Test
  void refusesHostileImagesBeforeQemuImgStarts() throws IOException {
    Path started = folder.resolve("started");
    Path tools = Files.createDirectory(folder.resolve("tools"));
    Path fake = tools.resolve("qemu-img");
    Files.writeString(fake, "#!/bin/sh\ntouch " + started + "\nexit 1\n");
    assertTrue(fake.toFile().setExecutable(true));
    DiskCopier watched =
        new LocalDiskCopier(
            Fakes.qemuImg(fake, folder), folder.resolve("scratch"), Engine.QEMU_IMG);
    Path hostile = folder.resolve("delta.qcow2");
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
        hostile.toString());
    DiskDestination to =
        new DiskDestination.LocalFile(folder.resolve("out/disk.raw"), DiskFormat.RAW, false);
    assertThrows(HostileInput.class, () -> watched.copy(Images.image(hostile), to, Progress.NONE));
    assertThrows(HostileInput.class, () -> watched.inspect(Images.image(hostile)));
    assertFalse(Files.exists(started), "qemu-img has seen a hostile image");
    // And the fake does tell when it is started.
    assertThrows(Failure.class, () -> watched.copy(Images.image(raw), to, Progress.NONE));
    assertTrue(Files.exists(started));
  }

  @ParameterizedTest
  @EnumSource(
      value = DiskFormat.class,
      names = {"RAW", "QCOW2"})
  void neverFollowsAHeaderInsideARawDisk(DiskFormat format) {
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
    Path out = folder.resolve("out/disk");
    copy(declared, out, format, false);
    assertTrue(
        qemu.compare(
            "disk",
            BlockNode.raw(inner),
            QemuImg.written(out, format),
            Images.part(inner).length(),
            Progress.NONE));
  }

  @Test
  void replacesThePartialOfAKilledRunAndKeepsWhatALinkPointsTo() throws IOException {
    Path precious = Files.writeString(folder.resolve("precious"), "precious");
    Files.createSymbolicLink(folder.resolve("out/disk.raw.partial"), precious);
    copy(Images.image(raw), folder.resolve("out/disk.raw"), DiskFormat.RAW, false);
    assertEquals("precious", Files.readString(precious));
    assertEquals(-1, Files.mismatch(raw, folder.resolve("out/disk.raw")));
  }

  @Test
  void blamesTheManifestWhereQemuImgFailsOnADamagedFile() throws Exception {
    Path image = Images.make(raw, folder.resolve("image.qcow2"), "qcow2", "-c");
    String right = sha256(image);
    Images.patch(image, Files.size(image) / 2, new byte[4096]);
    FilePart promised =
        new FilePart(
            image,
            Compression.NONE,
            0,
            Files.size(image),
            "image.qcow2",
            new FileDigest("SHA-256", right));
    ImageFile damaged = Images.image(List.of(promised), Compression.NONE, null, List.of());
    ConversionFailed failure =
        assertThrows(
            ConversionFailed.class,
            () -> copy(damaged, folder.resolve("out/disk.raw"), DiskFormat.RAW, false));
    assertTrue(failure.what().contains("the manifest says"), failure.what());
  }

  @ParameterizedTest
  @EnumSource(Engine.class)
  void aFullDiskLeavesNothingBehind(Engine engine) throws Exception {
    byte[] noise = new byte[SIZE];
    new Random(1).nextBytes(noise);
    Files.write(raw, noise);
    Path mount = Files.createDirectory(folder.resolve("small"));
    String[] words = {"mount", "-t", "tmpfs", "-o", "size=1m", "none", mount.toString()};
    assumeTrue(new ProcessBuilder(words).start().waitFor() == 0, "only root can mount a tmpfs");
    try {
      DiskCopier one = new LocalDiskCopier(qemu, folder.resolve("scratch"), engine);
      DiskDestination to =
          new DiskDestination.LocalFile(mount.resolve("disk.raw"), DiskFormat.RAW, false);
      Failure full =
          assertThrows(Failure.class, () -> one.copy(Images.image(raw), to, Progress.NONE));
      assertTrue(full.toString().contains("room"), full::toString);
      assertEquals(Retry.POINTLESS, full.retry());
      String all = full.toString();
      assertTrue(all.contains(mount.toString()) && all.contains("up to " + SIZE), all);
      try (Stream<Path> left = Files.list(mount)) {
        assertEquals(List.of(), left.toList());
      }
    } finally {
      Images.run("umount", mount.toString());
    }
  }

  @Test
  void saysWhichFolderIsMissing() {
    TargetFailed missing =
        assertThrows(
            TargetFailed.class,
            () -> copy(Images.image(raw), folder.resolve("no/disk.raw"), DiskFormat.RAW, false));
    assertTrue(missing.subject().contains("no/disk.raw"), missing.subject());
  }

  @Test
  void cancellingLeavesNothing() {
    Progress cancelled = Progress.unseen(() -> true);
    Path out = folder.resolve("out/disk.raw");
    DiskDestination to = new DiskDestination.LocalFile(out, DiskFormat.RAW, false);
    ImageFile packed =
        packed(
            Images.make(raw, folder.resolve("image.vdi"), "vdi"),
            "gzip",
            ".gz",
            Compression.GZIP,
            DiskFormat.VDI);
    ConversionFailed stopped =
        assertThrows(ConversionFailed.class, () -> copier.copy(packed, to, cancelled));
    assertTrue(stopped.what().contains("interrupted"), stopped.what());
    assertFalse(Files.exists(out));
  }

  @Test
  void saysThatAGzipEndsTooEarly() throws IOException {
    Path image = Images.make(raw, folder.resolve("image.vdi"), "vdi");
    ImageFile whole = packed(image, "gzip", ".gz", Compression.GZIP, DiskFormat.VDI);
    Path gz = whole.parts().get(0).file();
    byte[] all = Files.readAllBytes(gz);
    Files.write(gz, Arrays.copyOf(all, all.length / 2));
    ImageFile cut =
        Images.image(List.of(Images.part(gz)), Compression.GZIP, DiskFormat.VDI, List.of());
    Path out = folder.resolve("out/disk.raw");
    assertThrows(ConversionFailed.class, () -> copy(cut, out, DiskFormat.RAW, false));
    assertFalse(Files.exists(out));
  }

  @Test
  void saysAloudWhichProtectionIsMissingButOnce() throws IOException {
    DiskCopier bare =
        new LocalDiskCopier(
            Fakes.unconfined(folder.resolve("scratch")),
            folder.resolve("scratch"),
            Engine.QEMU_IMG);
    DiskDestination to =
        new DiskDestination.LocalFile(folder.resolve("out/disk.raw"), DiskFormat.RAW, false);
    List<String> first = bare.copy(Images.image(raw), to, Progress.NONE).warnings();
    assertTrue(first.get(0).contains("not cut off from the network"), first::toString);
    assertEquals(List.of(), bare.copy(Images.image(raw), to, Progress.NONE).warnings());
  }

  private void check(ImageFile image, DiskFormat to, boolean compress) {
    Path out = folder.resolve("out/disk." + to.extension());
    CopyResult copied = copy(image, out, to, compress);
    assertEquals(SIZE, copied.size());
    assertTrue(
        qemu.compare("disk", BlockNode.raw(raw), QemuImg.written(out, to), SIZE, Progress.NONE),
        () -> image + " differs");
  }

  private CopyResult copy(ImageFile image, Path out, DiskFormat to, boolean compress) {
    return copier.copy(image, new DiskDestination.LocalFile(out, to, compress), Progress.NONE);
  }

  private ImageFile inArchive(Path image, int offset, DiskFormat declared) {
    return Images.image(List.of(embedded(image, offset)), Compression.NONE, declared, List.of());
  }

  /** A file at an offset of a larger one, with bytes behind it, as a tar has it. */
  private FilePart embedded(Path file, int offset) {
    try {
      Path archive = folder.resolve(file.getFileName() + "-" + offset + ".ova");
      Files.write(archive, new byte[offset]);
      Files.write(archive, Files.readAllBytes(file), StandardOpenOption.APPEND);
      Files.write(archive, new byte[1024], StandardOpenOption.APPEND);
      String name = "web.ova!" + file.getFileName();
      return new FilePart(archive, Compression.NONE, offset, Files.size(file), name, null);
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  private static ImageFile packed(
      Path image, String program, String suffix, Compression compression, DiskFormat declared) {
    Images.run(program, "-k", "-f", image.toString());
    Path packed = image.resolveSibling(image.getFileName() + suffix);
    return Images.image(List.of(Images.part(packed)), compression, declared, List.of());
  }

  private ImageFile chunked(Path image, DiskFormat declared) throws IOException {
    byte[] all = Files.readAllBytes(image);
    int cut = all.length / 3 + 1;
    Path first = Files.write(folder.resolve("chunk.0"), Arrays.copyOf(all, cut));
    Path rest = Files.write(folder.resolve("chunk.1"), Arrays.copyOfRange(all, cut, all.length));
    List<FilePart> chunks = List.of(Images.part(first), Images.part(rest));
    return Images.image(chunks, Compression.NONE, declared, List.of());
  }
}
