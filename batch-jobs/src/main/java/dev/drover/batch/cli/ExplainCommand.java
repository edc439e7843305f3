package dev.drover.batch.cli;

import dev.drover.converters.CopyPaths;
import dev.drover.converters.Engine;
import dev.drover.mappings.assess.VmAssessment;
import dev.drover.mappings.estimate.EstimateVm;
import dev.drover.mappings.failure.UsageFailed;
import dev.drover.mappings.model.SourceDisk;
import dev.drover.mappings.model.SourceVm;
import dev.drover.mappings.model.VmRef;
import dev.drover.mappings.plan.MigrationPlan;
import dev.drover.mappings.plan.PlanInputs;
import dev.drover.mappings.plan.PlanReader;
import dev.drover.mappings.plan.VmPlan;
import dev.drover.mappings.plan.Wave;
import dev.drover.mappings.policy.WavesPolicy;
import dev.drover.mappings.waves.WavePlan;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
    name = "explain",
    description = {
      "Tells of one VM why it is in its wave or in none, what was found of it, and how long it"
          + " takes.",
      "It reads the inventory, policy and profile that the plan was made of, and says how the bytes"
          + " of its disks travel, as far as the inventory tells."
    },
    footer = {"Example:", "  drover explain plan.yaml --vm web-1"})
final class ExplainCommand implements Runnable {
  private final Session session;

  @Parameters(index = "0", paramLabel = "PLAN", description = "A plan file.")
  private Path file = Path.of("");

  @Option(
      names = "--vm",
      required = true,
      paramLabel = "NAME",
      description = "Its name at the source, SOURCE/ID, its id, or the targetName in the plan.")
  private String vm = "";

  @Mixin private EngineOption engine = new EngineOption();
  @Mixin private OutputFormat output = new OutputFormat();

  ExplainCommand(Session session) {
    this.session = session;
  }

  @Override
  public void run() {
    MigrationPlan plan = PlanReader.read(file);
    PlanInputs inputs = plan.planning();
    if (inputs == null) {
      throw new UsageFailed(
          file.toString(),
          "the plan does not say what it was made of",
          "make it with drover plan and --policy, --profile or --from, which write it down");
    }
    // A window that has passed since is no mistake of the policy.
    PlanEstate estate = PlanEstate.of(inputs, inputs.from());
    List<TwoPasses.Judged> found = new ArrayList<>();
    List<SourceDisk> disks = new ArrayList<>();
    Optional<VmRef> asTarget = byTargetName(plan);
    TwoPasses read =
        estate.read(
            judged -> {
              SourceVm source = judged.vm();
              VmRef ref = source.ref();
              if (asTarget.isPresent()
                  ? ref.equals(asTarget.get())
                  : vm.equals(source.name()) || vm.equals(ref.toString()) || vm.equals(ref.id())) {
                found.add(judged);
                disks.addAll(source.disks());
              }
            });
    TwoPasses.Judged one = one(found, inputs);
    boolean changed = !read.digest().equals(inputs.inventoryDigest());
    Explanation explanation =
        explanation(
                plan,
                one,
                estate.files().policy().policy().waves(),
                estate.plan(read, List.of()),
                changed)
            .with(
                EstimateVm.of(
                    one.assessed().facts(), one.kept().copied().classes(), estate.files().rates()))
            .travelling(CopyPaths.table(engine()), ways(plan, one.assessed().facts().ref(), disks));
    new ExplainText(session).print(explanation, output.isJson());
  }

  private Engine engine() {
    return engine.engine() == null ? Engine.DROVER : engine.engine();
  }

  private List<Explanation.DiskWays> ways(MigrationPlan plan, VmRef ref, List<SourceDisk> disks) {
    boolean inFiles = plan.source(ref.source()).map(s -> s.type().equals("ova")).orElse(false);
    return disks.stream()
        .map(
            disk ->
                new Explanation.DiskWays(
                    disk.id(), disk.label(), CopyPaths.possible(engine(), disk, inFiles)))
        .toList();
  }

  private Optional<VmRef> byTargetName(MigrationPlan plan) {
    return plan.waves().stream()
        .flatMap(w -> w.vms().stream())
        .filter(v -> vm.equals(v.targetName()))
        .map(VmPlan::ref)
        .findFirst();
  }

  private TwoPasses.Judged one(List<TwoPasses.Judged> found, PlanInputs inputs) {
    if (found.isEmpty()) {
      throw new UsageFailed(
          "--vm " + vm,
          "there is no such VM in " + inputs.inventory(),
          "look for it with: drover inventory, or grep the plan");
    } else if (found.size() > 1) {
      throw new UsageFailed(
          "--vm " + vm,
          found.size() + " VMs are called so",
          "name it as one of: "
              + String.join(
                  ", ", found.stream().map(f -> f.vm().ref().toString()).limit(10).toList()));
    }
    return found.get(0);
  }

  private static Explanation explanation(
      MigrationPlan plan,
      TwoPasses.Judged one,
      WavesPolicy policy,
      WavePlan alone,
      boolean changed) {
    VmAssessment vm = one.assessed();
    VmRef ref = vm.facts().ref();
    Wave wave =
        plan.waves().stream()
            .filter(w -> w.vms().stream().anyMatch(v -> v.ref().equals(ref)))
            .findFirst()
            .orElse(null);
    String planned = null;
    String because = null;
    String unit = null;
    List<String> with = new ArrayList<>();
    for (WavePlan.PlannedWave candidate : alone.waves()) {
      for (WavePlan.PlacedVm placed : candidate.vms()) {
        if (placed.ref().equals(ref)) {
          planned = candidate.name();
          because = placed.because();
          unit = placed.unit();
          with.addAll(unitOf(candidate, placed));
        }
      }
    }
    String leftOut =
        alone.leftOut().stream()
            .filter(l -> l.ref().equals(ref))
            .map(WavePlan.LeftOut::reason)
            .findFirst()
            .orElse(null);
    return Explanation.of(
        vm,
        wave,
        ExplainRank.of(plan, wave, one.kept(), policy),
        planned,
        because,
        unit,
        with,
        leftOut,
        changed);
  }

  private static List<String> unitOf(WavePlan.PlannedWave wave, WavePlan.PlacedVm one) {
    @Nullable String unit = one.unit();
    return unit == null
        ? List.of()
        : wave.vms().stream()
            .filter(v -> unit.equals(v.unit()) && !v.ref().equals(one.ref()))
            .map(WavePlan.PlacedVm::name)
            .toList();
  }
}
