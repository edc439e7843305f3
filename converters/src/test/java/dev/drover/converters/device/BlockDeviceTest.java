package dev.drover.converters.device;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.drover.converters.BlockWriter;
import dev.drover.converters.DiskDigest;
import dev.drover.converters.Images;
import dev.drover.converters.RateLimit;
import dev.drover.converters.engine.BlockWriterContract;
import dev.drover.converters.engine.CopyEngine;
import dev.drover.converters.engine.CopyTarget;
import dev.drover.converters.image.ImageReaders;
import dev.drover.mappings.disk.BlockReader;
import dev.drover.mappings.disk.DiskFormat;
import dev.drover.mappings.failure.Retry;
import dev.drover.mappings.failure.TargetFailed;
import dev.drover.mappings.progress.Progress;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Real block devices: loop devices over files, which show what became of holes. */
final class BlockDeviceTest extends BlockWriterContract {
  private static final int MIB = 1 << 20;

  private final Path folder;
  private Path file;
  private @Nullable LoopDevice loop;

  BlockDeviceTest(@TempDir Path folder) {
    this.folder = folder;
    this.file = folder.resolve("device");
  }

  @AfterEach
  void detach() {
    if (loop != null) {
      loop.close();
    }
  }

  /** A device full of old bytes. */
  private Path device(long size, String... options) throws Exception {
    try (FileChannel out =
        FileChannel.open(file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
      byte[] old = new byte[MIB];
      Arrays.fill(old, (byte) 0xa5);
      for (long at = 0; at < size; at += old.length) {
        out.write(ByteBuffer.wrap(old, 0, (int) Math.min(old.length, size - at)));
      }
    }
    loop = LoopDevice.over(file, options);
    return loop.path();
  }

  @Override
  protected BlockWriter open() throws Exception {
    return CopyEngine.writer(BlockDevice.open(device(8 * MIB)), SIZE);
  }

  @Override
  protected byte[] written() throws IOException {
    return Arrays.copyOf(Files.readAllBytes(file), SIZE);
  }

  @Override
  protected boolean looksLikeADisk() throws IOException {
    byte[] head = Arrays.copyOf(Files.readAllBytes(file), 128 << 10);
    return !Arrays.equals(head, new byte[head.length]);
  }

  private static DiskDigest copy(Path raw, BlockDevice device) throws IOException {
    long size = Files.size(raw);
    try (BlockReader reader = ImageReaders.written(raw, DiskFormat.RAW, List.of());
        CopyTarget to = CopyTarget.of(device, size, RateLimit.NONE, null)) {
      return java.util.Objects.requireNonNull(
          CopyEngine.copy("vm/disk0", reader, size, "blocks", to, List::of, Progress.NONE).read());
    }
  }

  private long allocated() throws IOException {
    String blocks = Images.run("stat", "--format=%b", file.toString());
    return Long.parseLong(blocks.strip()) * 512;
  }

  private Path sparseDisk(int mib) throws IOException {
    Path raw = folder.resolve("disk.raw");
    Images.random(raw, 4, 12);
    try (FileChannel out = FileChannel.open(raw, StandardOpenOption.WRITE)) {
      out.write(ByteBuffer.wrap("end".getBytes()), (long) mib * MIB - 3);
    }
    return raw;
  }

  @Test
  void giveTheRoomOfZerosBackAndIsReadBackByItsDigest() throws Exception {
    Path raw = sparseDisk(300);
    Path device = device(300 * MIB);
    assertTrue(allocated() >= 300 * MIB, "allocated: " + allocated());
    DiskDigest read = copy(raw, BlockDevice.open(device));
    assertEquals(-1, Files.mismatch(raw, file));
    assertTrue(allocated() < 16 * MIB, "allocated: " + allocated());
    try (BlockDevice again = BlockDevice.open(device)) {
      assertEquals(read, CopyEngine.digest("device", again, Progress.NONE));
    }
  }

  /** ramfs cannot punch holes, nor can a loop device over it. */
  @Test
  void writesZerosWhereTheDeviceHasNoHoles() throws Exception {
    Path raw = sparseDisk(40);
    Path ramfs = Files.createDirectory(folder.resolve("ramfs"));
    assumeTrue(
        new ProcessBuilder("mount", "-t", "ramfs", "none", ramfs.toString()).start().waitFor() == 0,
        "no ramfs can be mounted on this machine (root needed)");
    try {
      file = ramfs.resolve("device");
      Path device = device(40 * MIB);
      assertFalse(new PunchHole(device).punched(0, 4 * MIB));
      copy(raw, BlockDevice.open(device));
      assertEquals(-1, Files.mismatch(raw, file));
    } finally {
      detach();
      loop = null;
      Images.run("umount", ramfs.toString());
    }
  }

  private TargetFailed refused(Path path) {
    TargetFailed refused = assertThrows(TargetFailed.class, () -> BlockDevice.open(path));
    assertEquals(Retry.POINTLESS, refused.retry());
    assertTrue(refused.toString().contains(path.toString()), refused.toString());
    return refused;
  }

  @Test
  void refusesADeviceThatIsMounted() throws Exception {
    assumeTrue(Images.has("mkfs.ext4"), "mkfs.ext4 is missing: apt-get install e2fsprogs");
    Path device = device(8 * MIB);
    Images.run("mkfs.ext4", "-q", device.toString());
    Path there = Files.createDirectory(folder.resolve("mounted"));
    Images.run("mount", device.toString(), there.toString());
    try {
      Path link = Files.createSymbolicLink(folder.resolve("link"), device);
      assertTrue(refused(device).toString().contains("in use: mounted"));
      assertTrue(refused(link).toString().contains("in use: mounted"));
    } finally {
      Images.run("umount", there.toString());
    }
    BlockDevice.open(device).close();
  }

  @Test
  void refusesADiskOfWhichAPartitionIsInUse() throws Exception {
    assumeTrue(Images.has("sfdisk"), "sfdisk is missing: apt-get install fdisk");
    Path device = device(16 * MIB, "--partscan");
    Path table = Files.writeString(folder.resolve("table"), "2048,\n");
    Images.run("sh", "-c", "sfdisk -q " + device + " <" + table);
    String name = device.getFileName().toString();
    Path number = Path.of("/sys/block", name, name + "p1", "dev");
    assumeTrue(Files.exists(number), "no partitions of loop devices on this machine");
    String[] of = Files.readString(number).strip().split(":");
    Path partition = folder.resolve("partition"); // nobody makes nodes where there is no udev
    Images.run("mknod", partition.toString(), "b", of[0], of[1]);
    Images.run("mkswap", partition.toString());
    Images.run("swapon", partition.toString());
    try {
      assertTrue(refused(device).toString().contains("swap"));
      assertTrue(refused(partition).toString().contains("swap"));
    } finally {
      Images.run("swapoff", partition.toString());
    }
  }

  @Test
  void refusesWhatIsNoDeviceOrIsNotThere() throws Exception {
    Path plain = Files.writeString(folder.resolve("plain"), "a file");
    assertTrue(refused(plain).toString().contains("no block device"));
    assertTrue(refused(Path.of("/dev/null")).toString().contains("no block device"));
    assertTrue(refused(folder.resolve("none")).toString().contains("cannot be opened"));
    assertEquals("a file", Files.readString(plain));
  }

  @Test
  void refusesADeviceThatIsSmallerThanTheDiskAndLeavesItAsItWas() throws Exception {
    BlockDevice device = BlockDevice.open(device(4 * MIB));
    byte[] before = Files.readAllBytes(file);
    TargetFailed refused =
        assertThrows(TargetFailed.class, () -> CopyEngine.writer(device, 4 * MIB + 1));
    assertTrue(refused.toString().contains("at least 4194816 bytes"), refused.toString());
    assertEquals(-1, Arrays.mismatch(before, Files.readAllBytes(file)));
  }

  @Test
  void refusesADeviceThatIsReadOnly() throws Exception {
    Path device = device(8 * MIB, "--read-only");
    TargetFailed refused =
        assertThrows(
            TargetFailed.class, () -> CopyEngine.writer(BlockDevice.open(device), 8 * MIB));
    assertTrue(refused.toString().contains(device.toString()), refused.toString());
  }
}
