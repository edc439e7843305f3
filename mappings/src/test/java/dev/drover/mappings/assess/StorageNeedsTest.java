package dev.drover.mappings.assess;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.drover.mappings.model.Answer;
import dev.drover.mappings.model.ByteSize;
import dev.drover.mappings.model.EstatePart;
import dev.drover.mappings.model.PowerState;
import dev.drover.mappings.model.SnapshotNode;
import dev.drover.mappings.profile.TargetProfile;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What a VM does at the source, against what its class can. */
class StorageNeedsTest {
  private static Given backedUp() {
    Given given = new Given();
    given.snapshots =
        List.of(
            new SnapshotNode(
                "VEEAM BACKUP TEMPORARY SNAPSHOT", null, null, null, Answer.NO, List.of()));
    return given;
  }

  @Test
  void anOrdinaryVmNeedsNothing() {
    assertEquals(List.of(), new Given().assess().needs());
  }

  @Test
  void withoutAProfileNothingIsMetAndNothingIsMissing() {
    StorageNeed need = backedUp().assess().needs().get(0);
    assertEquals(StorageNeed.Kind.SNAPSHOT, need.kind());
    assertEquals("traces of Veeam", need.why());
    assertEquals(null, need.storageClass());
    assertEquals(Answer.UNKNOWN, need.met());
  }

  @Test
  void theDefaultClassIsAskedAndThePolicysWins() {
    Given given = backedUp();
    given.profile = Given.profile(null, null, null, Given.storage(Answer.YES, null, null));
    assertEquals("fast", given.assess().needs().get(0).storageClass());
    assertEquals(Answer.YES, given.assess().needs().get(0).met());
    given.policy = Given.classOf("slow");
    assertEquals("slow", given.assess().needs().get(0).storageClass());
    assertEquals(Answer.UNKNOWN, given.assess().needs().get(0).met(), "it is not in the profile");
  }

  @Test
  void drsMovesOnlyWhatRuns() {
    Given given = new Given();
    given.estate.add(new EstatePart.Cluster("dc1", "c1", "dc", Answer.NO, Answer.YES, Answer.NO));
    assertEquals(StorageNeed.Kind.READ_WRITE_MANY, given.assess().needs().get(0).kind());
    given.power = PowerState.OFF;
    assertEquals(List.of(), given.assess().needs());
  }

  @Test
  void aLargeDiskIsComparedWithTheLargestVolume() {
    Given given = new Given();
    given.disks = List.of(Given.disk("d0", ByteSize.ofGiB(3000)));
    given.profile =
        Given.profile(null, null, null, Given.storage(Answer.YES, ByteSize.ofGiB(2900), null));
    StorageNeed need = given.assess().needs().get(0);
    assertEquals(StorageNeed.Kind.LARGE_VOLUME, need.kind());
    assertEquals(Answer.NO, need.met());
  }

  @Test
  void gapsAreAddedUpByNeedAndClass() {
    Given given = backedUp();
    TargetProfile lacking = Given.profile(null, null, null, Given.storage(Answer.NO, null, null));
    Assessor assessor = Assessor.of(given.policy, lacking, Given.TODAY);
    for (int i = 0; i < 3; i++) {
      given.id = "vm-" + i;
      assessor.observe(given.vm());
    }
    assessor.observed(List.of());
    for (int i = 0; i < 3; i++) {
      given.id = "vm-" + i;
      assessor.count(assessor.assess(given.vm()));
    }
    given.template = Answer.YES;
    assessor.count(assessor.assess(given.vm()));
    EstateTotals totals = assessor.totals();
    assertEquals(
        List.of(
            new EstateTotals.Gap(
                StorageNeed.Kind.SNAPSHOT,
                "fast",
                true,
                3,
                ByteSize.ofGiB(120),
                "choose a class whose driver has a VolumeSnapshotClass")),
        totals.gaps());
    assertEquals(3, totals.vms());
    assertEquals(1, totals.notCandidates());
    assertEquals(6, totals.cpus());
    assertEquals(ByteSize.ofGiB(12), totals.memory());
    assertEquals(3, totals.disks());
    assertEquals(null, totals.used());
    assertEquals(0, totals.usedOf());
    assertEquals(java.util.Map.of("Ubuntu 24.04 LTS", 3), totals.systems());
    assertEquals(3, totals.sizes().get(50L << 30));
  }
}
