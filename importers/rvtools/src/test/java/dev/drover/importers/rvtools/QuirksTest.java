package dev.drover.importers.rvtools;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.drover.importers.api.Discovery;
import dev.drover.mappings.model.Answer;
import dev.drover.mappings.model.ByteSize;
import dev.drover.mappings.model.EstatePart;
import dev.drover.mappings.model.Finding;
import dev.drover.mappings.model.PowerState;
import dev.drover.mappings.model.SourceDisk;
import dev.drover.mappings.model.SourceVm;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What versions, locales and people do to exports. */
final class QuirksTest {
  @SuppressWarnings("NullAway.Init") // JUnit sets it.
  @TempDir
  Path folder;

  @Test
  void readsHeadersOfOldVersionsAndThoseWithTheirSheetBeforeThem() {
    Path file =
        Sheets.csv(
            folder,
            "x_vInfo.csv",
            "vInfoVMName|vInfoPowerstate|vInfo# CPUs|vInfoMemory|vInfoIn use MB|vInfoObject ID"
                + "|vInfoApplication|vInfoSDRS Rules",
            "a|poweredOn|4|2048|100|vm-9|shop|");
    SourceVm vm = Sheets.vm(Sheets.list(file), "a");
    assertEquals(4, vm.cpu().count());
    assertEquals(ByteSize.ofGiB(2), vm.memory().size());
    assertEquals(ByteSize.ofMiB(100), vm.used());
    assertEquals("vm-9", vm.ref().id());
    assertEquals(Map.of("Application", "shop"), vm.identity().attributes());
  }

  @Test
  void decidesTheLocaleOnceForEachFile() {
    Path file =
        Sheets.file(
            folder.resolve("vInfo.csv"),
            "VM;CPUs;Memory;In Use MiB;VM ID\na;1;1.024;1.024,5;vm-1\nb;1;2.048;512,25;vm-2\n");
    List<Discovery> all = Sheets.list(file);
    assertEquals(ByteSize.ofMiB(1024), Sheets.vm(all, "a").memory().size());
    assertEquals(new ByteSize((long) (1024.5 * (1 << 20))), Sheets.vm(all, "a").used());
    assertEquals(ByteSize.ofMiB(2048), Sheets.vm(all, "b").memory().size());
    assertEquals(Finding.Severity.INFO, Sheets.notice(all, "RVT-014").finding().severity());
  }

  @Test
  void saysWhereTheLocaleIsNoMoreThanLikelyAndTakesAnOption() {
    Path file = Sheets.file(folder.resolve("vInfo.csv"), "VM;CPUs;Memory;VM ID\na;1;1.024;vm-1\n");
    List<Discovery> all = Sheets.list(file);
    assertEquals(ByteSize.ofMiB(1024), Sheets.vm(all, "a").memory().size());
    assertEquals(Finding.Severity.WARNING, Sheets.notice(all, "RVT-014").finding().severity());
    List<Discovery> chosen = Sheets.list(file, Map.of("decimal", "point"));
    assertEquals(Math.round(1.024 * (1 << 20)), Sheets.vm(chosen, "a").memory().size().bytes());
  }

  @Test
  void readsNumbersOfAWorkbookWithoutALocale() {
    Path file =
        Sheets.workbook(
            folder.resolve("x.xlsx"),
            Map.of("vInfo", List.of("VM|CPUs|Memory|In Use MiB|VM ID", "a|2|1024|1.125|vm-1")));
    assertEquals(1_179_648, used(Sheets.vm(Sheets.list(file), "a")).bytes());
  }

  private static ByteSize used(SourceVm vm) {
    ByteSize used = vm.used();
    if (used == null) {
      throw new AssertionError("unknown");
    }
    return used;
  }

  @Test
  void saysWhichSheetsAndColumnsAreMissing() {
    Path file =
        Sheets.workbook(
            folder.resolve("x.xlsx"),
            Map.of("vInfo", List.of("VM|CPUs|Memory|VM ID", "a|2|1024|vm-1")));
    List<Discovery> all = Sheets.list(file);
    String columns = Sheets.notice(all, "RVT-011").finding().what();
    assertTrue(columns.contains("Powerstate") && columns.contains("Firmware"), columns);
    assertEquals("x.xlsx:vInfo", Sheets.notice(all, "RVT-011").place());
    long sheets =
        all.stream()
            .filter(d -> d instanceof Discovery.Noticed n && n.finding().code().equals("RVT-010"))
            .count();
    assertEquals(12, sheets);
    SourceVm vm = Sheets.vm(all, "a");
    assertEquals(PowerState.UNKNOWN, vm.power());
    assertNull(vm.snapshots());
    assertEquals(Answer.UNKNOWN, vm.identity().template());
    assertEquals(Answer.UNKNOWN, vm.placement().liveMigrated());
    assertEquals(Answer.UNKNOWN, vm.cpu().hotAdd());
  }

  @Test
  void saysThatASheetHasNoKeyColumn() {
    Map<String, List<String>> sheets = new LinkedHashMap<>();
    sheets.put("vInfo", List.of(Sheets.INFO, Sheets.info("a", "vm-1", "v", 1)));
    sheets.put("vDisk", List.of("Disk|Capacity MiB", "Hard disk 1|100"));
    List<Discovery> all = Sheets.list(Sheets.workbook(folder.resolve("x.xlsx"), sheets));
    assertEquals("x.xlsx:vDisk", Sheets.notice(all, "RVT-012").place());
    assertEquals(
        Finding.Severity.BLOCKER, Sheets.finding(Sheets.vm(all, "a"), "RVT-030").severity());
    Path lost =
        Sheets.workbook(folder.resolve("y.xlsx"), Map.of("vInfo", List.of("CPUs|Memory", "1|2")));
    assertTrue(Sheets.unreadable(Sheets.list(lost)).get(0).contains("RVT-012"));
  }

  @Test
  void findsSheetsThatContradictEachOther() {
    Sheets.csv(
        folder,
        "RVTools_tabvInfo.csv",
        Sheets.INFO,
        Sheets.info("a", "vm-1", "v", 3),
        Sheets.info("b", "vm-2", "v", 1));
    Sheets.csv(
        folder,
        "RVTools_tabvDisk.csv",
        Sheets.DISK,
        Sheets.disk("a", "vm-1", "v", 1, "100"),
        Sheets.disk("a", "vm-1", "v", 2, "100"),
        Sheets.disk("b", "vm-2", "v", 1, "100"),
        Sheets.disk("b", "vm-2", "v", 2, "100"),
        Sheets.disk("gone", "vm-77", "v", 1, "100"));
    List<Discovery> all = Sheets.list(folder);
    Finding fewer = Sheets.finding(Sheets.vm(all, "a"), "RVT-030");
    assertEquals(Finding.Severity.BLOCKER, fewer.severity());
    assertTrue(fewer.evidence().contains("3 and 2"), fewer.evidence());
    assertEquals(
        Finding.Severity.WARNING, Sheets.finding(Sheets.vm(all, "b"), "RVT-030").severity());
    assertEquals("RVTools_tabvDisk.csv:vDisk:6", Sheets.notice(all, "RVT-017").place());
  }

  @Test
  void takesNoSizeBelowZeroForOne() {
    Sheets.csv(
        folder,
        "RVTools_tabvInfo.csv",
        Sheets.INFO,
        Sheets.info("a", "vm-1", "v", 1),
        Sheets.info("b", "vm-2", "v", 0).replace("|4096|", "|-4096|"),
        Sheets.info("c", "vm-3", "v", 0).replace("|1024|", "|-1|"));
    Sheets.csv(
        folder, "RVTools_tabvDisk.csv", Sheets.DISK, Sheets.disk("a", "vm-1", "v", 1, "-100"));
    List<Discovery> all = Sheets.list(folder);
    assertEquals(
        Finding.Severity.BLOCKER, Sheets.finding(Sheets.vm(all, "a"), "RVT-032").severity());
    assertTrue(Sheets.unreadable(all).get(0).contains("RVT-022"));
    assertTrue(Sheets.unreadable(all).get(0).startsWith("RVTools_tabvInfo.csv:vInfo:3"));
    assertNull(Sheets.vm(all, "c").used());
    assertTrue(Sheets.finding(Sheets.vm(all, "c"), "RVT-041").evidence().contains("-1"));
  }

  @Test
  void keepsVcentersOfOneFileApart() {
    Sheets.csv(
        folder,
        "RVTools_tabvInfo.csv",
        Sheets.INFO,
        Sheets.info("a", "vm-1", "v1", 1),
        Sheets.info("b", "vm-1", "v2", 1));
    Sheets.csv(
        folder,
        "RVTools_tabvDisk.csv",
        Sheets.DISK,
        Sheets.disk("a", "vm-1", "v1", 1, "100"),
        Sheets.disk("b", "vm-1", "v2", 1, "200"));
    List<Discovery> all = Sheets.list(folder);
    assertEquals("vm-1@v1", Sheets.vm(all, "a").ref().id());
    assertEquals("vm-1@v2", Sheets.vm(all, "b").ref().id());
    assertEquals(ByteSize.ofMiB(200), Sheets.vm(all, "b").totalDiskSize());
  }

  @Test
  void takesTheNewerOfTwoExportsOfOneVcenter() throws Exception {
    Path old =
        Sheets.workbook(
            folder.resolve("b.xlsx"),
            Map.of(
                "vInfo",
                List.of(
                    Sheets.INFO,
                    Sheets.info("old-name", "vm-1", "v", 0),
                    Sheets.info("gone", "vm-2", "v", 0))));
    Path young =
        Sheets.workbook(
            folder.resolve("a.xlsx"),
            Map.of("vInfo", List.of(Sheets.INFO, Sheets.info("new-name", "vm-1", "v", 0))));
    Sheets.workbook(
        folder.resolve("c.xlsx"),
        Map.of("vInfo", List.of(Sheets.INFO, Sheets.info("part", "vm-3", "v", 0))));
    Files.setLastModifiedTime(old, FileTime.from(Instant.parse("2026-01-01T00:00:00Z")));
    Files.setLastModifiedTime(young, FileTime.from(Instant.parse("2026-02-01T00:00:00Z")));
    List<Discovery> all = Sheets.list(folder);
    assertEquals(
        List.of("new-name", "part"), Sheets.vms(all).stream().map(SourceVm::name).toList());
    Discovery.Noticed notice = Sheets.notice(all, "RVT-015");
    assertEquals("b.xlsx", notice.place());
    assertTrue(notice.finding().what().contains("1 VMs that only it has"));
  }

  @Test
  void leavesRepeatedHeadersOutButKeepsAVmThatIsCalledVm() {
    Path file =
        Sheets.csv(
            folder,
            "vInfo.csv",
            "VM|CPUs|Memory|VM ID",
            "a|1|1024|vm-1",
            "VM|CPUs|Memory|VM ID",
            "VM|||",
            "VM|2|2048|vm-2");
    List<Discovery> all = Sheets.list(file);
    assertEquals(List.of("a", "VM"), Sheets.vms(all).stream().map(SourceVm::name).toList());
    assertTrue(Sheets.notice(all, "RVT-019").finding().what().startsWith("2 rows"));
  }

  @Test
  void tellsASecondRowOfOneVm() {
    Path file =
        Sheets.csv(
            folder,
            "vInfo.csv",
            Sheets.INFO,
            Sheets.info("a", "vm-1", "v", 0),
            Sheets.info("a", "vm-1", "v", 0));
    assertEquals(1, Sheets.vms(Sheets.list(file)).size());
    assertTrue(Sheets.unreadable(Sheets.list(file)).get(0).contains("RVT-016"));
  }

  @Test
  void readsBooleansInEveryWayTheyAreWritten() {
    Path file =
        Sheets.csv(
            folder,
            "vInfo.csv",
            "VM|CPUs|Memory|VM ID|Template|SRM Placeholder|EFI Secure boot",
            "a|1|1024|vm-1|True|1|yes",
            "b|1|1024|vm-2|FALSE|0|No",
            "c|1|1024|vm-3|Wahr||maybe");
    List<Discovery> all = Sheets.list(file);
    SourceVm a = Sheets.vm(all, "a");
    assertEquals(Answer.YES, a.identity().template());
    assertEquals(Answer.YES, a.identity().placeholder());
    assertEquals(Answer.YES, a.firmware().secureBoot());
    SourceVm b = Sheets.vm(all, "b");
    assertEquals(Answer.NO, b.identity().template());
    assertEquals(Answer.NO, b.firmware().secureBoot());
    SourceVm c = Sheets.vm(all, "c");
    assertEquals(Answer.YES, c.identity().template());
    assertEquals(Answer.UNKNOWN, c.identity().placeholder());
    assertEquals(Answer.UNKNOWN, c.firmware().secureBoot());
  }

  @Test
  void leavesAddressesAndPartitionsOfAPoweredOffVmUnknown() {
    Sheets.csv(
        folder,
        "RVTools_tabvInfo.csv",
        Sheets.INFO,
        Sheets.info("on", "vm-1", "v", 0),
        Sheets.info("off", "vm-2", "v", 0).replace("poweredOn", "poweredOff"));
    for (String sheet : List.of("vNetwork", "vPartition")) {
      String head =
          sheet.equals("vNetwork")
              ? "VM|NIC label|Adapter|Network|Mac Address|IPv4 Address|VM ID"
              : "VM|Disk|Capacity MiB|Free MiB|Free %|VM ID";
      String cells =
          sheet.equals("vNetwork")
              ? "|Network adapter 1|Vmxnet3|LAN|00:50:56:AA:bb:01|10.0.0.1 fe80::1|"
              : "|C:\\|1000|400|40|";
      Sheets.csv(
          folder,
          "RVTools_tab" + sheet + ".csv",
          head,
          "on" + cells + "vm-1",
          "off" + cells + "vm-2");
    }
    List<Discovery> all = Sheets.list(folder);
    SourceVm on = Sheets.vm(all, "on");
    assertEquals("[10.0.0.1, fe80::1]", addresses(on).toString());
    assertEquals("00:50:56:aa:bb:01", on.nics().get(0).mac());
    assertEquals("vmxnet3", on.nics().get(0).model());
    assertEquals(
        ByteSize.ofMiB(400),
        java.util.Objects.requireNonNull(on.guest().filesystems()).get(0).free());
    SourceVm off = Sheets.vm(all, "off");
    assertNull(off.nics().get(0).addresses());
    assertNull(off.guest().filesystems());
  }

  private static List<String> addresses(SourceVm vm) {
    return java.util.Objects.requireNonNull(vm.nics().get(0).addresses()).stream()
        .map(a -> a.address())
        .toList();
  }

  @Test
  void letsTheToolsWinOverTheConfigurationFile() {
    Path file = Sheets.csv(folder, "vInfo.csv", Sheets.INFO, Sheets.info("a", "vm-1", "v", 0));
    SourceVm vm = Sheets.vm(Sheets.list(file), "a");
    assertEquals("Ubuntu 22.04.3 LTS", vm.guest().reportedOs());
    assertEquals("Ubuntu Linux (64-bit)", vm.guest().configuredOsName());
  }

  @Test
  void knowsSnapshotDatesOnlyWithTheirZone() {
    Sheets.csv(folder, "RVTools_tabvInfo.csv", Sheets.INFO, Sheets.info("a", "vm-1", "v", 0));
    Sheets.csv(
        folder,
        "RVTools_tabvSnapshot.csv",
        "VM|Name|Date / time|Size MiB (vmsn)|Size MiB (total)|Quiesced|VM ID",
        "a|serial|45366.5|1|512|True|vm-1",
        "a|text|2024/03/15 12:00:00|1|512|False|vm-1",
        "a|unclear|03/04/2024 12:00|1|512|False|vm-1");
    var unknown = java.util.Objects.requireNonNull(Sheets.vm(Sheets.list(folder), "a").snapshots());
    assertEquals(3, unknown.size());
    assertNull(unknown.get(0).created());
    assertEquals(ByteSize.ofMiB(512), unknown.get(0).size());
    var known =
        java.util.Objects.requireNonNull(
            Sheets.vm(Sheets.list(folder, Map.of("timezone", "Europe/Berlin")), "a").snapshots());
    assertEquals(Instant.parse("2024-03-15T11:00:00Z"), known.get(0).created());
    assertEquals(Instant.parse("2024-03-15T11:00:00Z"), known.get(1).created());
    assertNull(known.get(2).created());
  }

  @Test
  void fillsInWhatDisksTell() {
    Sheets.csv(
        folder,
        "RVTools_tabvInfo.csv",
        Sheets.INFO + "|CBT|EnableUUID",
        Sheets.info("a", "vm-1", "v", 4) + "|True|True");
    Sheets.csv(
        folder,
        "RVTools_tabvDisk.csv",
        Sheets.DISK + "|Raw Comp. Mode|Shared Bus|Disk UUID",
        Sheets.disk("a", "vm-1", "v", 1, "100") + "||noSharing|6000C291-aa-bb",
        Sheets.disk("a", "vm-1", "v", 2, "100").replace("|False|persistent", "|True|persistent")
            + "|physicalMode|noSharing|",
        Sheets.disk("a", "vm-1", "v", 3, "100").replace("sharingNone", "sharingMultiWriter")
            + "|||",
        Sheets.disk("a", "vm-1", "v", 4, "100").replace("persistent", "independent_nonpersistent")
            + "||physicalSharing|");
    SourceVm vm = Sheets.vm(Sheets.list(folder), "a");
    SourceDisk first = vm.disks().get(0);
    assertEquals("2000", first.id());
    assertEquals("6000c291aabb", first.serial());
    assertEquals(Answer.YES, first.changeTracking());
    assertEquals(Answer.YES, first.backing().thin());
    assertEquals("ds1", first.backing().datastore());
    assertEquals("SCSI", first.address().bus().name());
    assertNull(first.used(), "four disks: nobody knows whose the used bytes are");
    assertEquals(SourceDisk.Kind.RDM_PHYSICAL, vm.disks().get(1).backing().kind());
    assertEquals(SourceDisk.Sharing.MULTI_WRITER, vm.disks().get(2).sharing());
    assertEquals(SourceDisk.Sharing.SHARED_BUS, vm.disks().get(3).sharing());
    assertEquals(SourceDisk.Mode.INDEPENDENT_NONPERSISTENT, vm.disks().get(3).mode());
  }

  @Test
  void readsKeysAndVersionsThatExcelTookForAmountsInEveryLocale() {
    for (String[] form :
        new String[][] {
          {"2000", "11365", "19"},
          {"2,000", "11,365", "19.0"},
          {"2.000", "11.365", "19,0"},
          {"2 000", "11 365", "19"},
          {"2\u202f000", "11\u00a0365", "19"},
          {"2’000", "11'365", "19"},
          {"2000.0", "11365.00", "19.0"},
          {"2000,00", "1.1365E4", "1.9E+1"},
          {"2,000.00", "11.365,00", "19"}
        }) {
      semicolons(
          "vInfo", Sheets.INFO + "|HW version", Sheets.info("a", "vm-1", "v", 1) + "|" + form[2]);
      semicolons("vDisk", Sheets.DISK, disk(form[0]));
      semicolons("vTools", "VM|Tools|Tools Version|VM ID", "a|toolsOk|" + form[1] + "|vm-1");
      assertKeys(Sheets.vm(Sheets.list(folder), "a"), form);
    }
    String[] form = {"2000.0", "11365.0", "19.0"};
    Path book =
        Sheets.workbook(
            folder.resolve("typed").resolve("x.xlsx"),
            Map.of(
                "vInfo",
                List.of(
                    Sheets.INFO + "|HW version", Sheets.info("a", "vm-1", "v", 1) + "|" + form[2]),
                "vDisk",
                List.of(Sheets.DISK, disk(form[0])),
                "vTools",
                List.of("VM|Tools|Tools Version|VM ID", "a|toolsOk|" + form[1] + "|vm-1")));
    assertKeys(Sheets.vm(Sheets.list(book), "a"), form);
  }

  private static String disk(String key) {
    return Sheets.disk("a", "vm-1", "v", 1, "100").replace("|2000|", "|" + key + "|");
  }

  private void semicolons(String sheet, String... lines) {
    Sheets.file(
        folder.resolve("RVTools_tab" + sheet + ".csv"),
        String.join("\n", lines).replace('|', ';') + "\n");
  }

  private static void assertKeys(SourceVm vm, String[] form) {
    assertEquals("2000", vm.disks().get(0).id(), form[0]);
    assertEquals("11365", java.util.Objects.requireNonNull(vm.guest().tools()).version(), form[1]);
    assertEquals("vmx-19", vm.identity().hardwareVersion(), form[2]);
  }

  @Test
  void saysOfOldToolsThatTheyAreOutOfDate() {
    Sheets.csv(
        folder,
        "RVTools_tabvInfo.csv",
        Sheets.INFO,
        Sheets.info("a", "vm-1", "v", 0),
        Sheets.info("b", "vm-2", "v", 0),
        Sheets.info("c", "vm-3", "v", 0));
    Sheets.csv(
        folder,
        "RVTools_tabvTools.csv",
        "VM|Tools|Tools Version|Upgradeable|VM ID",
        "a|toolsOld|10305|Yes|vm-1",
        "b|toolsOk|0|Yes|vm-2",
        "c|toolsOk|12352|No|vm-3");
    List<Discovery> all = Sheets.list(folder);
    assertEquals("10305, out of date", toolsVersion(all, "a"));
    assertEquals("out of date", toolsVersion(all, "b"));
    assertEquals("12352", toolsVersion(all, "c"));
  }

  private static @org.jspecify.annotations.Nullable String toolsVersion(
      List<Discovery> all, String name) {
    return java.util.Objects.requireNonNull(Sheets.vm(all, name).guest().tools()).version();
  }

  @Test
  void keepsVersionsThatAreNoWholeNumbers() {
    for (String text : List.of("12.1.5", "10.3", "0.125", "2.0000.1", "vmx-19", "1.5E400", "")) {
      assertEquals(text, WholeText.of(text));
    }
  }

  @Test
  void findsAVmByItsIdHoweverAWorkbookWritesTheNumber() {
    Path file =
        Sheets.workbook(
            folder.resolve("ids.xlsx"),
            Map.of(
                "vInfo",
                List.of(Sheets.INFO, Sheets.info("a", "1001.0", "v", 1)),
                "vDisk",
                List.of(Sheets.DISK, Sheets.disk("a", "1001", "v", 1, "100"))));
    SourceVm vm = Sheets.vm(Sheets.list(file), "a");
    assertEquals("1001", vm.ref().id());
    assertEquals(1, vm.disks().size());
  }

  @Test
  void derivesLiveMigrationFromDrsAndKnowsTheEstate() {
    Sheets.csv(
        folder,
        "RVTools_tabvInfo.csv",
        Sheets.INFO,
        Sheets.info("a", "vm-1", "v", 0),
        Sheets.info("b", "vm-2", "v", 0).replace("|cl|", "|other|"),
        Sheets.info("c", "vm-3", "v", 0).replace("|cl|", "||"));
    Sheets.csv(
        folder,
        "RVTools_tabvCluster.csv",
        "Name|HA enabled|DRS enabled|DRS default VM behavior|DPM enabled|VI SDK UUID",
        "cl|True|True|fullyAutomated|False|v");
    Sheets.csv(
        folder,
        "RVTools_tabvHost.csv",
        "Host|Cluster|HT Active|# CPU|# Cores|# Memory|in Maintenance Mode",
        "esx1|cl|True|2|40|262144|False");
    List<Discovery> all = Sheets.list(folder);
    assertEquals(Answer.YES, Sheets.vm(all, "a").placement().liveMigrated());
    assertEquals(Answer.UNKNOWN, Sheets.vm(all, "b").placement().liveMigrated());
    assertEquals(Answer.NO, Sheets.vm(all, "c").placement().liveMigrated());
    EstatePart.Host host = (EstatePart.Host) Sheets.parts(all).get(0);
    assertEquals(80, host.threads());
    assertEquals(ByteSize.ofGiB(256), host.memory());
    assertEquals(Answer.YES, host.usable());
    EstatePart.Cluster cluster = (EstatePart.Cluster) Sheets.parts(all).get(1);
    assertEquals(Answer.NO, cluster.powersDown());
    assertEquals(Answer.YES, cluster.balances());
  }

  @Test
  void knowsVmsThatVsphereMakesForItself() {
    Path file =
        Sheets.csv(
            folder,
            "vInfo.csv",
            Sheets.INFO,
            Sheets.info("vCLS-420a", "vm-1", "v", 0),
            Sheets.info("vclstore", "vm-2", "v", 0));
    List<Discovery> all = Sheets.list(file);
    assertEquals("RVT-040", Sheets.finding(Sheets.vm(all, "vCLS-420a"), "RVT-040").code());
    assertEquals(List.of(), Sheets.vm(all, "vclstore").findings());
  }

  @Test
  void makesAttributesOfColumnsThatAreNotRvtools() {
    Path file =
        Sheets.csv(
            folder,
            "vInfo.csv",
            Sheets.INFO + "|Cost Center|Heartbeat|Tags",
            Sheets.info("a", "vm-1", "v", 0) + "|4711|green|Tier:web; gold");
    SourceVm vm = Sheets.vm(Sheets.list(file), "a");
    assertEquals(Map.of("Cost Center", "4711"), vm.identity().attributes());
    assertEquals(2, vm.identity().tags().size());
    assertEquals("Tier", vm.identity().tags().get(0).category());
  }

  @Test
  void saysOfDisksThatTheExportDoesNotTellThatTheyAreUnknown() {
    Path file =
        Sheets.workbook(
            folder.resolve("x.xlsx"),
            Map.of(
                "vInfo",
                List.of(
                    "VM|CPUs|Memory|VM ID|Disks",
                    "a|2|1024|vm-1|3",
                    "b|2|1024|vm-2|",
                    "c|1|1|vm-3|0")));
    List<Discovery> all = Sheets.list(file);
    Finding counted = Sheets.finding(Sheets.vm(all, "a"), "RVT-030");
    assertTrue(
        counted.what().startsWith("its disks are unknown but for their number"), counted + "");
    Finding not = Sheets.finding(Sheets.vm(all, "b"), "RVT-030");
    assertEquals("its disks are unknown: the export does not tell them", not.what());
    assertEquals(List.of(), Sheets.vm(all, "c").findings());
    Path plain = Sheets.file(folder.resolve("t.csv"), "name,cpus,memory GiB\na,2,4\n");
    assertTrue(
        Sheets.finding(Sheets.vm(Sheets.list(plain), "a"), "RVT-030")
            .remedy()
            .contains("disk sizes GiB"));
  }

  @Test
  void readsAPlainTable() {
    Path file =
        Sheets.file(
            folder.resolve("servers.csv"),
            "name;cpus;memory GiB;disk sizes GiB;used GiB;os;power;network;application\n"
                + "web-1;2;4;40+200;90;Debian 12;on;LAN;shop\n"
                + "web-2;2;4;40;90;;;;\n"
                + "bad;;4;40;;;;;\n");
    List<Discovery> all = Sheets.list(file);
    SourceVm vm = Sheets.vm(all, "web-1");
    assertEquals("web-1", vm.ref().id());
    assertEquals(ByteSize.ofGiB(4), vm.memory().size());
    assertEquals(
        List.of(ByteSize.ofGiB(40), ByteSize.ofGiB(200)),
        vm.disks().stream().map(SourceDisk::size).toList());
    assertEquals(ByteSize.ofGiB(90), vm.used());
    assertEquals("LAN", vm.nics().get(0).network());
    assertEquals("shop", vm.identity().attributes().get("application"));
    assertEquals(ByteSize.ofGiB(40), Sheets.vm(all, "web-2").disks().get(0).used());
    Finding more = Sheets.finding(Sheets.vm(all, "web-2"), "RVT-037");
    assertEquals(Finding.Severity.WARNING, more.severity());
    assertTrue(more.evidence().startsWith("servers.csv:vInfo:3: 90 GiB of 40 GiB"), more + "");
    assertEquals(List.of(), vm.findings());
    assertTrue(Sheets.unreadable(all).get(0).contains("RVT-021"));
    assertEquals(0, all.stream().filter(Discovery.Noticed.class::isInstance).count());
  }
}
