package dev.drover.tests.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.drover.batch.report.SampleEstate;
import dev.drover.batch.report.SampleReport;
import dev.drover.mappings.assess.VmAssessment;
import dev.drover.tests.fixture.Programs;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The workbook, read by a spreadsheet of another maker. */
class WorkbookInLibreOfficeTest {
  @TempDir private Path folder = Path.of("");

  /** Token 12 of the CSV filter's options, -1, writes a file a sheet. */
  private static final String EVERY_SHEET =
      "csv:Text - txt - csv (StarCalc):9,34,76,1,,0,false,true,false,false,false,-1";

  @Test
  void hasEveryVmAndEveryFindingInItsSheets() throws Exception {
    Programs.need("soffice");
    SampleEstate estate = SampleEstate.of(11, 300);
    SampleReport.write(estate, folder.resolve("report"));
    Programs.run(
        folder,
        "soffice",
        "-env:UserInstallation=" + folder.resolve("office").toUri(),
        "--headless",
        "--convert-to",
        EVERY_SHEET,
        "--outdir",
        folder.resolve("csv").toString(),
        folder.resolve("report").resolve("report.xlsx").toString());
    List<VmAssessment> vms = estate.stream().toList();
    List<String> sheet = lines("VMs");
    assertEquals(1 + vms.size(), sheet.size());
    for (int i = 0; i < vms.size(); i++) {
      String[] cells = sheet.get(i + 1).split("\t", -1);
      assertEquals(vms.get(i).facts().name(), cells[0]);
      assertEquals(vms.get(i).facts().ref().id(), cells[2]);
      assertEquals(String.valueOf(vms.get(i).facts().cpus()), cells[13]);
    }
    long findings =
        vms.stream().filter(VmAssessment::candidate).mapToLong(vm -> vm.findings().size()).sum();
    assertEquals(1 + findings, lines("Findings").size());
    for (String name : List.of("Summary", "Storage gaps", "Waves", "Left out", "Sizing")) {
      assertTrue(lines(name).size() > 1, name);
    }
  }

  private List<String> lines(String sheet) throws Exception {
    return Files.readAllLines(
        folder.resolve("csv").resolve("report-" + sheet + ".csv"), StandardCharsets.UTF_8);
  }
}
