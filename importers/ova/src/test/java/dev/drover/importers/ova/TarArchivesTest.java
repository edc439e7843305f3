package dev.drover.importers.ova;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.drover.importers.api.Discovery;
import dev.drover.mappings.disk.Compression;
import dev.drover.mappings.disk.DiskSource;
import dev.drover.mappings.disk.FileDigest;
import dev.drover.mappings.disk.FilePart;
import dev.drover.mappings.model.Finding;
import dev.drover.mappings.model.SourceVm;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarConstants;
import org.apache.commons.compress.archivers.tar.TarUtils;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class TarArchivesTest extends ArchiveCase {
  @Test
  void pointsToTheBytesOfADiskInsideTheArchive() throws IOException {
    Path file =
        ova(new Tars().file("web.ovf", Ovfs.simple("web")).file("disk1.vmdk", DISK).bytes());
    DiskSource.ImageFile image = Listing.image(file, "vmdisk1");
    assertArrayEquals(DISK, slice(image.parts().get(0)));
    assertEquals(file + "!disk1.vmdk", image.parts().get(0).name());
    assertTrue(image.label().contains("web.ova!disk1.vmdk"), image.label());
    assertEquals("web.ova#web", Listing.vm(file).ref().id());
  }

  @Test
  void readsADescriptorThatComesLastAndIsCalledOtherwise() throws IOException {
    Path file =
        ova(
            new Tars()
                .file("./disk1.vmdk", DISK)
                .file("web.mf", "SHA256(disk1.vmdk)= " + "ab".repeat(32) + "\n")
                .file("./other.ovf", Ovfs.simple("web"))
                .bytes());
    DiskSource.ImageFile image = Listing.image(file, "vmdisk1");
    assertArrayEquals(DISK, slice(image.parts().get(0)));
    assertEquals(new FileDigest("SHA-256", "ab".repeat(32)), image.parts().get(0).expected());
  }

  @ParameterizedTest
  @ValueSource(strings = {"web.ova", "web.ova.gz", "web.tar.gz", "web.bin"})
  void countsInTheUncompressedStreamOfAGzippedArchive(String name) throws IOException {
    byte[] bytes = new Tars().file("web.ovf", Ovfs.simple("web")).file("disk1.vmdk", DISK).gzip();
    Path file = Listing.write(folder.resolve(name), bytes);
    FilePart part = Listing.image(file, "vmdisk1").parts().get(0);
    assertEquals(Compression.GZIP, part.wrapping());
    assertArrayEquals(DISK, slice(part));
  }

  @Test
  void stopsInflatingAListingBehindDescriptorAndManifest() {
    byte[] plain =
        new Tars()
            .file("web.ovf", Ovfs.simple("web"))
            .file("web.mf", "")
            .file("disk1.vmdk", new byte[1 << 20])
            .bytes();
    byte[] gzip = Tars.gzip(plain);
    Path file = Listing.write(folder.resolve("web.ova.gz"), Arrays.copyOf(gzip, gzip.length / 2));
    assertEquals(List.of(), Listing.findings(Listing.vm(file), "OVF-003"));
    try (var source = Listing.source(file, Map.of())) {
      var failure =
          org.junit.jupiter.api.Assertions.assertThrows(
              dev.drover.mappings.failure.SourceFailed.class,
              () -> source.open(Listing.vm(file).ref()).close());
      assertTrue(failure.toString().contains("the entry disk1.vmdk"), failure.toString());
      assertTrue(failure.toString().contains("cut off"), failure.toString());
    }
  }

  @Test
  void refusesAGzipBomb() throws IOException {
    byte[] bomb = new Tars().file("a.txt", new byte[300 << 10]).gzip();
    Path file = Listing.write(folder.resolve("bomb.ova"), bomb);
    try (GzipInput in = new GzipInput(file, 100_000)) {
      var failure =
          org.junit.jupiter.api.Assertions.assertThrows(
              dev.drover.mappings.failure.HostileInput.class, () -> new TarWalkAll(file, in).run());
      assertTrue(failure.toString().contains("inflates to more than 100000"));
      assertTrue(in.position() < 300 << 10, "it went on to " + in.position());
    }
    assertEquals((1L << 30) + 100_000_000, GzipInput.defaultLimit(1_000_000));
  }

  /** Goes through an archive. */
  private record TarWalkAll(Path file, ForwardInput in) {
    void run() throws IOException {
      TarWalk walk = new TarWalk(file, in);
      while (walk.next() != null) {
        // Only the way counts.
      }
    }
  }

  /** An extended header as an entry of its own. */
  private static byte[] pax(String key, String value) {
    String body = " " + key + "=" + value + "\n";
    int length = body.length() + String.valueOf(body.length() + 2).length();
    byte[] record = (length + body).getBytes();
    byte[] blocks = new byte[1024];
    TarArchiveEntry entry = new TarArchiveEntry("pax", TarConstants.LF_PAX_EXTENDED_HEADER_LC);
    entry.setSize(record.length);
    entry.writeEntryHeader(blocks);
    System.arraycopy(record, 0, blocks, 512, record.length);
    return blocks;
  }

  private static byte[] concat(byte[] first, byte[] second) {
    byte[] both = Arrays.copyOf(first, first.length + second.length);
    System.arraycopy(second, 0, both, first.length, second.length);
    return both;
  }

  @Test
  void readsAnEntryOfMoreThan8GiB() throws IOException {
    for (boolean star : List.of(true, false)) {
      long size = 9L << 30;
      byte[] first = new Tars().file("web.ovf", Ovfs.simple("web")).bytes();
      Path file = ova(withoutTrailer(first));
      byte[] blocks = star ? new byte[512] : concat(pax("size", "" + size), new byte[512]);
      TarArchiveEntry entry = new TarArchiveEntry("disk1.vmdk");
      entry.setSize(star ? size : 0);
      byte[] header = new byte[512];
      entry.writeEntryHeader(
          header,
          org.apache.commons.compress.archivers.zip.ZipEncodingHelper.getZipEncoding("UTF-8"),
          star);
      System.arraycopy(header, 0, blocks, blocks.length - 512, 512);
      long start = Files.size(file);
      try (RandomAccessFile sparse = new RandomAccessFile(file.toFile(), "rw")) {
        sparse.seek(start);
        sparse.write(blocks);
        sparse.setLength(start + blocks.length + size + 1024);
      }
      FilePart part = Listing.image(file, "vmdisk1").parts().get(0);
      assertEquals(size, part.length());
      assertEquals(start + blocks.length, part.offset());
    }
  }

  private static byte[] withoutTrailer(byte[] tar) {
    int end = tar.length;
    while (end >= 512 && zero(tar, end - 512)) {
      end -= 512;
    }
    return Arrays.copyOf(tar, end);
  }

  private static boolean zero(byte[] bytes, int from) {
    for (int i = from; i < from + 512; i++) {
      if (bytes[i] != 0) {
        return false;
      }
    }
    return true;
  }

  @Test
  void saysWhereATruncatedArchiveEnds() {
    byte[] whole =
        new Tars().file("web.ovf", Ovfs.simple("web")).file("disk1.vmdk", new byte[5000]).bytes();
    int header = withoutTrailer(new Tars().file("web.ovf", Ovfs.simple("web")).bytes()).length;
    for (int cut : List.of(100, 700, header + 100, header + 512 + 100)) {
      Discovery.Unreadable bad = Listing.unreadable(ova(Arrays.copyOf(whole, cut)));
      assertTrue(bad.place().matches(".*web\\.ova at byte [0-9]+"), bad.toString());
      assertTrue(cut < 512 || bad.problem().what().contains("ends in the middle"), bad.toString());
    }
  }

  @Test
  void readsAnArchiveWithoutTheZeroBlocksAtItsEnd() {
    byte[] bytes = new Tars().file("web.ovf", Ovfs.simple("web")).file("disk1.vmdk", DISK).bytes();
    SourceVm vm = Listing.vm(ova(withoutTrailer(bytes)));
    assertEquals(List.of(), Listing.findings(vm, "OVF-003"));
  }

  @Test
  void refusesABrokenHeader() {
    byte[] bytes = new Tars().file("web.ovf", Ovfs.simple("web")).file("disk1.vmdk", DISK).bytes();
    int header = withoutTrailer(new Tars().file("web.ovf", Ovfs.simple("web")).bytes()).length;
    bytes[header + 3] ^= 1;
    Discovery.Unreadable bad = Listing.unreadable(ova(bytes));
    assertTrue(bad.place().endsWith("web.ova at byte " + header), bad.place());
    assertFalse(TarUtils.verifyCheckSum(Arrays.copyOfRange(bytes, header, header + 512)));
  }

  @Test
  void refusesADescriptorThatClaimsToBeHuge() throws IOException {
    TarArchiveEntry entry = new TarArchiveEntry("web.ovf");
    entry.setSize(100L << 20);
    byte[] header = new byte[512];
    entry.writeEntryHeader(header);
    Path file = ova(header);
    try (RandomAccessFile sparse = new RandomAccessFile(file.toFile(), "rw")) {
      sparse.setLength(512 + (100L << 20) + 1024);
    }
    assertTrue(Listing.unreadable(file).problem().what().contains("larger than 32 MiB"));
  }

  @ParameterizedTest
  @CsvSource({"PK34, zip", "BZh9, bzip2"})
  void namesOtherArchivesForWhatTheyAre(String magic, String kind) {
    Path file = ova((magic + "x".repeat(600)).getBytes());
    assertTrue(Listing.unreadable(file).problem().what().contains(kind));
  }

  @Test
  void refusesAnEmptyFileAndNoise() {
    Finding empty = Listing.unreadable(ova(new byte[0])).problem();
    assertTrue(empty.what().contains("empty file"), empty.what());
    assertFalse(empty.remedy().contains("unpack"), empty.remedy());
    byte[] noise = new byte[4096];
    Arrays.fill(noise, (byte) 'x');
    assertTrue(Listing.unreadable(ova(noise)).problem().what().contains("no tar archive"));
  }
}
