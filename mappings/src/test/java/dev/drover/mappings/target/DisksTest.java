package dev.drover.mappings.target;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.drover.mappings.disk.DiskFormat;
import dev.drover.mappings.model.Answer;
import dev.drover.mappings.model.ByteSize;
import dev.drover.mappings.model.DiskAddress;
import dev.drover.mappings.model.DiskAddress.Bus;
import dev.drover.mappings.model.DnsLabel;
import dev.drover.mappings.model.Firmware;
import dev.drover.mappings.model.Guest;
import dev.drover.mappings.model.Placement;
import dev.drover.mappings.model.SourceDisk;
import dev.drover.mappings.plan.StorageMapping;
import dev.drover.mappings.plan.StorageMapping.AccessMode;
import dev.drover.mappings.plan.VmPlan.DiskOverride;
import dev.drover.mappings.plan.VmSettings.DiskBus;
import dev.drover.mappings.plan.VmSettings.GuestConversion;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class DisksTest {
  private static final ByteSize SIZE = ByteSize.ofGiB(1);

  private static SourceDisk at(String id, Bus bus, int controller, int unit) {
    return Given.disk(id, SIZE, new DiskAddress(bus, null, controller, unit), null);
  }

  private static Given disks(SourceDisk... disks) {
    Given given = Given.vm();
    given.disks.clear();
    given.disks.addAll(Arrays.asList(disks));
    return given;
  }

  private static SourceDisk sized(long bytes) {
    return Given.disk("d0", new ByteSize(bytes), new DiskAddress(Bus.SCSI, null, 0, 0), null);
  }

  private static SourceDisk serial(String id, String serial) {
    return Given.disk(id, SIZE, new DiskAddress(Bus.SCSI, null, 0, id.hashCode()), serial);
  }

  private static SourceDisk of(SourceDisk.Kind kind, SourceDisk.Sharing sharing) {
    return Given.disk("d0", SIZE, new DiskAddress(Bus.SCSI, null, 0, 0), null, kind, sharing, null);
  }

  private static List<String> ids(Given given) {
    return given.target().disks().stream().map(TargetDisk::sourceId).toList();
  }

  @Test
  void comeInTheOrderOfTheFirmware() {
    assertEquals(
        List.of("sata", "ide", "scsi0:1", "scsi0:10", "scsi1:0", "nvme"),
        ids(
            disks(
                at("nvme", Bus.NVME, 0, 0),
                at("scsi1:0", Bus.SCSI, 1, 0),
                at("scsi0:10", Bus.SCSI, 0, 10),
                at("scsi0:1", Bus.SCSI, 0, 1),
                at("ide", Bus.IDE, 0, 0),
                at("sata", Bus.SATA, 0, 0))));
  }

  @Test
  void bootFromTheFirstWhereTheSourceDoesNotSay() {
    Given given = disks(at("b", Bus.SCSI, 0, 1), at("a", Bus.SCSI, 0, 0));
    assertEquals(1, given.target().disks().get(0).bootOrder());
    assertNull(given.target().disks().get(1).bootOrder());
  }

  @Test
  void bootInTheSourcesOwnOrderOverDisksAndNics() {
    Given given = disks(at("a", Bus.SCSI, 0, 0), at("b", Bus.SCSI, 0, 1));
    given.more = vm -> vm.firmware(booting("n0", "gone", "b", "b"));
    assertEquals(1, given.nic().bootOrder());
    assertEquals(2, given.target().disks().get(1).bootOrder());
    assertNull(given.target().disks().get(0).bootOrder());
    assertEquals("gone", given.finding("BOOT-001").evidence());
  }

  @Test
  void theFirstDiskBootsAlsoWhereTheSourceNamesNicsOnly() {
    Given given = Given.vm();
    given.more = vm -> vm.firmware(booting("n0"));
    assertEquals(2, given.disk().bootOrder());
  }

  private static Firmware booting(String... ids) {
    return new Firmware(Firmware.Type.BIOS, Answer.NO, Answer.NO, List.of(ids), null, null, null);
  }

  @ParameterizedTest
  @CsvSource({
    "ubuntu64Guest,SCSI,virtio,",
    "rhel9_64Guest,SCSI,virtio,BUS-003",
    "rhel9_64Guest,SATA,sata,BUS-002",
    "windows2019srv_64Guest,SCSI,sata,BUS-005",
    "winXPProGuest,IDE,sata,BUS-004",
    "otherLinuxGuest,SCSI,sata,BUS-005",
    "rhel4Guest,SCSI,sata,BUS-005"
  })
  void getVirtioOnlyWhereTheGuestHasTheDriver(String os, Bus bus, DiskBus becomes, String code) {
    Given given = Given.os(os);
    given.disks.clear();
    given.disks.add(at("d0", bus, 0, 0));
    assertEquals(becomes, given.disk().bus());
    assertEquals(
        code == null ? List.of() : List.of(code),
        given.map().findings().stream()
            .map(f -> f.code())
            .filter(c -> c.startsWith("BUS"))
            .toList());
  }

  @Test
  void getVirtioInWindowsOnceDriversArePutIn() {
    Given given = Given.os("windows2019srv_64Guest");
    given.settings = Given.settings(null, null, null, null, null, GuestConversion.auto);
    assertEquals(DiskBus.virtio, given.disk().bus());
    assertEquals("virtio", given.nic().model());
  }

  @Test
  void getVirtioWhereTheImporterSawTheDriversAndNotWhereItSawNone() {
    Given given = Given.vm();
    given.guest = new Guest("windows9_64Guest", null, null, null, null, null, Answer.YES);
    assertEquals(DiskBus.virtio, given.disk().bus());
    given.guest = new Guest("ubuntu64Guest", null, null, null, null, null, Answer.NO);
    assertEquals(DiskBus.sata, given.disk().bus());
  }

  @Test
  void takeThePlansBusAndSayTheRisk() {
    Given given = Given.os("windows2019srv_64Guest");
    given.defaults = Given.bus(DiskBus.virtio);
    assertEquals(DiskBus.virtio, given.disk().bus());
    given.finding("BUS-001");
    given.diskOverrides.put("d0", new DiskOverride(false, DiskBus.usb, "fast"));
    assertEquals(DiskBus.usb, given.disk().bus());
    assertEquals("fast", given.disk().storage().storageClass());
  }

  @Test
  void keepTheirNumberWhenAnotherStaysBehind() {
    Given given = disks(at("a", Bus.SCSI, 0, 0), at("b", Bus.SCSI, 0, 1));
    given.diskOverrides.put("a", new DiskOverride(true, null, null));
    assertEquals("web-disk1", given.disk().claim());
    assertEquals("disk1", given.disk().name());
    assertEquals(1, given.disk().bootOrder());
    given.finding("DISK-001");
  }

  @Test
  void theClaimsNameIsALabelAlsoForTheLongestName() {
    Given given = Given.vm();
    given.targetName = "a".repeat(63);
    String claim = given.disk().claim();
    assertTrue(DnsLabel.valid(claim), claim);
    assertTrue(claim.endsWith("-disk0"), claim);
    given.targetName = "a".repeat(62) + "b";
    assertTrue(!claim.equals(given.disk().claim()), claim);
  }

  @Test
  void ofNoSizeAreABlockerWithTheLineThatLeavesThemBehind() {
    assertTrue(
        disks(sized(0)).blocker("DISK-003").remedy().contains("disks: {'d0': {skip: true}}"));
  }

  @Test
  void ofAbsurdSizeAreSaidAndDoNotOverflow() {
    Given given = disks(sized(Long.MAX_VALUE), at("b", Bus.SCSI, 0, 1), at("c", Bus.SCSI, 0, 2));
    given.finding("DISK-004");
    assertEquals(3, given.target().disks().size());
  }

  @Test
  void ofASizeBetweenSectorsAreSaid() {
    disks(sized((1 << 20) + 1)).finding("DISK-005");
  }

  @Test
  void thatAreFloppiesStayBehind() {
    Given given = disks(at("fd0", Bus.FLOPPY, 0, 0));
    assertTrue(given.target().disks().isEmpty());
    given.finding("DISK-002");
    given.finding("DISK-012");
  }

  @Test
  void thatAreNotThereAreSaid() {
    disks().finding("DISK-006");
  }

  @Test
  void moreThanABusHoldsAreSaid() {
    Given given = disks();
    for (int i = 0; i < 27; i++) {
      given.disks.add(at("d" + i, Bus.SCSI, 0, i));
    }
    assertTrue(given.finding("DISK-008").remedy().contains("diskBus: scsi"));
    for (int i = 27; i < 256; i++) {
      given.disks.add(at("d" + i, Bus.SCSI, 0, i));
    }
    given.blocker("DISK-007");
    assertEquals(256, new HashSet<>(given.target().disks()).size());
  }

  @Test
  void thatThePlanInventsAreABlocker() {
    Given given = Given.vm();
    given.diskOverrides.put("d9", new DiskOverride(true, null, null));
    assertTrue(given.blocker("DISK-009").remedy().contains("[d0]"));
  }

  @Test
  void cutTheirSerialsAndSayIt() {
    Given given = disks(serial("d0", "6000c29-1122 3344 5566 7788 9900"));
    assertEquals("6000c29-112233445566", given.disk().serial());
    given.finding("DISK-011");
    assertEquals("WD-0001", disks(serial("d0", "WD-0001")).disk().serial());
    assertNull(disks(serial("d0", "///")).disk().serial());
  }

  @Test
  void neverShareASerial() {
    Given given =
        disks(serial("d0", "12345678901234567890-a"), serial("d1", "12345678901234567890-b"));
    assertEquals(1, given.target().disks().stream().filter(d -> d.serial() != null).count());
    given.finding("DISK-010");
  }

  @Test
  void thatTheGuestDrivesItselfOrSharesAreABlocker() {
    disks(of(SourceDisk.Kind.RDM_PHYSICAL, SourceDisk.Sharing.NONE)).blocker("DISK-020");
    disks(of(SourceDisk.Kind.RDM_VIRTUAL, SourceDisk.Sharing.NONE)).finding("DISK-021");
    disks(of(SourceDisk.Kind.BLANK, SourceDisk.Sharing.NONE)).finding("DISK-022");
    disks(of(SourceDisk.Kind.FILE, SourceDisk.Sharing.MULTI_WRITER)).blocker("DISK-023");
    disks(of(SourceDisk.Kind.FILE, SourceDisk.Sharing.SHARED_BUS)).blocker("DISK-023");
  }

  @Test
  void thatSnapshotsLeaveOutAreSaid() {
    SourceDisk d = Given.disk("d0");
    for (SourceDisk.Mode mode : SourceDisk.Mode.values()) {
      Given given =
          disks(
              new SourceDisk(
                  d.id(),
                  d.label(),
                  d.size(),
                  null,
                  d.address(),
                  d.backing(),
                  d.sharing(),
                  mode,
                  null,
                  null,
                  Answer.NO,
                  null));
      assertEquals(
          mode == SourceDisk.Mode.INDEPENDENT_PERSISTENT, given.maybe("DISK-024").isPresent());
      assertEquals(
          mode == SourceDisk.Mode.INDEPENDENT_NONPERSISTENT, given.maybe("DISK-025").isPresent());
    }
  }

  @Test
  void takeTheFirstLineOfTheStorageMapThatMatches() {
    Given given =
        disks(
            Given.disk(
                "d0",
                SIZE,
                new DiskAddress(Bus.SCSI, null, 0, 0),
                null,
                SourceDisk.Kind.FILE,
                SourceDisk.Sharing.NONE,
                "ssd-07"));
    given.storage = List.of(line("hdd*", "slow"), line("ssd*", "fast"), line("*", "any"));
    assertEquals("fast", given.disk().storage().storageClass());
    given.storage = List.of(line("hdd*", "slow"));
    assertTrue(given.blocker("STO-001").remedy().contains("- {source: 'ssd-07', storageClass:"));
  }

  @Test
  void withoutADatastoreAreMatchedByAStarAlone() {
    Given given = Given.vm();
    given.storage = List.of(line("**", "no"), line("*", "any"));
    assertEquals("any", given.disk().storage().storageClass());
    given.storage = List.of();
    assertTrue(given.blocker("STO-001").remedy().contains("source: '*'"));
  }

  private static StorageMapping line(String source, String storageClass) {
    return new StorageMapping(source, storageClass, null, null, DiskFormat.RAW, false);
  }

  @ParameterizedTest
  @ValueSource(strings = {"ReadWriteOnce", "ReadWriteMany"})
  void thatMoveBetweenHostsNeedAVolumeForManyNodes(AccessMode mode) {
    Given given = Given.vm();
    given.storage = List.of(new StorageMapping("*", null, mode, null, DiskFormat.RAW, false));
    given.more =
        vm ->
            vm.placement(
                new Placement(
                    null, null, null, null, null, null, List.of(), Answer.YES, Answer.NO));
    assertEquals(mode == AccessMode.ReadWriteOnce, given.maybe("STO-003").isPresent());
  }

  @Test
  void onReadOnlyVolumesAreABlocker() {
    Given given = Given.vm();
    given.storage =
        List.of(
            new StorageMapping("*", null, AccessMode.ReadOnlyMany, null, DiskFormat.RAW, false));
    given.blocker("STO-002");
  }
}
