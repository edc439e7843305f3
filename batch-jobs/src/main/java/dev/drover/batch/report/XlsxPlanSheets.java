package dev.drover.batch.report;

import static dev.drover.batch.report.SheetWriter.gibibytes;
import static dev.drover.batch.report.XlsxReport.hours;

import dev.drover.batch.report.SheetWriter.Column;
import dev.drover.mappings.estimate.TimeRange;
import dev.drover.mappings.model.Finding;
import dev.drover.mappings.report.Assessment;
import dev.drover.mappings.sizing.EstateSizing;
import dev.drover.mappings.waves.WavePlan;
import java.util.TreeMap;
import org.dhatim.fastexcel.Workbook;
import org.jspecify.annotations.Nullable;

/** The sheets that are not of single VMs. */
final class XlsxPlanSheets {
  private final Assessment assessment;
  private final Workbook book;

  XlsxPlanSheets(Assessment assessment, Workbook book) {
    this.assessment = assessment;
    this.book = book;
  }

  void write() {
    waves();
    placed();
    leftOut();
    sizing();
    estimates();
    notices();
    exceptions();
    assumptions();
  }

  private void waves() {
    try (SheetWriter sheet =
        new SheetWriter(
            book,
            "Waves",
            Column.text("Wave", 18),
            Column.text("Pilot", 8),
            Column.text("Window", 20),
            Column.text("Start", 28),
            Column.text("End", 28),
            Column.whole("VMs", 8),
            Column.whole("CPUs", 10),
            Column.decimal("Memory GiB", 12),
            Column.decimal("Size GiB", 12),
            Column.decimal("Data GiB", 12),
            Column.decimal("Copy h, least", 12),
            Column.decimal("Copy h, most", 12),
            Column.decimal("Cutover h, least", 12),
            Column.decimal("Cutover h, most", 12),
            Column.whole("Nodes filled", 12))) {
      assessment.waves().waves().forEach(w -> wave(sheet, w));
    }
  }

  private static void wave(SheetWriter sheet, WavePlan.PlannedWave w) {
    WavePlan.Slot slot = w.slot();
    sheet.row(
        w.name(),
        w.pilot() ? "yes" : null,
        slot == null ? null : slot.window(),
        slot == null ? null : slot.start().toString(),
        slot == null ? null : slot.end().toString(),
        w.load().vms(),
        w.load().cpus(),
        gibibytes(w.load().memory()),
        gibibytes(w.load().size()),
        gibibytes(w.load().data()),
        hours(w.copy().low()),
        hours(w.copy().high()),
        hours(w.downtime().low()),
        hours(w.downtime().high()),
        w.nodes());
  }

  private void placed() {
    try (SheetWriter sheet =
        new SheetWriter(
            book,
            "Wave VMs",
            Column.text("Wave", 18),
            Column.text("VM", 32),
            Column.text("Source", 14),
            Column.text("ID", 16),
            Column.text("Moves with", 34),
            Column.text("Because", 60))) {
      for (WavePlan.PlannedWave w : assessment.waves().waves()) {
        for (WavePlan.PlacedVm vm : w.vms()) {
          sheet.row(w.name(), vm.name(), vm.ref().source(), vm.ref().id(), vm.unit(), vm.because());
        }
      }
    }
  }

  private void leftOut() {
    try (SheetWriter sheet =
        new SheetWriter(
            book,
            "Left out",
            Column.text("VM", 32),
            Column.text("Source", 14),
            Column.text("ID", 16),
            Column.text("Reason", 90))) {
      assessment
          .waves()
          .leftOut()
          .forEach(l -> sheet.row(l.name(), l.ref().source(), l.ref().id(), l.reason()));
    }
  }

  private void sizing() {
    EstateSizing s = assessment.sizing();
    try (SheetWriter sheet =
        new SheetWriter(
            book,
            "Sizing",
            Column.text("What", 34),
            Column.decimal("Needed", 16),
            Column.decimal("Free at the target", 20),
            Column.text("Unit or text", 60))) {
      EstateSizing.Capacity free = s.free();
      sheet.row("Nodes", s.nodes(), null, "spare ones included; decided by " + s.bound());
      sheet.row("Spare nodes", s.spareNodes(), null, "of them");
      sheet.row("Virtual CPUs", s.cpus(), free == null ? null : free.cpus(), "after overcommit");
      sheet.row(
          "Memory", gibibytes(s.memory()), gibibytes(free == null ? null : free.memory()), "GiB");
      sheet.row(
          "Storage",
          gibibytes(s.storage()),
          gibibytes(free == null ? null : free.storage()),
          "GiB, with the reserve");
      sheet.row(
          "Allocated and not used today",
          gibibytes(s.unusedDisk()),
          null,
          "GiB, known of " + Phrases.count(s.ofVms(), "VM"));
      EstateSizing.Cost cost = s.cost();
      if (cost != null) {
        sheet.row("Cost of a year today", cost.source(), null, cost.currency());
        sheet.row("Cost of a year at the target", cost.target(), null, cost.currency());
        cost.parts().forEach(p -> sheet.row("Part of the cost", null, null, p));
      }
    }
  }

  private void estimates() {
    try (SheetWriter sheet =
        new SheetWriter(
            book,
            "Estimates",
            Column.text("What", 40),
            Column.decimal("Hours, least", 16),
            Column.decimal("Hours, most", 16),
            Column.text("How", 60))) {
      TimeRange copy = assessment.estimate().copy();
      TimeRange hands = assessment.estimate().handsOn();
      sheet.row("Copying", hours(copy.low()), hours(copy.high()), "without pauses between waves");
      sheet.row("Checks by engineers", hours(hands.low()), hours(hands.high()), "all at work");
    }
  }

  private void notices() {
    try (SheetWriter sheet =
        new SheetWriter(
            book,
            "Notices",
            Column.text("Kind", 14),
            Column.text("Where", 40),
            Column.text("Severity", 10),
            Column.text("Code", 12),
            Column.text("What", 60),
            Column.text("Evidence", 30),
            Column.text("Remedy", 60))) {
      assessment.notices().forEach(n -> notice(sheet, "notice", n.place(), n.finding()));
      assessment.unreadable().forEach(u -> notice(sheet, "unreadable", u.place(), u.problem()));
      assessment.waves().problems().forEach(p -> notice(sheet, "planning", null, p));
      assessment
          .profile()
          .unseen()
          .forEach(
              u ->
                  sheet.row(
                      "not seen",
                      "target " + assessment.profile().name(),
                      null,
                      null,
                      u.what(),
                      null,
                      "give the permission " + u.permission()));
    }
  }

  private static void notice(SheetWriter sheet, String kind, @Nullable String place, Finding f) {
    sheet.row(kind, place, Phrases.of(f.severity()), f.code(), f.what(), f.evidence(), f.remedy());
  }

  private void exceptions() {
    try (SheetWriter sheet =
        new SheetWriter(
            book,
            "Exceptions",
            Column.text("Code", 14),
            Column.text("What the policy says", 90),
            Column.text("Until", 14))) {
      assessment
          .policy()
          .exceptions()
          .forEach(e -> sheet.row(e.code(), e.reason(), e.expires().toString()));
      new TreeMap<>(assessment.policy().severities())
          .forEach((code, s) -> sheet.row(code, "counts as " + Phrases.of(s), "always"));
    }
  }

  private void assumptions() {
    try (SheetWriter sheet =
        new SheetWriter(
            book, "Assumptions", Column.text("Of", 16), Column.text("Assumption", 110))) {
      assessment.sizing().assumptions().forEach(a -> sheet.row("sizing", a));
      assessment.estimate().assumptions().forEach(a -> sheet.row("estimates", a));
    }
  }
}
