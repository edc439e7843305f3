package dev.drover.kube.cluster;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.drover.kube.MigrationTarget;
import dev.drover.kube.standin.StandInCluster;
import dev.drover.mappings.model.Finding;
import dev.drover.mappings.model.Finding.Severity;
import dev.drover.mappings.target.TargetVm;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whether a quota has room for a VM. */
class QuotaCheckTest {
  @TempDir Path folder;

  private final StandInCluster cluster = StandInCluster.start();
  private final TargetVm vm = Fixture.vm("web-1", Fixture.disk("web-1-disk0", 10L << 30));
  private MigrationTarget target;

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
  private Finding found(TargetVm of, String code) {
    List<Finding> all = target.check(of);
    return all.stream()
        .filter(f -> f.code().equals(code))
        .findFirst()
        .orElseThrow(() -> new AssertionError("no " + code + " in " + all));
  }

  private Finding blocker(TargetVm of, String code) {
    Finding found = found(of, code);
    assertEquals(Severity.BLOCKER, found.severity());
    assertFalse(found.remedy().isBlank());
    return found;
  }

  @Test
  void findsThatAQuotaIsTooSmall() {
    Map<String, Object> quota =
        Map.of(
            "apiVersion",
            "v1",
            "kind",
            "ResourceQuota",
            "metadata",
            Map.of("name", "compute", "namespace", "web"),
            "status",
            Map.of(
                "hard",
                Map.of("requests.storage", "12Gi", "requests.memory", "64Gi"),
                "used",
                Map.of("requests.storage", "3Gi")));
    cluster.put("resourcequotas", quota);
    Finding found = blocker(vm, "K8S-060");
    assertTrue(found.what().contains("requests.storage"), found.what());
    assertTrue(found.what().contains("9 GiB"), found.what());
    assertEquals(1, target.check(vm).stream().filter(f -> f.code().equals("K8S-060")).count());
  }

  @Test
  void aVolumeThatIsThereAlreadyIsNotCountedAgainstTheQuota() {
    target.prepareDisk(vm, vm.disks().get(0));
    cluster.put(
        "resourcequotas",
        Map.of(
            "apiVersion",
            "v1",
            "kind",
            "ResourceQuota",
            "metadata",
            Map.of("name", "storage", "namespace", "web"),
            "status",
            Map.of(
                "hard",
                Map.of("requests.storage", "12Gi"),
                "used",
                Map.of("requests.storage", "10Gi"))));
    assertEquals(List.of(), target.check(vm));
  }
}
