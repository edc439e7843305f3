package dev.drover.batch.report;

import dev.drover.mappings.assess.Complexity;
import dev.drover.mappings.assess.EstateTotals;
import dev.drover.mappings.assess.StorageNeed;
import dev.drover.mappings.assess.VmAssessment;
import dev.drover.mappings.estimate.EstateEstimate;
import dev.drover.mappings.estimate.TimeRange;
import dev.drover.mappings.inventory.Notice;
import dev.drover.mappings.inventory.Unreadable;
import dev.drover.mappings.model.Answer;
import dev.drover.mappings.model.ByteSize;
import dev.drover.mappings.model.Disposition;
import dev.drover.mappings.model.Finding;
import dev.drover.mappings.model.Finding.Severity;
import dev.drover.mappings.model.PowerState;
import dev.drover.mappings.model.VmFacts;
import dev.drover.mappings.model.VmRef;
import dev.drover.mappings.policy.MigrationPolicy;
import dev.drover.mappings.policy.VmSelector;
import dev.drover.mappings.profile.TargetProfile;
import dev.drover.mappings.report.Assessment;
import dev.drover.mappings.sizing.EstateSizing;
import dev.drover.mappings.waves.WavePlan;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** A judged estate of any size that looks like a real one; the same seed gives the same one. */
public final class SampleEstate {
  private static final int WAVE = 50;
  private static final ZoneId BERLIN = ZoneId.of("Europe/Berlin");

  private final long seed;
  private final int vms;
  private final List<String> names;

  private SampleEstate(long seed, int vms, List<String> names) {
    this.seed = seed;
    this.vms = vms;
    this.names = List.copyOf(names);
  }

  /** So many VMs, templates included. */
  public static SampleEstate of(long seed, int vms) {
    return new SampleEstate(seed, vms, List.of());
  }

  /** The same, whose first VMs have these names and are the riskiest; their owners have, too. */
  public SampleEstate named(List<String> hostile) {
    return new SampleEstate(seed, vms, hostile);
  }

  /** The VMs, made anew each time. */
  public Stream<VmAssessment> stream() {
    return IntStream.range(0, vms)
        .mapToObj(
            i -> {
              VmAssessment vm = new SampleVm(seed, i).assessment();
              return i < names.size() ? named(vm, names.get(i)) : vm;
            });
  }

  private static VmAssessment named(VmAssessment vm, String name) {
    VmFacts f = vm.facts();
    VmFacts facts =
        new VmFacts(
            f.ref(),
            name,
            name,
            f.power(),
            f.cpus(),
            f.memory(),
            f.disks(),
            f.size(),
            f.used(),
            f.nics(),
            ReportText.cut(name, 1000),
            f.osClass(),
            name,
            name,
            name,
            List.of(name),
            List.of(name),
            name,
            name,
            name,
            List.of(name),
            List.of(name));
    return new VmAssessment(
        facts,
        true,
        List.of(new Finding("BAD-001", Severity.BLOCKER, name, name, name)),
        vm.accepted(),
        new Disposition(Disposition.Kind.decision, name),
        new Complexity(99, List.of(new Complexity.Part(name, 99))),
        vm.needs());
  }

  /** What is the same for the estate. */
  public Assessment assessment() {
    Sums sums = new Sums();
    stream().forEach(sums::add);
    return new Assessment(
        Instant.parse("2026-11-25T08:30:00Z"),
        "inventory.json",
        "3f9a6c0e5b7d4812a6c94be0d1f7358294acbd0e6f1728394a5b6c7d8e9f0a1b",
        policy(),
        profile(),
        sums.totals(),
        List.of(
            new Unreadable(
                "vcenter-2.xlsx: vInfo row 812",
                Finding.blocker(
                    "RVT-003", "the row has no VM ID", "export again from the vCenter itself"))),
        List.of(
            new Notice(
                "vcenter-1.xlsx: vPartition",
                new Finding(
                    "RVT-010",
                    Severity.WARNING,
                    "the sheet is missing, so free space in the guests is unknown",
                    "export it with RVTools 4.4 or later, all sheets",
                    "21 of 22 sheets")),
            new Notice(
                "vcenter-2.xlsx: vHost",
                Finding.info(
                    "RVT-012", "two hosts are in maintenance", "nothing; their VMs are counted"))),
        sizing(sums),
        new EstateEstimate(
            hours(sums.data() / (620.0 / 8 * 1e6) / 3600, 1.5),
            hours(sums.moving.size() * 1.0 / 10, 1.2),
            List.of(
                "the link carries 620 Mbit/s, shared by all copies (policy rates.link)",
                "one source host gives 294 MiB/s (policy rates.host)",
                "5% of the used bytes change in a day (policy rates.changeShare)",
                "checks after a move take 60 min a VM, with 10 engineers at work")),
        sums.waves());
  }

  private static MigrationPolicy policy() {
    MigrationPolicy plain = MigrationPolicy.DEFAULT;
    return new MigrationPolicy(
        "production-2027",
        "9b1c5f0a7d3e4b6c8a9d0e1f2a3b4c5d6e7f8091a2b3c4d5e6f708192a3b4c5d",
        Map.of("SNAP-002", Severity.INFO),
        List.of(
            new MigrationPolicy.Exemption(
                "DISK-020",
                VmSelector.ALL,
                "the cluster disks of the old ERP move with their storage, change 48113",
                LocalDate.of(2027, 6, 30)),
            new MigrationPolicy.Exemption(
                "NET-014",
                VmSelector.ALL,
                "addresses are kept by DHCP reservations",
                LocalDate.of(2026, 9, 30))),
        plain.rules(),
        plain.dispositions(),
        plain.labels(),
        plain.storage(),
        plain.sizing(),
        plain.rates(),
        plain.waves());
  }

  private static TargetProfile profile() {
    return new TargetProfile(
        "kv-prod-fra1",
        Map.of("kubernetes", "1.33.4", "kubevirt", "1.6.1", "cdi", "1.62.0"),
        List.of("LiveMigration", "HotplugVolumes"),
        List.of(),
        null,
        null,
        null,
        null,
        List.of(
            new TargetProfile.Unseen(
                "free space of the storage classes", "get csistoragecapacities.storage.k8s.io"),
            new TargetProfile.Unseen(
                "network attachments", "list network-attachment-definitions")));
  }

  private static EstateSizing sizing(Sums sums) {
    int nodes = Math.max(3, (int) (sums.movingCpus / 4 / 25) + 2);
    return new EstateSizing(
        nodes,
        Math.max(2, nodes / 10),
        "memory",
        sums.movingCpus,
        new ByteSize(sums.movingMemory),
        new ByteSize((long) (sums.movingSize * 1.25)),
        new EstateSizing.Capacity(sums.movingCpus / 2, null, new ByteSize(sums.movingSize)),
        new ByteSize(Math.max(0, sums.size - sums.used)),
        sums.usedOf,
        new EstateSizing.Cost(
            "EUR",
            sums.vms * 940.0,
            nodes * 8200.0,
            List.of("source: 380 EUR a core", "target: 8,200 EUR a node and year")),
        List.of(
            "a node has 64 threads and 512 GiB of memory; two threads count as 1.5 cores",
            "four virtual CPUs share a core, memory is not overcommitted",
            "nodes are filled to 80%; 2 nodes or 10% stay spare, whichever is more",
            "20% of the storage stays free"));
  }

  private static TimeRange hours(double hours, double spread) {
    return new TimeRange(
        Duration.ofSeconds((long) (hours * 3600 / spread)),
        Duration.ofSeconds((long) (hours * 3600 * spread)));
  }

  /** The sums that the assessor and the planner would make. */
  private static final class Sums {
    private int vms;
    private int others;
    private long cpus;
    private long memory;
    private long disks;
    private long size;
    private long used;
    private int usedOf;
    private int on;
    private long movingCpus;
    private long movingMemory;
    private long movingSize;
    private final Map<Disposition.Kind, Integer> dispositions =
        new EnumMap<>(Disposition.Kind.class);
    private final TreeMap<String, Integer> systems = new TreeMap<>();
    private final TreeMap<Long, Integer> sizes = new TreeMap<>();
    private final Map<String, EstateTotals.FindingTotal> findings = new TreeMap<>();
    private final Map<String, EstateTotals.Gap> gaps = new TreeMap<>();
    private final List<VmFacts> moving = new ArrayList<>();
    private final List<WavePlan.LeftOut> leftOut = new ArrayList<>();

    void add(VmAssessment vm) {
      if (!vm.candidate()) {
        others++;
        return;
      }
      VmFacts f = vm.facts();
      vms++;
      cpus += f.cpus();
      memory += f.memory().bytes();
      disks += f.disks();
      size += f.size().bytes();
      if (f.used() != null) {
        used += f.used().bytes();
        usedOf++;
      }
      on += f.power() == PowerState.ON ? 1 : 0;
      dispositions.merge(vm.disposition().kind(), 1, Integer::sum);
      systems.merge(f.os() == null ? "unknown" : f.os(), 1, Integer::sum);
      sizes.merge(sizeClass(f.size().bytes()), 1, Integer::sum);
      vm.findings().forEach(this::finding);
      vm.needs().stream().filter(n -> !n.met().isYes()).forEach(n -> gap(n, f.size()));
      if (vm.disposition().kind().moves()) {
        moving.add(f);
        movingCpus += f.cpus();
        movingMemory += f.memory().bytes();
        movingSize += f.size().bytes();
      } else {
        leftOut.add(new WavePlan.LeftOut(f.ref(), f.name(), vm.disposition().rule()));
      }
    }

    private static long sizeClass(long bytes) {
      for (long gib : new long[] {50, 100, 250, 500, 1024, 5 * 1024, 10 * 1024, 50 * 1024}) {
        if (bytes < gib << 30) {
          return gib << 30;
        }
      }
      return Long.MAX_VALUE;
    }

    private void finding(Finding f) {
      findings.merge(
          f.code(),
          new EstateTotals.FindingTotal(f.code(), f.severity(), f.what(), f.remedy(), 1),
          (a, b) ->
              new EstateTotals.FindingTotal(
                  a.code(), a.severity(), a.what(), a.remedy(), a.vms() + 1));
    }

    private void gap(StorageNeed need, ByteSize bytes) {
      gaps.merge(
          need.kind() + "/" + need.storageClass(),
          new EstateTotals.Gap(
              need.kind(), need.storageClass(), need.met() == Answer.NO, 1, bytes, need.remedy()),
          (a, b) ->
              new EstateTotals.Gap(
                  a.need(),
                  a.storageClass(),
                  a.known(),
                  a.vms() + 1,
                  a.size().plus(bytes),
                  a.remedy()));
    }

    double data() {
      return moving.stream().mapToLong(v -> v.data().bytes()).sum();
    }

    EstateTotals totals() {
      return new EstateTotals(
          vms,
          others,
          cpus,
          new ByteSize(memory),
          disks,
          new ByteSize(size),
          new ByteSize(used),
          usedOf,
          on,
          dispositions,
          systems,
          sizes,
          findings.values().stream()
              .sorted(
                  Comparator.comparing(EstateTotals.FindingTotal::severity)
                      .thenComparing(EstateTotals.FindingTotal::vms, Comparator.reverseOrder()))
              .toList(),
          List.copyOf(gaps.values()));
    }

    WavePlan waves() {
      List<WavePlan.PlannedWave> waves = new ArrayList<>();
      moving.sort(Comparator.comparing(v -> v.application() == null ? "~" : v.application()));
      ZonedDateTime start = ZonedDateTime.of(2027, 1, 9, 22, 0, 0, 0, BERLIN);
      long cpusSoFar = 0;
      for (int from = 0, n = 0; from < moving.size(); n++) {
        int to = Math.min(moving.size(), from + (n == 0 ? 5 : WAVE));
        List<VmFacts> members = moving.subList(from, to);
        for (VmFacts f : members) {
          cpusSoFar += f.cpus();
        }
        waves.add(wave(n, members, start.plusWeeks(n / 2).plusDays(n % 2 * 4L), cpusSoFar));
        from = to;
      }
      return new WavePlan(
          waves,
          leftOut,
          List.of(
              Finding.warning(
                  "WAVE-004",
                  "the unit \"tag App=billing\" has 61 VMs and the cap is 50",
                  "raise waves.caps.vms, or split the application in the policy")));
    }

    private static WavePlan.PlannedWave wave(
        int number, List<VmFacts> members, ZonedDateTime start, long cpusSoFar) {
      long data = members.stream().mapToLong(v -> v.data().bytes()).sum();
      WavePlan.Load load =
          new WavePlan.Load(
              members.size(),
              members.stream().mapToLong(VmFacts::cpus).sum(),
              new ByteSize(members.stream().mapToLong(v -> v.memory().bytes()).sum()),
              new ByteSize(members.stream().mapToLong(v -> v.size().bytes()).sum()),
              new ByteSize(data));
      return new WavePlan.PlannedWave(
          number == 0 ? "pilot" : "wave-" + number,
          number == 0,
          new WavePlan.Slot(
              number % 2 == 0 ? "saturday-night" : "wednesday-night",
              start,
              start.plusHours(number % 2 == 0 ? 10 : 6)),
          members.stream()
              .map(
                  v ->
                      new WavePlan.PlacedVm(
                          v.ref(),
                          v.name(),
                          v.application() == null ? null : "tag App=" + v.application(),
                          number == 0 ? "named as a pilot" : "fits by size and owner"))
              .toList(),
          load,
          hours(data / (620.0 / 8 * 1e6) / 3600, 1.5),
          hours(1.4 + members.size() / 30.0, 1.5),
          (int) (cpusSoFar / 4 / 25) + 2);
    }
  }

  /** A VM of its own seed, so that one does not depend on those before it. */
  private static final class SampleVm {
    private static final List<String> APPS =
        List.of("billing", "crm", "erp", "shop", "wiki", "mail", "hr", "dwh", "scada", "build");
    private static final List<String> ROLES =
        List.of("db", "app", "web", "batch", "cache", "proxy", "dc", "file", "mon", "jump");
    private static final List<String> OWNERS =
        List.of(
            "Finance IT", "Web team", "Data platform", "Plant Łódź", "Équipe réseau", "Workplace");
    private static final List<String> SYSTEMS =
        List.of(
            "Red Hat Enterprise Linux 9",
            "Red Hat Enterprise Linux 8",
            "Red Hat Enterprise Linux 7",
            "Microsoft Windows Server 2022",
            "Microsoft Windows Server 2019",
            "Microsoft Windows Server 2016",
            "Microsoft Windows Server 2012 R2",
            "Microsoft Windows Server 2008 R2",
            "Ubuntu Linux 22.04",
            "Ubuntu Linux 20.04",
            "Debian GNU/Linux 12",
            "SUSE Linux Enterprise 15",
            "CentOS 7",
            "Oracle Linux 8",
            "FreeBSD 13",
            "Microsoft Windows 10");

    private final Random random;
    private final int number;

    SampleVm(long seed, int number) {
      this.random = new Random(seed * 1_000_003 + number * 7919L);
      this.number = number;
      random.nextInt();
    }

    VmAssessment assessment() {
      VmFacts facts = facts();
      List<Finding> findings = findings(facts);
      boolean candidate = random.nextInt(50) != 0;
      List<StorageNeed> needs = needs(facts);
      return new VmAssessment(
          facts,
          candidate,
          findings,
          random.nextInt(40) == 0
              ? List.of(
                  new VmAssessment.Accepted(
                      "DISK-020",
                      "the cluster disks of the old ERP move with their storage, change 48113",
                      LocalDate.of(2027, 6, 30)))
              : List.of(),
          disposition(findings),
          complexity(facts, findings),
          needs);
    }

    private VmFacts facts() {
      String app = pick(APPS);
      String os = SYSTEMS.get((int) Math.min(15, Math.abs(random.nextGaussian()) * 6));
      int disks = 1 + (int) Math.min(14, Math.abs(random.nextGaussian()) * 2);
      long gib = (long) (20 + Math.exp(3.5 + random.nextGaussian() * 1.2) * disks);
      boolean on = random.nextInt(8) != 0;
      String dc = random.nextInt(3) == 0 ? "Frankfurt" : "Amsterdam";
      int cluster = random.nextInt(12);
      return new VmFacts(
          new VmRef(random.nextBoolean() ? "vcenter-1" : "vcenter-2", "vm-" + (1000 + number)),
          app
              + "-"
              + pick(ROLES)
              + (random.nextInt(4) == 0 ? "-tst-" : "-prd-")
              + String.format(java.util.Locale.ROOT, "%05d", number),
          "/" + dc + "/vm/" + app,
          on ? PowerState.ON : PowerState.OFF,
          1 << random.nextInt(5),
          ByteSize.ofGiB(2L << random.nextInt(6)),
          disks,
          ByteSize.ofGiB(gib),
          random.nextInt(12) == 0
              ? null
              : ByteSize.ofMiB((long) (gib * 1024 * (0.2 + random.nextDouble() * 0.7))),
          1 + random.nextInt(3),
          random.nextInt(30) == 0 ? null : os,
          os.contains("Windows") ? "windows" : os.contains("BSD") ? "other" : "linux",
          dc,
          "cluster-" + cluster,
          "esx" + cluster + "-" + random.nextInt(16) + ".example.org",
          List.of("ds-" + dc + "-" + random.nextInt(40)),
          List.of("VLAN " + (100 + random.nextInt(60))),
          random.nextInt(6) == 0 ? null : app,
          random.nextInt(5) == 0 ? null : pick(OWNERS),
          pick(List.of("low", "medium", "high")),
          List.of("App=" + app, "Backup=" + pick(List.of("daily", "weekly", "none"))),
          random.nextInt(3) == 0 ? List.of("tag App=" + app) : List.of());
    }

    private List<Finding> findings(VmFacts facts) {
      List<Finding> all = new ArrayList<>();
      add(
          all,
          70,
          Severity.BLOCKER,
          "DISK-020",
          "a disk is a raw device mapping in physical mode",
          "move its data to a virtual disk, or map the LUN at the target by hand",
          "LUN naa.6005076801" + number);
      add(
          all,
          160,
          Severity.BLOCKER,
          "DEV-002",
          "a PCI device of the host is passed through",
          "plan a node with that device, and add it to the target's permitted host devices",
          "0000:3b:00." + number % 8);
      add(
          all,
          90,
          Severity.BLOCKER,
          "OS-004",
          "the guest system is not known to run on KubeVirt",
          "test one copy of it first, or decide to rebuild it",
          String.valueOf(facts.os()));
      add(
          all,
          6,
          Severity.WARNING,
          "SNAP-002",
          "the VM has snapshots, which do not move",
          "consolidate them before the move",
          1 + number % 5 + " snapshots, the oldest of 2025-0" + (1 + number % 9) + "-11");
      add(
          all,
          4,
          Severity.WARNING,
          "OS-010",
          "the vendor no longer supports the guest system",
          "upgrade it, or buy extended support",
          facts.os() + ", since 2024-06-30");
      add(
          all,
          9,
          Severity.WARNING,
          "NET-014",
          "the guest has a static address",
          "keep the address with a network of the same VLAN, or change it at cutover",
          "10.20." + number % 250 + "." + random.nextInt(250));
      add(
          all,
          30,
          Severity.WARNING,
          "CBT-001",
          "changed block tracking is off, so only a cold move is possible",
          "switch it on and take a snapshot once",
          "");
      add(
          all,
          14,
          Severity.WARNING,
          "GUEST-003",
          "a file system of the guest is almost full",
          "free space first: the conversion needs some",
          "/boot has 38 MiB free");
      add(
          all,
          25,
          Severity.WARNING,
          "CPU-003",
          "CPU hot add is on; KubeVirt adds sockets only",
          "switch it off, or set maxSockets",
          "");
      add(
          all,
          5,
          Severity.INFO,
          "HW-001",
          "the hardware version is old",
          "nothing; the target has its own",
          "vmx-" + (8 + number % 6));
      add(
          all,
          3,
          Severity.INFO,
          "TOOLS-001",
          "VMware Tools are removed after the move",
          "nothing",
          "version 1234" + number % 10);
      return all;
    }

    private void add(
        List<Finding> all,
        int oneIn,
        Severity severity,
        String code,
        String what,
        String remedy,
        String evidence) {
      if (random.nextInt(oneIn) == 0) {
        all.add(new Finding(code, severity, what, remedy, evidence));
      }
    }

    private Disposition disposition(List<Finding> findings) {
      if (random.nextInt(60) == 0) {
        return random.nextBoolean()
            ? new Disposition(Disposition.Kind.retire, "policy: powered off for a year")
            : new Disposition(Disposition.Kind.retain, "policy: appliances of the hypervisor stay");
      }
      if (random.nextInt(150) == 0) {
        return new Disposition(
            Disposition.Kind.rebuild, "policy: stateless web servers are rebuilt");
      }
      if (findings.isEmpty() || findings.get(0).severity() == Severity.INFO) {
        return new Disposition(Disposition.Kind.ready, "nothing is in the way");
      }
      return findings.get(0).severity() == Severity.BLOCKER
          ? new Disposition(Disposition.Kind.decision, "blocker " + findings.get(0).code())
          : new Disposition(Disposition.Kind.remedy, "warning " + findings.get(0).code());
    }

    private Complexity complexity(VmFacts facts, List<Finding> findings) {
      List<Complexity.Part> parts = new ArrayList<>();
      findings.stream()
          .filter(f -> f.severity() != Severity.INFO)
          .forEach(
              f ->
                  parts.add(
                      new Complexity.Part(
                          f.code() + " " + f.what(), f.severity() == Severity.BLOCKER ? 20 : 4)));
      parts.add(new Complexity.Part(facts.disks() + " disks", facts.disks()));
      if (facts.size().bytes() > 1L << 40) {
        parts.add(new Complexity.Part("more than 1 TiB", 8));
      }
      parts.sort(Comparator.comparingInt(Complexity.Part::points).reversed());
      return new Complexity(parts.stream().mapToInt(Complexity.Part::points).sum(), parts);
    }

    private List<StorageNeed> needs(VmFacts facts) {
      List<StorageNeed> needs = new ArrayList<>();
      String storageClass = random.nextInt(4) == 0 ? "nfs-csi" : "ceph-rbd";
      boolean nfs = storageClass.equals("nfs-csi");
      if (random.nextInt(3) != 0) {
        needs.add(
            new StorageNeed(
                StorageNeed.Kind.READ_WRITE_MANY,
                "DRS moves it between hosts today",
                storageClass,
                Answer.YES,
                ""));
      }
      if (facts.tags().contains("Backup=daily")) {
        needs.add(
            new StorageNeed(
                StorageNeed.Kind.SNAPSHOT,
                "tag Backup=daily",
                storageClass,
                nfs ? Answer.NO : Answer.YES,
                nfs ? "use ceph-rbd, or install the snapshot class of the driver" : ""));
      }
      if (random.nextInt(7) == 0) {
        needs.add(
            new StorageNeed(
                StorageNeed.Kind.EXPANSION,
                "a disk grew since it was made",
                storageClass,
                nfs ? Answer.UNKNOWN : Answer.YES,
                nfs ? "say in the profile whether the class expands volumes" : ""));
      }
      if (facts.size().bytes() > 4L << 40) {
        needs.add(
            new StorageNeed(
                StorageNeed.Kind.LARGE_VOLUME,
                "a disk of " + facts.size(),
                storageClass,
                Answer.NO,
                "split the disk, or raise the limit of the class"));
      }
      return needs;
    }

    private String pick(List<String> words) {
      return words.get(random.nextInt(words.size()));
    }
  }
}
