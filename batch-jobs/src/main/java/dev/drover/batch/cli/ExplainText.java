package dev.drover.batch.cli;

import dev.drover.batch.cli.terminal.SafeText;
import dev.drover.batch.cli.terminal.Style;
import dev.drover.batch.cli.terminal.Terminal;
import dev.drover.batch.report.Phrases;
import dev.drover.mappings.assess.Complexity;
import dev.drover.mappings.assess.VmAssessment;
import dev.drover.mappings.estimate.TimeRange;
import dev.drover.mappings.estimate.VmEstimate;
import dev.drover.mappings.model.Finding;
import java.util.List;
import java.util.stream.Collectors;

/** Tells an explanation. */
final class ExplainText {
  private static final int NAMES = 10;

  private final Terminal terminal;

  ExplainText(Session session) {
    this.terminal = session.terminal();
  }

  void print(Explanation explanation, boolean json) {
    if (json) {
      JsonOutput.print(terminal, "VmExplanation", explanation);
      return;
    }
    say(
        terminal.styled(SafeText.line(explanation.name()), Style.BOLD)
            + " "
            + SafeText.line(explanation.vm()));
    if (explanation.inventoryChanged()) {
      say("the inventory is not the one that the plan was made of: what follows may differ");
    }
    wave(explanation);
    assessment(explanation.assessment());
    VmEstimate estimate = explanation.estimate();
    if (estimate != null) {
      estimate(estimate);
    }
    new DiskWaysText(terminal).print(explanation);
  }

  private void wave(Explanation explanation) {
    String wave = explanation.wave();
    String planned = explanation.planned();
    line(
        "wave",
        (wave == null ? "none" : wave)
            + (explanation.window() == null ? "" : ", " + explanation.window()));
    Explanation.Rank rank = explanation.rank();
    if (rank != null) {
      line(
          "order",
          "wave %d of %d, VM %d of %d in it"
              .formatted(rank.wave(), rank.waves(), rank.vm(), rank.vms()));
      line("ordered by", String.join("; ", rank.by()));
    }
    if (wave != null && wave.equals(planned)) {
      line("why", String.valueOf(explanation.because()));
    } else if (planned != null) {
      line(
          "why",
          "kept from an earlier plan, or changed by hand; by itself the planner puts it into "
              + planned
              + ": "
              + explanation.because());
    } else if (explanation.leftOut() != null) {
      line("why", (wave == null ? "" : "the planner would leave it out: ") + explanation.leftOut());
    }
    if (explanation.unit() != null) {
      List<String> with = explanation.with();
      line(
          "moves with",
          explanation.unit()
              + ": "
              + String.join(", ", with.subList(0, Math.min(NAMES, with.size())))
              + (with.size() > NAMES ? " and " + (with.size() - NAMES) + " more" : ""));
    }
  }

  /** All of them; a unit's label has three at most. */
  private void groups(VmAssessment vm) {
    if (vm.facts().groups().size() > 1) {
      line("groups", String.join(", ", vm.facts().groups()));
    }
  }

  private void assessment(VmAssessment vm) {
    groups(vm);
    line("disposition", Phrases.of(vm.disposition().kind()) + ": " + vm.disposition().rule());
    Complexity complexity = vm.complexity();
    line(
        "complexity",
        complexity.score()
            + complexity.parts().stream()
                .map(p -> p.points() + " " + p.what())
                .collect(Collectors.joining(", ", " (", ")")));
    for (Finding finding : vm.findings()) {
      line(
          finding.code(),
          Phrases.of(finding.severity())
              + ": "
              + finding.what()
              + (finding.evidence().isEmpty() ? "" : " (" + finding.evidence() + ")")
              + "; "
              + finding.remedy());
    }
    vm.accepted().forEach(a -> line(a.code(), "accepted until " + a.expires() + ": " + a.reason()));
  }

  private void estimate(VmEstimate estimate) {
    TimeRange warm = estimate.warmDowntime();
    line("copy", Phrases.range(estimate.copy()));
    line("downtime", Phrases.range(estimate.coldDowntime()) + " when it is off during the copy");
    line(
        "warm",
        warm == null
            ? "never: its changes come faster than they are copied"
            : Phrases.range(warm)
                + " off, with deltas before (this version of drover copies cold)");
    estimate.assumptions().forEach(a -> line("", a));
  }

  private void line(String key, String text) {
    say(String.format("  %-12s %s", key, SafeText.line(text)));
  }

  private void say(String text) {
    terminal.out().println(text);
  }
}
