package dev.drover.importers.rvtools;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.dhatim.fastexcel.reader.Cell;
import org.dhatim.fastexcel.reader.CellType;
import org.dhatim.fastexcel.reader.ReadableWorkbook;
import org.dhatim.fastexcel.reader.Row;
import org.dhatim.fastexcel.reader.Sheet;

/**
 * Pours a workbook into the same store with POI's events and with fastexcel-reader, for
 * docs/performance.md; run by hand with the file and {@code poi} or {@code fastexcel}.
 */
final class ReaderComparison {
  private ReaderComparison() {}

  public static void main(String[] arguments) throws IOException {
    Path file = Path.of(arguments[0]);
    Export export = new Export("x", new TextPool(), new ArrayList<>());
    ExportFile read = new ExportFile(file, "x");
    export.all.add(read);
    export.files.add(read);
    long start = System.nanoTime();
    if (arguments[1].equals("poi")) {
      new WorkbookReader(export, read, null).read();
    } else {
      fastexcel(export, read);
    }
    long wall = System.nanoTime() - start;
    long cpu = ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
    int rows = 0;
    for (Topic topic : Topic.values()) {
      rows += export.rows(topic).size();
    }
    long peak =
        ManagementFactory.getMemoryPoolMXBeans().stream()
            .filter(p -> p.getName().contains("Old") || p.getName().contains("Tenured"))
            .mapToLong(p -> p.getPeakUsage().getUsed())
            .sum();
    System.gc();
    Runtime jvm = Runtime.getRuntime();
    System.out.printf(
        "%s: %d rows, %d texts, wall %.1f s, cpu %.1f s, peak of the old generation %d MiB, live %d"
            + " MiB%n",
        arguments[1],
        rows,
        export.pool.size(),
        wall / 1e9,
        cpu / 1e9,
        peak >> 20,
        (jvm.totalMemory() - jvm.freeMemory()) >> 20);
  }

  private static void fastexcel(Export export, ExportFile file) throws IOException {
    try (ReadableWorkbook workbook = new ReadableWorkbook(file.path.toFile())) {
      List<Sheet> sheets = workbook.getSheets().toList();
      for (Sheet sheet : sheets) {
        Topic topic = Topic.named(sheet.getName());
        if (topic != null) {
          SheetFacts facts = new SheetFacts(topic, sheet.getName());
          file.sheets.put(topic, facts);
          SheetSink sink = new SheetSink(export, file, facts);
          try (Stream<Row> rows = sheet.openStream()) {
            rows.forEach(row -> pour(row, sink));
          }
        }
      }
    }
  }

  private static void pour(Row row, SheetSink sink) {
    for (Cell cell : row) {
      if (cell != null && cell.getRawValue() != null && sink.wants(cell.getColumnIndex())) {
        String raw = cell.getRawValue();
        boolean number =
            cell.getType() == CellType.NUMBER && !raw.chars().allMatch(c -> c >= '0' && c <= '9');
        sink.text(cell.getColumnIndex(), number ? NumberStyle.RAW + raw : CellText.clean(raw));
      }
    }
    sink.endRow(row.getRowNum());
  }
}
