package dev.drover.batch.cli;

import dev.drover.batch.report.VmSpool;
import dev.drover.mappings.estimate.Copied;
import dev.drover.mappings.estimate.EstimateEstate;
import dev.drover.mappings.policy.MigrationPolicy;
import dev.drover.mappings.report.Assessment;
import dev.drover.mappings.sizing.SizeEstate;
import dev.drover.mappings.waves.PlanWaves;
import dev.drover.mappings.waves.WaveVm;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;

/** Judges the VMs of an inventory file, and plans, sizes and estimates what moves. */
final class AssessEstate {
  private final Path inventory;
  private final PlanningFiles files;
  private final Instant now;

  AssessEstate(Path inventory, PlanningFiles files, Instant now) {
    this.inventory = inventory;
    this.files = files;
    this.now = now;
  }

  /** Judges, and leaves the VMs in the spool. */
  Assessment into(VmSpool spool) {
    TwoPasses read = TwoPasses.over(inventory, files, now, judged -> spool.add(judged.assessed()));
    MigrationPolicy policy = files.policy().policy();
    List<WaveVm> moving = read.vms().stream().filter(vm -> vm.stays() == null).toList();
    List<Copied> copies = moving.stream().map(WaveVm::copied).toList();
    return new Assessment(
        now,
        String.valueOf(inventory.getFileName()),
        read.digest(),
        policy,
        files.profile(),
        read.totals(),
        read.unreadable(),
        read.notices(),
        SizeEstate.of(
            moving.stream().map(WaveVm::facts).toList(), read.estate(), policy, files.profile()),
        EstimateEstate.of(copies, files.rates(), policy.waves().caps()),
        PlanWaves.of(read.vms(), files.planning(now, List.of())));
  }
}
