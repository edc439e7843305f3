package dev.drover.mappings.assess;

import static dev.drover.mappings.assess.Given.disk;
import static dev.drover.mappings.assess.Given.fs;
import static dev.drover.mappings.assess.Given.nic;
import static dev.drover.mappings.assess.Given.placement;
import static dev.drover.mappings.assess.Given.profile;
import static dev.drover.mappings.assess.Given.storage;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.drover.mappings.model.Answer;
import dev.drover.mappings.model.ByteSize;
import dev.drover.mappings.model.Cpu;
import dev.drover.mappings.model.EstatePart;
import dev.drover.mappings.model.Finding;
import dev.drover.mappings.model.Firmware;
import dev.drover.mappings.model.Guest;
import dev.drover.mappings.model.Memory;
import dev.drover.mappings.model.PowerState;
import dev.drover.mappings.model.SnapshotNode;
import dev.drover.mappings.model.SourceDevice;
import dev.drover.mappings.model.SourceDisk;
import dev.drover.mappings.profile.TargetProfile;
import dev.drover.mappings.profile.TargetProfile.NodeGroup;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Each check with a VM at which it tells, and with one next to it at which it does not. */
class ChecksTest {
  /**
   * A case.
   *
   * @param fires makes an ordinary VM one that has the problem
   * @param quiet makes one that nearly has it
   */
  record Case(String code, Consumer<Given> fires, Consumer<Given> quiet) {
    @Override
    public String toString() {
      return code;
    }
  }

  private static Case of(String code, Consumer<Given> fires, Consumer<Given> quiet) {
    return new Case(code, fires, quiet);
  }

  static List<Case> cases() {
    List<Case> all = new ArrayList<>();
    all.addAll(system());
    all.addAll(guest());
    all.addAll(disks());
    all.addAll(target());
    all.addAll(place());
    return all;
  }

  private static List<Case> system() {
    return List.of(
        of("OS-040", g -> g.reportedOs = "Ubuntu 18.04", g -> g.reportedOs = "Ubuntu 24.04"),
        of(
            "OS-041",
            g -> g.reportedOs = "Microsoft Windows Server 2016 (64-bit)",
            g -> g.reportedOs = "Microsoft Windows Server 2016 or later (64-bit)"),
        of("OS-042", g -> g.reportedOs = "Apple macOS 11", g -> g.reportedOs = "Debian 12"),
        of("OS-043", g -> g.reportedOs = "FreeBSD 14", g -> g.reportedOs = "Debian 12"),
        of("OS-044", g -> g.configuredOs = "windows9_64Guest", g -> g.configuredOs = "otherGuest"),
        of(
            "VM-040",
            g -> g.notes = "VMware vCenter Server Appliance 8.0",
            g -> g.notes = "monitors vCenter"),
        of("VM-041", g -> g.name = "dc1_vcsa01", g -> g.name = "dc1_vcsales01"),
        of("VM-042", g -> g.hardware = "vmx-04", g -> g.hardware = "vmx-07"),
        of("VM-043", g -> g.hardware = "vmx-10", g -> g.hardware = "vmx-13"),
        of("VM-044", ChecksTest::off, g -> g.power = PowerState.ON),
        of("VM-045", g -> g.power = PowerState.UNKNOWN, g -> g.power = PowerState.SUSPENDED),
        of("VM-046", g -> g.snapshots = chain(4, TODAY), g -> g.snapshots = chain(3, TODAY)),
        of("VM-047", g -> g.snapshots = chain(1, LAST_YEAR), g -> g.snapshots = chain(1, TODAY)),
        of("VM-048", g -> g.disks = disksOfDepth(2), g -> g.disks = disksOfDepth(0)));
  }

  private static List<Case> guest() {
    return List.of(
        of(
            "GUEST-040",
            g -> g.tools = new Guest.Tools("VMware Tools", null, Answer.NO),
            g -> g.tools = new Guest.Tools("VMware Tools", null, Answer.UNKNOWN)),
        of(
            "GUEST-041",
            g -> g.tools = new Guest.Tools("VMware Tools", "10246 toolsOld", Answer.YES),
            g -> g.tools = new Guest.Tools("VMware Tools", "12352 toolsOk", Answer.YES)),
        of("GUEST-042", g -> g.tools = null, ChecksTest::off),
        of("GUEST-043", g -> g.hostName = "localhost.localdomain", g -> g.hostName = "localhosts"),
        of(
            "GUEST-044",
            g -> g.filesystems = List.of(fs("/boot", 500, 49)),
            g -> g.filesystems = List.of(fs("/boot", 500, 50), fs("/data", 500, 10))),
        of(
            "GUEST-045",
            g -> g.filesystems = List.of(fs("C:\\", 40_000, 900)),
            g -> g.filesystems = List.of(fs("C:\\", 10_000, 900))),
        of("NET-040", g -> g.nics = List.of(unaddressed("VM Network")), g -> {}),
        of(
            "NET-041",
            g -> g.nics = List.of(nic("n0", null, "VM Network", Answer.YES)),
            g -> g.nics = List.of(nic("n0", null, "VM Network", Answer.UNKNOWN))));
  }

  private static List<Case> disks() {
    return List.of(
        of("DISK-040", g -> g.disks = disksAt("[] web.vmdk", null), g -> {}),
        of("DISK-041", g -> g.estate.add(datastore("ds1", Answer.NO, 50)), inUse("ds2", Answer.NO)),
        of(
            "DISK-042",
            g -> g.estate.add(datastore("ds1", Answer.YES, 4)),
            g -> g.estate.add(datastore("ds1", Answer.YES, 6))),
        of(
            "DISK-043",
            g -> g.profile = profile(null, null, null, storage(Answer.YES, gib(39), null)),
            g -> g.profile = profile(null, null, null, storage(Answer.YES, gib(40), null))),
        of(
            "DISK-044",
            g -> g.profile = profile(null, null, null, storage(Answer.YES, null, gib(39))),
            g -> g.profile = profile(null, null, null, storage(Answer.YES, null, gib(40)))),
        of("DISK-045", g -> g.disks = many(166), g -> g.disks = many(165)),
        of("DISK-046", g -> g.disks = tracked(Answer.NO), g -> g.disks = tracked(Answer.UNKNOWN)),
        of(
            "DISK-047",
            g -> g.attributes.put("disk.EnableUUID", "FALSE"),
            g -> g.attributes.put("disk.EnableUUID", "TRUE")),
        of(
            "STO-040",
            g -> {
              g.policy = Given.classOf("slow");
              g.profile = profile(null, null, null, storage(Answer.YES, null, null));
            },
            g -> {
              g.policy = Given.classOf("fast");
              g.profile = profile(null, null, null, storage(Answer.YES, null, null));
            }),
        of(
            "STO-041",
            g -> {
              g.placement = placement("h1", Answer.YES, Answer.NO);
              g.profile = profile(null, null, null, storage(Answer.NO, null, null));
            },
            g -> {
              g.placement = placement("h1", Answer.YES, Answer.NO);
              g.profile = profile(null, null, null, storage(Answer.UNKNOWN, null, null));
            }),
        of("STO-042", lacking(g -> g.attributes.put("Last Backup", "Veeam")), lacking(g -> {})),
        of(
            "STO-043",
            lacking(g -> g.filesystems = List.of(fs("/data", 10_000, 1_000))),
            lacking(g -> g.filesystems = List.of(fs("/data", 10_000, 2_000)))),
        of("STO-044", lacking(g -> g.disks = shared()), lacking(g -> {})));
  }

  private static List<Case> target() {
    NodeGroup node = new NodeGroup("n", 3, 16, gib(64), null, null, Answer.YES);
    return List.of(
        of(
            "CPU-040",
            g -> {
              g.cpu = Cpu.ofCount(17);
              g.profile = profile(null, null, List.of(node), null);
            },
            g -> {
              g.cpu = Cpu.ofCount(16);
              g.profile = profile(null, null, List.of(node), null);
            }),
        of(
            "MEM-040",
            g -> {
              g.memory = Memory.ofSize(gib(65));
              g.profile = profile(null, null, List.of(node), null);
            },
            g -> g.memory = Memory.ofSize(gib(65))),
        of(
            "MEM-041",
            g -> g.memory = Memory.ofSize(gib(512)),
            g -> g.memory = Memory.ofSize(gib(511))),
        of(
            "MEM-042",
            g -> g.memory = new Memory(gib(4), gib(4), Answer.NO, Answer.NO),
            g -> g.memory = new Memory(gib(4), gib(3), Answer.NO, Answer.NO)),
        of(
            "TPM-040",
            g -> {
              g.firmware = tpm();
              g.profile = profile(List.of("LiveMigration"), null, null, null);
            },
            g -> {
              g.firmware = tpm();
              g.profile = profile(List.of("VMPersistentState"), null, null, null);
            }),
        of(
            "FW-040",
            g -> {
              g.firmware = Firmware.ofType(Firmware.Type.EFI);
              g.profile = kubeVirt("v1.6.3");
            },
            g -> {
              g.firmware = Firmware.ofType(Firmware.Type.EFI);
              g.profile = kubeVirt("v1.7.0");
            }),
        of("TPM-041", g -> sealed(g, tpm()), g -> sealed(g, g.firmware)),
        of(
            "DEV-040",
            g -> {
              g.devices.add(new SourceDevice(SourceDevice.Kind.VGPU, "grid_p40-8q"));
              g.profile = profile(List.of(), null, null, null);
            },
            g -> {
              g.devices.add(new SourceDevice(SourceDevice.Kind.CDROM, "CD/DVD drive 1"));
              g.profile = profile(List.of(), null, null, null);
            }),
        of(
            "NET-042",
            g -> g.profile = profile(null, List.of("net/dmz"), null, null),
            g -> g.profile = profile(null, List.of("net/vm-network"), null, null)),
        of(
            "NET-043",
            g -> {
              g.nics = List.of(nic("n0", null), nic("n1", null));
              g.profile = profile(null, List.of(), null, null);
            },
            g -> g.profile = profile(null, List.of(), null, null)),
        of("NET-044", g -> g.nics = List.of(nic("n0", null, null, Answer.NO)), g -> {}));
  }

  private static List<Case> place() {
    return List.of(
        of("VM-051", g -> g.estate.add(host(Answer.NO)), g -> g.estate.add(host(Answer.UNKNOWN))),
        of(
            "VM-052",
            g -> g.estate.add(new EstatePart.Cluster("dc1", "c1", "dc", YES, YES, NO)),
            g -> g.estate.add(new EstatePart.Cluster("dc1", "c1", "dc", NO, UNKNOWN, NO))));
  }

  private static final Answer YES = Answer.YES;
  private static final Answer NO = Answer.NO;
  private static final Answer UNKNOWN = Answer.UNKNOWN;
  private static final Instant TODAY = Instant.parse("2026-11-25T00:00:00Z");
  private static final Instant LAST_YEAR = Instant.parse("2025-11-25T00:00:00Z");

  /** Told of two VMs together: {@link EstateWideTest} has them. And of a policy: PolicyTest. */
  private static final Set<String> ELSEWHERE =
      Set.of("NIC-010", "NAME-040", "VM-049", "VM-050", "POL-001", "POL-002", "VM-053", "VM-054");

  @ParameterizedTest
  @MethodSource("cases")
  void tellsOfAProblem(Case of) {
    Given given = new Given();
    of.fires().accept(given);
    KnownFinding known =
        CheckCatalogue.findings().stream()
            .filter(f -> f.code().equals(of.code()))
            .findFirst()
            .orElseThrow();
    assertEquals(known.severity(), given.finding(of.code()).severity());
    assertEquals(known.remedy(), given.finding(of.code()).remedy());
  }

  @ParameterizedTest
  @MethodSource("cases")
  void isQuietNextToIt(Case of) {
    Given given = new Given();
    of.quiet().accept(given);
    assertFalse(given.codes().contains(of.code()), () -> given.assess().findings().toString());
  }

  @Test
  void everyCheckIsInTheTable() {
    Set<String> tested = cases().stream().map(Case::code).collect(Collectors.toSet());
    Set<String> own = new TreeSet<>(CheckCatalogue.codes());
    new MapperChecks().findings().forEach(f -> own.remove(f.code()));
    own.removeAll(ELSEWHERE);
    assertEquals(own, new TreeSet<>(tested));
  }

  @Test
  void anOrdinaryVmIsReady() {
    VmAssessment vm = new Given().assess();
    assertEquals("ready: no blocker and no warning", text(vm));
  }

  @Test
  void aPassedThroughDeviceWantsADecision() {
    Given given = new Given();
    given.devices.add(new SourceDevice(SourceDevice.Kind.PCI_PASSTHROUGH, "0000:3b:00.0"));
    assertEquals("decision: blocker DEV-008", text(given.assess()));
  }

  @Test
  void whatIsNotListedIsSaid() {
    Given given = new Given();
    given.disks = new ArrayList<>();
    for (int i = 0; i < 600; i++) {
      given.disks.add(disk("d" + i, ByteSize.ZERO));
    }
    assertEquals(501, given.assess().findings().size());
    assertEquals("more than 500", given.finding("VM-053").evidence());
  }

  @Test
  void zeroCapacityIsToldOnceWhereTheImporterSawItToo() {
    Given given = new Given();
    given.disks = List.of(disk("d0", ByteSize.ZERO));
    assertTrue(given.codes().contains("DISK-003"), given.codes().toString());
    given.findings.add(Finding.blocker("RVT-032", "no capacity", "correct it"));
    assertTrue(given.codes().contains("RVT-032"), given.codes().toString());
    assertFalse(given.codes().contains("DISK-003"), given.codes().toString());
  }

  @Test
  void aSystemOf64KiBIsCutBeforeItNamesAnythingInTheSums() {
    Given given = new Given();
    given.reportedOs = "x".repeat(1 << 16);
    Assessor assessor = Assessor.of(given.policy, given.profile, Given.TODAY);
    assessor.observed(List.of());
    assessor.count(assessor.assess(given.vm()));
    assessor.totals().systems().keySet().forEach(k -> assertTrue(k.length() <= 128, k));
  }

  @Test
  void theSumOfAFindingNamesNoDiskOfOneVm() {
    Given given = new Given();
    given.disks = List.of(Given.disk("d0", ByteSize.ZERO));
    Assessor assessor = Assessor.of(given.policy, given.profile, Given.TODAY);
    assessor.observed(List.of());
    assessor.count(assessor.assess(given.vm()));
    EstateTotals.FindingTotal total =
        assessor.totals().findings().stream()
            .filter(f -> f.code().equals("DISK-003"))
            .findFirst()
            .orElseThrow();
    assertEquals("the capacity of disk … is zero or unknown", total.what());
  }

  @Test
  void whereNothingIsKnownSomebodyDecides() {
    Given given = new Given();
    given.configuredOs = null;
    given.reportedOs = null;
    given.disks = List.of();
    given.firmware = Firmware.unknown();
    assertEquals("decision: too much is unknown: system, firmware and disks", text(given.assess()));
  }

  private static String text(VmAssessment vm) {
    return vm.disposition().kind() + ": " + vm.disposition().rule();
  }

  private static void off(Given g) {
    g.power = PowerState.OFF;
    g.tools = null;
    g.filesystems = null;
    g.nics = List.of(unaddressed("VM Network"));
  }

  private static Consumer<Given> inUse(String name, Answer reachable) {
    return g -> g.estate.add(datastore(name, reachable, 50));
  }

  /** With a class that can do nothing. */
  private static Consumer<Given> lacking(Consumer<Given> more) {
    return g -> {
      g.profile = profile(null, null, null, storage(Answer.NO, null, null));
      more.accept(g);
    };
  }

  private static void sealed(Given g, Firmware firmware) {
    g.firmware = firmware;
    g.filesystems = List.of(new Guest.Filesystem("D:", "NTFS (BitLocker)", gib(10), gib(5)));
  }

  private static TargetProfile kubeVirt(String version) {
    return new TargetProfile(
        "t", Map.of("kubevirt", version), List.of(), null, null, null, null, null, List.of());
  }

  private static Firmware tpm() {
    return new Firmware(Firmware.Type.EFI, Answer.NO, Answer.YES, List.of(), null, null, null);
  }

  private static ByteSize gib(long gibibytes) {
    return ByteSize.ofGiB(gibibytes);
  }

  private static dev.drover.mappings.model.SourceNic unaddressed(String network) {
    return new dev.drover.mappings.model.SourceNic(
        "n0", "Network adapter 1", null, null, network, null, null, Answer.YES, null, Answer.NO);
  }

  private static EstatePart datastore(String name, Answer reachable, long freeOf100) {
    return new EstatePart.Datastore("dc1", name, "dc", "VMFS", gib(100), gib(freeOf100), reachable);
  }

  private static EstatePart host(Answer usable) {
    return new EstatePart.Host(
        "dc1", "h1", "dc", "c1", 2, 32, 64, gib(512), null, "ESXi 8.0", usable);
  }

  private static List<SnapshotNode> chain(int depth, Instant created) {
    List<SnapshotNode> below = List.of();
    for (int i = depth; i > 0; i--) {
      below = List.of(new SnapshotNode("s" + i, null, created, null, Answer.NO, below));
    }
    return below;
  }

  private static List<SourceDisk> many(int count) {
    return Collections.nCopies(count, disk("d", gib(1)));
  }

  private static List<SourceDisk> disksAt(
      String path, @org.jspecify.annotations.Nullable String ds) {
    return List.of(disk("d0", gib(40), path, ds, SourceDisk.Sharing.NONE, 0, Answer.YES));
  }

  private static List<SourceDisk> disksOfDepth(int depth) {
    return List.of(
        disk("d0", gib(40), "[ds1] a", "ds1", SourceDisk.Sharing.NONE, depth, Answer.YES));
  }

  private static List<SourceDisk> tracked(Answer tracking) {
    return List.of(disk("d0", gib(40), "[ds1] a", "ds1", SourceDisk.Sharing.NONE, 0, tracking));
  }

  private static List<SourceDisk> shared() {
    return List.of(
        disk("d0", gib(40), "[ds1] a", "ds1", SourceDisk.Sharing.MULTI_WRITER, 0, Answer.YES));
  }
}
