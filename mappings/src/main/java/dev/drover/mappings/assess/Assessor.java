package dev.drover.mappings.assess;

import dev.drover.mappings.model.EstatePart;
import dev.drover.mappings.model.SourceVm;
import dev.drover.mappings.policy.MigrationPolicy;
import dev.drover.mappings.profile.TargetProfile;
import java.time.LocalDate;
import java.util.List;

/**
 * Judges the VMs of an estate in two passes over them: what a check has to know of all others is
 * collected in the first. Keeps little of each VM. Not thread-safe.
 */
public final class Assessor {
  private final MigrationPolicy policy;
  private final TargetProfile profile;
  private final LocalDate today;

  private Assessor(MigrationPolicy policy, TargetProfile profile, LocalDate today) {
    this.policy = policy;
    this.profile = profile;
    this.today = today;
  }

  /**
   * Begins.
   *
   * @param today decides which exceptions and which vendors' support have expired
   */
  public static Assessor of(MigrationPolicy policy, TargetProfile profile, LocalDate today) {
    return new Assessor(policy, profile, today);
  }

  /** First pass: every VM once. */
  public void observe(SourceVm vm) {
    throw new UnsupportedOperationException(vm + " " + policy + profile + today);
  }

  /** Ends the first pass with what the VMs live on. */
  public void observed(List<EstatePart> estate) {
    throw new UnsupportedOperationException(estate.toString());
  }

  /** Second pass: every VM once, in any order. */
  public VmAssessment assess(SourceVm vm) {
    throw new UnsupportedOperationException(vm.toString());
  }

  /** The sums over all VMs of the second pass so far. */
  public EstateTotals totals() {
    throw new UnsupportedOperationException();
  }
}
