package dev.drover.mappings.assess;

import static dev.drover.mappings.assess.Given.policy;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.drover.mappings.model.Answer;
import dev.drover.mappings.model.Disposition;
import dev.drover.mappings.model.Finding;
import dev.drover.mappings.model.Finding.Severity;
import dev.drover.mappings.model.Identity;
import dev.drover.mappings.policy.MigrationPolicy.Decision;
import dev.drover.mappings.policy.MigrationPolicy.Exemption;
import dev.drover.mappings.policy.VmSelector;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What an organisation makes of findings. */
class PolicyTest {
  private static final VmSelector WEB =
      new VmSelector(null, null, "we*", null, null, null, null, null, null);
  private static final VmSelector DB =
      new VmSelector(null, null, "db*", null, null, null, null, null, null);

  private static Given old() {
    Given given = new Given();
    given.reportedOs = "Ubuntu 18.04";
    return given;
  }

  @Test
  void aSeverityOfThePolicyCounts() {
    Given given = old();
    given.policy =
        policy(Map.of("OS-040", Severity.BLOCKER), List.of(), List.of(), List.of(), List.of());
    assertEquals(Severity.BLOCKER, given.finding("OS-040").severity());
    assertEquals(
        new Disposition(Disposition.Kind.decision, "blocker OS-040"), given.assess().disposition());
  }

  @Test
  void anExceptionCountsUntilItsLastDayIsOver() {
    Given given = old();
    given.policy = excepting(WEB, Given.TODAY);
    VmAssessment vm = given.assess();
    assertEquals(Severity.INFO, given.finding("OS-040").severity());
    assertEquals(
        List.of(new VmAssessment.Accepted("OS-040", "paid support", Given.TODAY)), vm.accepted());
    assertEquals(Disposition.Kind.ready, vm.disposition().kind());
  }

  @Test
  void anExpiredExceptionIsToldAndTheFindingCountsAgain() {
    Given given = old();
    given.policy = excepting(WEB, Given.TODAY.minusDays(1));
    assertEquals(Severity.WARNING, given.finding("OS-040").severity());
    assertEquals("expired on 2026-11-24", given.finding("POL-001").evidence());
    assertEquals(List.of(), given.assess().accepted());
    assertEquals(Disposition.Kind.remedy, given.assess().disposition().kind());
  }

  @Test
  void anExceptionForOthersDoesNothing() {
    Given given = old();
    given.policy = excepting(DB, Given.TODAY);
    assertEquals(Severity.WARNING, given.finding("OS-040").severity());
    assertEquals(List.of(), given.assess().accepted());
  }

  @Test
  void aRuleTellsWhereItHolds() {
    Given given = new Given();
    given.tags.add(new Identity.Tag("App", "shop"));
    given.policy = Given.rule("'App=shop' in vm.tags && vm.disks.exists(d, d.size >= 40.0)");
    assertEquals("is of the shop", given.finding("SHOP-001").what());
    given.tags.clear();
    assertFalse(given.codes().contains("SHOP-001"));
  }

  @Test
  void aRuleThatFailsForAVmIsToldThere() {
    Given given = new Given();
    given.policy = Given.rule("vm.attributes['Owner'] == 'shop'");
    assertEquals(
        "the rule SHOP-001 of the policy could not be evaluated for it",
        given.finding("POL-002").what());
    given.attributes.put("Owner", "shop");
    assertTrue(given.codes().contains("SHOP-001"));
    assertFalse(given.codes().contains("POL-002"));
  }

  @Test
  void aDecisionOfThePolicyWins() {
    Given given = old();
    given.policy =
        policy(
            Map.of(),
            List.of(),
            List.of(),
            List.of(
                new Decision(DB, Disposition.Kind.retain, "databases stay"),
                new Decision(WEB, Disposition.Kind.retire, "replaced in spring")),
            List.of());
    assertEquals(
        new Disposition(Disposition.Kind.retire, "replaced in spring"),
        given.assess().disposition());
  }

  @Test
  void theHypervisorsOwnStay() {
    Given given = new Given();
    given.name = "vCLS-4c4c4544-0042";
    assertFalse(given.assess().candidate());
    assertEquals(Disposition.Kind.retain, given.assess().disposition().kind());
    given.name = "vCLSX";
    assertTrue(given.assess().candidate());
    given.template = Answer.YES;
    assertEquals(
        new Disposition(Disposition.Kind.retain, "template"), given.assess().disposition());
    given.template = Answer.NO;
    given.notes = "VMware vCenter Server";
    assertEquals(
        new Disposition(Disposition.Kind.retain, "blocker VM-040"), given.assess().disposition());
  }

  @Test
  void importersFindingsAreJudgedToo() {
    Given given = new Given();
    given.findings.add(Finding.warning("RVT-001", "says 3 disks,\nhas 2", "export again"));
    given.findings.add(Finding.warning("RVT-001", "says 3 disks,\nhas 2", "export again"));
    assertEquals("says 3 disks, has 2", given.finding("RVT-001").what());
    assertEquals(Disposition.Kind.remedy, given.assess().disposition().kind());
  }

  private static dev.drover.mappings.policy.MigrationPolicy excepting(
      VmSelector vms, LocalDate expires) {
    return policy(
        Map.of(),
        List.of(new Exemption("OS-040", vms, "paid support", expires)),
        List.of(),
        List.of(),
        List.of());
  }
}
