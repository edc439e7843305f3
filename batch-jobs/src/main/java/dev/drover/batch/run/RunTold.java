package dev.drover.batch.run;

import dev.drover.batch.evidence.RunSummary;
import dev.drover.batch.steps.Words;
import dev.drover.mappings.failure.Failure;
import dev.drover.mappings.plan.Wave;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What a run tells its user while it goes on, kept for its summary. Safe for several threads. */
final class RunTold {
  private final RunListener listener;
  private final List<RunSummary.Problem> problems = Collections.synchronizedList(new ArrayList<>());
  private final Map<String, String> warnings = Collections.synchronizedMap(new LinkedHashMap<>());
  private final long began = System.nanoTime();

  RunTold(RunListener listener) {
    this.listener = new LoggedMessages(listener);
  }

  /** Who hears it, and how the VMs stand. */
  RunListener listener() {
    return listener;
  }

  /** Told, and not kept. */
  void message(String text) {
    listener.message(text);
  }

  /** One text may concern every disk of a run; it is told once. */
  void warn(String vm, String text) {
    if (warnings.putIfAbsent(text, vm) == null) {
      message(LoggedMessages.WARNING + vm + ": " + Words.withoutVm(vm, text));
    }
  }

  /** What concerns a wave as a whole. */
  void problem(Wave wave, Failure failure) {
    String what = failure.subject() + ": " + failure.what();
    keep(new RunSummary.Problem(wave.name(), what, failure.remedy()));
    message("wave " + wave.name() + ": " + what + "; " + failure.remedy());
  }

  /** Kept, and told by the summary alone. */
  void keep(RunSummary.Problem problem) {
    problems.add(problem);
  }

  boolean isWell() {
    return problems.isEmpty();
  }

  /** All of it so far. */
  Standing.Told all() {
    double seconds = Math.round((System.nanoTime() - began) / 1e8) / 10.0;
    return new Standing.Told(List.copyOf(problems), warnings(), seconds);
  }

  private List<RunSummary.Warning> warnings() {
    List<RunSummary.Warning> all = new ArrayList<>();
    synchronized (warnings) {
      warnings.forEach(
          (text, vm) -> all.add(new RunSummary.Warning(vm, Words.withoutVm(vm, text))));
    }
    return all;
  }
}
