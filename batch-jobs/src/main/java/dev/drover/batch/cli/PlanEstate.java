package dev.drover.batch.cli;

import dev.drover.mappings.assess.VmAssessment;
import dev.drover.mappings.estimate.Rates;
import dev.drover.mappings.model.SourceVm;
import dev.drover.mappings.plan.PlanDraft;
import dev.drover.mappings.plan.PlanInputs;
import dev.drover.mappings.profile.TargetProfile;
import dev.drover.mappings.waves.PlanWaves;
import dev.drover.mappings.waves.Planning;
import dev.drover.mappings.waves.WavePlan;
import dev.drover.mappings.waves.WaveVm;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/** The waves of an inventory file, with all that they are made of. */
final class PlanEstate {
  private final PlanInputs inputs;
  private final PolicyFile policy;
  private final TargetProfile profile;
  private final Rates rates;
  private final List<WaveVm> vms = new ArrayList<>();

  private PlanEstate(PlanInputs inputs, Instant now) {
    this.inputs = inputs;
    PlanningFiles files =
        PlanningFiles.read(
            path(inputs.policy()), path(inputs.profile()), path(inputs.rates()), now);
    this.policy = files.policy();
    this.profile = files.profile();
    this.rates = files.rates();
  }

  /**
   * Reads what the plan is made of, but the inventory.
   *
   * @param now a window of the policy that is over by then is a mistake
   */
  static PlanEstate of(PlanInputs inputs, Instant now) {
    return new PlanEstate(inputs, now);
  }

  private static @Nullable Path path(@Nullable String text) {
    return text == null ? null : Path.of(text);
  }

  PolicyFile policy() {
    return policy;
  }

  Rates rates() {
    return rates;
  }

  /**
   * Reads and judges the VMs.
   *
   * @param draft gets those that may move; null without
   * @param also gets every VM
   */
  TwoPasses read(@Nullable PlanDraft draft, BiConsumer<SourceVm, VmAssessment> also) {
    return TwoPasses.over(
        Path.of(inputs.inventory()),
        policy.policy(),
        profile,
        inputs.from(),
        (vm, assessed) -> {
          also.accept(vm, assessed);
          WaveVm kept = WaveVm.of(vm, assessed, policy.policy(), profile);
          String unfit = kept.stays() == null ? PlanDraft.unfit(vm) : kept.stays();
          if (unfit == null && draft != null) {
            draft.add(vm);
          }
          vms.add(new WaveVm(kept.facts(), unfit, kept.complexity(), kept.classes(), kept.marks()));
        });
  }

  /** Plans what was read. */
  WavePlan plan(List<Planning.Earlier> earlier) {
    return PlanWaves.of(
        vms, new Planning(policy.policy(), profile, rates, inputs.from(), policy.links(), earlier));
  }

  /** The VMs that were read. */
  List<WaveVm> vms() {
    return vms;
  }
}
