package dev.drover.importers.rvtools;

import dev.drover.importers.api.Discovery;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Everything below a location, read; and what could not be. */
final class Exports {
  private final Options options;
  private final TextPool pool = new TextPool();
  private final List<ExportFile> all = new ArrayList<>();
  private final List<Export> exports = new ArrayList<>();
  private final List<Discovery> problems = new ArrayList<>();

  private Exports(Options options) {
    this.options = options;
  }

  static Exports read(Path location, Options options) {
    Exports exports = new Exports(options);
    ExportFiles files = ExportFiles.in(location);
    exports.problems.addAll(files.problems());
    for (Map.Entry<String, List<ExportFiles.Found>> group : files.groups().entrySet()) {
      exports.read(group.getKey(), group.getValue());
    }
    return exports;
  }

  private void read(String name, List<ExportFiles.Found> files) {
    Export export = new Export(name, pool, all);
    for (ExportFiles.Found found : files) {
      ExportFile file = new ExportFile(found.path(), found.name());
      all.add(file);
      export.files.add(file);
      try {
        read(export, file, found.kind());
        file.style(options.decimal());
      } catch (ExportInvalid e) {
        export.forget(file);
        problems.add(ExportFiles.unreadable(e));
      }
    }
    if (!export.files.isEmpty()) {
      exports.add(export);
    }
  }

  private void read(Export export, ExportFile file, FileKind kind) {
    if (kind == FileKind.TEXT) {
      new CsvTableReader(export, file).read();
      return;
    }
    try {
      new WorkbookReader(export, file, options.maxInflated()).read();
    } catch (IOException e) {
      throw new ExportInvalid("RVT-001", file.name, "the file cannot be read", "check it", e);
    }
  }

  List<Export> list() {
    return exports;
  }

  List<Discovery> problems() {
    return problems;
  }
}
