package dev.drover.importers.rvtools;

import dev.drover.importers.api.Discovery;
import dev.drover.importers.api.VmSource;
import dev.drover.importers.api.VmSources;
import dev.drover.mappings.model.EstatePart;
import dev.drover.mappings.model.Finding;
import dev.drover.mappings.model.SourceVm;
import dev.drover.mappings.plan.SourceSpec;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.dhatim.fastexcel.Workbook;
import org.dhatim.fastexcel.Worksheet;

/** Writes small exports and reads them. */
final class Sheets {
  static final String INFO =
      "VM|Powerstate|Template|SRM Placeholder|CPUs|Memory|NICs|Disks|Total disk capacity MiB|In Use"
          + " MiB|Firmware|Folder|Datacenter|Cluster|Host|OS according to the configuration"
          + " file|OS according to the VMware Tools|VM ID|VM UUID|VI SDK Server|VI SDK UUID";
  static final String DISK =
      "VM|Disk|Disk Key|Capacity MiB|Raw|Disk Mode|Sharing mode|Thin|Controller|Label|Unit #|Path|VM"
          + " ID|VI SDK UUID";

  private Sheets() {}

  static String info(String name, String id, String vcenter, int disks) {
    return name
        + "|poweredOn|False|False|2|4096|0|"
        + disks
        + "||1024|bios|/DC/vm|DC|cl|esx1|Ubuntu Linux (64-bit)|Ubuntu 22.04.3 LTS|"
        + id
        + "|uuid-"
        + id
        + "|vc."
        + vcenter
        + "|"
        + vcenter;
  }

  static String disk(String name, String id, String vcenter, int number, String mib) {
    return name
        + "|Hard disk "
        + number
        + "|"
        + (1999 + number)
        + "|"
        + mib
        + "|False|persistent|sharingNone|True|VMware paravirtual SCSI|SCSI controller 0|"
        + (number - 1)
        + "|[ds1] a/a.vmdk|"
        + id
        + "|"
        + vcenter;
  }

  static Path csv(Path folder, String name, String... lines) {
    return file(folder.resolve(name), String.join("\n", lines).replace("|", ",") + "\n");
  }

  static Path file(Path file, String text) {
    return file(file, text.getBytes(StandardCharsets.UTF_8));
  }

  static Path file(Path file, byte[] bytes) {
    try {
      Files.createDirectories(file.getParent());
      return Files.write(file, bytes);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** A workbook; a cell that is digits becomes a number, one that begins with = a formula. */
  static Path workbook(Path file, Map<String, List<String>> sheets) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (Workbook workbook = new Workbook(out, "test", "1.0")) {
      for (Map.Entry<String, List<String>> each : sheets.entrySet()) {
        Worksheet sheet = workbook.newWorksheet(each.getKey());
        for (int r = 0; r < each.getValue().size(); r++) {
          String[] cells = each.getValue().get(r).split("\\|", -1);
          for (int c = 0; c < cells.length; c++) {
            if (cells[c].matches("-?[0-9]+(?:\\.[0-9]+)?")) {
              sheet.value(r, c, new java.math.BigDecimal(cells[c]));
            } else if (!cells[c].isEmpty()) {
              sheet.value(r, c, cells[c]);
            }
          }
        }
      }
      workbook.finish();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return file(file, out.toByteArray());
  }

  /** A workbook of one sheet, vInfo, whose XML is given. */
  static byte[] rawWorkbook(String mainType, String sheetXml, String workbookHead) {
    String ns = "xmlns=\"http://schemas.openxmlformats.org/spreadsheetml/2006/main\"";
    String rel = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
    String pack = "http://schemas.openxmlformats.org/package/2006/";
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (ZipOutputStream zip = new ZipOutputStream(out)) {
      part(
          zip,
          "[Content_Types].xml",
          "<Types xmlns=\""
              + pack
              + "content-types\"><Default Extension=\"rels\" ContentType=\"application/vnd.openxmlformats-package.relationships+xml\"/>"
              + "<Default Extension=\"xml\" ContentType=\"application/xml\"/>"
              + "<Override PartName=\"/xl/workbook.xml\" ContentType=\""
              + mainType
              + "\"/></Types>");
      part(
          zip,
          "_rels/.rels",
          "<Relationships xmlns=\""
              + pack
              + "relationships\"><Relationship Id=\"r1\" Type=\""
              + rel
              + "/officeDocument\" Target=\"xl/workbook.xml\"/></Relationships>");
      part(
          zip,
          "xl/workbook.xml",
          workbookHead
              + "<workbook "
              + ns
              + " xmlns:r=\""
              + rel
              + "\"><sheets><sheet name=\"vInfo\" sheetId=\"1\" r:id=\"r1\"/></sheets></workbook>");
      part(
          zip,
          "xl/_rels/workbook.xml.rels",
          "<Relationships xmlns=\""
              + pack
              + "relationships\"><Relationship Id=\"r1\" Type=\""
              + rel
              + "/worksheet\" Target=\"sheet1.xml\"/></Relationships>");
      part(
          zip,
          "xl/sheet1.xml",
          "<worksheet " + ns + "><sheetData>" + sheetXml + "</sheetData></worksheet>");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return out.toByteArray();
  }

  static final String XLSX_TYPE =
      "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml";

  static void part(ZipOutputStream zip, String name, String text) throws IOException {
    zip.putNextEntry(new ZipEntry(name));
    zip.write(text.getBytes(StandardCharsets.UTF_8));
    zip.closeEntry();
  }

  /**
   * A row of inline texts; one that begins with = is a formula whose value stands behind a colon.
   */
  static String xmlRow(int number, String... cells) {
    StringBuilder row = new StringBuilder("<row r=\"" + number + "\">");
    for (String cell : cells) {
      if (cell.startsWith("=")) {
        int colon = cell.lastIndexOf(':');
        row.append("<c><f>" + cell.substring(1, colon) + "</f><v>" + cell.substring(colon + 1));
        row.append("</v></c>");
      } else {
        row.append("<c t=\"inlineStr\"><is><t>" + cell + "</t></is></c>");
      }
    }
    return row.append("</row>").toString();
  }

  static List<Discovery> list(Path location) {
    return list(location, Map.of());
  }

  static List<Discovery> list(Path location, Map<String, String> options) {
    SourceSpec spec = new SourceSpec("x", "rvtools", location.toString(), null, null, options);
    try (VmSource source = VmSources.open(spec);
        Stream<Discovery> all = source.list()) {
      return all.toList();
    }
  }

  static List<SourceVm> vms(List<Discovery> all) {
    return all.stream()
        .filter(Discovery.Found.class::isInstance)
        .map(d -> ((Discovery.Found) d).vm())
        .toList();
  }

  static SourceVm vm(List<Discovery> all, String name) {
    return vms(all).stream().filter(v -> v.name().equals(name)).findFirst().orElseThrow();
  }

  static List<EstatePart> parts(List<Discovery> all) {
    return all.stream()
        .filter(Discovery.Around.class::isInstance)
        .map(d -> ((Discovery.Around) d).part())
        .toList();
  }

  static List<String> unreadable(List<Discovery> all) {
    return all.stream()
        .filter(Discovery.Unreadable.class::isInstance)
        .map(d -> ((Discovery.Unreadable) d).place() + " " + ((Discovery.Unreadable) d).problem())
        .toList();
  }

  /** The notice of a code. */
  static Discovery.Noticed notice(List<Discovery> all, String code) {
    return all.stream()
        .filter(Discovery.Noticed.class::isInstance)
        .map(Discovery.Noticed.class::cast)
        .filter(n -> n.finding().code().equals(code))
        .findFirst()
        .orElseThrow(() -> new AssertionError("no " + code + " in " + all));
  }

  static Finding finding(SourceVm vm, String code) {
    return vm.findings().stream()
        .filter(f -> f.code().equals(code))
        .findFirst()
        .orElseThrow(() -> new AssertionError("no " + code + " in " + vm.findings()));
  }
}
