package dev.drover.mappings.assess;

import dev.drover.mappings.disk.DiskFormat;
import dev.drover.mappings.model.Answer;
import dev.drover.mappings.model.ByteSize;
import dev.drover.mappings.model.Cpu;
import dev.drover.mappings.model.DiskAddress;
import dev.drover.mappings.model.EstatePart;
import dev.drover.mappings.model.Finding;
import dev.drover.mappings.model.Firmware;
import dev.drover.mappings.model.Guest;
import dev.drover.mappings.model.Identity;
import dev.drover.mappings.model.Memory;
import dev.drover.mappings.model.Placement;
import dev.drover.mappings.model.PowerState;
import dev.drover.mappings.model.SnapshotNode;
import dev.drover.mappings.model.SourceDevice;
import dev.drover.mappings.model.SourceDisk;
import dev.drover.mappings.model.SourceNic;
import dev.drover.mappings.model.SourceVm;
import dev.drover.mappings.model.VmRef;
import dev.drover.mappings.profile.TargetProfile;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;

/** VMs of all kinds, also such as no source would give, from a seed. */
final class RandomVms {
  private static final String[] WORDS = {
    "web",
    "db",
    "[ds1] a/a.vmdk",
    "[] gone.vmdk",
    "",
    " ",
    "localhost",
    "/",
    "/boot",
    "C:\\",
    "VMware vCenter Server",
    "vCLS-1",
    "Veeam",
    "windows2019srv_64Guest",
    "ubuntu64Guest",
    "Red Hat Enterprise Linux 7 (64-bit)",
    "Microsoft Windows Server 2016 (64-bit)",
    "FreeBSD 13",
    "dosGuest",
    "vmx-04",
    "vmx-19",
    "vmx-999",
    "00:50:56:00:00:01",
    "{}",
    "we\"b\n# \u0000\u202E\u2028",
    "x".repeat(3000),
    "\uD83D\uDC04".repeat(300),
    "ds1",
    "c1",
    "h1",
    "dc",
    "VM Network",
    "4213a1b2-0000-4000-8000-000000000001",
    "toolsOld",
    "daily backup",
    "$1\\",
    "%s"
  };

  private final Random random;

  RandomVms(long seed) {
    random = new Random(seed);
  }

  List<SourceVm> vms(int count) {
    List<SourceVm> vms = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      vms.add(vm(i));
    }
    return vms;
  }

  List<EstatePart> estate() {
    List<EstatePart> all = new ArrayList<>();
    for (String datacenter : new String[] {"dc", null}) {
      all.add(
          new EstatePart.Host(
              "s",
              "h1",
              datacenter,
              "c1",
              null,
              null,
              null,
              null,
              null,
              null,
              any(Answer.values())));
      all.add(
          new EstatePart.Cluster(
              "s", "c1", datacenter, any(Answer.values()), any(Answer.values()), Answer.YES));
      all.add(
          new EstatePart.Datastore(
              "s", "ds1", datacenter, null, size(), size(), any(Answer.values())));
    }
    return all;
  }

  TargetProfile profile() {
    return new TargetProfile(
        "t",
        Map.of(),
        maybe(List.of()),
        maybe(
            List.of(
                new TargetProfile.StorageClass(
                    "fast",
                    null,
                    Answer.YES,
                    answer(),
                    answer(),
                    answer(),
                    answer(),
                    answer(),
                    answer(),
                    maybe(size()),
                    maybe(size())))),
        maybe(List.of("a/b")),
        maybe(
            List.of(
                new TargetProfile.NodeGroup(
                    "n", 1, 8, ByteSize.ofGiB(32), null, null, Answer.UNKNOWN))),
        null,
        null,
        List.of());
  }

  private SourceVm vm(int number) {
    SourceVm.Builder vm =
        SourceVm.of(new VmRef("s", "vm-" + number), identity(), cpu(), memory())
            .firmware(
                new Firmware(
                    any(Firmware.Type.values()),
                    answer(),
                    answer(),
                    list(3, i -> word()),
                    maybe(word()),
                    maybe(any(Firmware.Clock.values())),
                    null))
            .guest(guest())
            .power(any(PowerState.values()))
            .snapshots(maybe(list(3, i -> snapshot(random.nextInt(6)))))
            .placement(
                new Placement(
                    maybe(word()),
                    maybe("dc"),
                    maybe("c1"),
                    maybe("h1"),
                    maybe(word()),
                    maybe(word()),
                    list(
                        2,
                        i ->
                            new Placement.AffinityRule(
                                word(), random.nextBoolean(), true, List.of(word()))),
                    answer(),
                    answer()));
    list(4, this::disk).forEach(vm::disk);
    list(4, this::nic).forEach(vm::nic);
    list(3, i -> new SourceDevice(any(SourceDevice.Kind.values()), word())).forEach(vm::device);
    list(2, i -> Finding.warning("RVT-00" + i, "says " + word(), "look " + word()))
        .forEach(vm::finding);
    return vm.build();
  }

  private Identity identity() {
    Map<String, String> attributes = new HashMap<>();
    list(3, i -> attributes.put(word(), word()));
    return new Identity(
        word(),
        maybe(word()),
        maybe(word()),
        maybe(word()),
        maybe(word()),
        maybe(word()),
        list(3, i -> new Identity.Tag(maybe(word()), word())),
        attributes,
        answer(),
        answer());
  }

  private Cpu cpu() {
    return new Cpu(
        1 + random.nextInt(800),
        maybe(random.nextInt(9) - 2),
        maybe(random.nextInt(5) - 2),
        maybe(random.nextLong()),
        maybe(random.nextLong()),
        maybe(word()),
        answer(),
        answer(),
        answer(),
        answer());
  }

  private Memory memory() {
    return new Memory(size(), maybe(size()), answer(), answer());
  }

  private Guest guest() {
    return new Guest(
        maybe(word()),
        maybe(word()),
        maybe(word()),
        maybe(word()),
        maybe(new Guest.Tools(word(), maybe(word()), answer())),
        maybe(list(3, i -> new Guest.Filesystem(word(), maybe(word()), size(), maybe(size())))),
        answer());
  }

  private SnapshotNode snapshot(int depth) {
    return new SnapshotNode(
        word(),
        maybe(word()),
        maybe(Instant.ofEpochSecond(random.nextInt())),
        maybe(size()),
        answer(),
        depth == 0 ? List.of() : List.of(snapshot(depth - 1)));
  }

  private SourceDisk disk(int number) {
    return new SourceDisk(
        "d" + number,
        word(),
        size(),
        maybe(size()),
        new DiskAddress(any(DiskAddress.Bus.values()), maybe(word()), random.nextInt(4), number),
        new SourceDisk.Backing(
            any(SourceDisk.Kind.values()),
            maybe(any(DiskFormat.values())),
            maybe(word()),
            maybe(word()),
            answer(),
            maybe(random.nextInt(4))),
        any(SourceDisk.Sharing.values()),
        any(SourceDisk.Mode.values()),
        maybe(word()),
        maybe(word()),
        answer(),
        null);
  }

  private SourceNic nic(int number) {
    return new SourceNic(
        "n" + number,
        word(),
        maybe(word()),
        maybe(random.nextBoolean() ? word() : "00:50:56:00:01:" + (10 + random.nextInt(80))),
        maybe(word()),
        null,
        null,
        answer(),
        maybe(list(2, i -> new SourceNic.GuestAddress(word(), null, null, answer()))),
        answer());
  }

  private ByteSize size() {
    return switch (random.nextInt(6)) {
      case 0 -> ByteSize.ZERO;
      case 1 -> new ByteSize(Long.MAX_VALUE);
      case 2 -> new ByteSize(random.nextInt(1000));
      default -> ByteSize.ofMiB(random.nextInt(5_000_000));
    };
  }

  private Answer answer() {
    return any(Answer.values());
  }

  private String word() {
    return any(WORDS);
  }

  private <T> T any(T[] all) {
    return all[random.nextInt(all.length)];
  }

  private <T> @Nullable T maybe(T value) {
    return random.nextInt(3) == 0 ? null : value;
  }

  private <T> List<T> list(int most, IntFunction<T> make) {
    List<T> all = new ArrayList<>();
    int count = random.nextInt(most + 1);
    for (int i = 0; i < count; i++) {
      all.add(make.apply(i));
    }
    return all;
  }
}
