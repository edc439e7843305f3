package dev.drover.importers.rvtools;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.util.Enumeration;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import javax.xml.parsers.ParserConfigurationException;
import org.apache.poi.openxml4j.exceptions.OpenXML4JException;
import org.apache.poi.openxml4j.opc.OPCPackage;
import org.apache.poi.openxml4j.opc.PackageAccess;
import org.apache.poi.openxml4j.opc.PackagePart;
import org.apache.poi.openxml4j.opc.PackageRelationship;
import org.apache.poi.util.XMLHelper;
import org.jspecify.annotations.Nullable;
import org.xml.sax.Attributes;
import org.xml.sax.InputSource;
import org.xml.sax.SAXException;
import org.xml.sax.XMLReader;
import org.xml.sax.helpers.DefaultHandler;

/**
 * Reads the sheets of a workbook that Drover knows, event by event, with POI's package model below:
 * a cell at a time, and shared texts in the pool that their cells end in. Macros are never looked
 * at. What the whole may unpack to is bounded here, what a part may by POI (100 times its size, its
 * {@code ZipSecureFile}), and no document type or entity is taken.
 */
final class WorkbookReader {
  private static final String BOMB =
      "export CSV, or if you trust it set the option maxInflatedGiB of the source";

  /** ECMA-376 part 1, 12.3.23, and the form of its strict variant. */
  private static final String RELATIONS_ID =
      "http://schemas.openxmlformats.org/officeDocument/2006/relationships";

  private static final String STRICT_RELATIONS_ID =
      "http://purl.oclc.org/ooxml/officeDocument/relationships";

  /** Lists of parts and of sheets; a real one has some kilobytes. */
  private static final long LIST_BYTES = 8L << 20;

  private static final int PARTS = 5_000;

  private final Export export;
  private final ExportFile file;
  private final BoundedInput.Budget budget;

  WorkbookReader(Export export, ExportFile file, @Nullable Long maxInflated) throws IOException {
    this.export = export;
    this.file = file;
    long size = Files.size(file.path);
    long byRatio = Math.max(Limits.INFLATED_BYTES, Math.multiplyExact(size, Limits.INFLATED_RATIO));
    this.budget =
        new BoundedInput.Budget(
            maxInflated != null ? maxInflated : Math.min(byRatio, Limits.INFLATED_TOTAL));
  }

  /**
   * @throws ExportInvalid when the workbook cannot be read to its end
   */
  void read() {
    try {
      checkParts();
      try (OPCPackage opc = OPCPackage.open(file.path.toFile(), PackageAccess.READ)) {
        read(opc);
      }
    } catch (IOException | OpenXML4JException | RuntimeException e) {
      throw failure(e);
    } catch (SAXException | ParserConfigurationException e) {
      throw failure(e.getCause() == null ? e : e.getCause());
    }
  }

  private ExportInvalid failure(Throwable e) {
    if (e instanceof ExportInvalid known) {
      return known;
    }
    String message = String.valueOf(e.getMessage());
    if (e instanceof BoundedInput.TooMuch || message.contains("Zip bomb")) {
      return new ExportInvalid(
          "RVT-004",
          file.name,
          "the workbook unpacks to far more than an export of its size does (a zip bomb?)",
          BOMB);
    }
    return new ExportInvalid(
        "RVT-003",
        file.name,
        "the workbook is cut off or damaged",
        "copy or export it again",
        e instanceof Exception ? e : null);
  }

  /** The parts that the package model reads whole. */
  private void checkParts() throws IOException {
    try (ZipFile zip = new ZipFile(file.path.toFile())) {
      if (zip.size() > PARTS) {
        throw new ExportInvalid(
            "RVT-004", file.name, "the workbook has " + zip.size() + " parts", BOMB);
      }
      boolean workbook = false;
      for (Enumeration<? extends ZipEntry> all = zip.entries(); all.hasMoreElements(); ) {
        ZipEntry entry = all.nextElement();
        String name = entry.getName().toLowerCase(Locale.ROOT);
        workbook |= name.endsWith("[content_types].xml");
        if (name.endsWith("[content_types].xml")
            || name.endsWith(".rels")
            || name.startsWith("docprops/")) {
          try (InputStream in =
              new BoundedInput(zip.getInputStream(entry), new BoundedInput.Budget(LIST_BYTES))) {
            in.transferTo(java.io.OutputStream.nullOutputStream());
          }
        }
      }
      if (!workbook) {
        throw noWorkbook("a zip archive");
      }
    }
  }

  private ExportInvalid noWorkbook(String what) {
    return new ExportInvalid(
        "RVT-005",
        file.name,
        "this is " + what + " and no .xlsx, whatever its name says",
        "save it as .xlsx, or export CSV with RVTools");
  }

  private void read(OPCPackage opc)
      throws IOException, OpenXML4JException, SAXException, ParserConfigurationException {
    PackagePart workbook = workbook(opc);
    String type = workbook.getContentType().toLowerCase(Locale.ROOT);
    if (type.contains("sheet.binary")) {
      throw noWorkbook("a binary workbook (.xlsb)");
    } else if (!type.contains("spreadsheetml") && !type.contains("ms-excel")) {
      throw noWorkbook("a document of another program");
    }
    file.macros = type.contains("macroenabled");
    Sheets sheets = new Sheets();
    parse(workbook, sheets);
    int[] shared = sharedTexts(workbook);
    for (Map.Entry<String, String> sheet : sheets.parts.entrySet()) {
      Topic topic = Topic.named(sheet.getKey());
      if (topic == null) {
        continue;
      }
      if (file.sheets.containsKey(topic)) {
        file.doubleSheets.add(sheet.getKey());
        continue;
      }
      SheetFacts facts = new SheetFacts(topic, sheet.getKey());
      file.sheets.put(topic, facts);
      SheetSink sink = new SheetSink(export, file, facts);
      try {
        parse(related(workbook, sheet.getValue()), new SheetHandler(sink, facts, shared));
      } catch (SheetHandler.Enough e) {
        // The sheet has no header that Drover knows; the facts say so.
      }
    }
  }

  private PackagePart workbook(OPCPackage opc) throws OpenXML4JException {
    for (String root : new String[] {RELATIONS_ID, STRICT_RELATIONS_ID}) {
      for (PackageRelationship relation : opc.getRelationshipsByType(root + "/officeDocument")) {
        PackagePart part = opc.getPart(relation);
        if (part != null) {
          return part;
        }
      }
    }
    throw noWorkbook("a zip archive");
  }

  private static PackagePart related(PackagePart workbook, String id) throws OpenXML4JException {
    PackageRelationship relation = workbook.getRelationship(id);
    if (relation == null) {
      throw new OpenXML4JException("no relation " + id);
    }
    return workbook.getRelatedPart(relation);
  }

  private int[] sharedTexts(PackagePart workbook)
      throws IOException, OpenXML4JException, SAXException, ParserConfigurationException {
    for (String root : new String[] {RELATIONS_ID, STRICT_RELATIONS_ID}) {
      for (PackageRelationship r : workbook.getRelationshipsByType(root + "/sharedStrings")) {
        SharedTexts texts = new SharedTexts(export.pool);
        parse(workbook.getRelatedPart(r), texts);
        return texts.ids();
      }
    }
    return new int[0];
  }

  private void parse(PackagePart part, DefaultHandler handler)
      throws IOException, SAXException, ParserConfigurationException {
    XMLReader reader = XMLHelper.newXMLReader();
    reader.setFeature("http://apache.org/xml/features/disallow-doctype-decl", true);
    reader.setContentHandler(handler);
    reader.setErrorHandler(handler);
    try (InputStream in = new BoundedInput(part.getInputStream(), budget)) {
      reader.parse(new InputSource(in));
    }
  }

  /** The names of the sheets and where they are, in the order of the tabs. */
  private static final class Sheets extends DefaultHandler {
    private final Map<String, String> parts = new LinkedHashMap<>();

    @Override
    public void startElement(String uri, String name, String qName, Attributes attributes) {
      if (name.equals("sheet")) {
        String id = attributes.getValue(RELATIONS_ID, "id");
        String strict = attributes.getValue(STRICT_RELATIONS_ID, "id");
        String title = attributes.getValue("name");
        if (title != null && (id != null || strict != null)) {
          parts.putIfAbsent(title, id != null ? id : strict);
        }
      }
    }
  }
}
