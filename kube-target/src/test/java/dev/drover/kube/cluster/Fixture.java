package dev.drover.kube.cluster;

import dev.drover.converters.BlockWriter;
import dev.drover.converters.DiskDestination;
import dev.drover.kube.MigrationTarget;
import dev.drover.kube.standin.StandInCluster;
import dev.drover.mappings.disk.DiskFormat;
import dev.drover.mappings.model.ByteSize;
import dev.drover.mappings.model.Firmware;
import dev.drover.mappings.model.VmRef;
import dev.drover.mappings.plan.NetworkMapping;
import dev.drover.mappings.plan.TargetSpec;
import dev.drover.mappings.plan.VmSettings.DiskBus;
import dev.drover.mappings.target.Platform;
import dev.drover.mappings.target.Sizing;
import dev.drover.mappings.target.TargetDisk;
import dev.drover.mappings.target.TargetNic;
import dev.drover.mappings.target.TargetVm;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/** VMs and targets that the tests share. */
final class Fixture {
  static final String RUN = "run-1";
  static final String MAC = "00:50:56:aa:bb:01";

  static final Patience QUICK =
      new Patience(
          Duration.ofMillis(2),
          Duration.ofMillis(50),
          Duration.ofSeconds(20),
          Duration.ofSeconds(20),
          Duration.ofSeconds(20),
          Duration.ofSeconds(20));

  private Fixture() {}

  static MigrationTarget open(StandInCluster cluster, Path folder) {
    return open(cluster.kubeconfig(folder.resolve("kubeconfig")), QUICK);
  }

  static MigrationTarget open(Path kubeconfig, Patience patience) {
    return new ClusterTarget(connect(kubeconfig), Rendering.ofRun(RUN), patience);
  }

  static Api connect(Path kubeconfig) {
    return new Connect(new FindKubeconfig(Map.of(), kubeconfig.resolveSibling("home")), 5)
        .to(new TargetSpec.Kubernetes(kubeconfig.toString(), null, null, List.of()), () -> false);
  }

  static TargetVm vm(String name, TargetDisk... disks) {
    return vm(name, true, sizing(2, ByteSize.ofGiB(2)), List.of(nic(MAC)), disks);
  }

  static TargetVm vm(
      String name, boolean running, Sizing sizing, List<TargetNic> nics, TargetDisk... disks) {
    return new TargetVm(
        new VmRef("appliances", name + ".ova"),
        name,
        "web",
        name,
        sizing,
        new Platform(
            Firmware.Type.BIOS,
            false,
            false,
            null,
            Firmware.Clock.UTC,
            null,
            Platform.GuestFamily.LINUX),
        List.of(disks),
        nics,
        running,
        Map.of(),
        Map.of());
  }

  static Sizing sizing(int cores, ByteSize memory) {
    return new Sizing.Explicit(1, cores, 1, memory, null, null, null);
  }

  static TargetNic nic(@Nullable String mac) {
    return new TargetNic("nic0", "net0", "virtio", mac, new NetworkMapping.Pod(), true, null);
  }

  static TargetDisk disk(String claim, long size) {
    return disk(claim, size, null);
  }

  static TargetDisk disk(String claim, long size, @Nullable String storageClass) {
    return new TargetDisk(
        claim,
        "disk0",
        claim,
        new ByteSize(size),
        DiskBus.virtio,
        1,
        null,
        new TargetDisk.Storage(storageClass, null, null, DiskFormat.RAW, false));
  }

  static DiskDestination.Opener opener(MigrationTarget target, TargetVm vm, TargetDisk disk) {
    return ((DiskDestination.Stream) target.prepareDisk(vm, disk)).opener();
  }

  /** Bytes that do not compress. */
  static byte[] noise(int length, long seed) {
    byte[] bytes = new byte[length];
    new Random(seed).nextBytes(bytes);
    return bytes;
  }

  /** Uploads these bytes as the whole disk. */
  static void upload(MigrationTarget target, TargetVm vm, TargetDisk disk, byte[] bytes)
      throws java.io.IOException {
    try (BlockWriter writer = opener(target, vm, disk).open(bytes.length)) {
      int at = 0;
      while (at < bytes.length) {
        int part = Math.min(100_000, bytes.length - at);
        writer.write(at, ByteBuffer.wrap(bytes, at, part));
        at += part;
      }
      writer.commit();
    }
  }
}
