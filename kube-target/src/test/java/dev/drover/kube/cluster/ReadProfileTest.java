package dev.drover.kube.cluster;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.drover.kube.standin.StandInCluster;
import dev.drover.mappings.failure.TargetFailed;
import dev.drover.mappings.model.Answer;
import dev.drover.mappings.model.ByteSize;
import dev.drover.mappings.profile.ProfileReader;
import dev.drover.mappings.profile.ProfileWriter;
import dev.drover.mappings.profile.TargetProfile;
import dev.drover.mappings.profile.TargetProfile.NodeGroup;
import dev.drover.mappings.profile.TargetProfile.StorageClass;
import dev.drover.mappings.profile.TargetProfile.Unseen;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReadProfileTest {
  @TempDir Path folder;

  private final StandInCluster cluster = StandInCluster.start();
  private final FurnishedCluster site = new FurnishedCluster(cluster);

  @AfterEach
  void close() {
    cluster.close();
  }

  private TargetProfile read() {
    try (Api api = Fixture.connect(cluster.kubeconfig(folder.resolve("kubeconfig")))) {
      return new ReadProfile(api).read("production");
    }
  }

  @Test
  void readsAWholeCluster() {
    site.furnish();
    TargetProfile profile = read();
    assertEquals("production", profile.name());
    assertEquals(
        Map.of("kubernetes", "v1.34.0-standin", "kubevirt", "v1.6.2", "cdi", "v1.63.1"),
        profile.versions());
    assertEquals(List.of("HotplugVolumes", "Snapshot"), profile.features());
    assertEquals(List.of("web/vlan-10"), profile.networks());
    assertEquals(
        List.of("VirtualMachineClusterInstancetype/u1.medium", "VirtualMachineInstancetype/own"),
        profile.instanceTypes());
    assertEquals(List.of("VirtualMachineClusterPreference/rhel.9"), profile.preferences());
    assertEquals(
        List.of("the free space of ceph, fast"),
        profile.unseen().stream().map(Unseen::what).toList());
  }

  @Test
  void readsWhatTheStorageClassesCanDo() {
    site.furnish();
    TargetProfile profile = read();
    assertEquals(
        new StorageClass(
            "ceph",
            "rook-ceph.rbd.csi.ceph.com",
            Answer.NO,
            Answer.YES,
            Answer.YES,
            Answer.YES,
            Answer.YES,
            Answer.YES,
            Answer.NO,
            null,
            null),
        profile.storageClass("ceph").orElseThrow());
    assertEquals(
        new StorageClass(
            "local",
            "stand-in",
            Answer.NO,
            Answer.NO,
            Answer.NO,
            Answer.NO,
            Answer.NO,
            Answer.UNKNOWN,
            Answer.YES,
            ByteSize.ofGiB(60),
            ByteSize.ofGiB(200)),
        profile.storageClass("local").orElseThrow());
    assertEquals(Answer.YES, profile.storageClass("fast").orElseThrow().isDefault());
  }

  @Test
  void readsWhatIsFreeOnTheNodes() {
    site.furnish();
    // 2 × 15.5 allocatable less 1.5 and 4: an init container that takes more than the others
    // counts.
    assertEquals(
        List.of(
            new NodeGroup(
                "16 threads, 64 GiB",
                2,
                16,
                new ByteSize(67006464L << 10),
                25,
                ByteSize.ofGiB(117),
                Answer.YES)),
        read().nodes());
  }

  @Test
  void nodesOfAnotherSizeAreAnotherGroupAndCordonedOnesNone() {
    site.furnish();
    Map<String, String> large = Map.of("cpu", "128", "memory", "1Ti");
    Map<String, String> labels = Map.of("kubevirt.io/schedulable", "true");
    Map<String, ?> status = Map.of("status", Map.of("allocatable", large));
    site.put("v1", "Node", "nodes", "large", labels, status);
    site.put("v1", "Node", "nodes", "control-plane", Map.of(), status);
    Map<String, Object> cordoned = new LinkedHashMap<>(status);
    cordoned.put("spec", Map.of("unschedulable", true));
    site.put("v1", "Node", "nodes", "cordoned", labels, cordoned);
    List<NodeGroup> nodes = read().nodes();
    assertNotNull(nodes);
    assertEquals(
        List.of("128 threads, 1024 GiB", "16 threads, 64 GiB"),
        nodes.stream().map(NodeGroup::name).toList());
    assertEquals(1, nodes.get(0).count());
    assertEquals(Answer.UNKNOWN, nodes.get(0).smt());
  }

  @Test
  void whatIsForbiddenIsSaidWithItsPermissionAndTheRestStillComes() {
    site.furnish();
    for (String plural :
        List.of(
            "kubevirts",
            "cdis",
            "volumesnapshotclasses",
            "storageprofiles",
            "csistoragecapacities",
            "pods",
            "virtualmachineinstancetypes")) {
      cluster.fault().forbid("list", plural);
    }
    TargetProfile profile = read();
    assertEquals(
        List.of(
            "list kubevirts.kubevirt.io in all namespaces",
            "list cdis.cdi.kubevirt.io",
            "list volumesnapshotclasses.snapshot.storage.k8s.io",
            "list storageprofiles.cdi.kubevirt.io",
            "list csistoragecapacities.storage.k8s.io in all namespaces",
            "list pods in all namespaces",
            "list virtualmachineinstancetypes.instancetype.kubevirt.io in all namespaces"),
        profile.unseen().stream().map(Unseen::permission).toList());
    assertNull(profile.features());
    StorageClass ceph = profile.storageClass("ceph").orElseThrow();
    assertEquals(Answer.UNKNOWN, ceph.snapshot());
    assertEquals(Answer.UNKNOWN, ceph.readWriteMany());
    assertEquals(Answer.YES, ceph.expansion());
    assertNull(ceph.free());
    List<NodeGroup> nodes = profile.nodes();
    assertNotNull(nodes);
    assertEquals(2, nodes.get(0).count());
    assertNull(nodes.get(0).freeMemory());
    assertEquals(List.of("VirtualMachineClusterInstancetype/u1.medium"), profile.instanceTypes());
    assertEquals(List.of("web/vlan-10"), profile.networks());
  }

  @Test
  void whoeverMayListNothingStillGetsTheVersion() {
    site.furnish();
    for (String plural :
        List.of(
            "kubevirts",
            "cdis",
            "storageclasses",
            "network-attachment-definitions",
            "nodes",
            "virtualmachineclusterinstancetypes",
            "virtualmachineinstancetypes",
            "virtualmachineclusterpreferences",
            "virtualmachinepreferences")) {
      cluster.fault().forbid("list", plural);
    }
    TargetProfile profile = read();
    assertEquals("v1.34.0-standin", profile.versions().get("kubernetes"));
    assertNull(profile.storageClasses());
    assertNull(profile.nodes());
    assertNull(profile.networks());
    assertNull(profile.instanceTypes());
    assertEquals(9, profile.unseen().size(), profile.unseen()::toString);
  }

  @Test
  void aClusterWithoutKubeVirtAndCdiIsSaidToBeOne() {
    cluster.withoutGroup("kubevirt.io");
    cluster.withoutGroup("subresources.kubevirt.io");
    cluster.withoutGroup("cdi.kubevirt.io");
    cluster.withoutGroup("k8s.cni.cncf.io");
    cluster.withoutGroup("instancetype.kubevirt.io");
    TargetProfile profile = read();
    assertEquals(List.of(), profile.networks(), "without Multus there are none");
    assertEquals(List.of(), profile.instanceTypes());
    List<String> unseen = profile.unseen().stream().map(Unseen::permission).toList();
    assertTrue(
        unseen.contains("none: the cluster has no KubeVirt (API kubevirt.io/v1)"),
        unseen::toString);
    assertTrue(
        unseen.contains("none: the cluster has no CDI (API cdi.kubevirt.io/v1beta1)"),
        unseen::toString);
    assertEquals(Answer.UNKNOWN, profile.storageClass("fast").orElseThrow().readWriteMany());
  }

  @Test
  void whatIsReadCanBeWrittenAndReadBack() throws IOException {
    site.furnish();
    TargetProfile profile = read();
    Path file = Files.writeString(folder.resolve("target.yaml"), ProfileWriter.yaml(profile));
    assertEquals(profile, ProfileReader.read(file));
  }

  @Test
  void nothingButReadingIsAskedOfTheCluster() {
    site.furnish();
    read();
    assertTrue(
        cluster.requests().stream().allMatch(r -> r.startsWith("GET ")),
        cluster.requests()::toString);
  }

  @Test
  void aServerThatFailsIsNoCluster() {
    cluster.fault().api("GET", "storageclasses", 500, "etcd is down", 50);
    TargetFailed failed = assertThrows(TargetFailed.class, this::read);
    assertTrue(failed.what().contains("etcd is down"), failed.toString());
  }
}
