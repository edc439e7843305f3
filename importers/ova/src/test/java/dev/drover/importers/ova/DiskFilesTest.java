package dev.drover.importers.ova;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.drover.importers.api.Discovery;
import dev.drover.mappings.disk.Compression;
import dev.drover.mappings.disk.DiskFormat;
import dev.drover.mappings.disk.DiskSource;
import dev.drover.mappings.disk.FilePart;
import dev.drover.mappings.failure.Failure;
import dev.drover.mappings.model.ByteSize;
import dev.drover.mappings.model.Finding;
import dev.drover.mappings.model.SourceDisk;
import dev.drover.mappings.model.SourceVm;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class DiskFilesTest {
  @SuppressWarnings("NullAway.Init") // JUnit sets it.
  @TempDir
  Path folder;

  private Path ovf(String text) {
    return Listing.write(folder.resolve("web.ovf"), text);
  }

  private Path file(String name) {
    return Listing.write(folder.resolve(name), "KDMV");
  }

  private static List<String> names(List<FilePart> parts) {
    return parts.stream().map(part -> String.valueOf(part.file().getFileName())).toList();
  }

  /** The one blocker of the VM in web.ovf, which opening the disk repeats. */
  private Finding blocker(Path file) {
    SourceVm vm = Listing.vm(file);
    Finding blocker = Listing.findings(vm, "OVF-003").get(0);
    assertEquals(Finding.Severity.BLOCKER, blocker.severity());
    Failure failure = assertThrows(Failure.class, () -> Listing.disk(file, "vmdisk1"));
    assertTrue(blocker.what().contains(failure.what()), blocker + " against " + failure);
    return blocker;
  }

  @Test
  void saysWhichDiskIsMissingAndWhoWantsIt() {
    Finding blocker = blocker(ovf(Ovfs.simple("web")));
    assertTrue(blocker.what().contains("disk1.vmdk: the file is missing"), blocker.what());
    assertTrue(blocker.what().contains("web.ovf:3:"), blocker.what());
    Path ova =
        Listing.write(
            folder.resolve("web.ova"), new Tars().file("web.ovf", Ovfs.simple("web")).bytes());
    assertTrue(blocker(ova).what().contains("web.ova!disk1.vmdk"));
  }

  @ParameterizedTest
  @CsvSource({
    "../secret.vmdk, leads out",
    "/etc/passwd, absolute",
    "a/../../b, leads out",
    "%2e%2e/secret.vmdk, leads out",
    "http://user:pw@example.org/d.vmdk, elsewhere",
    "file:///etc/passwd, elsewhere"
  })
  void refusesAReferenceOutOfTheAppliance(String href, String what) {
    Path file = ovf(Ovfs.simple("web", href, ""));
    Finding blocker = blocker(file);
    assertTrue(blocker.what().contains(what), blocker.what());
    assertTrue(!blocker.toString().contains("pw@"), "a password is in the finding");
  }

  @Test
  void doesNotFollowALinkOutOfTheFolder() throws IOException {
    Path inner = folder.resolve("inner");
    Path file = Listing.write(inner.resolve("web.ovf"), Ovfs.simple("web"));
    Files.createSymbolicLink(inner.resolve("disk1.vmdk"), file("outside.vmdk"));
    assertTrue(blocker(file).what().contains("symbolic link leads out"));
    Files.delete(inner.resolve("disk1.vmdk"));
    Listing.write(inner.resolve("real.vmdk"), "KDMV");
    Files.createSymbolicLink(inner.resolve("disk1.vmdk"), inner.resolve("real.vmdk"));
    assertEquals(4, Listing.image(file, "vmdisk1").parts().get(0).length());
    Files.delete(inner.resolve("disk1.vmdk"));
    Files.createDirectory(inner.resolve("disk1.vmdk"));
    assertTrue(blocker(file).what().contains("no plain file"));
  }

  @Test
  void findsAFileWhoseHrefIsEscaped() {
    file("my disk+1.vmdk");
    Path file = ovf(Ovfs.simple("web", "my%20disk+1.vmdk", ""));
    assertEquals(List.of("my disk+1.vmdk"), names(Listing.image(file, "vmdisk1").parts()));
  }

  @Test
  void joinsChunksInOrder() {
    String text =
        Ovfs.simple("web")
            .replace("ovf:id=\"file1\"", "ovf:id=\"file1\" ovf:size=\"10\" ovf:chunkSize=\"4\"");
    Path file = ovf(text);
    file("disk1.vmdk.000000000");
    file("disk1.vmdk.000000001");
    assertTrue(blocker(file).what().contains("disk1.vmdk.000000002"));
    file("disk1.vmdk.000000002");
    List<FilePart> parts = Listing.image(file, "vmdisk1").parts();
    assertEquals(
        List.of("disk1.vmdk.000000000", "disk1.vmdk.000000001", "disk1.vmdk.000000002"),
        names(parts));
    Path open = ovf(text.replace("ovf:size=\"10\"", ""));
    assertEquals(3, Listing.image(open, "vmdisk1").parts().size());
    assertTrue(
        blocker(ovf(text.replace("chunkSize=\"4\"", "chunkSize=\"-4\""))).what().contains("-4"));
  }

  @Test
  void undoesCompression() {
    file("disk1.vmdk");
    file("disk1.vmdk.gz");
    String gzip =
        Ovfs.simple("web").replace("ovf:id=\"file1\"", "ovf:id=\"file1\" ovf:compression=\"gzip\"");
    assertEquals(Compression.GZIP, Listing.image(ovf(gzip), "vmdisk1").compression());
    Path named = ovf(Ovfs.simple("web", "disk1.vmdk.gz", ""));
    assertEquals(Compression.GZIP, Listing.image(named, "vmdisk1").compression());
    assertEquals(1, Listing.findings(Listing.vm(named), "OVF-026").size());
    assertTrue(blocker(ovf(gzip.replace("\"gzip\"", "\"lzma9\""))).what().contains("lzma9"));
  }

  @Test
  void readsADeltaWithItsParents() {
    file("disk1.vmdk");
    file("base.vmdk");
    String text =
        Ovfs.simple("web")
            .replace(
                "</References>", "<File ovf:id=\"file2\" ovf:href=\"base.vmdk\"/></References>")
            .replace("ovf:fileRef", "ovf:parentRef=\"base\" ovf:fileRef")
            .replace(
                "</DiskSection>",
                Ovfs.disk("base", "1", Ovfs.gib() + " ovf:fileRef=\"file2\"") + "</DiskSection>");
    DiskSource.ImageFile delta = Listing.image(ovf(text), "vmdisk1");
    DiskSource.ImageFile parent = Objects.requireNonNull(delta.parent());
    assertEquals(List.of("base.vmdk"), names(parent.parts()));
    assertEquals(1, Listing.vm(folder.resolve("web.ovf")).disks().get(0).backing().chainDepth());
    assertTrue(
        blocker(ovf(text.replace("parentRef=\"base\"", "parentRef=\"gone\"")))
            .what()
            .contains("\"gone\""));
  }

  @Test
  void givesAnImageOnlyThoseSiblingsThatNoDiskOwns() {
    List.of("disk1.vmdk", "disk1-s001.vmdk", "other.vmdk", "unlisted.vmdk").forEach(this::file);
    String text =
        Ovfs.simple("web")
            .replace(
                "</References>",
                "<File ovf:id=\"s1\" ovf:href=\"disk1-s001.vmdk\"/><File ovf:id=\"o\" ovf:href=\"other.vmdk\"/>"
                    + "<File ovf:id=\"x\" ovf:href=\"../x\"/><File ovf:id=\"u\" ovf:href=\"http://h/x\"/></References>")
            .replace(
                "</DiskSection>", Ovfs.disk("other", "1", "ovf:fileRef=\"o\"") + "</DiskSection>");
    assertEquals(List.of("disk1-s001.vmdk"), names(Listing.image(ovf(text), "vmdisk1").siblings()));
  }

  @Test
  void makesABlankDiskWhereThereIsNoFile() {
    Path file = ovf(Ovfs.simple("web").replace("ovf:fileRef=\"file1\"", ""));
    DiskSource.Blank blank =
        assertInstanceOf(DiskSource.Blank.class, Listing.disk(file, "vmdisk1"));
    assertEquals(ByteSize.ofGiB(1), blank.size());
    assertEquals(SourceDisk.Kind.BLANK, Listing.vm(file).disks().get(0).backing().kind());
  }

  @Test
  void saysThatTwoVmsReferToOneDisk() {
    file("disk1.vmdk");
    String hardware =
        Ovfs.hardware(
            Ovfs.cpu(1) + Ovfs.memory(64) + Ovfs.scsi(3) + Ovfs.drive(8, 3, 0, "vmdisk1"));
    String text =
        Ovfs.simple("web").replace("</Envelope>", Ovfs.system("web2", hardware) + "</Envelope>");
    for (Discovery one : Listing.of(ovf(text))) {
      SourceVm vm = assertInstanceOf(Discovery.Found.class, one).vm();
      assertEquals(SourceDisk.Sharing.UNKNOWN, vm.disks().get(0).sharing());
      assertEquals(1, Listing.findings(vm, "OVF-008").size());
    }
    String shared =
        "<SharedDiskSection><Info/><SharedDisk ovf:diskId=\"vmdisk1\"/></SharedDiskSection>";
    for (Discovery one :
        Listing.of(ovf(text.replace("</DiskSection>", "</DiskSection>" + shared)))) {
      SourceVm vm = assertInstanceOf(Discovery.Found.class, one).vm();
      assertEquals(SourceDisk.Sharing.MULTI_WRITER, vm.disks().get(0).sharing());
    }
  }

  @ParameterizedTest
  @CsvSource({
    "http://www.vmware.com/interfaces/specifications/vmdk.html#streamOptimized, x, VMDK",
    "http://www.vmware.com/specifications/vmdk.html#sparse, x, VMDK",
    "http://www.gnome.org/~markmc/qcow-image-format.html, x, QCOW2",
    "http://technet.microsoft.com/en-us/library/bb676673.aspx, x, VHD",
    "http://example.org/vhdx, x, VHDX",
    "'', disk.vhdx, VHDX",
    "'', disk.VHD.gz, VHD",
    "'', disk.qcow2, QCOW2",
    "'', disk.img, RAW",
    "'', disk.vdi, VDI"
  })
  void tellsTheFormatByItsUriAndElseByTheName(String uri, String name, DiskFormat format) {
    DiskFormat byUri = Formats.byUri(uri);
    assertEquals(format, byUri != null ? byUri : Formats.byName(name));
  }

  @Test
  void saysThatFormatAndNameContradictEachOther() {
    file("disk1.qcow2");
    SourceVm vm = Listing.vm(ovf(Ovfs.simple("web", "disk1.qcow2", "")));
    assertEquals(1, Listing.findings(vm, "OVF-023").size());
  }

  @ParameterizedTest
  @ValueSource(strings = {"5", "-2", "abcd"})
  void saysThatAFileHasNotThePromisedSize(String size) {
    file("disk1.vmdk");
    String text =
        Ovfs.simple("web")
            .replace("ovf:id=\"file1\"", "ovf:id=\"file1\" ovf:size=\"" + size + "\"");
    List<Finding> found = Listing.findings(Listing.vm(ovf(text)), "OVF-020");
    assertEquals(1, found.size());
    // Shorter than promised is cut off; the others are an exporter's mistake.
    assertEquals(
        size.equals("5") ? Finding.Severity.BLOCKER : Finding.Severity.WARNING,
        found.get(0).severity());
    String right = text.replace("\"" + size + "\"", "\"4\"");
    assertEquals(0, Listing.findings(Listing.vm(ovf(right)), "OVF-020").size());
  }
}
