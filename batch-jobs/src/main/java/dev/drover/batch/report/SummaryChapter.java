package dev.drover.batch.report;

import dev.drover.mappings.assess.EstateTotals;
import dev.drover.mappings.assess.EstateTotals.FindingTotal;
import dev.drover.mappings.estimate.TimeRange;
import dev.drover.mappings.model.Disposition;
import dev.drover.mappings.model.Finding;
import dev.drover.mappings.report.Assessment;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** What a manager reads: how many can move, what to do first, how much it is. */
final class SummaryChapter {
  private static final int FIRST = 5;

  private final Assessment assessment;
  private final EstateTotals totals;

  SummaryChapter(Assessment assessment) {
    this.assessment = assessment;
    this.totals = assessment.totals();
  }

  static int of(EstateTotals totals, Disposition.Kind kind) {
    return totals.dispositions().getOrDefault(kind, 0);
  }

  private int moving() {
    return of(totals, Disposition.Kind.ready) + of(totals, Disposition.Kind.remedy);
  }

  String headline() {
    if (totals.vms() == 0) {
      return "The inventory holds no VM that could move";
    }
    return Phrases.number(moving())
        + " of "
        + Phrases.count(totals.vms(), "VM")
        + " can move"
        + (of(totals, Disposition.Kind.decision) == 0
            ? ""
            : ", " + Phrases.number(of(totals, Disposition.Kind.decision)) + " need a decision");
  }

  String lead() {
    List<String> parts = new ArrayList<>();
    parts.add(
        Phrases.number(of(totals, Disposition.Kind.ready))
            + " as they are, "
            + Phrases.number(of(totals, Disposition.Kind.remedy))
            + " once their warnings are dealt with.");
    int stay =
        Stream.of(Disposition.Kind.retain, Disposition.Kind.retire, Disposition.Kind.rebuild)
            .mapToInt(kind -> of(totals, kind))
            .sum();
    if (stay > 0) {
      parts.add(Phrases.number(stay) + " stay, retire or are rebuilt.");
    }
    if (totals.notCandidates() > 0) {
      parts.add(
          Phrases.number(totals.notCandidates())
              + " templates, placeholders and VMs of the hypervisor itself are listed and not"
              + " counted.");
    }
    return String.join(" ", parts);
  }

  List<Page.Tile> tiles() {
    List<Page.Tile> tiles = new ArrayList<>();
    tiles.add(
        new Page.Tile(
            "VMs",
            Phrases.number(totals.vms()),
            Phrases.number(totals.poweredOn()) + " switched on"));
    tiles.add(
        new Page.Tile(
            "Can move", Phrases.share(moving(), totals.vms()), Phrases.count(moving(), "VM")));
    tiles.add(
        new Page.Tile(
            "Need a decision",
            Phrases.number(of(totals, Disposition.Kind.decision)),
            "a blocker, or too much is unknown"));
    tiles.add(
        new Page.Tile(
            "Disks",
            totals.size().toString(),
            Phrases.count(totals.disks(), "disk") + ", " + used()));
    tiles.add(
        new Page.Tile(
            "CPUs and memory",
            Phrases.number(totals.cpus()),
            "virtual CPUs, " + totals.memory() + " of memory"));
    tiles.add(
        new Page.Tile(
            "Waves",
            Phrases.number(assessment.waves().waves().size()),
            Phrases.count(assessment.waves().leftOut().size(), "VM") + " in none"));
    tiles.add(
        new Page.Tile(
            "Nodes of the target",
            Phrases.number(assessment.sizing().nodes()),
            assessment.sizing().spareNodes() + " of them spare"));
    TimeRange copy = assessment.estimate().copy();
    tiles.add(new Page.Tile("Copying", Phrases.range(copy), "without pauses between waves"));
    return tiles;
  }

  private String used() {
    if (totals.used() == null) {
      return "used bytes unknown";
    }
    return totals.used()
        + " used"
        + (totals.usedOf() == totals.vms()
            ? ""
            : " (known of " + Phrases.count(totals.usedOf(), "VM") + ")");
  }

  List<Page.Row> dispositions() {
    return Stream.of(Disposition.Kind.values())
        .filter(kind -> of(totals, kind) > 0)
        .map(
            kind ->
                new Page.Row(
                    kind.name(),
                    Phrases.of(kind),
                    Phrases.of(kind),
                    Phrases.meaning(kind),
                    Phrases.number(of(totals, kind)),
                    Phrases.share(of(totals, kind), totals.vms())))
        .toList();
  }

  /** The remedies that free the most VMs, those of blockers before those of warnings. */
  List<Page.Todo> first() {
    return totals.findings().stream()
        .filter(f -> f.severity() != Finding.Severity.INFO && !f.remedy().isEmpty())
        .sorted(
            Comparator.comparing(FindingTotal::severity)
                .thenComparing(FindingTotal::vms, Comparator.reverseOrder()))
        .limit(FIRST)
        .map(
            f ->
                new Page.Todo(
                    sentence(ReportText.shown(f.remedy())),
                    Phrases.of(f.severity())
                        + " "
                        + f.code()
                        + " at "
                        + Phrases.count(f.vms(), "VM")
                        + ": "
                        + ReportText.shown(f.what())))
        .toList();
  }

  private static String sentence(String text) {
    int first = text.codePointAt(0);
    return new StringBuilder()
        .appendCodePoint(Character.toUpperCase(first))
        .append(text, Character.charCount(first), text.length())
        .toString();
  }
}
