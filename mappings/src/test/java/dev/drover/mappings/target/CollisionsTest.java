package dev.drover.mappings.target;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.drover.mappings.model.Finding;
import dev.drover.mappings.model.Identity;
import dev.drover.mappings.model.VmRef;
import dev.drover.mappings.plan.NetworkMapping;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;

final class CollisionsTest {
  private static TargetVm vm(int id, String name, String namespace, String mac) {
    Given given = Given.vm();
    given.identity = Identity.ofName(name);
    given.settings = Given.settings(namespace, null, null, null, null, null);
    given.nics.set(0, Given.nic("n0", mac));
    TargetVm vm = given.target();
    return new TargetVm(
        new VmRef("dc1", "vm-" + id),
        vm.sourceName(),
        vm.namespace(),
        vm.name(),
        vm.sizing(),
        vm.platform(),
        vm.disks(),
        vm.nics(),
        vm.running(),
        vm.labels(),
        vm.annotations());
  }

  private static List<String> codes(Map<VmRef, List<Finding>> found, int id) {
    return found.getOrDefault(new VmRef("dc1", "vm-" + id), List.of()).stream()
        .map(Finding::code)
        .toList();
  }

  private static String mac(int last) {
    return String.format(
        java.util.Locale.ROOT,
        "00:50:56:%02x:%02x:%02x",
        last >> 16,
        (last >> 8) & 255,
        last & 255);
  }

  @Test
  void twoVmsOfOneNameAreBlockersThatNameEachOther() {
    var found =
        Collisions.among(List.of(vm(1, "Web", "shop", mac(1)), vm(2, "web", "shop", mac(2))));
    assertEquals(List.of("NAME-010"), codes(found, 1));
    assertEquals(List.of("NAME-010"), codes(found, 2));
    Finding first = Objects.requireNonNull(found.get(new VmRef("dc1", "vm-1"))).get(0);
    assertEquals(Finding.Severity.BLOCKER, first.severity());
    assertEquals("shop/web: web (dc1/vm-2)", first.evidence());
  }

  @Test
  void oneNameInTwoNamespacesIsNone() {
    assertTrue(
        Collisions.among(List.of(vm(1, "web", "shop", mac(1)), vm(2, "web", "lab", mac(2))))
            .isEmpty());
  }

  @Test
  void oneMacIsABlockerAlsoAcrossNamespaces() {
    var found = Collisions.among(List.of(vm(1, "a", "shop", mac(1)), vm(2, "b", "lab", mac(1))));
    assertEquals(List.of("NIC-010"), codes(found, 1));
    assertEquals(List.of("NIC-010"), codes(found, 2));
  }

  @Test
  void oneNameOfTwoClaimsIsABlocker() {
    TargetVm plain = vm(1, "web", "shop", mac(1));
    TargetDisk disk = plain.disks().get(0);
    TargetVm other = vm(2, "other", "shop", mac(2));
    TargetVm stealing =
        new TargetVm(
            other.source(),
            other.sourceName(),
            other.namespace(),
            other.name(),
            other.sizing(),
            other.platform(),
            List.of(disk),
            other.nics(),
            other.running(),
            Map.of(),
            Map.of());
    var found = Collisions.among(List.of(plain, stealing));
    assertEquals(List.of("NAME-011"), codes(found, 1));
    assertEquals(List.of("NAME-011"), codes(found, 2));
  }

  @Test
  void aVmDoesNotCollideWithItself() {
    Given given = Given.vm();
    given.networks = List.of(new NetworkMapping("*", new NetworkMapping.Multus("a", "b")));
    given.nics.add(Given.nic("n1", "00:50:56:00:00:01"));
    assertTrue(Collisions.among(List.of(given.target())).isEmpty());
  }

  @Test
  void aThousandVmsOfOneNameAreNamedShortly() {
    List<TargetVm> all = new ArrayList<>();
    for (int i = 0; i < 1000; i++) {
      all.add(vm(i, "web", "shop", mac(i)));
    }
    var found = Collisions.among(all);
    assertEquals(1000, found.size());
    assertTrue(
        Objects.requireNonNull(found.get(new VmRef("dc1", "vm-7")))
            .get(0)
            .evidence()
            .endsWith("and 996 more"));
  }
}
