package dev.drover.converters.engine;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.github.luben.zstd.Zstd;
import dev.drover.converters.CopyResult;
import dev.drover.converters.DiskDestination.LocalFile;
import dev.drover.mappings.disk.Compression;
import dev.drover.mappings.disk.DiskFormat;
import dev.drover.mappings.disk.FileDigest;
import dev.drover.mappings.disk.FilePart;
import dev.drover.mappings.failure.ConversionFailed;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.tukaani.xz.LZMA2Options;
import org.tukaani.xz.XZOutputStream;

/** The same disk in chunks, in archives and behind compressions. */
class SourceFormsTest {
  private static final int SIZE = (9 << 20) + 512;

  private final Path folder;
  private final byte[] disk;
  private final LocalFile to;

  SourceFormsTest(@TempDir Path folder) throws IOException {
    this.folder = folder;
    Path raw = folder.resolve("disk.raw");
    Disks.random(raw, SIZE, 11);
    this.disk = Files.readAllBytes(raw);
    this.to = Disks.to(folder.resolve("out.raw"), DiskFormat.RAW, false);
  }

  @ParameterizedTest
  @EnumSource(Compression.class)
  void readsRawAndVmdkBehindEachCompression(Compression compression) throws IOException {
    Path packed = Files.write(folder.resolve("packed"), pack(compression, disk));
    Disks.copy(Disks.image(List.of(whole(packed)), compression), Disks.raw(SIZE), to);
    assertArrayEquals(disk, Files.readAllBytes(to.path()));
    Files.write(packed, pack(compression, VmwareStream.of(disk).bytes));
    Disks.copy(Disks.image(List.of(whole(packed)), compression), Disks.streamOptimized(SIZE), to);
    assertArrayEquals(disk, Files.readAllBytes(to.path()));
  }

  @ParameterizedTest
  @EnumSource(
      value = Compression.class,
      mode = EnumSource.Mode.EXCLUDE,
      names = {"NONE"})
  void readsOneFileFromSeveralMembersAndTakesItsSizeFromItsEnd(Compression compression)
      throws IOException {
    ByteArrayOutputStream members = new ByteArrayOutputStream();
    members.write(pack(compression, Arrays.copyOf(disk, 1_000_001)));
    members.write(pack(compression, Arrays.copyOfRange(disk, 1_000_001, SIZE)));
    Path packed = Files.write(folder.resolve("packed"), members.toByteArray());
    CopyResult result =
        Disks.copy(Disks.image(List.of(whole(packed)), compression), Disks.raw(-1), to);
    assertEquals(SIZE, result.size());
    assertArrayEquals(disk, Files.readAllBytes(to.path()));
  }

  @ParameterizedTest
  @EnumSource(
      value = Compression.class,
      mode = EnumSource.Mode.EXCLUDE,
      names = {"NONE"})
  void refusesATruncatedCompressionAnywhere(Compression compression) throws IOException {
    byte[] packed = pack(compression, Arrays.copyOf(disk, 300_032));
    for (int i = 0; i < 12; i++) {
      int length = (int) ((long) packed.length * i / 12);
      Path file = Files.write(folder.resolve("cut"), Arrays.copyOf(packed, length));
      ConversionFailed failed =
          assertThrows(
              ConversionFailed.class,
              () -> Disks.copy(Disks.image(List.of(whole(file)), compression), Disks.raw(-1), to),
              () -> compression + " cut at " + length);
      assertFalse(failed.toString().contains("null"), failed::toString);
    }
    assertNothingLeft();
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 513, 1 << 20, 4 << 20})
  void joinsPartsAtOddOffsetsAndChecksEachOfThem(int chunk) throws IOException {
    byte[] stored = VmwareStream.of(disk).bytes;
    int first = Math.min(chunk, stored.length - 1);
    byte[] a = Arrays.copyOf(stored, first);
    byte[] b = Arrays.copyOfRange(stored, first, stored.length);
    Path tar = archive(a, b);
    List<FilePart> parts =
        List.of(
            Disks.part(tar, 1537, a.length, Disks.digest("SHA-1", a)),
            Disks.part(tar, 1537 + a.length + 77, b.length, Disks.digest("SHA-512", b)));
    CopyResult result =
        Disks.copy(Disks.image(parts, Compression.NONE), Disks.streamOptimized(SIZE), to);
    assertArrayEquals(disk, Files.readAllBytes(to.path()));
    assertEquals(
        List.of("SHA-1", "SHA-512"),
        result.sourceFiles().stream().map(CopyResult.CheckedFile::algorithm).toList());
  }

  private Path archive(byte[] a, byte[] b) throws IOException {
    ByteArrayOutputStream tar = new ByteArrayOutputStream();
    tar.write(new byte[1537]);
    tar.write(a);
    tar.write(new byte[77]);
    tar.write(b);
    tar.write(new byte[1024]);
    return Files.write(folder.resolve("web.ova"), tar.toByteArray());
  }

  @ParameterizedTest
  @EnumSource(
      value = Compression.class,
      mode = EnumSource.Mode.EXCLUDE,
      names = {"NONE"})
  void readsPartsInsideACompressedArchive(Compression wrapping) throws IOException {
    byte[] a = Arrays.copyOf(disk, 5_000_000);
    byte[] b = Arrays.copyOfRange(disk, 5_000_000, SIZE);
    Path plain = archive(a, b);
    Path tar = Files.write(folder.resolve("web.ova.gz"), pack(wrapping, Files.readAllBytes(plain)));
    FileDigest digestA = Disks.digest("SHA-256", a);
    List<FilePart> parts =
        List.of(
            new FilePart(tar, wrapping, 1537, a.length, "web.ova!a", digestA),
            new FilePart(tar, wrapping, 1537 + a.length + 77, b.length, "web.ova!b", null));
    Disks.copy(Disks.image(parts, Compression.NONE), Disks.raw(SIZE), to);
    assertArrayEquals(disk, Files.readAllBytes(to.path()));
    List<FilePart> backwards = List.of(parts.get(1), parts.get(0));
    Disks.copy(Disks.image(backwards, Compression.NONE), Disks.raw(SIZE), to);
    byte[] swapped = Files.readAllBytes(to.path());
    assertArrayEquals(a, Arrays.copyOfRange(swapped, b.length, SIZE));
  }

  @Test
  void namesPartExpectedAndFoundWhenTheManifestIsNotKept() throws IOException {
    byte[] stored = VmwareStream.of(disk).bytes;
    Path file = Files.write(folder.resolve("disk.vmdk"), stored);
    FileDigest other = Disks.digest("SHA-256", new byte[1]);
    FilePart part = Disks.part(file, 0, stored.length, other);
    ConversionFailed failure =
        assertThrows(
            ConversionFailed.class,
            () ->
                Disks.copy(
                    Disks.image(List.of(part), Compression.NONE), Disks.streamOptimized(SIZE), to));
    String found = Disks.digest("SHA-256", stored).hex();
    for (String word : List.of("disk.vmdk", other.hex(), found)) {
      assertTrue(failure.toString().contains(word), failure.toString());
    }
    assertNothingLeft();
  }

  @Test
  void saysThatTheManifestIsNotKeptRatherThanThatAGrainIsDamaged() throws IOException {
    VmwareStream stream = VmwareStream.of(disk);
    FileDigest honest = Disks.digest("SHA-256", stream.bytes);
    stream.bytes[stream.grainsAt.get(0) + 8] ^= 0x55;
    Path file = Files.write(folder.resolve("disk.vmdk"), stream.bytes);
    FilePart part = Disks.part(file, 0, stream.bytes.length, honest);
    ConversionFailed failure =
        assertThrows(
            ConversionFailed.class,
            () ->
                Disks.copy(
                    Disks.image(List.of(part), Compression.NONE), Disks.streamOptimized(SIZE), to));
    assertTrue(failure.toString().contains("manifest"), failure.toString());
    assertEquals(1, failure.getSuppressed().length);
  }

  @Test
  void namesTheByteWhereAFileIsTruncated() throws IOException {
    Path file = Files.write(folder.resolve("disk.raw"), Arrays.copyOf(disk, 5_000_000));
    ConversionFailed failure =
        assertThrows(
            ConversionFailed.class,
            () ->
                Disks.copy(
                    Disks.image(List.of(Disks.part(file, 0, SIZE, null)), Compression.NONE),
                    Disks.raw(SIZE),
                    to));
    assertTrue(failure.toString().contains("5000000"), failure.toString());
    assertNothingLeft();
  }

  @Test
  void refusesARawImageThatIsShorterOrLongerThanPromised() throws IOException {
    Path file = Files.write(folder.resolve("disk.raw"), disk);
    for (long promised : new long[] {SIZE - 512L, SIZE + 512L}) {
      ConversionFailed failure =
          assertThrows(
              ConversionFailed.class, () -> Disks.copy(Disks.image(file), Disks.raw(promised), to));
      assertTrue(failure.toString().contains("disk.raw at byte"), failure.toString());
    }
    assertNothingLeft();
  }

  @ParameterizedTest
  @ValueSource(longs = {1000, 1024, -1})
  void completesTheLastSectorOfARawImageWithZeros(long promised) throws IOException {
    Path file = Files.write(folder.resolve("disk.raw"), Arrays.copyOf(disk, 1000));
    CopyResult result = Disks.copy(Disks.image(file), Disks.raw(promised), to);
    assertEquals(1024, result.size());
    byte[] sectors = Arrays.copyOf(Arrays.copyOf(disk, 1000), 1024);
    assertArrayEquals(sectors, Files.readAllBytes(to.path()));
  }

  private void assertNothingLeft() {
    assertFalse(Files.exists(to.path()));
    assertFalse(Files.exists(folder.resolve("out.raw.partial")));
  }

  private static FilePart whole(Path file) throws IOException {
    return Disks.part(file, 0, Files.size(file), null);
  }

  private static byte[] pack(Compression compression, byte[] plain) throws IOException {
    if (compression == Compression.NONE) {
      return plain;
    }
    if (compression == Compression.ZSTD) {
      return Zstd.compress(plain);
    }
    ByteArrayOutputStream packed = new ByteArrayOutputStream();
    try (OutputStream out =
        compression == Compression.GZIP
            ? new GZIPOutputStream(packed)
            : new XZOutputStream(packed, new LZMA2Options(1))) {
      out.write(plain);
    }
    return packed.toByteArray();
  }
}
