package dev.drover.tests.estate;

import dev.drover.tests.estate.Quirks.Kind;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;

/**
 * Writes what RVTools would export of a made-up estate, of any size, the same bytes for the same
 * arguments. Sheet after sheet every VM is made anew from the seed and its number, so that memory
 * stays flat; with {@code SHARED_TEXTS} the workbook's texts are held.
 *
 * <pre>
 * java … dev.drover.tests.estate.RvtoolsGenerator OUT.xlsx|FOLDER VMS [SEED] [VCENTERS] [QUIRKS] [DIRT]
 * </pre>
 */
public final class RvtoolsGenerator {
  private final EstateShape shape;
  private final VmSheets sheets;

  private RvtoolsGenerator(EstateShape shape) {
    this.shape = shape;
    this.sheets = new VmSheets(shape);
  }

  /** Where it goes to, how many VMs, and what else should not be as by default. */
  public static void main(String[] arguments) throws IOException {
    Path out = Path.of(arguments[0]);
    EstateShape shape =
        new EstateShape(
            arguments.length > 2 ? Long.parseLong(arguments[2]) : 1,
            Integer.parseInt(arguments[1]),
            arguments.length > 3 ? Integer.parseInt(arguments[3]) : 1,
            Quirks.parse(
                arguments.length > 4 ? arguments[4] : "",
                arguments.length > 5 ? Integer.parseInt(arguments[5]) : 5));
    write(out, shape);
  }

  /** A workbook where the name ends in .xlsx, else a folder of CSV files. */
  public static void write(Path out, EstateShape shape) throws IOException {
    boolean workbook = out.toString().toLowerCase(Locale.ROOT).endsWith(".xlsx");
    try (TableWriter tables =
        workbook
            ? new XlsxTables(out, shape.quirks().has(Kind.SHARED_TEXTS))
            : new CsvTables(out, ',', StandardCharsets.UTF_8)) {
      write(tables, shape);
    }
  }

  static void write(TableWriter tables, EstateShape shape) throws IOException {
    RvtoolsGenerator generator = new RvtoolsGenerator(shape);
    VmSheets s = generator.sheets;
    boolean fewer = shape.quirks().has(Kind.MISSING_SHEETS);
    generator.perVm(tables, "vInfo", vm -> List.of(s.info(vm)));
    generator.perVm(tables, "vCPU", vm -> List.of(s.cpu(vm)));
    generator.perVm(tables, "vMemory", vm -> List.of(s.memory(vm)));
    generator.perVm(tables, "vDisk", s::disks);
    generator.perVm(tables, "vNetwork", s::nics);
    generator.perVm(tables, "vSnapshot", s::snapshots);
    if (!fewer) {
      generator.perVm(tables, "vPartition", s::partitions);
      generator.perVm(tables, "vTools", vm -> List.of(s.tools(vm)));
    }
    generator.estate(tables, fewer);
  }

  private void perVm(TableWriter tables, String sheet, Function<EstateVm, List<RowMaker>> rows)
      throws IOException {
    boolean begun = false;
    for (int i = 0; i < shape.vms(); i++) {
      for (RowMaker row : rows.apply(new EstateVm(shape, i))) {
        if (!begun) {
          tables.sheet(sheet, row.header());
          begun = true;
        }
        if (i % 1000 == 999 && shape.quirks().has(Kind.HEADER_AGAIN)) {
          tables.row(row.header());
        }
        tables.row(row.values());
      }
    }
  }

  private void estate(TableWriter tables, boolean fewer) throws IOException {
    EstateSheets estate = new EstateSheets(shape);
    all(tables, "vHost", estate.hosts());
    all(tables, "vCluster", estate.clusters());
    all(tables, "vDatastore", estate.datastores());
    if (!fewer) {
      all(tables, "dvPort", estate.ports());
    }
    all(tables, "vSource", estate.sources());
    all(tables, "vMetaData", estate.metadata());
  }

  private static void all(TableWriter tables, String sheet, List<RowMaker> rows)
      throws IOException {
    tables.sheet(sheet, rows.get(0).header());
    for (RowMaker row : rows) {
      tables.row(row.values());
    }
  }
}
