package dev.drover.mappings.report;

import dev.drover.mappings.assess.EstateTotals;
import dev.drover.mappings.assess.VmAssessment;
import dev.drover.mappings.estimate.EstateEstimate;
import dev.drover.mappings.inventory.Notice;
import dev.drover.mappings.inventory.Unreadable;
import dev.drover.mappings.policy.MigrationPolicy;
import dev.drover.mappings.profile.TargetProfile;
import dev.drover.mappings.sizing.EstateSizing;
import dev.drover.mappings.waves.WavePlan;
import java.time.Instant;
import java.util.List;

/**
 * All that a report tells: what is the same for the whole estate; the VMs come beside it as a
 * stream of {@link VmAssessment}.
 *
 * @param made when
 * @param inventory the file's name and the SHA-256 of its bytes, for people and auditors
 */
public record Assessment(
    Instant made,
    String inventory,
    String inventoryDigest,
    MigrationPolicy policy,
    TargetProfile profile,
    EstateTotals totals,
    List<Unreadable> unreadable,
    List<Notice> notices,
    EstateSizing sizing,
    EstateEstimate estimate,
    WavePlan waves) {
  public Assessment {
    unreadable = List.copyOf(unreadable);
    notices = List.copyOf(notices);
  }
}
