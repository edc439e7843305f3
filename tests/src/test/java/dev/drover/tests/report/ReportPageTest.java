package dev.drover.tests.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.drover.batch.report.SampleEstate;
import dev.drover.batch.report.SampleReport;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** The page of the report in Chromium. */
class ReportPageTest {
  private static final int LARGE = 100_000;

  @TempDir private Path folder = Path.of("");

  private Path page(int vms) {
    SampleReport.write(SampleEstate.of(7, vms), folder.resolve("report"));
    return folder.resolve("report").resolve("index.html");
  }

  @Test
  void opensWithoutAComplaintAtEveryWidthInLightAndInDark() throws Exception {
    Path page = page(400);
    try (Chromium chromium = Chromium.start(folder)) {
      for (int width : new int[] {390, 1024, 1600}) {
        for (String scheme : List.of("light", "dark")) {
          chromium.look(width, Integer.getInteger("drover.pictures.height", 900), scheme);
          chromium.open(page);
          assertEquals(List.of(), chromium.complaints(), width + " " + scheme);
          assertEquals(5, chromium.run("document.querySelectorAll('.chart svg').length").asInt());
          // Nothing sticks out to the side, so a phone need not scroll both ways.
          assertEquals(0, chromium.run(TOO_WIDE).asInt(), width + " " + scheme);
          picture(chromium, width + "-" + scheme);
        }
      }
    }
  }

  private static final String TOO_WIDE =
      "document.documentElement.scrollWidth - document.documentElement.clientWidth";

  /** Kept for people where a folder for them is named. */
  private static void picture(Chromium chromium, String name) throws IOException {
    String kept = System.getProperty("drover.pictures");
    if (kept != null) {
      Files.createDirectories(Path.of(kept));
      Files.write(Path.of(kept, name + ".png"), chromium.picture());
    }
  }

  @Test
  void hasNoSeriousFindingOfAnAccessibilityChecker() throws Exception {
    Path page = page(400);
    String axe = axe();
    try (Chromium chromium = Chromium.start(folder)) {
      for (String scheme : List.of("light", "dark")) {
        for (int width : new int[] {390, 1600}) {
          chromium.look(width, 900, scheme);
          chromium.open(page);
          chromium.run(axe + "\n;0");
          List<String> serious = new ArrayList<>();
          for (JsonNode violation : chromium.run("axe.run().then(r => r.violations)").values()) {
            String impact = violation.path("impact").asString("");
            if (impact.equals("serious") || impact.equals("critical")) {
              serious.add(
                  violation.path("id").asString()
                      + " "
                      + violation.path("nodes").path(0).path("html").asString()
                      + " "
                      + violation.path("nodes").path(0).path("failureSummary").asString());
            }
          }
          assertEquals(List.of(), serious, scheme + " " + width);
        }
      }
    }
  }

  private static String axe() throws IOException {
    String base = "/META-INF/maven/org.webjars.npm/axe-core/pom.properties";
    Properties properties = new Properties();
    try (InputStream in = ReportPageTest.class.getResourceAsStream(base)) {
      properties.load(in);
    }
    String script =
        "/META-INF/resources/webjars/axe-core/" + properties.getProperty("version") + "/axe.min.js";
    try (InputStream in = ReportPageTest.class.getResourceAsStream(script)) {
      assertTrue(in != null, script);
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  @Test
  void sortsAndFiltersAHundredThousandVmsWithoutFreezing() throws Exception {
    Path page = page(LARGE);
    long size = Files.size(page);
    assertTrue(size < 25 << 20, "the page has " + size + " bytes");
    try (Chromium chromium = Chromium.start(folder)) {
      chromium.look(1600, 900, "light");
      long start = System.nanoTime();
      chromium.open(page);
      long opened = (System.nanoTime() - start) / 1_000_000;
      JsonNode times = chromium.run(TIMES);
      System.out.printf(
          "%,d VMs in a page of %.1f MB: opened in %d ms; milliseconds: %s; JavaScript heap %s MB%n",
          LARGE,
          size / 1e6,
          opened,
          times,
          chromium.run("Math.round(performance.memory.usedJSHeapSize / 1e6)"));
      assertEquals(List.of(), chromium.complaints());
      assertEquals("100,000 of 100,000 VMs", times.path("all").asString());
      assertTrue(times.path("found").asInt() > 0 && times.path("found").asInt() < LARGE);
      assertEquals(times.path("found").asInt(), times.path("matching").asInt());
      assertTrue(times.path("ordered").asBoolean());
      assertTrue(times.path("rows").asInt() < 100, "rows in the page: " + times.path("rows"));
      for (String step : List.of("sortNames", "sortAgain", "search", "choose", "scroll")) {
        assertTrue(times.path(step).asInt() < 2_000, step + " took " + times.path(step) + " ms");
      }
    }
  }

  /** What a user does, each with how long the page did nothing else. */
  private static final String TIMES =
      """
      (async () => {
        const result = { all: document.getElementById("shown").textContent };
        const frame = () => new Promise(done => requestAnimationFrame(() => setTimeout(done)));
        const timed = async (name, act) => {
          const start = performance.now(); act(); await frame(); result[name] = Math.round(performance.now() - start);
        };
        const head = text => [...document.querySelectorAll("#head button")].find(b => b.textContent === text);
        const names = () => [...document.querySelectorAll("#body th button")].map(b => b.textContent);
        await timed("sortNames", () => head("Name").click());
        const collator = new Intl.Collator("en", { numeric: true, sensitivity: "base" });
        const first = names();
        result.ordered = first.length > 5 && first.every((n, i) => i === 0 || collator.compare(first[i - 1], n) <= 0);
        await timed("sortAgain", () => head("Size").click());
        const q = document.getElementById("q");
        q.value = "erp-db"; q.dispatchEvent(new Event("input"));
        await new Promise(done => setTimeout(done, 400));
        q.value = "billing prd";
        await timed("search", () => document.getElementById("filters").dispatchEvent(new Event("submit", { cancelable: true })));
        result.found = Number(document.getElementById("shown").textContent.split(" ")[0].replaceAll(",", ""));
        result.matching = Number(document.getElementById("table").getAttribute("aria-rowcount")) - 1;
        q.value = "";
        const select = document.getElementById("f-severity");
        select.value = "0";
        await timed("choose", () => select.dispatchEvent(new Event("change", { bubbles: true })));
        document.getElementById("filters").reset();
        await frame(); await frame();
        const grid = document.getElementById("grid");
        await timed("scroll", () => { grid.scrollTop = 2000000; });
        await frame();
        result.rows = document.querySelectorAll("#body tr").length;
        return result;
      })()
      """;

  @Test
  void showsAVmWithItsFindingsAndItsWave() throws Exception {
    Path page = page(400);
    try (Chromium chromium = Chromium.start(folder)) {
      chromium.look(390, 844, "light");
      chromium.open(page);
      String text =
          chromium
              .run(
                  """
                  (async () => {
                    document.querySelector("[data-filter=code][data-value='DISK-020']").click();
                    await new Promise(done => setTimeout(done, 100));
                    document.querySelector("#body th button").click();
                    await new Promise(done => setTimeout(done, 500));
                    return document.getElementById("vm").open + " " + document.getElementById("vm").textContent;
                  })()
                  """)
              .asString();
      assertTrue(text.startsWith("true "), text);
      assertTrue(text.contains("DISK-020"), text);
      assertTrue(text.contains("move its data to a virtual disk"), text);
      assertTrue(text.contains("Wave"), text);
      assertEquals(List.of(), chromium.complaints());
    }
  }
}
