package dev.drover.importers.ova;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_16;
import static java.nio.charset.StandardCharsets.UTF_16LE;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.drover.importers.api.Discovery;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class HostileDescriptorsTest {
  @SuppressWarnings("NullAway.Init") // JUnit sets it.
  @TempDir
  Path folder;

  private Path ovf(String text) {
    return Listing.write(folder.resolve("web.ovf"), text);
  }

  private Discovery.Unreadable bad(String text) {
    return Listing.unreadable(ovf(text));
  }

  private static String withDoctype(String doctype, String name) {
    return Ovfs.simple(name).replace("?>\n", "?>\n" + doctype + "\n");
  }

  @Test
  void refusesADocumentTypeAndReadsNoFileForIt() {
    Path secret = Listing.write(folder.resolve("secret.txt"), "s3cret");
    Discovery.Unreadable bad =
        bad(
            withDoctype(
                "<!DOCTYPE Envelope [<!ENTITY x SYSTEM \"" + secret.toUri() + "\">]>", "&x;"));
    assertTrue(bad.problem().what().contains("document type"), bad.toString());
    assertTrue(bad.place().contains("web.ovf:2:"), bad.place());
    assertFalse(bad.toString().contains("s3cret"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "<!DOCTYPE Envelope SYSTEM \"http://127.0.0.1:1/x.dtd\">",
        "<!DOCTYPE Envelope [<!ENTITY % p SYSTEM \"file:///etc/passwd\"> %p;]>",
        "<!DOCTYPE E [<!ENTITY a \"aaaaaaaaaa\"><!ENTITY b \"&a;&a;&a;&a;&a;&a;\">]>",
        "<!DOCTYPE Envelope>"
      })
  void refusesEveryDocumentType(String doctype) {
    assertTrue(bad(withDoctype(doctype, "web")).problem().what().contains("document type"));
  }

  @Test
  void refusesAnEntityThatNobodyDeclared() {
    assertEquals(
        "OVF-100", bad(Ovfs.simple("web").replace("<Name>web", "<Name>&x;")).problem().code());
  }

  @Test
  void refusesADescriptorOf100MbWithoutReadingIt() throws IOException {
    Path file = ovf(Ovfs.simple("web"));
    try (RandomAccessFile sparse = new RandomAccessFile(file.toFile(), "rw")) {
      sparse.setLength(100L << 20);
    }
    Discovery.Unreadable bad = Listing.unreadable(file);
    assertTrue(bad.problem().what().contains("it is larger than 32 MiB"), bad.toString());
    assertTrue(bad.place().endsWith("web.ovf"), bad.place());
  }

  @Test
  void refusesElementsBeyondNumberAndDepthAndText() {
    String many = Ovfs.envelope("<a/>".repeat(Limits.ELEMENTS + 1));
    assertTrue(bad(many).problem().what().contains("more elements"));
    String deep = "<a>".repeat(Limits.DEPTH) + "</a>".repeat(Limits.DEPTH);
    assertTrue(bad(Ovfs.envelope(deep)).problem().what().contains("deep"));
    String text = Ovfs.envelope("<a>" + "x".repeat(Limits.TEXT_CHARS + 1) + "</a>");
    assertTrue(bad(text).problem().what().contains("characters"));
  }

  @Test
  void namesTheLineWhereTheXmlBreaks() {
    Discovery.Unreadable bad = bad("<?xml version=\"1.0\"?>\n<Envelope>\n  <a></b>\n</Envelope>");
    assertTrue(bad.place().matches(".*web\\.ovf:3:[0-9]+"), bad.place());
    assertEquals("OVF-100", bad.problem().code());
  }

  @Test
  void saysInWordsThatAPrefixIsNotDeclared() {
    Discovery.Unreadable bad = bad(Ovfs.envelope("<x:a/>"));
    assertTrue(bad.problem().what().contains("the prefix of x:a is not declared"), bad.toString());
  }

  @ParameterizedTest
  @ValueSource(strings = {"<html/>", "<Envelope xmlns=\"http://nosuchspec.com/ovf/envelope/1\"/>"})
  void refusesWhatIsNoOvf(String text) {
    assertTrue(bad(text).problem().what().contains("no OVF descriptor"));
  }

  @Test
  void saysThatADescriptorHoldsNoVm() {
    assertTrue(bad(Ovfs.envelope("<References/>")).problem().what().contains("no VM"));
    String collection = "<VirtualSystemCollection><Info/></VirtualSystemCollection>";
    assertTrue(bad(Ovfs.envelope(collection)).problem().what().contains("no VM"));
  }

  @ParameterizedTest
  @CsvSource({
    "-1, has a capacity of -1",
    "0, has a capacity of 0",
    "99999999999999999999, too large",
    "2097152, too large",
    "1000000000000000000000000000000, too large: 1000000000000000000000000000000 times",
    "-1000000000000000000000000000000, has a capacity of -1",
    "0.3, no disk has",
    "abc, no number",
    "1e99, no number",
    "${nothing}, is not set"
  })
  void refusesANegativeOrAbsurdCapacity(String capacity, String what) {
    String text =
        Ovfs.simple("web").replace("ovf:capacity=\"1\"", "ovf:capacity=\"" + capacity + "\"");
    Discovery.Unreadable bad = bad(text);
    assertTrue(bad.problem().what().contains(what), bad.toString());
    assertTrue(bad.problem().what().contains("vmdisk1"), bad.toString());
    assertTrue(bad.place().contains("web.ovf:"), bad.place());
  }

  /** The terminal's filter writes control characters like that, too: one name looks the same. */
  @Test
  void aNameWithControlCharactersIsWrittenAsTheTerminalWritesIt() {
    assertEquals(
        "esc\\x1b[2Jevil\\n\\t\\x7f\\x9b.ovf",
        SafeName.shown("esc\u001b[2Jevil\n\t\u007f\u009b.ovf"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"byte * 2^99999", "furlong", "byte * 2^", "bit", "byte + 2"})
  void refusesAnUnknownUnitOfADisk(String unit) {
    Discovery.Unreadable bad = bad(Ovfs.simple("web").replace("byte * 2^30", unit));
    assertTrue(bad.problem().what().contains("unknown unit: " + unit), bad.toString());
  }

  @Test
  void refusesAnUnknownUnitOfTheMemory() {
    Discovery.Unreadable bad = bad(Ovfs.simple("web").replace("byte * 2^20", "parsec"));
    assertTrue(bad.problem().what().contains("unknown unit: parsec"), bad.toString());
  }

  @ParameterizedTest
  @ValueSource(strings = {"-1", "0", "many", "4097", "1.5", "99999999999999999999999999"})
  void refusesANumberOfCpusThatNoVmHas(String count) {
    String text =
        Ovfs.simple("web").replace(Ovfs.cpu(2), Ovfs.cpu(2).replace(">2<", ">" + count + "<"));
    assertTrue(bad(text).problem().what().contains("\"" + count + "\" CPUs"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"-1", "0", "much", "999999999999999"})
  void refusesAMemoryThatNoVmHas(String size) {
    String text = Ovfs.simple("web").replace(">1024<", ">" + size + "<");
    assertTrue(bad(text).problem().what().contains("of memory"));
  }

  @Test
  void refusesDisksAndFilesThatAreThereTwiceOrNotAtAll() {
    String disk = Ovfs.disk("vmdisk1", "1", "");
    String twice = Ovfs.simple("web").replace("</DiskSection>", disk + "</DiskSection>");
    assertTrue(bad(twice).problem().what().contains("a second Disk with the id \"vmdisk1\""));
    String file = "<File ovf:id=\"file1\" ovf:href=\"b\"/></References>";
    String files = Ovfs.simple("web").replace("</References>", file);
    assertTrue(bad(files).problem().what().contains("a second File with the id \"file1\""));
    String none = Ovfs.simple("web").replace("ovf:/disk/vmdisk1", "ovf:/disk/other");
    assertTrue(bad(none).problem().what().contains("\"ovf:/disk/other\""));
  }

  @Test
  void refusesParentsThatGoInACircle() {
    Listing.write(folder.resolve("disk1.vmdk"), "KDMV");
    Path file =
        ovf(Ovfs.simple("web").replace("ovf:fileRef", "ovf:parentRef=\"vmdisk1\" ovf:fileRef"));
    assertTrue(Listing.findings(Listing.vm(file), "OVF-003").get(0).what().contains("circle"));
  }

  @Test
  void readsTheEncodingsThatXmlKnows() {
    String text = Ovfs.simple("Größe");
    Path file = ovf(text);
    assertEquals("Größe", Listing.vm(file).name());
    Listing.write(file, ("\ufeff" + text).getBytes(UTF_8));
    assertEquals("Größe", Listing.vm(file).name());
    Listing.write(file, text.replace("UTF-8", "ISO-8859-1").getBytes(ISO_8859_1));
    assertEquals("Größe", Listing.vm(file).name());
    Listing.write(file, text.replace("UTF-8", "UTF-16").getBytes(UTF_16));
    assertEquals("Größe", Listing.vm(file).name());
  }

  @Test
  void saysThatTheDeclaredEncodingIsWrong() {
    byte[] latin = Ovfs.simple("Größe").getBytes(ISO_8859_1);
    Path file = Listing.write(folder.resolve("web.ovf"), latin);
    Discovery.Unreadable bad = Listing.unreadable(file);
    assertTrue(bad.problem().remedy().contains("encoding"), bad.toString());
    assertTrue(bad.place().contains("web.ovf"), bad.place());
    byte[] utf8 = Ovfs.simple("web").replace("UTF-8", "UTF-16").getBytes(UTF_8);
    assertEquals("OVF-100", Listing.unreadable(Listing.write(file, utf8)).problem().code());
    byte[] unknown = Ovfs.simple("web").replace("UTF-8", "KLINGON").getBytes(UTF_8);
    assertTrue(
        Listing.unreadable(Listing.write(file, unknown)).problem().remedy().contains("encoding"));
    byte[] wide = Ovfs.simple("web").getBytes(UTF_16LE);
    assertEquals("OVF-100", Listing.unreadable(Listing.write(file, wide)).problem().code());
  }

  @Test
  void oneBrokenVmDoesNotHideItsNeighbours() {
    String good = Ovfs.system("good", Ovfs.hardware(Ovfs.cpu(1) + Ovfs.memory(64)));
    String broken = Ovfs.system("broken", Ovfs.hardware(Ovfs.cpu(1)));
    Path file = ovf(Ovfs.envelope(broken + good));
    var all = Listing.of(file);
    assertEquals(2, all.size());
    assertTrue(all.get(0).toString().contains("\"broken\" has no memory"), all.toString());
    assertTrue(all.get(1) instanceof Discovery.Found);
  }
}
