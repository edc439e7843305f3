package dev.drover.kube.cluster;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import dev.drover.mappings.model.Finding;
import dev.drover.mappings.model.Finding.Severity;
import dev.drover.mappings.target.TargetVm;
import java.util.List;

/** What a cluster is asked of a VM before anything is made there. */
abstract class PreflightCase extends ClusterCase {
  final TargetVm vm = Fixture.vm("web-1", Fixture.disk("web-1-disk0", 10L << 30));

  /** The finding of that code; fails the test where there is none. */
  final Finding found(TargetVm of, String code) {
    List<Finding> all = target.check(of);
    return all.stream()
        .filter(f -> f.code().equals(code))
        .findFirst()
        .orElseThrow(() -> new AssertionError("no " + code + " in " + all));
  }

  final Finding blocker(TargetVm of, String code) {
    Finding found = found(of, code);
    assertEquals(Severity.BLOCKER, found.severity());
    assertFalse(found.remedy().isBlank());
    return found;
  }
}
