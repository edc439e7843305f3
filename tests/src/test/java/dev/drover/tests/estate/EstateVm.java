package dev.drover.tests.estate;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** One VM of the estate, whole from the seed and its number. */
final class EstateVm {
  private static final String[] TIERS = {
    "web", "app", "db", "cache", "batch", "mq", "file", "mgmt"
  };
  private static final String[] WORDS = {
    "billing", "crm", "erp", "hr", "portal", "shop", "claims", "fleet", "ledger", "risk", "stock",
    "mail", "wiki", "build", "print", "badge", "radio", "archive", "search", "payroll"
  };
  private static final String[][] SYSTEMS = {
    {"Microsoft Windows Server 2016 or later (64-bit)", "Microsoft Windows Server 2019 (64-bit)"},
    {"Microsoft Windows Server 2016 (64-bit)", "Microsoft Windows Server 2016 (64-bit)"},
    {"Microsoft Windows Server 2012 (64-bit)", "Microsoft Windows Server 2012 R2 (64-bit)"},
    {"Red Hat Enterprise Linux 8 (64-bit)", "Red Hat Enterprise Linux 8.9 (Ootpa)"},
    {"Red Hat Enterprise Linux 7 (64-bit)", "Red Hat Enterprise Linux 7 (64-bit)"},
    {"CentOS 7 (64-bit)", "CentOS Linux 7 (Core)"},
    {"Ubuntu Linux (64-bit)", "Ubuntu 22.04.3 LTS"},
    {"SUSE Linux Enterprise 15 (64-bit)", "SUSE Linux Enterprise Server 15 SP5"},
    {"Oracle Linux 8 (64-bit)", "Oracle Linux Server 8.8"},
    {"Microsoft Windows 10 (64-bit)", "Microsoft Windows 10 (64-bit)"},
    {"Debian GNU/Linux 11 (64-bit)", "Debian GNU/Linux 11 (bullseye)"},
    {"Microsoft Windows Server 2008 R2 (64-bit)", "Microsoft Windows Server 2008 R2 (64-bit)"},
    {"Other 3.x or later Linux (64-bit)", ""}
  };
  private static final int[] SYSTEM_WEIGHTS = {24, 14, 8, 15, 7, 6, 10, 4, 3, 3, 3, 2, 1};
  private static final Integer[] CPUS = {1, 2, 4, 8, 16, 32};
  private static final Integer[] GIB = {2, 4, 8, 16, 32, 64, 128, 256};
  private static final String[] CRITICALITIES = {"low", "medium", "high", "mission-critical"};

  /** A disk: where, how large, and what is in it. */
  record Disk(int number, String uuid, long mib, long usedMib, boolean thin, int store) {}

  final int number;
  final int vcenter;
  final String id;
  final String uuid;
  final String biosUuid;
  final String application;
  final String tier;
  final String name;
  final String[] system;
  final boolean windows;
  final boolean on;
  final boolean template;
  final boolean placeholder;
  final boolean vcls;
  final boolean tools;
  final int cpus;
  final int memoryMib;
  final int cluster;
  final int host;
  final boolean efi;
  final String criticality;
  final String owner;
  final boolean dirty;
  final int dirtKind;
  final int nics;
  final int snapshots;
  final boolean faultTolerant;
  final boolean rdm;
  final boolean shared;
  final List<Disk> disks = new ArrayList<>();

  EstateVm(EstateShape shape, int number) {
    Dice dice = new Dice(shape.seed(), number);
    this.number = number;
    this.vcenter = shape.vcenterOf(number);
    this.id = "vm-" + (1000 + number / shape.vcenters());
    this.uuid = dice.uuid();
    this.biosUuid = dice.uuid();
    int app = number / 12;
    this.application = WORDS[app % WORDS.length] + (app < WORDS.length ? "" : app / WORDS.length);
    this.tier = dice.of(TIERS, 30, 28, 14, 6, 8, 4, 5, 5);
    this.vcls = dice.permille(3);
    this.name =
        vcls
            ? "vCLS-" + dice.uuid()
            : application + "-" + tier + "-" + String.format("%02d", number % 12 + 1);
    this.system = vcls ? SYSTEMS[12] : dice.of(SYSTEMS, SYSTEM_WEIGHTS);
    this.windows = system[0].contains("Windows");
    this.template = !vcls && dice.permille(8);
    this.placeholder = !vcls && !template && dice.permille(4);
    this.on = vcls || (!template && !placeholder && dice.permille(870));
    this.tools = !vcls && dice.permille(940);
    boolean large = tier.equals("db");
    this.cpus = large ? dice.of(CPUS, 1, 5, 30, 35, 20, 9) : dice.of(CPUS, 8, 44, 33, 12, 3, 0);
    this.memoryMib =
        1024
            * (large
                ? dice.of(GIB, 0, 2, 8, 20, 30, 25, 12, 3)
                : dice.of(GIB, 6, 22, 34, 24, 10, 4, 0, 0));
    this.cluster = shape.clusterOf(vcenter, app);
    this.host = dice.below(EstateShape.HOSTS_PER_CLUSTER);
    this.efi = dice.permille(420);
    this.criticality = dice.of(CRITICALITIES, 35, 40, 20, 5);
    this.owner = "team-" + application.replaceAll("[0-9]", "");
    this.dirty = dice.permille(shape.quirks().dirt());
    this.dirtKind = dice.below(4);
    this.nics = vcls ? 0 : dice.of(new Integer[] {1, 2, 3}, 82, 15, 3);
    this.snapshots = vcls || placeholder ? 0 : dice.of(new Integer[] {0, 1, 2, 3}, 90, 7, 2, 1);
    this.faultTolerant = dice.permille(1);
    this.rdm = large && dice.permille(15);
    this.shared = large && dice.permille(20);
    disks(dice, large);
  }

  private void disks(Dice dice, boolean large) {
    int count =
        vcls ? 1 : large ? dice.between(2, 7) : dice.of(new Integer[] {1, 2, 3, 4}, 22, 42, 24, 12);
    for (int i = 0; i < (placeholder ? 0 : count); i++) {
      long gib =
          vcls
              ? 2
              : i == 0
                  ? dice.any(new Integer[] {40, 60, 80, 100, 120})
                  : (long) (10 * Math.exp(dice.share(0, large ? 5.2 : 3.7)));
      long mib = gib * 1024;
      disks.add(
          new Disk(
              i + 1,
              "6000c29" + dice.uuid().substring(7),
              mib,
              (long) (mib * dice.share(0.15, 0.85)),
              dice.permille(750),
              dice.below(EstateShape.STORES_PER_CLUSTER)));
    }
  }

  long capacityMib() {
    return disks.stream().mapToLong(Disk::mib).sum();
  }

  long usedMib() {
    return disks.stream().mapToLong(d -> d.thin() ? d.usedMib() : d.mib()).sum();
  }

  boolean running() {
    return on && tools;
  }

  String address(int nic) {
    int n = number * 4 + nic;
    return "10." + (n >> 16 & 255) + "." + (n >> 8 & 255) + "." + (n & 255);
  }

  String mac(int nic) {
    int n = number * 4 + nic;
    return String.format(
        Locale.ROOT, "00:50:56:%02x:%02x:%02x", n >> 16 & 255, n >> 8 & 255, n & 255);
  }

  String network(int nic) {
    return (nic == 0 ? "VLAN-" : "backup-")
        + (100 + cluster * 7 % 50 + (nic == 0 ? number / 12 % 6 : 0));
  }

  String os() {
    return system[0];
  }
}
