package dev.drover.batch.report;

import com.samskivert.mustache.Mustache;
import com.samskivert.mustache.Template;
import dev.drover.mappings.model.Sha256;
import dev.drover.mappings.report.Assessment;
import java.io.BufferedWriter;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * Writes {@code index.html}: one file that loads nothing. Its content security policy lets its own
 * scripts and its own style run, by their digests, and nothing else; what comes from an inventory
 * passes the template's escaping, or is data that a script reads.
 */
final class HtmlReport {
  private static final List<String> SCRIPTS = List.of("echarts.min.js", "charts.js", "table.js");

  private final Assessment assessment;
  private final String version;
  private final Placements placements;
  private final VmColumns columns;
  private final Tally tally = new Tally();

  HtmlReport(Assessment assessment, Placements placements, String version) {
    this.assessment = assessment;
    this.version = version;
    this.placements = placements;
    this.columns = new VmColumns(placements);
  }

  /** Writes the page. */
  void write(VmSpool vms, Path file) throws IOException {
    vms.forEach(
        vm -> {
          columns.add(vm);
          tally.add(vm);
        });
    Template template =
        Mustache.compiler()
            .escapeHTML(true)
            .emptyStringIsFalse(true)
            .nullValue("")
            .compile(asset("report.html"));
    try (Writer writer = new BufferedWriter(Files.newBufferedWriter(file), 1 << 16)) {
      template.execute(values(), writer);
    } catch (UncheckedIOException e) {
      throw e.getCause();
    }
  }

  private Map<String, Object> values() {
    SummaryChapter summary = new SummaryChapter(assessment);
    EstateChapters estate = new EstateChapters(assessment.totals(), tally, placements);
    PlanChapters plan = new PlanChapters(assessment, tally);
    Map<String, Object> values = new HashMap<>();
    head(values, summary);
    values.put("tiles", summary.tiles());
    values.put("dispositions", summary.dispositions());
    values.put("first", todos(summary.first()));
    values.put("severities", estate.severities());
    some(values, "findings", estate.findings());
    values.put("systems", estate.rows(estate.systemCounts()));
    values.put("sizes", estate.rows(estate.sizeCounts()));
    some(values, "gaps", estate.gaps());
    values.put("riskiest", estate.riskiest());
    plan(values, plan);
    values.put("facts", PageFacts.of(assessment, estate, columns).json());
    values.put("columns", columns.names().stream().map(this::column).toList());
    return values;
  }

  private static List<Page.Todos> todos(List<Page.Todo> items) {
    return items.isEmpty() ? List.of() : List.of(new Page.Todos(items));
  }

  private void head(Map<String, Object> values, SummaryChapter summary) {
    List<String> scripts = SCRIPTS.stream().map(HtmlReport::asset).toList();
    String style = asset("report.css");
    values.put("style", style);
    values.put("scripts", scripts);
    values.put("policy", contentSecurity(scripts, style));
    values.put("version", version);
    values.put("headline", summary.headline());
    values.put("lead", summary.lead());
    values.put("inventory", ReportText.shown(assessment.inventory()));
    values.put("digest", assessment.inventoryDigest());
    values.put("target", target());
    values.put("policyName", ReportText.shown(assessment.policy().name()));
    values.put(
        "policyDigest",
        assessment.policy().digest().isEmpty()
            ? "none: Drover's defaults"
            : assessment.policy().digest());
    values.put("made", Phrases.moment(assessment.made()));
    values.put(
        "chapters",
        List.of(
            new Page.Chapter("summary", "Summary"),
            new Page.Chapter("findings", "Findings"),
            new Page.Chapter("estate", "The estate"),
            new Page.Chapter("storage", "Storage gaps"),
            new Page.Chapter("waves", "Waves"),
            new Page.Chapter("risk", "Riskiest VMs"),
            new Page.Chapter("sizing", "Sizing"),
            new Page.Chapter("estimates", "Estimates"),
            new Page.Chapter("unseen", "Not seen"),
            new Page.Chapter("exceptions", "Exceptions"),
            new Page.Chapter("vms", "All VMs"),
            new Page.Chapter("signoff", "Sign-off")));
  }

  private String target() {
    String versions =
        assessment.profile().versions().entrySet().stream()
            .sorted(Map.Entry.comparingByKey())
            .map(e -> e.getKey() + " " + e.getValue())
            .collect(Collectors.joining(", "));
    return ReportText.shown(
        assessment.profile().name() + (versions.isEmpty() ? "" : " (" + versions + ")"));
  }

  private void plan(Map<String, Object> values, PlanChapters plan) {
    values.put("wavesLead", plan.lead());
    values.put("wavesCaption", plan.caption());
    values.put("problems", plan.problems());
    values.put("dated", plan.dated());
    some(values, "waves", plan.waves());
    some(values, "leftOut", plan.leftOut());
    values.put("sizing", plan.sizing());
    Page.Cost cost = plan.cost();
    values.put("cost", cost == null ? List.of() : List.of(cost));
    values.put("sizingAssumptions", lines(assessment.sizing().assumptions()));
    values.put("estimates", plan.estimates());
    values.put("estimateAssumptions", lines(assessment.estimate().assumptions()));
    some(values, "unseen", plan.unseen());
    values.put("unseenMore", plan.unseenMore());
    some(values, "exceptions", plan.exceptions());
  }

  private static List<Page.Lines> lines(List<String> lines) {
    Page.Lines shown = PlanChapters.lines(lines);
    return shown == null ? List.of() : List.of(shown);
  }

  /** A list, and beside it whether there is anything, for what stands around it. */
  private static void some(Map<String, Object> values, String name, List<?> rows) {
    values.put(name, rows);
    values.put("has" + Character.toUpperCase(name.charAt(0)) + name.substring(1), !rows.isEmpty());
  }

  private Page.Column column(String name) {
    return new Page.Column(
        name,
        () -> {
          ByteArrayOutputStream bytes = new ByteArrayOutputStream();
          try {
            columns.write(name, bytes);
          } catch (IOException e) {
            throw new UncheckedIOException(e);
          }
          return bytes.toString(StandardCharsets.US_ASCII);
        });
  }

  /** https://www.w3.org/TR/CSP3/: what is not named here is not loaded, and not run. */
  private static String contentSecurity(List<String> scripts, String style) {
    return "default-src 'none'; script-src "
        + scripts.stream().map(HtmlReport::digest).collect(Collectors.joining(" "))
        + "; style-src "
        + digest(style)
        + "; img-src data:; base-uri 'none'; form-action 'none'";
  }

  private static String digest(String text) {
    return "'sha256-" + Base64.getEncoder().encodeToString(Sha256.of(text)) + "'";
  }

  /** A file beside this class. HTML makes one line feed of CR LF, so the digest is over that. */
  private static String asset(String name) {
    try (InputStream in = HtmlReport.class.getResourceAsStream(name)) {
      if (in == null) {
        throw new IllegalStateException(name + " is missing beside " + HtmlReport.class);
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8).replace("\r\n", "\n");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
