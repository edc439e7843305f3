package dev.drover.mappings.sizing;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.drover.mappings.model.Answer;
import dev.drover.mappings.model.ByteSize;
import dev.drover.mappings.model.EstatePart;
import dev.drover.mappings.model.PowerState;
import dev.drover.mappings.model.VmFacts;
import dev.drover.mappings.model.VmRef;
import dev.drover.mappings.policy.MigrationPolicy;
import dev.drover.mappings.policy.SizingPolicy;
import dev.drover.mappings.profile.TargetProfile;
import dev.drover.mappings.profile.TargetProfile.NodeGroup;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class SizeEstateTest {
  private static List<VmFacts> vms(int count, int cpus, long memoryGib, @Nullable Long usedGib) {
    List<VmFacts> vms = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      vms.add(
          new VmFacts(
              new VmRef("s", "v" + i),
              "v" + i,
              null,
              PowerState.ON,
              cpus,
              ByteSize.ofGiB(memoryGib),
              1,
              ByteSize.ofGiB(100),
              usedGib == null ? null : ByteSize.ofGiB(usedGib),
              1,
              null,
              "linux",
              null,
              null,
              null,
              List.of(),
              List.of(),
              null,
              null,
              null,
              List.of(),
              List.of()));
    }
    return vms;
  }

  private static MigrationPolicy policy(SizingPolicy.@Nullable Prices prices) {
    MigrationPolicy usual = MigrationPolicy.DEFAULT;
    SizingPolicy s = SizingPolicy.DEFAULT;
    return new MigrationPolicy(
        "p",
        "",
        Map.of(),
        List.of(),
        List.of(),
        List.of(),
        usual.labels(),
        List.of(),
        new SizingPolicy(
            s.cpuOvercommit(),
            s.memoryOvercommit(),
            s.fill(),
            s.spareNodes(),
            s.spareShare(),
            s.smtThread(),
            s.vmsPerNode(),
            s.nodeThreads(),
            s.nodeMemory(),
            s.storageReserve(),
            prices),
        usual.rates(),
        usual.waves());
  }

  private static EstateSizing size(List<VmFacts> vms) {
    return SizeEstate.of(vms, List.of(), policy(null), TargetProfile.UNKNOWN);
  }

  /** A node of 64 threads counts 48 cores, filled to 80% with four virtual CPUs each: 153.6. */
  @Test
  void processorsMemoryOrTheNumberOfVmsDecide() {
    EstateSizing byCpu = size(vms(100, 16, 4, null));
    assertEquals("cpu", byCpu.bound());
    assertEquals(11 + 2, byCpu.nodes()); // 1,600 / 153.6, and two spare ones
    EstateSizing byMemory = size(vms(100, 1, 64, null));
    assertEquals("memory", byMemory.bound());
    assertEquals(16 + 2, byMemory.nodes()); // 6,400 / 409.6
    EstateSizing byVms = size(vms(1000, 1, 1, null));
    assertEquals("cpu", byVms.bound()); // 1,000 / 153.6 is 7, 200 VMs a node is 5
    assertEquals(9, byVms.nodes());
  }

  @Test
  void spareNodesAreTheLargerOfNumberAndShare() {
    assertEquals(2, size(vms(10, 1, 1, null)).spareNodes());
    EstateSizing many = size(vms(5000, 8, 8, null));
    assertEquals(261, many.nodes() - many.spareNodes()); // 40,000 / 153.6
    assertEquals(27, many.spareNodes()); // a tenth, rounded up
  }

  @Test
  void nothingNeedsNothing() {
    assertEquals(0, size(List.of()).nodes());
    assertNull(size(List.of()).unusedDisk());
  }

  @Test
  void storageHasItsReserveAndWasteIsToldWhereItIsKnown() {
    EstateSizing sizing = size(vms(8, 1, 1, 25L));
    assertEquals(ByteSize.ofGiB(1000), sizing.storage()); // 800 GiB, a fifth stays free
    assertEquals(ByteSize.ofGiB(600), sizing.unusedDisk());
    assertEquals(8, sizing.ofVms());
    assertNull(size(vms(8, 1, 1, null)).unusedDisk());
  }

  private static TargetProfile profile(Answer smt, @Nullable Integer free) {
    return new TargetProfile(
        "t",
        Map.of(),
        null,
        null,
        null,
        List.of(new NodeGroup("big", 10, 100, ByteSize.ofGiB(1000), free, null, smt)),
        null,
        null,
        List.of());
  }

  @Test
  void theProfilesNodesAreTheMeasure() {
    EstateSizing with =
        SizeEstate.of(vms(100, 16, 4, null), List.of(), policy(null), profile(Answer.NO, 1000));
    assertEquals(5 + 2, with.nodes()); // 1,600 / (100 * 0.8 * 4)
    EstateSizing smt =
        SizeEstate.of(vms(100, 16, 4, null), List.of(), policy(null), profile(Answer.YES, null));
    assertEquals(7 + 2, smt.nodes()); // 1,600 / (75 * 0.8 * 4)
    assertNull(smt.free());
    // 1,000 threads free less the 200 that stay free, four virtual CPUs on each
    EstateSizing.Capacity free = with.free();
    assertNotNull(free);
    assertEquals(3200L, free.cpus());
    assertNull(free.memory());
  }

  @Test
  void costsComeFromGivenPricesAlone() {
    assertNull(size(vms(1, 1, 1, null)).cost());
    EstatePart.Host host =
        new EstatePart.Host(
            "s", "h", null, null, 2, 40, 80, ByteSize.ofGiB(512), null, null, Answer.YES);
    EstateSizing.Cost cost =
        SizeEstate.of(
                vms(8, 1, 1, null),
                List.of(host),
                policy(new SizingPolicy.Prices("EUR", 100.0, null, 1000.0, null, null)),
                TargetProfile.UNKNOWN)
            .cost();
    assertNotNull(cost);
    assertEquals(4000.0, cost.source());
    assertEquals(3000.0, cost.target()); // one node and two spare ones
    assertEquals(2, cost.parts().size());
  }

  @Test
  void unknownCoresAreLeftOutOfTheCostAndThatIsSaid() {
    EstateSizing.Cost cost =
        SizeEstate.of(
                vms(1, 1, 1, null),
                List.of(),
                policy(new SizingPolicy.Prices("EUR", 100.0, null, null, null, null)),
                TargetProfile.UNKNOWN)
            .cost();
    assertNotNull(cost);
    assertNull(cost.source());
    assertTrue(cost.parts().get(0).startsWith("source: without cores"), cost.parts()::toString);
  }
}
