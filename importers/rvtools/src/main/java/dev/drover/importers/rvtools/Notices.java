package dev.drover.importers.rvtools;

import dev.drover.importers.api.Discovery;
import dev.drover.mappings.model.Finding;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What is to be said of files and sheets as a whole: nothing that is missing is swallowed. */
final class Notices {
  private final List<Discovery> list = new ArrayList<>();

  static List<Discovery> of(Export export, @Nullable NumberStyle chosen) {
    Notices notices = new Notices();
    for (ExportFile file : export.files) {
      notices.file(file, chosen);
      file.sheets.values().forEach(sheet -> notices.sheet(export, file, sheet));
    }
    notices.missingSheets(export);
    return notices.list;
  }

  private void warn(String place, String code, String what, String remedy) {
    list.add(new Discovery.Noticed(place, Finding.warning(code, what, remedy)));
  }

  private void inform(String place, String code, String what, String remedy) {
    list.add(new Discovery.Noticed(place, Finding.info(code, what, remedy)));
  }

  private void file(ExportFile file, @Nullable NumberStyle chosen) {
    if (file.macros) {
      inform(
          file.name, "RVT-006", "the workbook has macros; they are not looked at", "nothing to do");
    }
    for (String sheet : file.doubleSheets) {
      warn(
          file.name + ":" + sheet,
          "RVT-007",
          "an earlier sheet of the workbook is of the same kind; this one is left out",
          "give Drover the exports as files of their own in one folder");
    }
    NumberStyle.Evidence evidence = file.evidence;
    if (evidence.any() && chosen == null) {
      String what =
          "numbers are texts here, such as \""
              + evidence.example()
              + "\"; in this file "
              + file.style().decimal()
              + " begins the decimals";
      String remedy = "if that is wrong, set the option decimal (comma or point) of the source";
      if (evidence.mixed()) {
        warn(file.name, "RVT-014", what + ", though some texts speak against it", remedy);
      } else if (evidence.guessed()) {
        warn(file.name, "RVT-014", what + ", which is no more than likely", remedy);
      } else {
        inform(file.name, "RVT-014", what, remedy);
      }
    }
  }

  private void sheet(Export export, ExportFile file, SheetFacts sheet) {
    String place = file.name + ":" + sheet.name;
    if (!sheet.usable()) {
      unusable(file, sheet, place);
      return;
    }
    missingColumns(file, sheet, place);
    if (sheet.lastRow >= Limits.EXCEL_ROWS
        && !file.name.toLowerCase(java.util.Locale.ROOT).matches(".*\\.(csv|tsv|txt)")) {
      warn(
          place,
          "RVT-013",
          sheet.lastRow == Limits.EXCEL_ROWS
              ? "the sheet is full: it has as many rows as Excel allows, so more may be missing"
              : "the sheet has more rows than Excel allows (1048576); all of them were read",
          "export CSV, or one vCenter or datacenter at a time");
    }
    if (sheet.formulas > 0) {
      inform(
          place,
          "RVT-008",
          sheet.formulas + " cells are formulas; the value that was last computed is taken",
          "nothing to do; RVTools writes none, so somebody has worked on the file");
    }
    if (sheet.errors + sheet.cut > 0) {
      warn(
          place,
          "RVT-009",
          sheet.errors
              + " cells are errors of Excel and count as unknown, "
              + sheet.cut
              + " are longer than Excel allows and are cut",
          "export again");
    }
    if (sheet.repeatedHeaders > 0) {
      inform(
          place,
          "RVT-019",
          sheet.repeatedHeaders + " rows repeat the header or are placeholders; they are left out",
          "nothing to do");
    }
  }

  private void unusable(ExportFile file, SheetFacts sheet, String place) {
    Field key = sheet.topic.key();
    String column = key == null ? "" : sheet.topic.expected().getOrDefault(key, "VM");
    Finding problem =
        Finding.blocker(
            "RVT-012",
            sheet.headerFound
                ? "the sheet has no column \"" + column + "\", so its rows say nothing"
                : "no header was found in the first rows",
            "export it again, or give the column its name back");
    if (sheet.topic == Topic.INFO) {
      list.add(new Discovery.Unreadable(place, problem));
    } else {
      warn(place, problem.code(), problem.what(), problem.remedy());
    }
  }

  private void missingColumns(ExportFile file, SheetFacts sheet, String place) {
    List<String> missing = new ArrayList<>();
    for (Map.Entry<Field, String> column : sheet.topic.expected().entrySet()) {
      if (!sheet.present.contains(column.getKey())) {
        missing.add(column.getValue());
      }
    }
    if (!missing.isEmpty() && !file.plain) {
      warn(
          place,
          "RVT-011",
          (missing.size() == 1 ? "a column is missing: " : "columns are missing: ")
              + String.join(", ", missing)
              + "; what they tell stays unknown",
          "export with RVTools 4.0 or later, all columns");
    }
  }

  private void missingSheets(Export export) {
    if (export.plain()) {
      return;
    }
    for (Topic topic : Topic.values()) {
      String loss = topic.lossWithout();
      boolean there = export.files.stream().anyMatch(f -> f.sheets.containsKey(topic));
      if (loss == null || there) {
        continue;
      }
      String what = "there is no sheet " + topic.sheet() + ", so the export does not tell " + loss;
      String remedy = "export all sheets with RVTools (Export all to xlsx, or -c ExportAll2xlsx)";
      if (topic == Topic.INFO) {
        list.add(new Discovery.Unreadable(export.name, Finding.blocker("RVT-010", what, remedy)));
      } else {
        warn(export.name, "RVT-010", what, remedy);
      }
    }
  }
}
