package dev.drover.batch.report;

import dev.drover.mappings.model.ByteSize;
import dev.drover.mappings.report.Assessment;
import dev.drover.mappings.sizing.EstateSizing;
import dev.drover.mappings.waves.WavePlan;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Waves, sizing, estimates, what was not seen, exceptions. */
final class PlanChapters {
  /** A sheet of paper and a half; the workbook has all. */
  static final int WAVES = 200;

  private static final int REASONS = 30;
  private static final int UNSEEN = 200;

  private final Assessment assessment;
  private final Tally tally;

  PlanChapters(Assessment assessment, Tally tally) {
    this.assessment = assessment;
    this.tally = tally;
  }

  private List<WavePlan.PlannedWave> planned() {
    return assessment.waves().waves();
  }

  /** Whether every wave has a date. */
  boolean dated() {
    return !planned().isEmpty() && planned().stream().allMatch(w -> w.slot() != null);
  }

  String lead() {
    if (planned().isEmpty()) {
      return "No wave was planned.";
    }
    String waves =
        Phrases.count(planned().size(), "wave")
            + " with "
            + Phrases.count(planned().stream().mapToLong(w -> w.load().vms()).sum(), "VM")
            + ". ";
    return waves
        + (dated()
            ? "Each runs inside a window of the policy."
            : "Not every wave has a window of the policy, so they have an order and not all have a"
                + " date.");
  }

  String caption() {
    return planned().size() <= WAVES
        ? "In their order"
        : "The first "
            + WAVES
            + " of "
            + Phrases.number(planned().size())
            + "; all are in report.xlsx, and in the list of waves above the table of VMs";
  }

  List<Page.Wave> waves() {
    List<Page.Wave> rows = new ArrayList<>();
    for (int i = 0; i < Math.min(WAVES, planned().size()); i++) {
      rows.add(wave(i, planned().get(i)));
    }
    return rows;
  }

  private static Page.Wave wave(int number, WavePlan.PlannedWave wave) {
    WavePlan.Slot slot = wave.slot();
    return new Page.Wave(
        number,
        ReportText.shown(wave.name()),
        wave.pilot(),
        slot == null ? "no date" : Phrases.slot(slot.start(), slot.end()),
        slot == null ? "" : ReportText.shown(slot.window()),
        Phrases.number(wave.load().vms()),
        wave.load().data().toString(),
        Phrases.range(wave.copy()),
        Phrases.range(wave.downtime()),
        isLate(wave),
        Phrases.number(wave.nodes()));
  }

  /** Whether even the least cutover is longer than the window. */
  static boolean isLate(WavePlan.PlannedWave wave) {
    WavePlan.Slot slot = wave.slot();
    return slot != null
        && java.time.Duration.between(slot.start(), slot.end()).compareTo(wave.downtime().low())
            < 0;
  }

  List<Page.Problem> problems() {
    return assessment.waves().problems().stream().map(f -> EstateChapters.problem("", f)).toList();
  }

  List<Page.Row> leftOut() {
    Map<String, Integer> reasons = new TreeMap<>();
    assessment
        .waves()
        .leftOut()
        .forEach(l -> reasons.merge(ReportText.shown(l.reason()), 1, Integer::sum));
    List<Map.Entry<String, Integer>> sorted =
        reasons.entrySet().stream()
            .sorted(
                Map.Entry.<String, Integer>comparingByValue()
                    .reversed()
                    .thenComparing(Map.Entry.comparingByKey()))
            .toList();
    List<Page.Row> rows = new ArrayList<>();
    sorted.stream().limit(REASONS).forEach(e -> rows.add(Page.Row.of(e.getKey(), e.getValue(), 0)));
    int rest = sorted.stream().skip(REASONS).mapToInt(Map.Entry::getValue).sum();
    if (rest > 0) {
      rows.add(Page.Row.of("other reasons, which are in report.xlsx", rest, 0));
    }
    return rows;
  }

  List<Page.Tile> sizing() {
    EstateSizing sizing = assessment.sizing();
    EstateSizing.Capacity free = sizing.free();
    List<Page.Tile> tiles = new ArrayList<>();
    tiles.add(
        new Page.Tile(
            "Nodes",
            Phrases.number(sizing.nodes()),
            sizing.spareNodes() + " of them spare; decided by " + bound(sizing.bound())));
    tiles.add(
        new Page.Tile(
            "Virtual CPUs",
            Phrases.number(sizing.cpus()),
            free(free == null || free.cpus() == null ? null : Phrases.number(free.cpus()))));
    tiles.add(
        new Page.Tile(
            "Memory", sizing.memory().toString(), free(free == null ? null : free.memory())));
    tiles.add(
        new Page.Tile(
            "Storage",
            sizing.storage().toString(),
            "with the reserve; " + free(free == null ? null : free.storage())));
    ByteSize unused = sizing.unusedDisk();
    tiles.add(
        new Page.Tile(
            "Allocated and not used today",
            unused == null ? "unknown" : unused.toString(),
            unused == null
                ? "the source does not say what is used"
                : "known of " + Phrases.count(sizing.ofVms(), "VM")));
    return tiles;
  }

  private static String bound(String bound) {
    return switch (bound) {
      case "cpu" -> "CPUs";
      case "vms" -> "the number of VMs a node";
      default -> bound;
    };
  }

  private static String free(@Nullable Object free) {
    return free == null ? "free at the target: unknown" : "free at the target: " + free;
  }

  Page.@Nullable Cost cost() {
    EstateSizing.Cost cost = assessment.sizing().cost();
    if (cost == null) {
      return null;
    }
    return new Page.Cost(
        List.of(
            new Page.Tile(
                "Today", money(cost.currency(), cost.source()), "a year, from the policy's prices"),
            new Page.Tile(
                "At the target",
                money(cost.currency(), cost.target()),
                "a year, from the policy's prices")),
        cost.parts().stream().map(ReportText::shown).toList());
  }

  private static String money(String currency, @Nullable Double amount) {
    return amount == null
        ? "no price given"
        : String.format(Locale.ROOT, "%,.0f ", amount) + ReportText.shown(currency);
  }

  List<Page.Tile> estimates() {
    return List.of(
        new Page.Tile(
            "Copying", Phrases.range(assessment.estimate().copy()), "without pauses between waves"),
        new Page.Tile(
            "Checks by engineers",
            Phrases.range(assessment.estimate().handsOn()),
            "all engineers at work"));
  }

  static Page.@Nullable Lines lines(List<String> assumptions) {
    return assumptions.isEmpty()
        ? null
        : new Page.Lines(assumptions.stream().map(ReportText::shown).toList());
  }

  private int unseenCount() {
    return assessment.unreadable().size()
        + assessment.notices().size()
        + assessment.profile().unseen().size();
  }

  List<Page.Problem> unseen() {
    List<Page.Problem> rows = new ArrayList<>();
    assessment.notices().forEach(n -> rows.add(EstateChapters.problem(n.place(), n.finding())));
    assessment
        .profile()
        .unseen()
        .forEach(
            u ->
                rows.add(
                    new Page.Problem(
                        "target " + ReportText.shown(assessment.profile().name()),
                        "",
                        "",
                        "",
                        ReportText.shown(u.what()),
                        "",
                        "give the permission " + ReportText.shown(u.permission()),
                        "",
                        "")));
    assessment.unreadable().forEach(u -> rows.add(EstateChapters.problem(u.place(), u.problem())));
    return rows.subList(0, Math.min(rows.size(), UNSEEN));
  }

  String unseenMore() {
    int more = unseenCount() - UNSEEN;
    return more <= 0 ? "" : Phrases.number(more) + " more are in report.xlsx.";
  }

  List<Page.Exemption> exceptions() {
    LocalDate today = assessment.made().atOffset(ZoneOffset.UTC).toLocalDate();
    List<Page.Exemption> rows = new ArrayList<>();
    assessment
        .policy()
        .exceptions()
        .forEach(
            e ->
                rows.add(
                    new Page.Exemption(
                        ReportText.shown(e.code()),
                        ReportText.shown(e.reason()),
                        e.expires().toString(),
                        e.expires().isBefore(today),
                        Phrases.number(tally.accepted(e.code())))));
    new TreeMap<>(assessment.policy().severities())
        .forEach(
            (code, severity) ->
                rows.add(
                    new Page.Exemption(
                        ReportText.shown(code),
                        "counts as " + Phrases.of(severity).toLowerCase(Locale.ROOT),
                        "always",
                        false,
                        "–")));
    return rows;
  }
}
