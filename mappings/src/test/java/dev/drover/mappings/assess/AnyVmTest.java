package dev.drover.mappings.assess;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.drover.mappings.model.EstatePart;
import dev.drover.mappings.model.Finding;
import dev.drover.mappings.model.SourceVm;
import dev.drover.mappings.policy.MigrationPolicy;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Whatever a VM is, it is judged, and what is told of it can be shown. */
class AnyVmTest {
  private static final int VMS = 3000;

  @Test
  void everyVmIsJudgedInWordsOfTheCatalogue() {
    RandomVms random = new RandomVms(20261125);
    List<SourceVm> vms = random.vms(VMS);
    List<EstatePart> estate = random.estate();
    MigrationPolicy policy = Given.rule("vm.disks.exists(d, d.used != null && d.used > 1.0)");
    for (VmAssessment vm : assess(vms, estate, policy, random)) {
      assertEquals(new HashSet<>(vm.findings()).size(), vm.findings().size(), () -> "twice: " + vm);
      Finding.Severity last = Finding.Severity.BLOCKER;
      for (Finding f : vm.findings()) {
        assertTrue(CheckCatalogue.known(f.code()) || f.code().equals("SHOP-001"), f.toString());
        assertFalse(f.what().isBlank() || f.remedy().isBlank(), f.toString());
        String all = f.what() + f.remedy() + f.evidence();
        assertFalse(all.codePoints().anyMatch(Character::isISOControl), f.toString());
        assertFalse(all.contains("\u202E") || all.contains("\u2028"), f.toString());
        assertTrue(all.length() <= 1200, f.toString());
        assertTrue(f.severity().compareTo(last) >= 0, () -> "order: " + vm.findings());
        last = f.severity();
      }
      assertEquals(
          vm.complexity().score(),
          vm.complexity().parts().stream().mapToInt(Complexity.Part::points).sum());
    }
  }

  @Test
  void oneInputGivesOneJudgementInAnyOrder() {
    List<SourceVm> vms = new RandomVms(7).vms(500);
    RandomVms random = new RandomVms(8);
    List<EstatePart> estate = random.estate();
    List<VmAssessment> once = assess(vms, estate, MigrationPolicy.DEFAULT, new RandomVms(9));
    List<VmAssessment> again = assess(vms, estate, MigrationPolicy.DEFAULT, new RandomVms(9));
    assertEquals(once, again);
    List<SourceVm> mixed = new ArrayList<>(vms);
    Collections.shuffle(mixed, new Random(3));
    Assessor straight = assessor(vms, estate, new RandomVms(9));
    Assessor other = assessor(vms, estate, new RandomVms(9));
    vms.forEach(vm -> straight.count(straight.assess(vm)));
    mixed.parallelStream().map(other::assess).toList().forEach(other::count);
    assertEquals(straight.totals().findings().size(), other.totals().findings().size());
    assertEquals(straight.totals().gaps(), other.totals().gaps());
    assertEquals(straight.totals().dispositions(), other.totals().dispositions());
    assertEquals(straight.totals().size(), other.totals().size());
  }

  private static List<VmAssessment> assess(
      List<SourceVm> vms, List<EstatePart> estate, MigrationPolicy policy, RandomVms random) {
    Assessor assessor = Assessor.of(policy, random.profile(), Given.TODAY);
    vms.forEach(assessor::observe);
    assessor.observed(estate);
    return vms.stream().map(assessor::assess).toList();
  }

  private static Assessor assessor(List<SourceVm> vms, List<EstatePart> estate, RandomVms random) {
    Assessor assessor = Assessor.of(MigrationPolicy.DEFAULT, random.profile(), Given.TODAY);
    vms.forEach(assessor::observe);
    assessor.observed(estate);
    return assessor;
  }
}
