package dev.drover.tests.estate;

import de.siegmar.fastcsv.writer.CsvWriter;
import java.io.IOException;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.nio.charset.Charset;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A folder of CSV files, one a sheet, as {@code RVTools -c ExportAll2csv} names them. */
final class CsvTables implements TableWriter {
  private final Path folder;
  private final char separator;
  private final Charset charset;
  private @Nullable CsvWriter sheet;

  CsvTables(Path folder, char separator, Charset charset) throws IOException {
    this.folder = Files.createDirectories(folder);
    this.separator = separator;
    this.charset = charset;
  }

  @Override
  public void sheet(String name, List<String> header) throws IOException {
    close();
    Writer out =
        new OutputStreamWriter(
            Files.newOutputStream(folder.resolve("RVTools_tab" + name + ".csv")), charset);
    sheet = CsvWriter.builder().fieldSeparator(separator).build(out);
    row(header);
  }

  @Override
  public void row(List<? extends @Nullable Object> cells) {
    CsvWriter to = java.util.Objects.requireNonNull(sheet);
    String[] texts = new String[cells.size()];
    for (int i = 0; i < texts.length; i++) {
      Object cell = cells.get(i);
      texts[i] =
          cell == null
              ? ""
              : cell instanceof Boolean flag ? (flag ? "True" : "False") : cell.toString();
    }
    to.writeRecord(texts);
  }

  @Override
  public void close() throws IOException {
    if (sheet != null) {
      sheet.close();
      sheet = null;
    }
  }
}
