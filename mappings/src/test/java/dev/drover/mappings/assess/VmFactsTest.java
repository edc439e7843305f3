package dev.drover.mappings.assess;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;

import dev.drover.mappings.model.Answer;
import dev.drover.mappings.model.ByteSize;
import dev.drover.mappings.model.EstatePart;
import dev.drover.mappings.model.Identity;
import dev.drover.mappings.model.SourceDisk;
import dev.drover.mappings.model.VmFacts;
import dev.drover.mappings.policy.MigrationPolicy;
import dev.drover.mappings.policy.MigrationPolicy.Label;
import dev.drover.mappings.policy.MigrationPolicy.Labels;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What is kept of a VM. */
class VmFactsTest {
  @Test
  void keepsWhatPlanningWants() {
    Given given = new Given();
    given.tags.add(new Identity.Tag("App", "shop"));
    given.attributes.put("Owner", "anna");
    given.disks =
        List.of(
            Given.disk("d0", ByteSize.ofGiB(40)),
            Given.disk(
                "d1",
                ByteSize.ofGiB(60),
                "[ds2] q/q.vmdk",
                "ds2",
                SourceDisk.Sharing.MULTI_WRITER,
                0,
                Answer.YES));
    MigrationPolicy plain = MigrationPolicy.DEFAULT;
    given.policy =
        new MigrationPolicy(
            "p",
            "",
            plain.severities(),
            plain.exceptions(),
            plain.rules(),
            plain.dispositions(),
            new Labels(new Label("App", null), new Label(null, "Owner"), null),
            plain.storage(),
            plain.sizing(),
            plain.rates(),
            plain.waves());
    VmFacts facts = given.assess().facts();
    assertEquals("shop", facts.application());
    assertEquals("anna", facts.owner());
    assertEquals(null, facts.criticality());
    assertEquals(ByteSize.ofGiB(100), facts.size());
    assertEquals(null, facts.used(), "one unknown part makes the sum unknown");
    assertEquals(List.of("ds1", "ds2"), facts.datastores());
    assertEquals(List.of("App=shop"), facts.tags());
    assertEquals("Ubuntu 24.04 LTS", facts.os());
    assertEquals("linux", facts.osClass());
    assertEquals(1, facts.groups().size(), facts.groups().toString());
  }

  @Test
  void sharesWhatRepeats() {
    Given given = new Given();
    Assessor assessor = Assessor.of(given.policy, given.profile, Given.TODAY);
    VmFacts one = assessor.assess(given.vm()).facts();
    given.id = "vm-2";
    given.nics = List.of(Given.nic("n0", null, new String("VM Network"), Answer.NO));
    VmFacts two = assessor.assess(given.vm()).facts();
    assertSame(one.networks().get(0), two.networks().get(0));
    assertSame(one.networks(), two.networks());
  }

  @Test
  void aHostOfAnotherDatacenterIsNotTaken() {
    Given given = new Given();
    given.estate.add(host("elsewhere"));
    assertEquals(false, given.codes().contains("VM-051"));
    given.estate.set(0, host(null));
    assertEquals(true, given.codes().contains("VM-051"));
  }

  @Test
  void theScoreIsTheSumOfItsParts() {
    Given given = new Given();
    given.name = "prod-mssql-01";
    given.disks = List.of(Given.disk("d0", ByteSize.ofGiB(11 * 1024)));
    given.reportedOs = "Ubuntu 18.04";
    assertEquals(
        new Complexity(
            9,
            List.of(
                new Complexity.Part("database by its name, 11 TiB", 8),
                new Complexity.Part("warnings", 1))),
        given.assess().complexity());
    given.name = "library";
    assertEquals(3, given.assess().complexity().score());
    given.name = "k8s-node-3";
    assertEquals(5, given.assess().complexity().score());
  }

  private static EstatePart host(@org.jspecify.annotations.Nullable String datacenter) {
    return new EstatePart.Host(
        "dc1", "h1", datacenter, "c1", null, null, null, null, null, null, Answer.NO);
  }
}
