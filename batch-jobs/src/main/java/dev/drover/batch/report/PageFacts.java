package dev.drover.batch.report;

import dev.drover.mappings.model.Disposition;
import dev.drover.mappings.model.Finding.Severity;
import dev.drover.mappings.report.Assessment;
import dev.drover.mappings.waves.WavePlan;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The figures that the page's scripts draw, as they read them from JSON.
 *
 * @param rows of the table of VMs
 * @param columns their names
 * @param kinds of dispositions, in the order of their numbers
 * @param severities the same
 * @param nodes that the estate needs, the spare ones included
 */
record PageFacts(
    int rows,
    List<String> columns,
    List<Label> kinds,
    List<Label> severities,
    List<Bar> dispositions,
    List<Bar> systems,
    List<Bar> sizes,
    List<Wave> waves,
    int nodes) {

  record Label(String key, String label) {}

  record Bar(String key, String name, int vms) {}

  /** Moments in milliseconds of the epoch, spans in seconds, data in bytes. */
  record Wave(
      String name,
      boolean pilot,
      @Nullable String window,
      @Nullable String slot,
      @Nullable Long start,
      @Nullable Long end,
      long low,
      long high,
      int vms,
      long data,
      int nodes) {
    static Wave of(WavePlan.PlannedWave wave) {
      WavePlan.Slot slot = wave.slot();
      return new Wave(
          ReportText.shown(wave.name()),
          wave.pilot(),
          slot == null ? null : ReportText.shown(slot.window()),
          slot == null ? null : Phrases.slot(slot.start(), slot.end()),
          slot == null ? null : slot.start().toInstant().toEpochMilli(),
          slot == null ? null : slot.end().toInstant().toEpochMilli(),
          wave.downtime().low().toSeconds(),
          wave.downtime().high().toSeconds(),
          wave.load().vms(),
          wave.load().data().bytes(),
          wave.nodes());
    }
  }

  static PageFacts of(Assessment assessment, EstateChapters estate, VmColumns columns) {
    return new PageFacts(
        columns.rows(),
        columns.names(),
        Stream.of(Disposition.Kind.values()).map(k -> new Label(k.name(), Phrases.of(k))).toList(),
        Stream.of(Severity.values()).map(s -> new Label(s.name(), Phrases.of(s))).toList(),
        Stream.of(Disposition.Kind.values())
            .filter(k -> SummaryChapter.of(assessment.totals(), k) > 0)
            .map(k -> new Bar(k.name(), Phrases.of(k), SummaryChapter.of(assessment.totals(), k)))
            .toList(),
        bars(estate.systemCounts()),
        bars(estate.sizeCounts()),
        assessment.waves().waves().stream().map(Wave::of).toList(),
        assessment.sizing().nodes());
  }

  private static List<Bar> bars(List<Map.Entry<String, Integer>> counts) {
    return counts.stream().map(e -> new Bar("", e.getKey(), e.getValue())).toList();
  }

  /** As it may stand in a script element: JSON without a {@code <}. */
  String json() {
    // Between JSON's quotes alone can a < stand, and there it may be spelled by its number. U+2028
    // and U+2029 are harmless, since the page parses JSON and not a script.
    return VmSpool.JSON.writeValueAsString(this).replace("<", "\\u003c");
  }
}
