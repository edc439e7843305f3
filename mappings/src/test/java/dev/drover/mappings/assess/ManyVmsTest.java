package dev.drover.mappings.assess;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.drover.mappings.model.Answer;
import dev.drover.mappings.model.ByteSize;
import dev.drover.mappings.model.Guest;
import dev.drover.mappings.model.SourceVm;
import dev.drover.mappings.model.VmFacts;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** {@code -Ddrover.assess.vms=100000} measures a large estate; the bound is for slow machines. */
class ManyVmsTest {
  private static final String[] SYSTEMS = {
    "Ubuntu 22.04.3 LTS",
    "Microsoft Windows Server 2019 (64-bit)",
    "Red Hat Enterprise Linux 8 (64-bit)",
    "CentOS 7 (64-bit)"
  };

  @Test
  void anEstateIsJudgedInLittleMemory() {
    int count = Integer.getInteger("drover.assess.vms", 10_000);
    Given given = new Given();
    given.profile =
        Given.profile(List.of(), List.of("n/dmz"), null, Given.storage(Answer.NO, null, null));
    given.policy = Given.rule("vm.disks.exists(d, d.size > 107.0) && vm.family == 'linux'");
    Assessor assessor = Assessor.of(given.policy, given.profile, Given.TODAY);
    long before = used();
    long start = System.nanoTime();
    long making = 0;
    List<VmFacts> facts = new ArrayList<>();
    for (int pass = 0; pass < 2; pass++) {
      for (int i = 0; i < count; i++) {
        long from = System.nanoTime();
        SourceVm vm = vm(given, i);
        making += System.nanoTime() - from;
        if (pass == 0) {
          assessor.observe(vm);
        } else {
          VmAssessment assessed = assessor.assess(vm);
          assessor.count(assessed);
          facts.add(assessed.facts());
        }
      }
      assessor.observed(List.of());
    }
    double seconds = (System.nanoTime() - start - making) / 1e9;
    long bytes = (used() - before) / count;
    System.out.printf("%d VMs assessed in %.1f s, %d bytes a VM kept%n", count, seconds, bytes);
    assertEquals(count, assessor.totals().vms());
    assertEquals(count, facts.size());
    assertTrue(bytes < 3000, bytes + " bytes a VM");
  }

  private static SourceVm vm(Given given, int i) {
    given.id = "vm-" + i;
    given.name = "app" + i / 3 + "-n" + i % 3;
    given.biosUuid = String.format("4213a1b2-0000-4000-8000-%012x", i);
    given.instanceUuid = String.format("5013a1b2-0000-4000-8000-%012x", i);
    given.reportedOs = SYSTEMS[i % SYSTEMS.length];
    given.disks =
        new ArrayList<>(
            List.of(
                Given.disk("d0", ByteSize.ofGiB(40)),
                Given.disk("d1", ByteSize.ofGiB(100 + i % 9))));
    given.nics =
        new ArrayList<>(
            List.of(
                Given.nic(
                    "n0",
                    String.format("00:50:56:%02x:%02x:%02x", i >> 16, i >> 8 & 255, i & 255))));
    given.tools = new Guest.Tools("VMware Tools", "12352", Answer.YES);
    return given.vm();
  }

  private static long used() {
    System.gc();
    return Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory();
  }
}
