package dev.drover.importers.ova;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.drover.importers.api.Discovery;
import dev.drover.mappings.disk.FileDigest;
import dev.drover.mappings.model.Finding;
import dev.drover.mappings.model.SourceVm;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class ManifestTest {
  @SuppressWarnings("NullAway.Init") // JUnit sets it.
  @TempDir
  Path folder;

  private Path ovf() {
    Listing.write(folder.resolve("disk1.vmdk"), "KDMV");
    return Listing.write(folder.resolve("web.ovf"), Ovfs.simple("web"));
  }

  private static String hex(String algorithm, String text) throws Exception {
    byte[] digest =
        MessageDigest.getInstance(algorithm).digest(text.getBytes(StandardCharsets.UTF_8));
    return HexFormat.of().formatHex(digest);
  }

  @ParameterizedTest
  @CsvSource({"SHA1, SHA-1", "SHA256, SHA-256", "SHA512, SHA-512", "sha-256, SHA-256"})
  void promisesTheDigestOfADisk(String written, String algorithm) throws Exception {
    String manifest =
        written
            + "(web.ovf)= "
            + hex(algorithm, Ovfs.simple("web"))
            + "\r\n"
            + written
            + " (disk1.vmdk) = "
            + hex(algorithm, "KDMV").toUpperCase(java.util.Locale.ROOT);
    Listing.write(folder.resolve("web.mf"), manifest);
    Path file = ovf();
    assertEquals(List.of(), Listing.vm(file).findings());
    assertEquals(
        new FileDigest(algorithm, hex(algorithm, "KDMV")),
        Listing.image(file, "vmdisk1").parts().get(0).expected());
  }

  @Test
  void refusesADescriptorThatIsNotThePromisedOne() {
    Listing.write(folder.resolve("web.mf"), "SHA256(web.ovf)= " + "00".repeat(32));
    Discovery.Unreadable bad = Listing.unreadable(ovf());
    assertEquals("OVF-106", bad.problem().code());
    assertTrue(bad.place().endsWith("web.ovf"), bad.place());
    assertTrue(bad.problem().what().contains("00".repeat(32)), bad.toString());
    assertEquals("web", Listing.vm(ovf(), Map.of("manifest", "ignore")).name());
  }

  @Test
  void refusesADescriptorInAnArchiveWhoseManifestComesLast() {
    byte[] tar =
        new Tars()
            .file("web.ovf", Ovfs.simple("web"))
            .file("disk1.vmdk", "KDMV")
            .file("web.mf", "SHA1(web.ovf)= " + "00".repeat(20))
            .bytes();
    for (byte[] bytes : List.of(tar, Tars.gzip(tar))) {
      Path file = Listing.write(folder.resolve("web.ova"), bytes);
      assertEquals("OVF-106", Listing.unreadable(file).problem().code());
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "MD5(disk1.vmdk)= 0123456789abcdef0123456789abcdef",
        "SHA256(disk1.vmdk)= 00",
        "noise"
      })
  void saysThatItCannotUseALineOfTheManifest(String line) {
    Listing.write(folder.resolve("web.mf"), "\n" + line + "\n");
    SourceVm vm = Listing.vm(ovf());
    Finding finding = Listing.findings(vm, "OVF-006").get(0);
    assertTrue(finding.remedy().contains("web.mf:2:1"), finding.remedy());
    assertEquals(1, Listing.findings(vm, "OVF-005").size(), "the disk is not covered");
    assertNull(Listing.image(folder.resolve("web.ovf"), "vmdisk1").parts().get(0).expected());
  }

  @Test
  void takesTheStrongerOfTwoDigestsAndRefusesAContradiction() throws Exception {
    String both =
        "SHA1(disk1.vmdk)= "
            + hex("SHA-1", "KDMV")
            + "\nSHA256(disk1.vmdk)= "
            + hex("SHA-256", "KDMV");
    Listing.write(folder.resolve("web.mf"), both);
    FileDigest digest = Listing.image(ovf(), "vmdisk1").parts().get(0).expected();
    assertEquals(new FileDigest("SHA-256", hex("SHA-256", "KDMV")), digest);
    Listing.write(folder.resolve("web.mf"), both + "\nSHA1(disk1.vmdk)= " + "00".repeat(20));
    assertTrue(Listing.unreadable(ovf()).problem().what().contains("two digests"));
  }
}
