package dev.drover.importers.rvtools;

import de.siegmar.fastcsv.reader.CsvParseException;
import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.CsvRecord;
import java.io.IOException;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Reads one CSV: a sheet of RVTools, or a plain table of VMs. */
final class CsvTableReader {
  private final Export export;
  private final ExportFile file;
  private @Nullable SheetSink sink;
  private @Nullable SheetFacts facts;

  CsvTableReader(Export export, ExportFile file) {
    this.export = export;
    this.file = file;
  }

  /**
   * @throws ExportInvalid when the file cannot be read to its end
   */
  void read() {
    try {
      CsvDialect dialect = CsvDialect.of(file.path);
      int first = dialect.separatorLine() ? 1 : 0;
      try (Reader text = dialect.open(file.path);
          CsvReader<CsvRecord> records =
              CsvReader.builder()
                  .fieldSeparator(dialect.separator())
                  .allowExtraFields(true)
                  .allowMissingFields(true)
                  .allowExtraCharsAfterClosingQuote(true)
                  .ofCsvRecord(text)) {
        for (CsvRecord row : records) {
          if (!row(row, row.getStartingLineNumber() + first)) {
            break;
          }
        }
      }
    } catch (CsvParseException | IOException | UncheckedIOException e) {
      throw new ExportInvalid(
          "RVT-003", file.name, "the CSV cannot be read to its end", "export it again", e);
    }
    if (facts == null) {
      throw new ExportInvalid("RVT-003", file.name, "the file holds no line", "export it again");
    }
  }

  private boolean row(CsvRecord row, long line) {
    if (sink == null) {
      begin(row);
    }
    SheetSink into = java.util.Objects.requireNonNull(sink);
    SheetFacts seen = java.util.Objects.requireNonNull(facts);
    for (int i = 0; i < row.getFieldCount() && i < Limits.COLUMNS; i++) {
      String field = row.getField(i);
      if (into.wants(i) && !field.isEmpty()) {
        if (field.length() > Limits.CELL_CHARS) {
          seen.cut++;
          field = field.substring(0, Limits.CELL_CHARS);
        }
        into.text(i, CellText.clean(field));
      }
    }
    into.endRow(line);
    return !into.hopeless();
  }

  private void begin(CsvRecord header) {
    Topic byName = Topic.named(String.valueOf(file.path.getFileName()));
    Topic topic = byName == null ? guess(header) : byName;
    facts = new SheetFacts(topic, topic.sheet());
    file.sheets.put(topic, facts);
    file.plain = byName == null && topic == Topic.INFO && !isOfRvtools(header);
    sink = new SheetSink(export, file, facts);
  }

  /** The sheet whose columns the header has most of. */
  private static Topic guess(CsvRecord header) {
    return Arrays.stream(Topic.values())
        .filter(t -> t.key() != null)
        .max(java.util.Comparator.comparingLong(t -> known(t, header)))
        .filter(t -> t != Topic.INFO && known(t, header) > known(Topic.INFO, header) + 1)
        .orElse(Topic.INFO);
  }

  private static long known(Topic topic, CsvRecord header) {
    return Header.of(topic, header.getFields()).known();
  }

  private static boolean isOfRvtools(CsvRecord header) {
    return header.getFields().stream()
        .map(f -> f.toLowerCase(Locale.ROOT))
        .anyMatch(f -> f.contains("vi sdk") || f.contains("srm placeholder"));
  }
}
