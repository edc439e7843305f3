package dev.drover.tests.estate;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.util.Enumeration;
import java.util.List;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import java.util.zip.ZipOutputStream;
import org.dhatim.fastexcel.Workbook;
import org.dhatim.fastexcel.Worksheet;
import org.jspecify.annotations.Nullable;

/** A workbook, written with flat memory unless texts are shared; the same bytes each time. */
final class XlsxTables implements TableWriter {
  private static final int FLUSH_ROWS = 500;

  private final Path file;
  private final Path draft;
  private final OutputStream out;
  private final Workbook workbook;
  private final boolean shared;
  private @Nullable Worksheet sheet;
  private int next;

  XlsxTables(Path file, boolean shared) throws IOException {
    this.file = file;
    this.draft = file.resolveSibling(file.getFileName() + ".draft");
    this.out = new BufferedOutputStream(Files.newOutputStream(draft), 1 << 16);
    this.workbook = new Workbook(out, "RVTools", "4.0");
    this.workbook.setCompressionLevel(1);
    this.shared = shared;
  }

  @Override
  public void sheet(String name, List<String> header) throws IOException {
    finish();
    sheet = workbook.newWorksheet(name);
    next = 0;
    row(header);
  }

  @Override
  public void row(List<? extends @Nullable Object> cells) throws IOException {
    Worksheet to = java.util.Objects.requireNonNull(sheet);
    for (int i = 0; i < cells.size(); i++) {
      Object cell = cells.get(i);
      if (cell instanceof Number number) {
        to.value(next, i, number);
      } else if (cell instanceof Boolean flag) {
        to.value(next, i, flag);
      } else if (cell instanceof String text && !text.isEmpty()) {
        if (shared) {
          to.value(next, i, text);
        } else {
          to.inlineString(next, i, text);
        }
      }
    }
    next++;
    if (next % FLUSH_ROWS == 0) {
      to.flush();
    }
  }

  private void finish() throws IOException {
    if (sheet != null) {
      sheet.finish();
    }
  }

  @Override
  public void close() throws IOException {
    finish();
    workbook.finish();
    out.close();
    withoutTimes();
    Files.delete(draft);
  }

  /** The library writes the time of day into the workbook, and the zip has one for each part. */
  private void withoutTimes() throws IOException {
    try (ZipFile from = new ZipFile(draft.toFile());
        ZipOutputStream to =
            new ZipOutputStream(new BufferedOutputStream(Files.newOutputStream(file), 1 << 16))) {
      Enumeration<? extends ZipEntry> entries = from.entries();
      while (entries.hasMoreElements()) {
        ZipEntry entry = entries.nextElement();
        ZipEntry copy = new ZipEntry(entry.getName());
        copy.setTimeLocal(LocalDateTime.of(2026, 1, 1, 0, 0));
        to.putNextEntry(copy);
        try (InputStream in = from.getInputStream(entry)) {
          if (entry.getName().equals("docProps/core.xml")) {
            String text = new String(in.readAllBytes(), StandardCharsets.UTF_8);
            to.write(
                text.replaceAll("\\d{4}-\\d\\d-\\d\\dT[0-9:.]+Z", "2026-01-01T00:00:00.000Z")
                    .getBytes(StandardCharsets.UTF_8));
          } else {
            in.transferTo(to);
          }
        }
        to.closeEntry();
      }
    }
  }
}
