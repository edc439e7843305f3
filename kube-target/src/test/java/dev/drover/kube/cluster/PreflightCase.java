package dev.drover.kube.cluster;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import dev.drover.kube.MigrationTarget;
import dev.drover.kube.standin.StandInCluster;
import dev.drover.mappings.model.Finding;
import dev.drover.mappings.model.Finding.Severity;
import dev.drover.mappings.target.TargetVm;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** What a cluster is asked of a VM before anything is made there. */
abstract class PreflightCase {
  @TempDir Path folder;

  final StandInCluster cluster = StandInCluster.start();
  final TargetVm vm = Fixture.vm("web-1", Fixture.disk("web-1-disk0", 10L << 30));
  MigrationTarget target;

  @BeforeEach
  void open() {
    target = Fixture.open(cluster, folder);
  }

  @AfterEach
  void close() {
    target.close();
    cluster.close();
  }

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
