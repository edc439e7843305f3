package dev.drover.kube.cluster;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.drover.kube.MigrationTarget;
import dev.drover.mappings.failure.TargetFailed;
import dev.drover.mappings.model.ByteSize;
import dev.drover.mappings.model.Finding;
import dev.drover.mappings.model.Finding.Severity;
import dev.drover.mappings.plan.NetworkMapping;
import dev.drover.mappings.target.Sizing;
import dev.drover.mappings.target.TargetDisk;
import dev.drover.mappings.target.TargetNic;
import dev.drover.mappings.target.TargetVm;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class PreflightTest extends PreflightCase {
  private static final String CDI = "cdi.kubevirt.io/v1beta1";

  private static TargetVm on(TargetDisk disk) {
    return Fixture.vm("web-1", disk);
  }

  @Test
  void nothingIsMissingOnAWholeCluster() {
    assertEquals(List.of(), target.check(vm));
  }

  @Test
  void findsThatKubeVirtIsNotInstalled() {
    cluster.withoutGroup("kubevirt.io");
    assertTrue(blocker(vm, "K8S-001").remedy().contains("install KubeVirt"));
  }

  @Test
  void findsThatCdiIsNotInstalled() {
    cluster.withoutGroup("cdi.kubevirt.io");
    cluster.withoutGroup("upload.cdi.kubevirt.io");
    assertTrue(blocker(vm, "K8S-002").remedy().contains("install CDI"));
    blocker(vm, "K8S-003");
    assertEquals(2, target.check(vm).size(), "consequences are not said beside the cause");
  }

  @Test
  void namesEachPermissionThatIsMissing() {
    cluster.fault().forbid("create", "datavolumes").forbid("delete", "datavolumes");
    cluster.fault().forbid("create", "uploadtokenrequests");
    Finding found = blocker(vm, "K8S-010");
    assertTrue(found.what().contains("create, delete datavolumes.cdi.kubevirt.io"), found.what());
    assertTrue(
        found.remedy().contains("kubectl create rolebinding drover -n web --clusterrole=edit"),
        found.remedy());
    assertEquals(2, target.check(vm).stream().filter(f -> f.code().equals("K8S-010")).count());
  }

  @Test
  void whatIsNotAllowedToBeSeenIsAWarningThatNamesThePermission() {
    cluster.fault().forbid("list", "nodes").forbid("list", "storageclasses");
    cluster.fault().forbid("list", "resourcequotas").forbid("get", "namespaces");
    List<Finding> all = target.check(vm);
    assertEquals(4, all.size(), all.toString());
    assertTrue(all.stream().allMatch(f -> f.code().equals("K8S-011")), all.toString());
    assertTrue(all.stream().allMatch(f -> f.severity() == Severity.WARNING), all.toString());
    assertTrue(all.stream().anyMatch(f -> f.what().contains("not allowed to list nodes")));
  }

  @Test
  void findsThatTheNamespaceIsMissing() {
    cluster.remove("v1", "", "namespaces", "web");
    assertTrue(blocker(vm, "K8S-020").remedy().contains("kubectl create namespace web"));
  }

  @Test
  void namesTheStorageClassesThatExist() {
    Finding found = blocker(on(Fixture.disk("d", 1, "gold")), "K8S-030");
    assertTrue(found.what().contains("gold"), found.what());
    assertTrue(found.remedy().contains("fast, local"), found.remedy());
  }

  @Test
  void findsThatThereIsNoDefaultClass() {
    cluster.remove("storage.k8s.io/v1", "", "storageclasses", "fast");
    assertTrue(blocker(vm, "K8S-031").remedy().contains("local"));
    assertTrue(
        target.check(on(Fixture.disk("d", 1, "local"))).stream()
            .noneMatch(f -> f.code().equals("K8S-031")));
  }

  @Test
  void findsAStorageProfileThatKnowsNoAccessMode() {
    cluster.merge(
        CDI,
        "",
        "storageprofiles",
        "fast",
        Map.of("status", Map.of("claimPropertySets", List.of())));
    assertTrue(blocker(vm, "K8S-032").remedy().contains("accessMode"));
  }

  @Test
  void saysThatAClassWaitsForItsFirstConsumer() {
    Finding found = found(on(Fixture.disk("d", 1, "local")), "K8S-033");
    assertEquals(Severity.INFO, found.severity());
  }

  @Test
  void findsThatANetworkAttachmentIsMissing() {
    TargetNic nic =
        new TargetNic(
            "n", "net0", "virtio", null, new NetworkMapping.Multus("web", "vlan7"), true, null);
    TargetVm bridged =
        Fixture.vm("web-1", true, Fixture.sizing(1, ByteSize.ofGiB(1)), List.of(nic));
    assertTrue(blocker(bridged, "K8S-040").what().contains("web/vlan7"));
    cluster.put(
        "network-attachment-definitions",
        object("k8s.cni.cncf.io/v1", "NetworkAttachmentDefinition", "vlan7"));
    try (MigrationTarget again = Fixture.open(cluster, folder)) {
      assertEquals(List.of(), again.check(bridged));
    }
  }

  @Test
  void findsThatInstanceTypeAndPreferenceAreMissing() {
    TargetVm sized =
        Fixture.vm(
            "web-1",
            true,
            new Sizing.ByInstanceType(
                new Sizing.ObjectName("VirtualMachineClusterInstancetype", "u1.medium"),
                new Sizing.ObjectName("VirtualMachinePreference", "debian")),
            List.of());
    assertTrue(blocker(sized, "K8S-050").what().contains("u1.medium"));
    assertTrue(blocker(sized, "K8S-051").what().contains("debian"));
  }

  @Test
  void findsThatANameIsTakenByAForeignObject() {
    cluster.put("virtualmachines", object("kubevirt.io/v1", "VirtualMachine", "web-1"));
    assertTrue(blocker(vm, "K8S-070").what().contains("not Drover's"));
  }

  @Test
  void itsOwnObjectsOfAnEarlierTryAreNoObstacle() {
    target.prepareDisk(vm, vm.disks().get(0));
    assertEquals(List.of(), target.check(vm));
  }

  @Test
  void findsAMacThatAnotherVmHasHoweverItIsWritten() {
    Map<String, Object> nic = Map.of("name", "net0", "macAddress", "00-50-56-AA-BB-01");
    Map<String, Object> domain = Map.of("devices", Map.of("interfaces", List.of(nic)));
    Map<String, Object> other =
        Map.of(
            "apiVersion",
            "kubevirt.io/v1",
            "kind",
            "VirtualMachine",
            "metadata",
            Map.of("name", "twin", "namespace", "default"),
            "spec",
            Map.of("template", Map.of("spec", Map.of("domain", domain))));
    cluster.put("virtualmachines", other);
    Finding found = blocker(vm, "K8S-071");
    assertTrue(found.what().contains("default/twin"), found.what());
  }

  @Test
  void findsThatNoNodeCanRunVms() {
    for (String node : List.of("node-1", "node-2")) {
      cluster.merge(
          "v1",
          "",
          "nodes",
          node,
          Map.of("metadata", Map.of("labels", Map.of("kubevirt.io/schedulable", "false"))));
    }
    assertTrue(blocker(vm, "K8S-080").remedy().contains("virt-handler"));
  }

  @Test
  void findsThatNoNodeIsBigEnough() {
    TargetVm big = Fixture.vm("web-1", true, Fixture.sizing(4, ByteSize.ofGiB(65)), List.of());
    assertTrue(blocker(big, "K8S-081").what().contains("65 GiB"));
    TargetVm wide = Fixture.vm("web-1", true, Fixture.sizing(200, ByteSize.ofGiB(1)), List.of());
    blocker(wide, "K8S-081");
  }

  @Test
  void findsThatTheUploadProxyHasNoAddress() {
    cluster.merge(CDI, "", "cdiconfigs", "config", Map.of("status", Map.of("uploadProxyURL", "")));
    assertTrue(blocker(vm, "K8S-090").remedy().contains("uploadProxyURLOverride"));
  }

  @Test
  void aThousandVmsDoNotAskTheSameAgain() {
    target.check(vm);
    int first = cluster.requests().size();
    for (int i = 0; i < 20; i++) {
      target.check(Fixture.vm("vm-" + i, Fixture.disk("vm-" + i + "-disk0", 1)));
    }
    // A VM's own names are asked: the machine, the DataVolume, the claim.
    assertEquals(first + 20 * 3, cluster.requests().size());
  }

  @Test
  void longListsAreReadPageByPage() {
    for (int i = 0; i < 520; i++) {
      cluster.put("virtualmachines", object("kubevirt.io/v1", "VirtualMachine", "vm-" + i));
    }
    Api api = Fixture.connect(folder.resolve("kubeconfig"));
    assertEquals(520, api.list(Kind.VIRTUAL_MACHINE, "web", "").size());
    assertEquals(
        3, cluster.requests().stream().filter(r -> r.contains("virtualmachines?limit=")).count());
    api.close();
  }

  @Test
  void aClusterThatDoesNotAnswerIsAFailureAndNoFinding() {
    cluster.fault().api("GET", "/nodes", 500, "broken", 50);
    TargetFailed failed = assertThrows(TargetFailed.class, () -> target.check(vm));
    assertEquals("VM web/web-1", failed.subject());
  }

  private static Map<String, Object> object(String apiVersion, String kind, String name) {
    return Map.of(
        "apiVersion",
        apiVersion,
        "kind",
        kind,
        "metadata",
        Map.of("name", name, "namespace", "web"));
  }
}
