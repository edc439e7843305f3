package dev.drover.mappings.assess;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.drover.mappings.model.Answer;
import dev.drover.mappings.model.Finding;
import dev.drover.mappings.model.SourceVm;
import dev.drover.mappings.model.VmRef;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What only a look at all VMs together finds. */
class EstateWideTest {
  @Test
  void tellsOfOneMacAtTwoVmsHoweverItIsWritten() {
    Given given = new Given();
    Finding finding = given.finding("NIC-010", other("00-50-56-00-00-01"));
    assertEquals(Finding.Severity.BLOCKER, finding.severity());
    assertEquals("00:50:56:00:00:01: db (dc1/vm-2)", finding.evidence());
    assertFalse(given.codes(other("00:50:56:00:00:02")).contains("NIC-010"));
  }

  @Test
  void tellsOfNamesThatBecomeOne() {
    Given other = new Given();
    other.id = "vm-2";
    other.name = "WEB";
    other.nics = List.of();
    assertTrue(new Given().finding("NAME-040", other.vm()).evidence().contains("WEB (dc1/vm-2)"));
    other.name = "web2";
    assertFalse(new Given().codes(other.vm()).contains("NAME-040"));
  }

  @Test
  void tellsOfOneSmbiosUuidAtTwoVms() {
    Given other = new Given();
    other.id = "vm-2";
    other.biosUuid = "4213A1B200004000-8000000000000001";
    assertTrue(new Given().codes(other.vm()).contains("VM-049"));
    other.biosUuid = "00000000-0000-0000-0000-000000000000";
    Given zero = new Given();
    zero.biosUuid = other.biosUuid;
    assertFalse(zero.codes(other.vm()).contains("VM-049"), "zeros are no UUID");
  }

  @Test
  void tellsOfAVmThatIsListedTwice() {
    Given given = new Given();
    given.instanceUuid = "5013a1b2-0000-4000-8000-000000000001";
    Given other = new Given();
    other.id = "vm-2";
    other.instanceUuid = given.instanceUuid;
    assertTrue(given.codes(other.vm()).contains("VM-050"));
    other.instanceUuid = null;
    assertFalse(given.codes(other.vm()).contains("VM-050"));
  }

  private static SourceVm of(String source, int number, @Nullable String uuid, String name) {
    Given given = new Given();
    given.id = "vm-" + number;
    given.name = name;
    given.instanceUuid = uuid;
    SourceVm vm = given.vm();
    return SourceVm.of(new VmRef(source, given.id), vm.identity(), vm.cpu(), vm.memory()).build();
  }

  private static List<String> ofSources(SourceVm... vms) {
    Given given = new Given();
    Assessor assessor = Assessor.of(given.policy, given.profile, Given.TODAY);
    for (SourceVm vm : vms) {
      assessor.observe(vm);
    }
    return assessor.ofSources().stream().map(f -> f.code() + " " + f.evidence()).toList();
  }

  @Test
  void tellsOfOneVcenterThatIsTwoSourcesOnceAndByTheirNames() {
    assertEquals(
        List.of("VM-054 \"export\" and \"vcenter\": 2 of 3 VMs of the smaller one, by their UUIDs"),
        ofSources(
            of("export", 1, "5013a1b2-0000-4000-8000-000000000001", "a"),
            of("export", 2, "5013a1b2-0000-4000-8000-000000000002", "b"),
            of("export", 3, "5013a1b2-0000-4000-8000-000000000003", "gone"),
            of("vcenter", 1, "5013A1B2-0000-4000-8000-000000000001", "a"),
            of("vcenter", 2, "5013a1b2-0000-4000-8000-000000000002", "renamed"),
            of("vcenter", 4, "5013a1b2-0000-4000-8000-000000000004", "new")));
  }

  @Test
  void tellsOfItByTheNamesWhereNobodyKnowsUuids() {
    List<SourceVm> vms = new ArrayList<>();
    for (int i = 0; i < 6; i++) {
      vms.add(of("list", i, null, "server" + i));
      vms.add(of("vcenter", i, "5013a1b2-0000-4000-8000-00000000000" + (i + 1), "SERVER" + i));
    }
    List<String> told = ofSources(vms.toArray(new SourceVm[0]));
    assertEquals(1, told.size(), told::toString);
    assertTrue(told.get(0).endsWith("6 of 6 VMs of the smaller one, by their names"), told + "");
  }

  @Test
  void twoSitesThatNameTheirVmsAlikeAreTwoSources() {
    List<SourceVm> vms = new ArrayList<>();
    for (int i = 0; i < 9; i++) {
      vms.add(of("north", i, "5013a1b2-0000-4000-8000-10000000000" + i, "server" + i));
      vms.add(of("south", i, "5013a1b2-0000-4000-8000-20000000000" + i, "server" + i));
    }
    vms.add(of("north", 10, "5013a1b2-0000-4000-8000-300000000000", "moved"));
    vms.add(of("south", 10, "5013a1b2-0000-4000-8000-300000000000", "moved"));
    assertEquals(List.of(), ofSources(vms.toArray(new SourceVm[0])));
  }

  @Test
  void aTemplateIsNoTwin() {
    Given template = new Given();
    template.id = "vm-2";
    template.template = Answer.YES;
    assertFalse(new Given().codes(template.vm()).contains("VM-049"));
  }

  @Test
  void namesThreeOthersAndCountsTheRest() {
    List<SourceVm> others = new ArrayList<>();
    for (int i = 2; i < 102; i++) {
      Given other = new Given();
      other.id = "vm-" + i;
      others.add(other.vm());
    }
    String evidence = new Given().finding("NAME-040", others.toArray(new SourceVm[0])).evidence();
    assertEquals("web: web (dc1/vm-2), web (dc1/vm-3), web (dc1/vm-4) and 97 more", evidence);
  }

  private static SourceVm other(String mac) {
    Given other = new Given();
    other.id = "vm-2";
    other.name = "db";
    other.nics = List.of(Given.nic("n0", mac));
    return other.vm();
  }
}
