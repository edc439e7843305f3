package dev.drover.batch.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.drover.mappings.failure.UsageFailed;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReportFolderTest {
  @TempDir private Path folder = Path.of("");

  private static List<String> names(Path folder) throws IOException {
    try (Stream<Path> inside = Files.list(folder)) {
      return inside.map(p -> p.getFileName().toString()).sorted().toList();
    }
  }

  @Test
  void aReportIsReplacedByTheNextAndLeavesNothingBeside() throws IOException {
    Path report = folder.resolve("a").resolve("report");
    SampleReport.write(SampleEstate.of(1, 5), report);
    String before = Files.readString(report.resolve("report.json"));
    SampleReport.write(SampleEstate.of(2, 5), report);
    assertNotEquals(before, Files.readString(report.resolve("report.json")));
    assertEquals(List.of("index.html", "report.json", "report.xlsx"), names(report));
    assertEquals(List.of("report"), names(folder.resolve("a")));
  }

  @Test
  void aFolderWithSomethingElseIsLeftAlone() throws IOException {
    Files.createDirectory(folder.resolve("home"));
    Files.writeString(folder.resolve("home").resolve("thesis.txt"), "years of work");
    UsageFailed failed =
        assertThrows(
            UsageFailed.class,
            () -> SampleReport.write(SampleEstate.of(1, 5), folder.resolve("home")));
    assertTrue(failed.what().contains("thesis.txt"), failed.what());
    assertEquals(List.of("thesis.txt"), names(folder.resolve("home")));
    assertEquals(List.of("home"), names(folder));
  }

  @Test
  void aFileOfThatNameIsLeftAlone() throws IOException {
    Files.writeString(folder.resolve("report"), "mine");
    assertThrows(
        UsageFailed.class,
        () -> SampleReport.write(SampleEstate.of(1, 5), folder.resolve("report")));
    assertEquals("mine", Files.readString(folder.resolve("report")));
  }

  @Test
  void aReportThatFailsLeavesTheOneBeforeAndNothingBeside() throws IOException {
    Path report = folder.resolve("report");
    SampleReport.write(SampleEstate.of(1, 5), report);
    String before = Files.readString(report.resolve("report.json"));
    try (ReportFolder next = ReportFolder.begin(report)) {
      Files.writeString(next.page(), "half a pa");
    }
    assertEquals(before, Files.readString(report.resolve("report.json")));
    assertEquals(List.of("report"), names(folder));
  }
}
