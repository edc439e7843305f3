package dev.drover.batch.cli;

import dev.drover.batch.report.VmSpool;
import dev.drover.mappings.estimate.Copied;
import dev.drover.mappings.estimate.EstateEstimate;
import dev.drover.mappings.estimate.EstimateEstate;
import dev.drover.mappings.estimate.Rates;
import dev.drover.mappings.model.EstatePart;
import dev.drover.mappings.policy.MigrationPolicy;
import dev.drover.mappings.profile.TargetProfile;
import dev.drover.mappings.report.Assessment;
import dev.drover.mappings.sizing.EstateSizing;
import dev.drover.mappings.sizing.SizeEstate;
import dev.drover.mappings.waves.DependencyLink;
import dev.drover.mappings.waves.PlanWaves;
import dev.drover.mappings.waves.Planning;
import dev.drover.mappings.waves.WavePlan;
import dev.drover.mappings.waves.WaveVm;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * Judges the VMs of an inventory file, and plans, sizes and estimates what moves. Reads the file
 * twice; keeps of each VM what the planner keeps.
 */
final class AssessEstate {
  private final Path inventory;
  private final MigrationPolicy policy;
  private final List<DependencyLink> links;
  private final TargetProfile profile;
  private final Rates rates;
  private final Instant now;
  private final List<WaveVm> vms = new ArrayList<>();

  AssessEstate(Path inventory, PlanningFiles files, Instant now) {
    this.inventory = inventory;
    this.policy = files.policy().policy();
    this.links = files.policy().links();
    this.profile = files.profile();
    this.rates = files.rates();
    this.now = now;
  }

  /** Judges, and leaves the VMs in the spool. */
  Assessment into(VmSpool spool) {
    TwoPasses read =
        TwoPasses.over(
            inventory,
            policy,
            profile,
            now,
            (vm, assessed) -> {
              spool.add(assessed);
              vms.add(WaveVm.of(vm, assessed, policy, profile));
            });
    List<WaveVm> moving = vms.stream().filter(vm -> vm.stays() == null).toList();
    return new Assessment(
        now,
        String.valueOf(inventory.getFileName()),
        read.digest(),
        policy,
        profile,
        read.totals(),
        read.unreadable(),
        read.notices(),
        sizing(moving, read.estate()),
        estimate(moving),
        waves());
  }

  private EstateSizing sizing(List<WaveVm> moving, List<EstatePart> estate) {
    return SizeEstate.of(moving.stream().map(WaveVm::facts).toList(), estate, policy, profile);
  }

  private EstateEstimate estimate(List<WaveVm> moving) {
    List<Copied> copies = moving.stream().map(WaveVm::copied).toList();
    return EstimateEstate.of(copies, rates, policy.waves().caps());
  }

  private WavePlan waves() {
    return PlanWaves.of(vms, new Planning(policy, profile, rates, now, links, List.of()));
  }
}
