package dev.drover.importers.rvtools;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;

/** What a file is, by its first bytes and never by its name. */
enum FileKind {
  WORKBOOK,
  TEXT;

  /** Where an OLE2 file keeps its directory is anywhere; its names are near the beginning. */
  private static final int LOOK = 1 << 20;

  /**
   * @throws ExportInvalid when it is something that Drover does not read
   */
  static FileKind of(Path file, String name) {
    byte[] head;
    try (InputStream in = Files.newInputStream(file)) {
      head = in.readNBytes(LOOK);
    } catch (IOException e) {
      throw new ExportInvalid("RVT-001", name, "the file cannot be read", "check it", e);
    }
    if (head.length == 0) {
      throw new ExportInvalid("RVT-003", name, "the file is empty", "export it again");
    }
    if (begins(head, 'P', 'K', 3, 4) || begins(head, 'P', 'K', 5, 6)) {
      return WORKBOOK;
    } else if (begins(head, 0xd0, 0xcf, 0x11, 0xe0)) {
      throw ole(head, name);
    }
    return text(head, name);
  }

  private static boolean begins(byte[] head, int... bytes) {
    for (int i = 0; i < bytes.length; i++) {
      if (head.length <= i || (head[i] & 0xff) != (bytes[i] & 0xff)) {
        return false;
      }
    }
    return true;
  }

  /** MS-OFFCRYPTO 2.3: a workbook with a password is a stream of this name in an OLE2 file. */
  private static ExportInvalid ole(byte[] head, String name) {
    String text = new String(head, StandardCharsets.ISO_8859_1);
    if (text.contains(wide("EncryptedPackage"))) {
      return new ExportInvalid(
          "RVT-002",
          name,
          "the workbook is protected with a password",
          "open it in Excel or LibreOffice, save it without a password, and give Drover that file");
    }
    return new ExportInvalid(
        "RVT-005",
        name,
        text.contains(wide("Workbook"))
            ? "this is a workbook of Excel 97 to 2003 (.xls), whatever its name says"
            : "this is an OLE2 file and no workbook",
        "save it as .xlsx, or export CSV with RVTools");
  }

  private static String wide(String text) {
    return new String(text.getBytes(StandardCharsets.UTF_16LE), StandardCharsets.ISO_8859_1);
  }

  private static FileKind text(byte[] head, String name) {
    boolean wide = begins(head, 0xff, 0xfe) || begins(head, 0xfe, 0xff);
    int zeros = 0;
    int controls = 0;
    int looked = Math.min(head.length, 4096);
    for (int i = 0; i < looked; i++) {
      zeros += head[i] == 0 ? 1 : 0;
      controls += head[i] > 0 && head[i] < 32 && "\t\r\n\f\u001a".indexOf(head[i]) < 0 ? 1 : 0;
    }
    boolean wideWithoutMark = zeros >= looked / 4 && zeros <= looked * 3 / 4;
    String start = new String(head, 0, looked, StandardCharsets.ISO_8859_1).stripLeading();
    if ((zeros > 0 && !wide && !wideWithoutMark) || controls > looked / 50) {
      throw new ExportInvalid(
          "RVT-005",
          name,
          "this is neither a workbook nor a text file",
          "give Drover an .xlsx or a .csv of RVTools");
    }
    String lower = start.toLowerCase(Locale.ROOT);
    if (lower.startsWith("<html") || lower.startsWith("<!doctype") || lower.startsWith("<?xml")) {
      throw new ExportInvalid(
          "RVT-005",
          name,
          "this is a web page or XML and no CSV, whatever its name says",
          "open it in Excel or LibreOffice and save it as .xlsx");
    }
    return TEXT;
  }
}
