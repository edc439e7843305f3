package dev.drover.mappings.target;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.drover.mappings.model.Answer;
import dev.drover.mappings.model.SourceNic;
import dev.drover.mappings.plan.NetworkMapping;
import dev.drover.mappings.plan.VmPlan.NicOverride;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class NicsTest {
  private static final NetworkMapping.Multus VLAN = new NetworkMapping.Multus("infra", "vlan-10");

  private static Given nics(SourceNic... nics) {
    Given given = Given.vm();
    given.nics.clear();
    given.nics.addAll(List.of(nics));
    return given;
  }

  private static SourceNic on(String id, String network) {
    return Given.nic(id, null, network, Answer.YES, null);
  }

  @Test
  void takeTheFirstLineOfTheNetworkMapThatMatches() {
    Given given = nics(on("n0", "prod-10"));
    given.networks =
        List.of(
            new NetworkMapping("prod", new NetworkMapping.Pod()),
            new NetworkMapping("prod-*", VLAN),
            new NetworkMapping("*", new NetworkMapping.Pod()));
    assertEquals(VLAN, given.nic().network());
  }

  @Test
  void onANetworkThatIsNotMappedAreABlockerWithTheLineToAdd() {
    Given given = nics(on("n0", "It's prod"));
    assertTrue(
        given.blocker("NET-001").remedy().contains("- {source: 'It''s prod', multus: {"),
        given.blocker("NET-001").remedy());
    assertEquals("It's prod", given.blocker("NET-001").evidence());
  }

  @Test
  void onNoNetworkAreABlockerUnlessTheMapTakesAll() {
    Given given = nics(Given.nic("n0", null, null, Answer.NO, null));
    assertTrue(given.blocker("NET-001").remedy().contains("nics: {'n0': {skip: true}}"));
    given.networks = List.of(new NetworkMapping("*", VLAN));
    assertEquals(VLAN, given.nic().network());
  }

  @Test
  void asSecondOnThePodNetworkAreABlocker() {
    Given given = nics(on("n0", "VM Network"), on("n1", "VM Network"));
    assertTrue(given.blocker("NET-002").remedy().contains("nics: {'n1': {network: {multus: {"));
    given.nicOverrides.put("n1", new NicOverride(false, null, VLAN));
    assertTrue(given.maybe("NET-002").isEmpty());
    assertEquals(VLAN, given.target().nics().get(1).network());
  }

  @Test
  void thatAreIgnoredAreLeftOutAndSaid() {
    Given given = nics(on("n0", "VM Network"));
    given.networks = List.of(new NetworkMapping("*", new NetworkMapping.Ignore()));
    assertTrue(given.target().nics().isEmpty());
    given.finding("NET-003");
    given.finding("NET-005");
  }

  @Test
  void keepTheirNumberWhenAnotherStaysBehind() {
    Given given = nics(on("n0", "VM Network"), on("n1", "VM Network"));
    given.nicOverrides.put("n0", new NicOverride(true, null, null));
    assertEquals("net1", given.nic().name());
    given.finding("NIC-001");
  }

  @ParameterizedTest
  @CsvSource({
    "00:50:56:AB:cd:01,00:50:56:ab:cd:01",
    "00-50-56-ab-cd-01,00:50:56:ab:cd:01",
    "0050.56ab.cd01,00:50:56:ab:cd:01",
    "005056abcd01,00:50:56:ab:cd:01"
  })
  void keepTheirMac(String source, String target) {
    assertEquals(target, nics(Given.nic("n0", source)).nic().mac());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "x",
        "00:50:56:ab:cd",
        "00:50:56:ab:cd:zz",
        "01:00:5e:00:00:01",
        "ff:ff:ff:ff:ff:ff",
        "00:00:00:00:00:00",
        "00:50-56:ab:cd:01",
        "00:50:56:ab:cd:01:02"
      })
  void withAMacThatNoCardHasGetAnotherOneAndSayIt(String mac) {
    Given given = nics(Given.nic("n0", mac));
    assertNull(given.nic().mac());
    assertEquals(mac, given.finding("NIC-002").evidence());
  }

  @Test
  void withOneMacInOneVmAreABlocker() {
    Given given = nics(Given.nic("n0", "00:50:56:00:00:01"), Given.nic("n1", "005056000001"));
    given.networks = List.of(new NetworkMapping("*", VLAN));
    assertEquals("00:50:56:00:00:01", given.blocker("NIC-003").evidence());
  }

  @Test
  void thatAreNotPluggedInKeepTheCableOut() {
    assertFalse(nics(Given.nic("n0", null, "VM Network", Answer.NO, null)).nic().linkUp());
    assertTrue(nics(Given.nic("n0", null, "VM Network", Answer.UNKNOWN, null)).nic().linkUp());
  }

  @ParameterizedTest
  @CsvSource({
    "ubuntu64Guest,virtio",
    "rhel9_64Guest,virtio",
    "windows2019srv_64Guest,e1000e",
    "winXPProGuest,rtl8139",
    "dosGuest,pcnet",
    "otherLinuxGuest,e1000",
    ",e1000"
  })
  void getAModelThatTheGuestHasADriverFor(String os, String model) {
    assertEquals(model, Given.os(os).nic().model());
  }

  @Test
  void takeThePlansModelAndSayTheRisk() {
    Given given = Given.os("windows2019srv_64Guest");
    given.defaults = Given.settings(null, null, "virtio", null, null, null);
    assertEquals("virtio", given.nic().model());
    given.finding("NIC-006");
    given.nicOverrides.put("n0", new NicOverride(false, "rtl8139", null));
    assertEquals("rtl8139", given.nic().model());
  }

  @Test
  void ofAModelThatDoesNotExistAreABlocker() {
    Given given = Given.vm();
    given.nicOverrides.put("n0", new NicOverride(false, "vmxnet3", null));
    assertTrue(given.blocker("NIC-005").remedy().contains("e1000e"));
  }

  @Test
  void thatThePlanInventsAreABlocker() {
    Given given = Given.vm();
    given.nicOverrides.put("n7", new NicOverride(true, null, null));
    given.blocker("NIC-004");
  }

  @Test
  void withAFixedAddressBehindMasqueradeAreSaid() {
    Given given =
        nics(
            Given.nic(
                "n0",
                null,
                "VM Network",
                Answer.YES,
                List.of(new SourceNic.GuestAddress("10.1.2.3", 24, null, Answer.YES))));
    assertEquals("10.1.2.3", given.finding("NET-004").evidence());
    given.networks = List.of(new NetworkMapping("*", VLAN));
    assertTrue(given.maybe("NET-004").isEmpty());
  }

  @Test
  void mayGetNewNamesInTheGuestAndThatIsSaid() {
    assertTrue(Given.vm().finding("NIC-008").remedy().contains("MAC"));
    assertTrue(Given.os("windows9_64Guest").finding("NIC-008").remedy().contains("Windows"));
  }

  @Test
  void thatArePassedThroughAreSaid() {
    Given given = Given.vm();
    given.nics.set(
        0,
        new SourceNic(
            "n0", "NIC", null, null, "VM Network", null, null, Answer.YES, null, Answer.YES));
    given.finding("NIC-007");
  }
}
