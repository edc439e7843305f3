package dev.drover.mappings.assess;

import dev.drover.mappings.model.EstatePart;
import dev.drover.mappings.model.Finding;
import dev.drover.mappings.model.SourceVm;
import dev.drover.mappings.policy.MigrationPolicy;
import dev.drover.mappings.profile.TargetProfile;
import dev.drover.mappings.target.SourceOutlook;
import java.time.LocalDate;
import java.util.List;

/**
 * Judges the VMs of an estate in two passes over them: what a check has to know of all others is
 * collected in the first. Keeps little of each VM. Of its methods {@link #assess} alone may be
 * called by several threads.
 */
public final class Assessor {
  private final MigrationPolicy policy;
  private final TargetProfile profile;
  private final LocalDate today;
  private final PolicyJudge judge;
  private final CustomRules rules;
  private final VmFactsMaker facts;
  private final OsLife lives = new OsLife();
  private final Sightings sightings = new Sightings();
  private final TotalsSum totals = new TotalsSum();
  private EstateIndex estate = new EstateIndex(List.of());

  private Assessor(MigrationPolicy policy, TargetProfile profile, LocalDate today) {
    this.policy = policy;
    this.profile = profile;
    this.today = today;
    this.judge = new PolicyJudge(policy, today);
    this.rules = new CustomRules(policy.rules());
    this.facts = new VmFactsMaker(policy);
  }

  /**
   * Begins.
   *
   * @param today decides which exceptions and which vendors' support have expired
   */
  public static Assessor of(MigrationPolicy policy, TargetProfile profile, LocalDate today) {
    return new Assessor(policy, profile, today);
  }

  /** First pass: every VM once. Templates and placeholders have twins by their nature. */
  public void observe(SourceVm vm) {
    if (Candidates.not(vm) == null) {
      sightings.observe(vm);
    }
  }

  /** Ends the first pass with what the VMs live on. */
  public void observed(List<EstatePart> parts) {
    estate = new EstateIndex(parts);
  }

  /** After the first pass: what is to be said of the sources and of no VM in particular. */
  public List<Finding> ofSources() {
    return sightings.ofSources();
  }

  /** Second pass: judges a VM. From any thread, once the first pass has ended. */
  public VmAssessment assess(SourceVm vm) {
    Subject subject =
        new Subject(
            vm,
            SourceOutlook.of(vm),
            lives.of(vm.guest()),
            profile,
            policy,
            today,
            sightings,
            estate);
    String not = Candidates.not(vm);
    PolicyJudge.Judged judged = judge.judge(vm, found(subject));
    List<Finding> findings = judged.findings();
    return new VmAssessment(
        facts.of(subject),
        not == null,
        findings,
        judged.accepted(),
        Candidates.disposition(subject, not, findings, policy),
        ComplexityScore.of(subject, findings),
        StorageNeeds.of(subject));
  }

  /** Adds a judged VM to the sums: each once, and in an order that does not change. */
  public void count(VmAssessment vm) {
    totals.add(vm);
  }

  /** The sums over all VMs that were counted. */
  public EstateTotals totals() {
    return totals.totals();
  }

  private List<Finding> found(Subject subject) {
    Told told = new Told();
    subject.vm().findings().forEach(told::add);
    for (Check check : CheckCatalogue.checks()) {
      check.look(subject, told);
    }
    rules.look(subject, told);
    return told.findings();
  }
}
