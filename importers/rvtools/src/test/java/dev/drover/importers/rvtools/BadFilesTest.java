package dev.drover.importers.rvtools;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.drover.importers.api.Discovery;
import dev.drover.mappings.model.Finding;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.apache.poi.poifs.crypt.EncryptionInfo;
import org.apache.poi.poifs.crypt.EncryptionMode;
import org.apache.poi.poifs.crypt.Encryptor;
import org.apache.poi.poifs.filesystem.POIFSFileSystem;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Each kind of bad file is told by its own words, and does not stop the files beside it. */
final class BadFilesTest {
  @SuppressWarnings("NullAway.Init") // JUnit sets it.
  @TempDir
  Path folder;

  private byte[] good() {
    Path file =
        Sheets.workbook(
            folder.resolve("tmp.xlsx"),
            Map.of("vInfo", List.of(Sheets.INFO, Sheets.info("a", "vm-1", "v", 0))));
    try {
      byte[] bytes = Files.readAllBytes(file);
      Files.delete(file);
      return bytes;
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  private String only(String name, byte[] bytes, String code) {
    List<Discovery> all = Sheets.list(Sheets.file(folder.resolve(name), bytes));
    assertEquals(List.of(), Sheets.vms(all));
    String problem = Sheets.unreadable(all).get(0);
    assertTrue(problem.contains(code), problem);
    assertTrue(problem.startsWith(name), problem);
    return problem;
  }

  @Test
  void tellsAPasswordProtectedWorkbook() throws IOException, GeneralSecurityException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (POIFSFileSystem ole = new POIFSFileSystem()) {
      Encryptor encryptor = new EncryptionInfo(EncryptionMode.standard).getEncryptor();
      encryptor.confirmPassword("secret");
      try (OutputStream data = encryptor.getDataStream(ole)) {
        data.write(good());
      }
      ole.writeFilesystem(out);
    }
    assertTrue(only("p.xlsx", out.toByteArray(), "RVT-002").contains("password"));
  }

  @Test
  void tellsAnOldWorkbookWithANewName() throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (POIFSFileSystem ole = new POIFSFileSystem()) {
      ole.createDocument(new java.io.ByteArrayInputStream(new byte[5000]), "Workbook");
      ole.writeFilesystem(out);
    }
    assertTrue(only("old.xlsx", out.toByteArray(), "RVT-005").contains("Excel 97"));
  }

  @Test
  void tellsATruncatedWorkbookWhereverItIsCut() {
    byte[] whole = good();
    for (int length : new int[] {10, whole.length / 3, whole.length / 2, whole.length - 5}) {
      only("cut.xlsx", Arrays.copyOf(whole, length), "RVT-003");
    }
  }

  @Test
  void tellsDamageInTheMiddle() {
    byte[] bytes =
        Sheets.rawWorkbook(Sheets.XLSX_TYPE, "<row r=\"1\"><c t=\"s\"><v>99</v></c></row>", "");
    only("damaged.xlsx", bytes, "RVT-003");
    only("torn.xlsx", Sheets.rawWorkbook(Sheets.XLSX_TYPE, "<row r=\"1\"><c>", ""), "RVT-003");
  }

  @Test
  void tellsAnEmptyFileAnotherZipAndAWebPage() throws IOException {
    only("empty.xlsx", new byte[0], "RVT-003");
    ByteArrayOutputStream zip = new ByteArrayOutputStream();
    try (ZipOutputStream out = new ZipOutputStream(zip)) {
      Sheets.part(out, "readme.txt", "hello");
    }
    assertTrue(only("z.xlsx", zip.toByteArray(), "RVT-005").contains("zip archive"));
    only("page.xlsx", "<html><table></table></html>".getBytes(StandardCharsets.UTF_8), "RVT-005");
  }

  @Test
  void readsACsvThatIsCalledXlsx() {
    Path file = Sheets.csv(folder, "x.xlsx", Sheets.INFO, Sheets.info("a", "vm-1", "v", 0));
    assertEquals("a", Sheets.vm(Sheets.list(file), "a").name());
  }

  @Test
  void readsAWorkbookWithMacrosAndSaysThatItLooksAtNone() {
    byte[] bytes =
        Sheets.rawWorkbook(
            "application/vnd.ms-excel.sheet.macroEnabled.main+xml",
            Sheets.xmlRow(1, Sheets.INFO.split("\\|"))
                + Sheets.xmlRow(2, Sheets.info("a", "vm-1", "v", 0).split("\\|", -1)),
            "");
    List<Discovery> all = Sheets.list(Sheets.file(folder.resolve("m.xlsm"), bytes));
    assertEquals(1, Sheets.vms(all).size());
    assertEquals(Finding.Severity.INFO, Sheets.notice(all, "RVT-006").finding().severity());
  }

  @Test
  void stopsAZipBomb() throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    byte[] whole = Sheets.rawWorkbook(Sheets.XLSX_TYPE, "", "");
    try (ZipOutputStream out = new ZipOutputStream(bytes);
        java.util.zip.ZipInputStream in =
            new java.util.zip.ZipInputStream(new java.io.ByteArrayInputStream(whole))) {
      for (ZipEntry e = in.getNextEntry(); e != null; e = in.getNextEntry()) {
        if (!e.getName().equals("xl/sheet1.xml")) {
          out.putNextEntry(new ZipEntry(e.getName()));
          in.transferTo(out);
          out.closeEntry();
        }
      }
      out.putNextEntry(new ZipEntry("xl/sheet1.xml"));
      out.write("<worksheet><sheetData>".getBytes(StandardCharsets.UTF_8));
      byte[] blanks = new byte[1 << 20];
      Arrays.fill(blanks, (byte) ' ');
      for (int i = 0; i < 200; i++) {
        out.write(blanks);
      }
      out.closeEntry();
    }
    assertTrue(only("bomb.xlsx", bytes.toByteArray(), "RVT-004").contains("zip bomb"));
  }

  @Test
  void takesNoEntityAndNoDocumentType() throws IOException {
    Path secret = Sheets.file(folder.resolve("secret.txt"), "TOP-SECRET");
    byte[] bytes =
        Sheets.rawWorkbook(
            Sheets.XLSX_TYPE, "", "<!DOCTYPE x [<!ENTITY e SYSTEM \"" + secret.toUri() + "\">]>");
    String problem = only("xxe.xlsx", bytes, "RVT-003");
    assertTrue(!problem.contains("TOP-SECRET"), problem);
  }

  @Test
  void goesOnWithTheOtherFilesOfAFolder() {
    Sheets.file(folder.resolve("a.xlsx"), Arrays.copyOf(good(), 300));
    Sheets.file(folder.resolve("b.xlsx"), good());
    Sheets.file(folder.resolve("~$b.xlsx"), new byte[] {1, 2, 3});
    List<Discovery> all = Sheets.list(folder);
    assertEquals(1, Sheets.vms(all).size());
    assertEquals(1, Sheets.unreadable(all).size());
  }

  @Test
  void readsEveryEncodingAndSeparatorOfCsv() {
    String text = Sheets.INFO + "\n" + Sheets.info("Größe-é", "vm-1", "v", 0) + "\n";
    Map<String, Charset> encodings =
        Map.of(
            "", StandardCharsets.UTF_8,
            "\ufeff", StandardCharsets.UTF_8,
            "\ufeff ", StandardCharsets.UTF_16LE,
            "\ufeff  ", StandardCharsets.UTF_16BE,
            " ", Charset.forName("windows-1252"),
            "  ", StandardCharsets.UTF_16LE,
            "   ", StandardCharsets.UTF_16BE);
    encodings.forEach(
        (mark, charset) -> {
          for (char separator : new char[] {',', ';', '\t'}) {
            String plain = mark.strip() + text.replace('|', separator);
            Path file = Sheets.file(folder.resolve("vInfo.csv"), plain.getBytes(charset));
            assertEquals(
                "Größe-é",
                Sheets.vms(Sheets.list(file)).get(0).name(),
                charset + " " + (int) separator);
          }
        });
  }

  @Test
  void obeysTheLineThatNamesTheSeparator() {
    Path file =
        Sheets.file(
            folder.resolve("vInfo.csv"),
            "sep=;\n" + (Sheets.INFO + "\n" + Sheets.info("a", "vm-1", "v", 0)).replace('|', ';'));
    assertEquals("a", Sheets.vms(Sheets.list(file)).get(0).name());
  }

  @Test
  void saysThatASheetIsFullOrHasMoreRowsThanExcel() {
    for (int last : new int[] {1_048_576, 1_048_577}) {
      byte[] bytes =
          Sheets.rawWorkbook(
              Sheets.XLSX_TYPE,
              Sheets.xmlRow(1, Sheets.INFO.split("\\|"))
                  + Sheets.xmlRow(last, Sheets.info("a", "vm-1", "v", 0).split("\\|", -1)),
              "");
      List<Discovery> all = Sheets.list(Sheets.file(folder.resolve("full.xlsx"), bytes));
      assertEquals(1, Sheets.vms(all).size());
      String what = Sheets.notice(all, "RVT-013").finding().what();
      assertTrue(what.contains(last == 1_048_576 ? "full" : "more rows"), what);
    }
  }

  @Test
  void readsMoreRowsOfACsvThanExcelHas() throws IOException {
    Path file = folder.resolve("vInfo.csv");
    try (var out = Files.newBufferedWriter(file)) {
      out.write("VM,CPUs,Memory,VM ID\n");
      for (int i = 0; i < 1_048_577; i++) {
        out.write("v" + i + ",1,1024,vm-" + i + "\n");
      }
    }
    try (var source = new RvtoolsSource("x", file, new Options(null, null, null));
        var all = source.list()) {
      assertEquals(1_048_577, all.filter(Discovery.Found.class::isInstance).count());
    }
  }

  @Test
  void takesTheLastValueOfAFormulaAndNeverComputes() {
    String[] cells = Sheets.info("a", "vm-1", "v", 0).split("\\|", -1);
    cells[4] = "=HYPERLINK(&quot;http://x&quot;):8";
    byte[] bytes =
        Sheets.rawWorkbook(
            Sheets.XLSX_TYPE,
            Sheets.xmlRow(1, Sheets.INFO.split("\\|")) + Sheets.xmlRow(2, cells),
            "");
    List<Discovery> all = Sheets.list(Sheets.file(folder.resolve("f.xlsx"), bytes));
    assertEquals(8, Sheets.vm(all, "a").cpu().count());
    assertTrue(Sheets.notice(all, "RVT-008").finding().what().startsWith("1 cells"));
  }

  @Test
  void keepsHostileTextAsText() {
    String evil = "=cmd()!A1 <script>\\u001b[31m ../../etc";
    Path file = Sheets.csv(folder, "vInfo.csv", Sheets.INFO, Sheets.info(evil, "vm-1", "v", 0));
    assertEquals(evil, Sheets.vms(Sheets.list(file)).get(0).name());
  }
}
