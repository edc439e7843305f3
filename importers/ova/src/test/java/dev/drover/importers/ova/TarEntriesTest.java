package dev.drover.importers.ova;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.drover.importers.api.Discovery;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarConstants;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Names and kinds of the entries of an archive. */
final class TarEntriesTest extends ArchiveCase {
  @ParameterizedTest
  @CsvSource({
    "../disk1.vmdk, leads out",
    "a/../../disk1.vmdk, leads out",
    "/etc/passwd, absolute name",
    "C:/disk1.vmdk, absolute name",
    "..\\disk1.vmdk, leads out"
  })
  void refusesAnEntryOutsideTheArchive(String name, String what) {
    byte[] head = new Tars().file("web.ovf", Ovfs.simple("web")).bytes();
    Path file = ova(new Tars().file("web.ovf", Ovfs.simple("web")).file(name, DISK).bytes());
    Discovery.Unreadable bad = Listing.unreadable(file);
    assertTrue(bad.problem().what().contains(what), bad.toString());
    assertTrue(bad.place().matches(".*web\\.ova at byte [0-9]+"), bad.place());
    assertTrue(head.length > 0);
  }

  @Test
  void refusesAnAbsoluteNameInALongNameHeader() {
    String name = "/" + "long/".repeat(40) + "disk1.vmdk";
    for (Tars tars : List.of(new Tars(), new Tars().gnu())) {
      Path file = ova(tars.file("web.ovf", Ovfs.simple("web")).file(name, DISK).bytes());
      assertTrue(Listing.unreadable(file).problem().what().contains("absolute name"));
    }
  }

  @Test
  void readsLongNames() throws IOException {
    String name = "long/".repeat(40) + "disk1.vmdk";
    for (Tars tars : List.of(new Tars(), new Tars().gnu())) {
      Path file = ova(tars.file("web.ovf", Ovfs.simple("web", name, "")).file(name, DISK).bytes());
      assertArrayEquals(DISK, slice(Listing.image(file, "vmdisk1").parts().get(0)));
    }
  }

  @ParameterizedTest
  @CsvSource({
    "1, a hard link",
    "2, a symbolic link",
    "3, a device",
    "4, a device",
    "6, a named pipe",
    "S, a sparse file",
    "V, unknown kind",
    "M, unknown kind"
  })
  void refusesWhatIsNoPlainFile(char flag, String what) {
    Path file =
        ova(
            new Tars()
                .file("web.ovf", Ovfs.simple("web"))
                .special("disk1.vmdk", (byte) flag, "/etc/passwd")
                .bytes());
    Discovery.Unreadable bad = Listing.unreadable(file);
    assertTrue(bad.problem().what().contains(what), bad.toString());
    assertTrue(bad.place().contains(" at byte "), bad.place());
  }

  @Test
  void refusesASparseFileThatOnlyAnExtendedHeaderAnnounces() {
    TarArchiveEntry entry = new TarArchiveEntry("disk1.vmdk");
    entry.setSize(DISK.length);
    for (String key : List.of("GNU.sparse.major", "GNU.sparse.realsize", "SCHILY.realsize")) {
      byte[] header = pax(key, "1099511627776");
      Path file = ova(concat(header, new Tars().file("web.ovf", Ovfs.simple("web")).bytes()));
      assertTrue(Listing.unreadable(file).problem().what().contains("sparse file"), key);
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
  void refusesTwoEntriesOfOneName() {
    Path file =
        ova(
            new Tars()
                .file("web.ovf", Ovfs.simple("web"))
                .file("disk1.vmdk", DISK)
                .file("./disk1.vmdk", DISK)
                .bytes());
    assertTrue(Listing.unreadable(file).problem().what().contains("two files of one name"));
  }

  @Test
  void refusesTwoDescriptorsInOneArchiveAndNone() {
    Path two =
        ova(
            new Tars()
                .file("a.ovf", Ovfs.simple("a"))
                .file("b.ovf", Ovfs.simple("b"))
                .file("disk1.vmdk", DISK)
                .bytes());
    assertTrue(Listing.unreadable(two).problem().what().contains("a.ovf, b.ovf"));
    Path none = ova(new Tars().file("disk1.vmdk", DISK).bytes());
    assertTrue(Listing.unreadable(none).problem().what().contains("no OVF descriptor"));
  }
}
