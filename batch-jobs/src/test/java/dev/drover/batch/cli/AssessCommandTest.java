package dev.drover.batch.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import dev.drover.batch.cli.terminal.DisplayWidth;
import dev.drover.batch.cli.terminal.ScreenText;
import dev.drover.mappings.inventory.InventoryWriter;
import dev.drover.mappings.model.Answer;
import dev.drover.mappings.model.ByteSize;
import dev.drover.mappings.model.Cpu;
import dev.drover.mappings.model.Finding;
import dev.drover.mappings.model.Firmware;
import dev.drover.mappings.model.Identity;
import dev.drover.mappings.model.Memory;
import dev.drover.mappings.model.SourceVm;
import dev.drover.mappings.model.VmRef;
import dev.drover.mappings.plan.SourceSpec;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class AssessCommandTest {
  private static final String HOSTILE = "\u001b[2J\u001b[1;1Hroot@host# \u202e" + "w".repeat(200);

  @TempDir private Path folder = Path.of("");
  private Path inventory = Path.of("");
  private final CliRun cli = new CliRun();

  @BeforeEach
  void write() {
    inventory = folder.resolve("inventory.json");
    try (InventoryWriter writer =
        InventoryWriter.create(inventory, List.of(SourceSpec.of("ova", "ova", "./in")))) {
      for (String name : List.of("web-1", "web-2", HOSTILE)) {
        writer.vm(
            SourceVm.of(
                    new VmRef("ova", name),
                    Identity.ofName(name),
                    Cpu.ofCount(2),
                    Memory.ofSize(ByteSize.ofGiB(4)))
                .finding(Finding.blocker("BAD-001", name, name))
                .build());
      }
      writer.unreadable("torn.ovf:3:1", Finding.blocker("OVA-001", "it is torn", "mend it"));
      writer.commit();
    }
  }

  private int assess(String... more) {
    String[] arguments = new String[4 + more.length];
    arguments[0] = "assess";
    arguments[1] = inventory.toString();
    arguments[2] = "-o";
    arguments[3] = folder.resolve("report").toString();
    System.arraycopy(more, 0, arguments, 4, more.length);
    return cli.execute(arguments);
  }

  @Test
  void makesAReportOfExactlyThatFile() throws Exception {
    assertEquals(ExitCodes.DONE, assess(), cli.err());
    Path report = folder.resolve("report");
    JsonNode document =
        new JsonMapper().readTree(Files.readAllBytes(report.resolve("report.json")));
    assertEquals(3, document.path("vms").size());
    assertEquals(1, document.path("unreadable").size());
    assertEquals(
        HexFormat.of()
            .formatHex(MessageDigest.getInstance("SHA-256").digest(Files.readAllBytes(inventory))),
        document.path("inventory").path("sha256").asString());
    assertEquals(
        3,
        document.path("waves").values().stream().mapToInt(w -> w.path("vms").size()).sum()
            + document.path("leftOut").size());
    CliRun schema = new CliRun();
    assertEquals(ExitCodes.DONE, schema.execute("schema", "report"), schema.err());
    assertEquals(
        List.of(),
        SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
            .getSchema(new JsonMapper().readTree(schema.out()))
            .validate(document));
    assertTrue(Files.size(report.resolve("index.html")) > 0);
    assertTrue(Files.size(report.resolve("report.xlsx")) > 0);
    assertTrue(cli.out().contains("Needs a decision"), cli.out());
    assertTrue(cli.out().contains("index.html"), cli.out());
  }

  /** A filter in the workbook, the page and the document give one number. */
  @Test
  void aFindingHasAsManyVmsInTheWorkbookAsOnThePageAndInTheDocument() throws Exception {
    try (InventoryWriter writer =
        InventoryWriter.create(inventory, List.of(SourceSpec.of("ova", "ova", "./in")))) {
      for (String name : List.of("web-1", "web-2", "template", "vCLS-1")) {
        Identity identity = Identity.ofName(name);
        writer.vm(
            SourceVm.of(
                    new VmRef("ova", name),
                    new Identity(
                        name,
                        null,
                        null,
                        null,
                        null,
                        null,
                        List.of(),
                        java.util.Map.of(),
                        Answer.of(name.equals("template")),
                        identity.placeholder()),
                    Cpu.ofCount(2),
                    Memory.ofSize(ByteSize.ofGiB(4)))
                .finding(Finding.blocker("BAD-001", "is bad", "mend it"))
                .build());
      }
      writer.commit();
    }
    assertEquals(ExitCodes.DONE, assess(), cli.err());
    Path report = folder.resolve("report");
    JsonNode document =
        new JsonMapper().readTree(Files.readAllBytes(report.resolve("report.json")));
    int inDocument = 0;
    for (JsonNode total : document.at("/totals/findings")) {
      inDocument += total.path("code").asString().equals("BAD-001") ? total.path("vms").asInt() : 0;
    }
    assertEquals(2, inDocument);
    assertTrue(
        Files.readString(report.resolve("index.html")).contains("BAD-001 at 2 VMs"),
        "the page has another number");
    try (FileSystem book = FileSystems.newFileSystem(report.resolve("report.xlsx"))) {
      String sheet = Files.readString(book.getPath("xl/worksheets/sheet3.xml"));
      assertEquals(2, sheet.split(">BAD-001<", -1).length - 1, sheet);
      assertFalse(sheet.contains(">template<") || sheet.contains(">vCLS-1<"), sheet);
    }
  }

  @Test
  void theSummaryFitsATerminalAndObeysNoName() {
    cli.on(ScreenText.window(80, ""));
    assertEquals(ExitCodes.DONE, assess(), cli.err());
    assertFalse(cli.out().contains("\u001b"), cli.out());
    assertFalse(cli.out().contains("\u202e"), cli.out());
    cli.out()
        .lines()
        .filter(line -> !line.startsWith("report written to"))
        .forEach(line -> assertTrue(DisplayWidth.of(line) <= 80, line));
  }

  @Test
  void refusesAFolderOfSomebodyElseBeforeItReadsAnything() throws IOException {
    Files.createDirectory(folder.resolve("report"));
    Files.writeString(folder.resolve("report").resolve("mine.txt"), "mine", StandardCharsets.UTF_8);
    Files.delete(inventory);
    assertEquals(ExitCodes.USAGE, assess());
    assertTrue(cli.err().contains("mine.txt"), cli.err());
  }

  @Test
  void asksForTheFolderOfTheReport() {
    assertEquals(ExitCodes.USAGE, cli.execute("assess", inventory.toString()));
    assertTrue(cli.err().contains("--output"), cli.err());
  }

  @Test
  void refusesEvidenceThatMeasuredNothing() throws IOException {
    Files.createDirectory(folder.resolve("evidence"));
    assertEquals(ExitCodes.USAGE, assess("--rates", folder.resolve("evidence").toString()));
    assertTrue(cli.err().contains("64 MiB"), cli.err());
    assertFalse(Files.exists(folder.resolve("report")));
  }

  @Test
  void oneVcenterUnderTwoNamesIsToldInWordsByAssessAndPlan() {
    try (InventoryWriter writer =
        InventoryWriter.create(
            inventory,
            List.of(
                SourceSpec.of("export", "rvtools", "./old.xlsx"),
                SourceSpec.of("vcenter", "rvtools", "./new.xlsx")))) {
      for (String source : List.of("export", "vcenter")) {
        for (int i = 1; i < 4; i++) {
          String uuid = "5013a1b2-0000-4000-8000-00000000000" + i;
          writer.vm(
              SourceVm.of(
                      new VmRef(source, "vm-" + i),
                      new Identity(
                          "web-" + i,
                          null,
                          uuid,
                          null,
                          null,
                          null,
                          List.of(),
                          java.util.Map.of(),
                          Answer.NO,
                          Answer.NO),
                      Cpu.ofCount(2),
                      Memory.ofSize(ByteSize.ofGiB(4)))
                  .firmware(Firmware.ofType(Firmware.Type.BIOS))
                  .build());
        }
      }
      writer.commit();
    }
    assertEquals(ExitCodes.DONE, assess(), cli.err());
    assertTrue(
        cli.out().startsWith("VM-054 two sources list the same VMs")
            && cli.out().contains("\"export\" and \"vcenter\": 3 of 3 VMs"),
        cli.out());
    CliRun plan = new CliRun();
    String[] line = {
      "plan", inventory.toString(), "--target", "directory:out", "--from", "2099-01-01", "-o", "-"
    };
    assertEquals(ExitCodes.DONE, plan.execute(line), plan.err());
    assertTrue(plan.err().contains("VM-054 two sources list the same VMs"), plan.err());
  }
}
