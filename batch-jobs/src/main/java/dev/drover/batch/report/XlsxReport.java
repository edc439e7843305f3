package dev.drover.batch.report;

import static dev.drover.batch.report.SheetWriter.gibibytes;

import dev.drover.batch.report.SheetWriter.Column;
import dev.drover.mappings.assess.EstateTotals;
import dev.drover.mappings.assess.StorageNeed;
import dev.drover.mappings.assess.VmAssessment;
import dev.drover.mappings.model.Disposition;
import dev.drover.mappings.model.Finding;
import dev.drover.mappings.model.VmFacts;
import dev.drover.mappings.report.Assessment;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Locale;
import org.dhatim.fastexcel.Workbook;
import org.jspecify.annotations.Nullable;

/** Writes {@code report.xlsx}: a sheet a topic. Reads the VMs once for each sheet of VMs. */
final class XlsxReport {
  private final Assessment assessment;
  private final Placements placements;
  private final String version;

  XlsxReport(Assessment assessment, Placements placements, String version) {
    this.assessment = assessment;
    this.placements = placements;
    this.version = version;
  }

  /** Writes the workbook. */
  void write(VmSpool vms, Path file) throws IOException {
    try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(file), 1 << 16)) {
      // Excel asks for a version of the form XX.YYYY, which Drover's own need not have.
      Workbook book = new Workbook(out, "Drover", "1.0");
      book.setCompressionLevel(4);
      summary(book);
      vms(book, vms);
      findings(book, vms);
      needs(book, vms);
      new XlsxPlanSheets(assessment, book).write();
      book.finish();
    } catch (UncheckedIOException e) {
      throw e.getCause();
    }
  }

  private void summary(Workbook book) {
    EstateTotals totals = assessment.totals();
    try (SheetWriter sheet =
        new SheetWriter(
            book,
            "Summary",
            Column.text("What", 34),
            Column.decimal("Figure", 16),
            Column.text("Unit or text", 90))) {
      sheet.row("Inventory", null, assessment.inventory());
      sheet.row("Inventory, SHA-256", null, assessment.inventoryDigest());
      sheet.row("Policy", null, assessment.policy().name());
      sheet.row("Policy, SHA-256", null, assessment.policy().digest());
      sheet.row("Target", null, assessment.profile().name());
      sheet.row("Made", null, Phrases.moment(assessment.made()));
      sheet.row("Drover", null, version);
      sheet.row("VMs", totals.vms(), "candidates");
      sheet.row(
          "Not candidates",
          totals.notCandidates(),
          "templates, placeholders, the hypervisor's own");
      sheet.row("Switched on", totals.poweredOn(), "VMs");
      for (Disposition.Kind kind : Disposition.Kind.values()) {
        sheet.row(
            Phrases.of(kind), SummaryChapter.of(totals, kind), "VMs: " + Phrases.meaning(kind));
      }
      sheet.row("Virtual CPUs", totals.cpus(), "");
      sheet.row("Memory", gibibytes(totals.memory()), "GiB");
      sheet.row("Disks", totals.disks(), "");
      sheet.row("Size of disks", gibibytes(totals.size()), "GiB");
      sheet.row(
          "Used of disks",
          gibibytes(totals.used()),
          "GiB, known of " + Phrases.count(totals.usedOf(), "VM"));
      totals.systems().forEach((system, count) -> sheet.row("System", count, system));
    }
  }

  private void vms(Workbook book, VmSpool vms) {
    try (SheetWriter sheet =
        new SheetWriter(
            book,
            "VMs",
            Column.text("Name", 32),
            Column.text("Source", 14),
            Column.text("ID", 16),
            Column.text("Disposition", 18),
            Column.text("Because", 30),
            Column.text("Wave", 14),
            Column.text("Left out because", 30),
            Column.whole("Blockers", 10),
            Column.whole("Warnings", 10),
            Column.whole("Score", 8),
            Column.text("Score's parts", 40),
            Column.text("Power", 10),
            Column.text("System", 32),
            Column.whole("CPUs", 8),
            Column.decimal("Memory GiB", 12),
            Column.whole("Disks", 8),
            Column.decimal("Size GiB", 12),
            Column.decimal("Used GiB", 12),
            Column.whole("NICs", 8),
            Column.text("Datacenter", 16),
            Column.text("Cluster", 18),
            Column.text("Host", 26),
            Column.text("Folder", 30),
            Column.text("Datastores", 30),
            Column.text("Networks", 30),
            Column.text("Application", 18),
            Column.text("Owner", 20),
            Column.text("Criticality", 12),
            Column.text("Tags", 34),
            Column.text("Moves with", 34))) {
      vms.forEach(vm -> sheet.row(cells(vm)));
    }
  }

  private @Nullable Object[] cells(VmAssessment vm) {
    VmFacts f = vm.facts();
    return new @Nullable Object[] {
      f.name(),
      f.ref().source(),
      f.ref().id(),
      vm.candidate() ? Phrases.of(vm.disposition().kind()) : "Not a candidate",
      vm.disposition().rule(),
      placements.waveName(f.ref()),
      placements.reason(f.ref()),
      Tally.count(vm, Finding.Severity.BLOCKER),
      Tally.count(vm, Finding.Severity.WARNING),
      vm.complexity().score(),
      EstateChapters.parts(vm.complexity()),
      f.power().name().toLowerCase(Locale.ROOT),
      f.os(),
      f.cpus(),
      gibibytes(f.memory()),
      f.disks(),
      gibibytes(f.size()),
      gibibytes(f.used()),
      f.nics(),
      f.datacenter(),
      f.cluster(),
      f.host(),
      f.folder(),
      String.join(", ", f.datastores()),
      String.join(", ", f.networks()),
      f.application(),
      f.owner(),
      f.criticality(),
      String.join(", ", f.tags()),
      String.join("; ", f.groups())
    };
  }

  /** Of candidates, as the totals count them, so that a filter's number is that of the page. */
  private static void findings(Workbook book, VmSpool vms) {
    try (SheetWriter sheet =
        new SheetWriter(
            book,
            "Findings",
            Column.text("Severity", 10),
            Column.text("Code", 12),
            Column.text("VM", 32),
            Column.text("Source", 14),
            Column.text("ID", 16),
            Column.text("What", 60),
            Column.text("Evidence", 36),
            Column.text("Remedy", 60),
            Column.text("Accepted because", 40))) {
      vms.forEach(
          vm -> {
            if (vm.candidate()) {
              vm.findings().forEach(f -> finding(sheet, vm, f));
            }
          });
    }
  }

  private static void finding(SheetWriter sheet, VmAssessment vm, Finding f) {
    sheet.row(
        Phrases.of(f.severity()),
        f.code(),
        vm.facts().name(),
        vm.facts().ref().source(),
        vm.facts().ref().id(),
        f.what(),
        f.evidence(),
        f.remedy(),
        vm.accepted().stream()
            .filter(a -> a.code().equals(f.code()))
            .map(a -> a.reason() + ", until " + a.expires())
            .findFirst()
            .orElse(null));
  }

  private void needs(Workbook book, VmSpool vms) {
    try (SheetWriter sheet =
        new SheetWriter(
            book,
            "Storage gaps",
            Column.text("Need", 32),
            Column.text("Class", 18),
            Column.text("Gap", 12),
            Column.text("VM", 32),
            Column.text("Source", 14),
            Column.text("ID", 16),
            Column.decimal("Size GiB", 12),
            Column.text("Why", 44),
            Column.text("Remedy", 60))) {
      vms.forEach(
          vm ->
              vm.needs().stream()
                  .filter(n -> vm.candidate() && !n.met().isYes())
                  .forEach(n -> need(sheet, vm, n)));
    }
  }

  private static void need(SheetWriter sheet, VmAssessment vm, StorageNeed need) {
    sheet.row(
        Phrases.of(need.kind()),
        need.storageClass(),
        need.met() == dev.drover.mappings.model.Answer.NO ? "cannot" : "not known",
        vm.facts().name(),
        vm.facts().ref().source(),
        vm.facts().ref().id(),
        gibibytes(vm.facts().size()),
        need.why(),
        need.remedy());
  }

  static double hours(Duration time) {
    return time.toSeconds() / 3600.0;
  }
}
