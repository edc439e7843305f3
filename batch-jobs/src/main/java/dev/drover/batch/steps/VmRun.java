package dev.drover.batch.steps;

import dev.drover.batch.ledger.SourceRecord;
import dev.drover.importers.api.Hold;
import dev.drover.importers.api.VmSnapshot;
import dev.drover.importers.api.VmSource;
import dev.drover.mappings.failure.Failure;
import dev.drover.mappings.failure.UsageFailed;
import dev.drover.mappings.model.Finding;
import dev.drover.mappings.model.PowerState;
import dev.drover.mappings.model.SourceVm;
import dev.drover.mappings.plan.Hooks;
import dev.drover.mappings.plan.SourceRule;
import dev.drover.mappings.plan.VmPlan;
import dev.drover.mappings.target.MappedVm;
import dev.drover.mappings.target.TargetVm;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A VM on its way. Holds nothing that a new process could not make again: the view of the source is
 * opened when a step first asks for it. For one thread; {@link CopyDisks} alone spreads out, over
 * what it took from here before.
 */
public final class VmRun implements AutoCloseable {
  private final RunContext context;
  private final VmPlan vmPlan;
  private final VmProgress progress;
  private @Nullable VmSnapshot snapshot;
  private @Nullable MappedVm mapped;
  private boolean afterVmCalled;

  /**
   * A VM of the wave.
   *
   * @param progress of this VM; not closed here
   */
  public VmRun(RunContext context, VmPlan vmPlan, VmProgress progress) {
    this.context = context;
    this.vmPlan = vmPlan;
    this.progress = progress;
  }

  /** What all VMs share. */
  public RunContext context() {
    return context;
  }

  /** What the plan says of it. */
  public VmPlan plan() {
    return vmPlan;
  }

  /** Where its disks report to. */
  public VmProgress progress() {
    return progress;
  }

  /** What people call it. */
  public String label() {
    return vmPlan.sourceName();
  }

  /** What a message names it. */
  public String subject() {
    return "VM " + label();
  }

  /** Where it comes from. */
  VmSource source() {
    VmSource source = context.peers().sources().get(vmPlan.ref().source());
    if (source == null) {
      throw new UsageFailed(
          subject(),
          "the plan has no source called \"" + vmPlan.ref().source() + "\"",
          "add it under \"sources\"");
    }
    return source;
  }

  /** The frozen view, opened once; of a rehearsal's VM, which runs, what a snapshot holds. */
  public VmSnapshot snapshot() {
    if (snapshot == null) {
      Hold hold =
          rehearsal()
              ? Hold.snapshot(context.runId(), rule().quiesces())
              : Hold.none(context.runId());
      snapshot = source().open(vmPlan.ref(), hold);
    }
    return snapshot;
  }

  /** The VM at the source, in the power state in which it was found. */
  public SourceVm sourceVm() {
    return context.ledger().asFound(vmPlan.ref(), snapshot().vm());
  }

  /** What the plan allows at the source. */
  SourceRule rule() {
    return context.plan().sourceRule(vmPlan);
  }

  /** What is known of it at the source; empty before it is first prepared. */
  Optional<SourceRecord> sourceRecord() {
    return context.ledger().source(vmPlan.ref());
  }

  /** Whether it goes on running at the source, so that what is made of it is for a trial. */
  boolean rehearsal() {
    return rule().running() == SourceRule.WhenRunning.snapshot
        && sourceRecord().map(record -> rule().rehearses(record.found())).orElse(false);
  }

  /** What the mapping made of it, with the blockers that only the whole plan shows. */
  public MappedVm mapped() {
    if (mapped == null) {
      MappedVm alone = context.peers().mapping().map(sourceVm(), vmPlan, context.plan());
      List<Finding> all = new ArrayList<>(sourceVm().findings());
      all.addAll(alone.findings());
      all.addAll(context.collisions().getOrDefault(vmPlan.ref(), List.of()));
      mapped = new MappedVm(alone.vm(), all);
    }
    return mapped;
  }

  /**
   * The VM at the target.
   *
   * @throws VmBlocked when the mapping found a blocker
   */
  public TargetVm targetVm() {
    TargetVm vm = mapped().vm();
    if (vm == null || mapped().blocked()) {
      throw new VmBlocked(subject(), blockers(mapped().findings()));
    }
    return vm;
  }

  static List<Finding> blockers(List<Finding> findings) {
    return findings.stream().filter(f -> f.severity() == Finding.Severity.BLOCKER).toList();
  }

  /** Whether it is off at the source, or may be, since Drover stopped it. */
  public boolean leftOff() {
    if (!sourceRecord().map(SourceRecord::stopped).orElse(false)) {
      return false;
    }
    try {
      return SourceOff.now(this) != PowerState.ON;
    } catch (Failure e) {
      return true;
    }
  }

  /** Runs hooks with the VM's facts in their environment. */
  void hooks(String point, List<Hooks.Hook> hooks) {
    if (hooks.isEmpty()) {
      return;
    }
    Map<String, String> facts = new LinkedHashMap<>(context.facts());
    facts.putAll(VmFacts.of(this));
    context.hooks().run(point, hooks, facts);
  }

  /**
   * Runs the hooks of a VM that is over, once: a VM whose last hook failed has had them.
   *
   * @param state {@code done} or {@code failed}
   * @param more facts
   */
  public void afterVm(String state, Map<String, String> more) {
    List<Hooks.Hook> hooks = context.plan().hooks().afterVm();
    if (hooks.isEmpty() || afterVmCalled && state.equals("failed")) {
      return;
    }
    afterVmCalled = true;
    Map<String, String> facts = new LinkedHashMap<>(context.facts());
    facts.putAll(VmFacts.of(this));
    facts.putAll(more);
    facts.put("DROVER_STATE", state);
    context.hooks().run("afterVm", hooks, facts);
  }

  /** Lets go of the view of the source; the next step that asks opens a new one. */
  @Override
  public void close() {
    mapped = null;
    if (snapshot != null) {
      VmSnapshot old = snapshot;
      snapshot = null;
      old.close();
    }
  }
}
