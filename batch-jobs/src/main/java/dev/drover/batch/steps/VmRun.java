package dev.drover.batch.steps;

import dev.drover.importers.api.VmSnapshot;
import dev.drover.importers.api.VmSource;
import dev.drover.mappings.failure.UsageFailed;
import dev.drover.mappings.model.Finding;
import dev.drover.mappings.model.SourceVm;
import dev.drover.mappings.plan.Hooks;
import dev.drover.mappings.plan.VmPlan;
import dev.drover.mappings.target.MappedVm;
import dev.drover.mappings.target.TargetVm;
import dev.drover.mappings.target.TargetVmMapper;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A VM on its way. Holds nothing that a new process could not make again: the view of the source is
 * opened when a step first asks for it. For one thread; {@link CopyDisks} alone spreads out, over
 * what it took from here before.
 */
public final class VmRun implements AutoCloseable {
  private final RunContext context;
  private final VmPlan vmPlan;
  private final List<Finding> findings = new ArrayList<>();
  private @Nullable VmSnapshot snapshot;
  private @Nullable MappedVm mapped;

  /** A VM of the wave. */
  public VmRun(RunContext context, VmPlan vmPlan) {
    this.context = context;
    this.vmPlan = vmPlan;
  }

  /** What all VMs share. */
  public RunContext context() {
    return context;
  }

  /** What the plan says of it. */
  public VmPlan plan() {
    return vmPlan;
  }

  /** What people call it. */
  public String label() {
    return vmPlan.sourceName();
  }

  /** The frozen view, opened once. */
  public VmSnapshot snapshot() {
    if (snapshot == null) {
      VmSource source = context.sources().get(vmPlan.ref().source());
      if (source == null) {
        throw new UsageFailed(
            "VM " + label(),
            "the plan has no source called \"" + vmPlan.ref().source() + "\"",
            "add it under \"sources\"");
      }
      snapshot = source.open(vmPlan.ref());
    }
    return snapshot;
  }

  /** The VM at the source. */
  public SourceVm sourceVm() {
    return snapshot().vm();
  }

  /** What the mapping made of it, with the blockers that only the whole plan shows. */
  public MappedVm mapped() {
    if (mapped == null) {
      MappedVm alone = TargetVmMapper.map(sourceVm(), vmPlan, context.plan());
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
      throw new VmBlocked("VM " + label(), blockers(mapped().findings()));
    }
    return vm;
  }

  /** Adds what a step noticed, for the evidence. */
  void note(List<Finding> more) {
    findings.addAll(more);
  }

  /** Everything found so far. */
  List<Finding> findings() {
    List<Finding> all = new ArrayList<>(mapped().findings());
    all.addAll(findings);
    return all;
  }

  static List<Finding> blockers(List<Finding> findings) {
    return findings.stream().filter(f -> f.severity() == Finding.Severity.BLOCKER).toList();
  }

  /** Runs hooks with the VM's facts in their environment. */
  void hooks(String point, List<Hooks.Hook> hooks) {
    if (hooks.isEmpty()) {
      return;
    }
    Map<String, String> facts = new LinkedHashMap<>();
    facts.put("DROVER_PLAN", context.plan().name());
    facts.put("DROVER_RUN", context.runId());
    facts.put("DROVER_WAVE", context.wave());
    facts.put("DROVER_VM", vmPlan.ref().toString());
    facts.put("DROVER_VM_NAME", sourceVm().name());
    facts.put("DROVER_TARGET_NAME", targetVm().name());
    facts.put("DROVER_NAMESPACE", targetVm().namespace());
    context.hooks().run(point, hooks, facts);
  }

  @Override
  public void close() {
    if (snapshot != null) {
      snapshot.close();
      snapshot = null;
    }
  }
}
