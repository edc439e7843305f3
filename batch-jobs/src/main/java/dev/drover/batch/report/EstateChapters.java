package dev.drover.batch.report;

import dev.drover.mappings.assess.Complexity;
import dev.drover.mappings.assess.EstateTotals;
import dev.drover.mappings.assess.VmAssessment;
import dev.drover.mappings.model.ByteSize;
import dev.drover.mappings.model.Finding;
import dev.drover.mappings.model.Finding.Severity;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Findings, systems, sizes, storage gaps and the riskiest VMs. */
final class EstateChapters {
  private static final int SYSTEMS = 14;

  private final EstateTotals totals;
  private final Tally tally;
  private final Placements placements;

  EstateChapters(EstateTotals totals, Tally tally, Placements placements) {
    this.totals = totals;
    this.tally = tally;
    this.placements = placements;
  }

  List<Page.SeverityTile> severities() {
    return Stream.of(Severity.values())
        .map(
            s ->
                new Page.SeverityTile(
                    s.name(),
                    Phrases.of(s),
                    Phrases.number(tally.worst(s)),
                    Phrases.number(
                        totals.findings().stream().filter(f -> f.severity() == s).count())))
        .toList();
  }

  List<Page.Problem> findings() {
    return totals.findings().stream()
        .sorted(
            Comparator.comparing(EstateTotals.FindingTotal::severity)
                .thenComparing(EstateTotals.FindingTotal::vms, Comparator.reverseOrder())
                .thenComparing(EstateTotals.FindingTotal::code))
        .map(
            f ->
                new Page.Problem(
                    "",
                    ReportText.shown(f.code()),
                    f.severity().name(),
                    Phrases.of(f.severity()),
                    ReportText.shown(f.what()),
                    "",
                    ReportText.shown(f.remedy()),
                    Phrases.number(f.vms()),
                    Phrases.share(f.vms(), totals.vms())))
        .toList();
  }

  /** A finding of a source, a plan or a VM. */
  static Page.Problem problem(String place, Finding f) {
    return new Page.Problem(
        ReportText.shown(place),
        ReportText.shown(f.code()),
        f.severity().name(),
        Phrases.of(f.severity()),
        ReportText.shown(f.what()),
        ReportText.shown(f.evidence()),
        ReportText.shown(f.remedy()),
        "",
        "");
  }

  /** The most frequent systems, and the rest as one. */
  List<Map.Entry<String, Integer>> systemCounts() {
    List<Map.Entry<String, Integer>> all =
        totals.systems().entrySet().stream()
            .sorted(
                Map.Entry.<String, Integer>comparingByValue()
                    .reversed()
                    .thenComparing(Map.Entry.comparingByKey()))
            .map(e -> Map.entry(ReportText.shown(e.getKey()), e.getValue()))
            .toList();
    if (all.size() <= SYSTEMS + 1) {
      return all;
    }
    List<Map.Entry<String, Integer>> shown = new ArrayList<>(all.subList(0, SYSTEMS));
    int rest = all.stream().skip(SYSTEMS).mapToInt(Map.Entry::getValue).sum();
    shown.add(Map.entry((all.size() - SYSTEMS) + " others", rest));
    return shown;
  }

  List<Map.Entry<String, Integer>> sizeCounts() {
    List<Map.Entry<String, Integer>> counts = new ArrayList<>();
    @Nullable Long before = null;
    for (Map.Entry<Long, Integer> each : totals.sizes().entrySet()) {
      counts.add(Map.entry(sizeLabel(before, each.getKey()), each.getValue()));
      before = each.getKey();
    }
    return counts;
  }

  /** The classes' bounds are exclusive, so the last one has none to show. */
  private static String sizeLabel(@Nullable Long from, long to) {
    if (to == Long.MAX_VALUE) {
      return from == null ? "any size" : new ByteSize(from) + " or more";
    }
    return "below " + new ByteSize(to);
  }

  List<Page.Row> rows(List<Map.Entry<String, Integer>> counts) {
    return counts.stream().map(e -> Page.Row.of(e.getKey(), e.getValue(), totals.vms())).toList();
  }

  List<Page.Gap> gaps() {
    return totals.gaps().stream()
        .sorted(
            Comparator.comparing(EstateTotals.Gap::known)
                .thenComparing(EstateTotals.Gap::vms)
                .reversed())
        .map(
            g ->
                new Page.Gap(
                    Phrases.of(g.need()),
                    g.storageClass() == null
                        ? "no class known"
                        : ReportText.shown(g.storageClass()),
                    g.known() ? "BLOCKER" : "WARNING",
                    g.known() ? "cannot" : "not known",
                    Phrases.number(g.vms()),
                    g.size().toString(),
                    ReportText.shown(g.remedy())))
        .toList();
  }

  List<Page.Risk> riskiest() {
    return tally.riskiest().stream().map(this::risk).toList();
  }

  private Page.Risk risk(VmAssessment vm) {
    String wave = placements.waveName(vm.facts().ref());
    return new Page.Risk(
        ReportText.shown(vm.facts().name()),
        Stream.of(
                vm.facts().os() == null ? "system unknown" : ReportText.shown(vm.facts().os()),
                Phrases.count(vm.facts().disks(), "disk") + " of " + vm.facts().size(),
                vm.facts().cluster() == null ? "" : ReportText.shown(vm.facts().cluster()),
                wave == null ? "in no wave" : ReportText.shown(wave))
            .filter(t -> !t.isEmpty())
            .collect(Collectors.joining(" · ")),
        vm.disposition().kind().name(),
        Phrases.of(vm.disposition().kind()),
        vm.complexity().score(),
        parts(vm.complexity()),
        vm.findings().stream()
            .filter(f -> f.severity() != Severity.INFO)
            .map(f -> problem("", f))
            .toList());
  }

  /** {@code 3 disks 3 + more than 1 TiB 8}. */
  static String parts(Complexity complexity) {
    return complexity.parts().stream()
        .map(p -> ReportText.shown(p.what()) + " " + p.points())
        .collect(Collectors.joining(" + "));
  }
}
