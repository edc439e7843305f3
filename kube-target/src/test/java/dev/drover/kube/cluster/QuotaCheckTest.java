package dev.drover.kube.cluster;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.drover.mappings.model.Finding;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Whether a quota has room for a VM. */
class QuotaCheckTest extends PreflightCase {
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
