package dev.drover.batch.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.drover.batch.cli.terminal.SafeText;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Text of an inventory is somebody else's: none of it is obeyed. */
class HostileTextTest {
  private static final String LONG = "n".repeat(64 << 10);
  private static final List<String> NAMES =
      List.of(
          "<script>alert(1)</script>",
          "</script><img src=x onerror=alert(2)>",
          "<!-- \" onmouseover=alert(3) '",
          "{{headline}} {{{style}}} ${7*7}",
          "=cmd|' /C calc'!A0",
          "+1+1",
          "-2+3",
          "@SUM(A1:A9)",
          "\t=1+1",
          "\r=1+1",
          "\u001b[31mred\u001b[0m\u0007",
          "invoice\u202egpj.exe",
          "nul\u0000 and \uFFFF and \uD800 alone",
          LONG);

  @TempDir private Path folder = Path.of("");
  private Path report = Path.of("");

  @BeforeEach
  void write() {
    report = folder.resolve("report");
    SampleReport.write(SampleEstate.of(5, 40).named(NAMES), report);
  }

  private String page() throws IOException {
    return Files.readString(report.resolve("index.html"));
  }

  /** The page without its own scripts and style. */
  private String shown() throws IOException {
    return page()
        .replaceAll("(?s)<script>.*?</script>", "")
        .replaceAll("(?s)<style>.*?</style>", "");
  }

  @Test
  void thePageRunsItsOwnScriptsAlone() throws Exception {
    String page = page();
    Matcher policy =
        Pattern.compile("http-equiv=\"Content-Security-Policy\" content=\"([^\"]*)\"")
            .matcher(page);
    assertTrue(policy.find());
    String rules = policy.group(1).replace("&#39;", "'").replace("&#x3D;", "=");
    assertTrue(rules.startsWith("default-src 'none'; script-src 'sha256-"), rules);
    assertFalse(rules.contains("unsafe"), rules);
    List<String> bodies = new ArrayList<>();
    Matcher scripts = Pattern.compile("(?s)<script>(.*?)</script>").matcher(page);
    while (scripts.find()) {
      bodies.add(scripts.group(1));
    }
    assertEquals(3, bodies.size(), "a script more is an inventory's");
    for (String body : bodies) {
      byte[] digest =
          MessageDigest.getInstance("SHA-256").digest(body.getBytes(StandardCharsets.UTF_8));
      assertTrue(rules.contains("'sha256-" + Base64.getEncoder().encodeToString(digest) + "'"));
    }
  }

  @Test
  void thePageAsksNobodyForAnything() throws IOException {
    String shown = shown();
    assertFalse(
        Pattern.compile("(?i)<[^>]*\\s(src|action|formaction|poster|srcset)\\s*=")
            .matcher(shown)
            .find());
    Matcher links = Pattern.compile("href=\"([^\"]*)\"").matcher(shown);
    while (links.find()) {
      assertTrue(links.group(1).startsWith("#") || links.group(1).equals("data:,"), links.group(1));
    }
    assertFalse(Pattern.compile("(?i)<[^>]*\\son[a-z]+\\s*=").matcher(shown).find());
    assertFalse(page().contains("@import"));
  }

  @Test
  void noNameIsMarkup() throws IOException {
    String page = shown();
    for (String never :
        List.of("<script>alert", "<img", "\u202e", "\u001b", "\u0000", "n".repeat(1001))) {
      assertFalse(page.contains(never), SafeText.line(never));
    }
    // The riskiest VMs are shown with their names; at least one of the names is among them.
    assertTrue(
        page.contains("&lt;script&gt;")
            || page.contains("&lt;/script&gt;")
            || page.contains("&lt;!--"));
  }

  @Test
  void noCellOfTheWorkbookIsAFormula() throws IOException {
    String all = String.join("\n", parts("xl/worksheets"));
    assertFalse(Pattern.compile("<f[ >]").matcher(all).find());
    assertTrue(all.contains("=cmd|"), "the text is there");
    assertFalse(all.contains("\u001b"));
    assertFalse(all.contains("\u202e"));
    assertFalse(all.contains("n".repeat(SheetWriter.LONGEST + 1)));
  }

  /** Format 49 is {@code @}: it stays a text when somebody edits the cell. */
  @Test
  void aTextThatLooksLikeAFormulaHasTheFormatOfTexts() throws IOException {
    String styles = Files.readString(part("xl/styles.xml"));
    String vms = Files.readString(part("xl/worksheets/sheet2.xml"));
    Matcher cell =
        Pattern.compile("<c r=\"A\\d+\" s=\"(\\d+)\"[^>]*><is><t[^>]*>=cmd").matcher(vms);
    assertTrue(cell.find(), vms.substring(0, Math.min(3000, vms.length())));
    assertTrue(styles.contains("formatCode=\"@\"") || styles.contains("numFmtId=\"49\""), styles);
  }

  @Test
  void theDocumentHasTheNamesAsTheyAre() throws IOException {
    JsonNode vms =
        new JsonMapper().readTree(Files.readAllBytes(report.resolve("report.json"))).path("vms");
    for (int i = 0; i < NAMES.size(); i++) {
      String name = NAMES.get(i);
      if (!name.contains("\uD800")) { // half a character cannot be written in UTF-8
        assertEquals(name, vms.path(i).path("facts").path("name").asString());
      }
    }
  }

  private Path part(String name) throws IOException {
    try (FileSystem book = FileSystems.newFileSystem(report.resolve("report.xlsx"))) {
      Path copy = folder.resolve(name.replace('/', '_'));
      if (!Files.exists(copy)) {
        Files.copy(book.getPath(name), copy);
      }
      return copy;
    }
  }

  private List<String> parts(String under) throws IOException {
    try (FileSystem book = FileSystems.newFileSystem(report.resolve("report.xlsx"));
        Stream<Path> inside = Files.list(book.getPath(under))) {
      List<String> texts = new ArrayList<>();
      for (Path each : inside.filter(Files::isRegularFile).toList()) {
        texts.add(Files.readString(each));
      }
      return texts;
    }
  }
}
