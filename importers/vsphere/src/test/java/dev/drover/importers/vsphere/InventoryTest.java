package dev.drover.importers.vsphere;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.drover.importers.api.Discovery;
import dev.drover.importers.vsphere.simulator.Vcsim;
import dev.drover.mappings.model.Answer;
import dev.drover.mappings.model.DiskAddress;
import dev.drover.mappings.model.EstatePart;
import dev.drover.mappings.model.Firmware;
import dev.drover.mappings.model.Identity;
import dev.drover.mappings.model.Placement;
import dev.drover.mappings.model.PowerState;
import dev.drover.mappings.model.SourceDevice;
import dev.drover.mappings.model.SourceDisk;
import dev.drover.mappings.model.SourceNic;
import dev.drover.mappings.model.SourceVm;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What a listing of a furnished simulator tells, with every version of it that is here. */
final class InventoryTest {
  private static final Map<Vcsim.Version, List<Discovery>> LISTINGS = new HashMap<>();

  static List<Vcsim.Version> versions() {
    return Vcsim.versions();
  }

  private static List<Discovery> listing(Vcsim.Version version) {
    return LISTINGS.computeIfAbsent(version, v -> Specs.list(Specs.of(peer(v).sdk())));
  }

  private static Vcsim peer(Vcsim.Version version) {
    return Vcsim.furnished(version);
  }

  /** The one that main.go gave odd hardware. */
  private static SourceVm odd(Vcsim.Version version) {
    return Specs.vms(listing(version)).stream()
        .filter(vm -> vm.firmware().type() == Firmware.Type.EFI)
        .findFirst()
        .orElseThrow();
  }

  @ParameterizedTest
  @MethodSource("versions")
  void listsEveryVmByItsManagedObjectId(Vcsim.Version version) {
    List<SourceVm> vms = Specs.vms(listing(version));
    assertTrue(vms.size() >= 8, "VMs: " + vms.size());
    vms.forEach(vm -> assertTrue(vm.ref().id().matches("vm-[0-9]+"), vm.ref().toString()));
    assertEquals(vms.size(), vms.stream().map(SourceVm::ref).distinct().count());
    assertTrue(listing(version).stream().noneMatch(Discovery.Unreadable.class::isInstance));
  }

  @ParameterizedTest
  @MethodSource("versions")
  void readsIdentityTagsAndCustomAttributes(Vcsim.Version version) {
    Identity identity = odd(version).identity();
    assertEquals("line one\nline <two>", identity.notes());
    assertEquals(Map.of("owner", "team & co"), identity.attributes());
    assertEquals(
        List.of(new Identity.Tag("App", "erp"), new Identity.Tag("App", "shop")), identity.tags());
    assertNotNull(identity.biosUuid());
    assertNotNull(identity.instanceUuid());
    assertEquals(Answer.NO, identity.template());
    assertTrue(String.valueOf(identity.hardwareVersion()).startsWith("vmx-"));
  }

  @ParameterizedTest
  @MethodSource("versions")
  void readsNamesWithSlashesQuotesAndUmlauts(Vcsim.Version version) {
    List<String> names = Specs.vms(listing(version)).stream().map(SourceVm::name).toList();
    assertTrue(names.contains("büro/100% \"x\" <&>"), names.toString());
  }

  @ParameterizedTest
  @MethodSource("versions")
  void readsCpuMemoryAndFirmware(Vcsim.Version version) {
    SourceVm vm = odd(version);
    assertEquals(1, vm.cpu().count());
    assertEquals(500L, vm.cpu().reservationMhz());
    assertEquals(Answer.YES, vm.cpu().hotAdd());
    assertEquals(Answer.YES, vm.memory().hotAdd());
    assertEquals(Answer.YES, vm.cpu().latencySensitive());
    assertEquals(Answer.YES, vm.cpu().nested());
    assertEquals(32L << 20, vm.memory().size().bytes());
    assertEquals(Firmware.Type.EFI, vm.firmware().type());
    assertEquals(Answer.YES, vm.firmware().secureBoot());
    assertEquals(PowerState.ON, vm.power());
  }

  @ParameterizedTest
  @MethodSource("versions")
  void readsDisksWithTheirControllersAndBacking(Vcsim.Version version) {
    SourceVm plain =
        Specs.vms(listing(version)).stream()
            .filter(vm -> vm.firmware().type() != Firmware.Type.EFI)
            .findFirst()
            .orElseThrow();
    SourceDisk disk = plain.disks().get(0);
    assertEquals(DiskAddress.Bus.SCSI, disk.address().bus());
    assertEquals("VirtualSCSI", disk.address().controllerModel());
    assertTrue(disk.size().bytes() > 0);
    assertEquals(SourceDisk.Kind.FILE, disk.backing().kind());
    assertEquals("LocalDS_0", disk.backing().datastore());
    assertTrue(String.valueOf(disk.backing().path()).startsWith("[LocalDS_0] "));
    assertEquals(SourceDisk.Mode.PERSISTENT, disk.mode());
    assertEquals(SourceDisk.Sharing.NONE, disk.sharing());
    assertEquals(0, disk.backing().chainDepth());
  }

  @ParameterizedTest
  @MethodSource("versions")
  void readsSnapshotsAsATree(Vcsim.Version version) {
    var roots = odd(version).snapshots();
    assertNotNull(roots);
    assertEquals(1, roots.size());
    assertEquals("before update", roots.get(0).name());
    assertEquals("by the test", roots.get(0).description());
    assertNotNull(roots.get(0).created());
    assertEquals("after update", roots.get(0).children().get(0).name());
  }

  @ParameterizedTest
  @MethodSource("versions")
  void readsNicsWithTheirDistributedNetwork(Vcsim.Version version) {
    SourceNic nic = odd(version).nics().get(0);
    assertEquals("e1000", nic.model());
    assertTrue(String.valueOf(nic.mac()).matches("([0-9a-f]{2}:){5}[0-9a-f]{2}"));
    assertEquals("distributed", nic.networkKind());
    assertTrue(String.valueOf(nic.network()).contains("DVPG"), nic.toString());
    assertEquals(Answer.YES, nic.connected());
  }

  @ParameterizedTest
  @MethodSource("versions")
  void readsDevicesThatDoNotMove(Vcsim.Version version) {
    var kinds = odd(version).devices().stream().map(SourceDevice::kind).collect(Collectors.toSet());
    assertTrue(kinds.contains(SourceDevice.Kind.USB_CONTROLLER), kinds.toString());
    assertTrue(kinds.contains(SourceDevice.Kind.CDROM), kinds.toString());
    assertFalse(kinds.contains(SourceDevice.Kind.OTHER), odd(version).devices().toString());
  }

  @ParameterizedTest
  @MethodSource("versions")
  void readsPlacementAndTheRulesThatBind(Vcsim.Version version) {
    List<SourceVm> bound =
        Specs.vms(listing(version)).stream()
            .filter(vm -> !vm.placement().affinity().isEmpty())
            .toList();
    assertEquals(2, bound.size());
    Placement.AffinityRule rule = bound.get(0).placement().affinity().get(0);
    assertEquals("apart", rule.name());
    assertFalse(rule.together());
    assertTrue(rule.mandatory());
    assertEquals(
        bound.stream().map(SourceVm::name).sorted().toList(),
        rule.members().stream().sorted().toList());
    Placement placement = odd(version).placement();
    assertEquals("127.0.0.1", placement.server());
    assertEquals("DC0", placement.datacenter());
    assertNotNull(placement.host());
    assertTrue(
        Specs.vms(listing(version)).stream().anyMatch(vm -> vm.placement().appliance() != null));
    assertTrue(
        Specs.vms(listing(version)).stream()
            .anyMatch(vm -> "DC0_C0".equals(vm.placement().cluster())));
  }

  @ParameterizedTest
  @MethodSource("versions")
  void readsWhatVmsLiveOn(Vcsim.Version version) {
    List<EstatePart> parts = Specs.parts(listing(version));
    EstatePart.Host host =
        parts.stream()
            .filter(EstatePart.Host.class::isInstance)
            .map(EstatePart.Host.class::cast)
            .filter(h -> h.cluster() != null)
            .findFirst()
            .orElseThrow();
    assertEquals("DC0", host.datacenter());
    assertTrue(host.cores() != null && host.cores() > 0, host.toString());
    assertNotNull(host.memory());
    assertNotNull(host.version());
    assertEquals(Answer.YES, host.usable());
    assertEquals(2, parts.stream().filter(EstatePart.Cluster.class::isInstance).count());
    EstatePart.Datastore store =
        parts.stream()
            .filter(EstatePart.Datastore.class::isInstance)
            .map(EstatePart.Datastore.class::cast)
            .findFirst()
            .orElseThrow();
    assertNotNull(store.capacity());
    assertNotNull(store.free());
    assertEquals(Answer.YES, store.reachable());
    var kinds =
        parts.stream()
            .filter(EstatePart.Network.class::isInstance)
            .map(p -> String.valueOf(((EstatePart.Network) p).type()))
            .collect(Collectors.toSet());
    assertTrue(kinds.containsAll(List.of("standard", "distributed", "opaque")), kinds.toString());
  }

  @ParameterizedTest
  @MethodSource("versions")
  void listsOnlyWhatTheOptionsChoose(Vcsim.Version version) {
    assertEquals(2, chosen(version, Map.of("tag", "App=sh?p")).size());
    assertEquals(1, chosen(version, Map.of("tag", "ERP")).size());
    assertEquals(0, chosen(version, Map.of("tag", "ERP", "name", "nothing*")).size());
    List<SourceVm> clustered = chosen(version, Map.of("cluster", "DC1_*"));
    assertFalse(clustered.isEmpty());
    clustered.forEach(vm -> assertEquals("DC1", vm.placement().datacenter()));
    List<SourceVm> named = chosen(version, Map.of("name", "dc0_c0_rp0_vm*"));
    assertFalse(named.isEmpty());
    named.forEach(vm -> assertTrue(vm.name().startsWith("DC0_C0_RP0_VM"), vm.name()));
    String folder =
        Specs.vms(listing(version)).stream()
            .map(vm -> vm.identity().folder())
            .filter(java.util.Objects::nonNull)
            .findFirst()
            .orElseThrow();
    List<SourceVm> inside = chosen(version, Map.of("folder", "/" + folder + "/"));
    assertFalse(inside.isEmpty());
    inside.forEach(vm -> assertEquals(folder, vm.identity().folder()));
    assertEquals(0, chosen(version, Map.of("folder", "no such folder")).size());
  }

  private static List<SourceVm> chosen(Vcsim.Version version, Map<String, String> options) {
    return Specs.vms(
        Specs.list(Specs.of(peer(version).sdk(), Specs.ANYBODY, Vcsim.PASSWORD, options)));
  }

  @Test
  void readsAnEsxiWithoutAVcenter() {
    try (Vcsim esx = Vcsim.start(Vcsim.best(), "-esx")) {
      List<Discovery> all = Specs.list(Specs.of(esx.sdk()));
      assertEquals(2, Specs.vms(all).size());
      assertEquals(List.of("VSP-010"), Specs.notices(all).stream().map(f -> f.code()).toList());
      assertEquals("ha-datacenter", Specs.vms(all).get(0).placement().datacenter());
      assertNotNull(Specs.vms(all).get(0).placement().host());
    }
  }
}
