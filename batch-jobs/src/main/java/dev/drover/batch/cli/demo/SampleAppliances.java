package dev.drover.batch.cli.demo;

import dev.drover.batch.cli.demo.SampleVm.Content;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/**
 * Makes appliances as VMware exports them: streamOptimized VMDKs with ext4 file systems inside,
 * packed with a descriptor and a manifest. Nothing is fetched.
 */
public final class SampleAppliances {
  private static final int MIB = 1 << 20;

  private final Program qemuImg = Program.find("qemu-img", "qemu-utils");
  private final Program mke2fs = Program.find("mke2fs", "e2fsprogs");

  /**
   * Makes all.
   *
   * @param appliances gets the OVA files; it exists
   * @param originals gets the raw disks, to compare with later; it exists
   */
  public void make(Path appliances, Path originals) throws IOException {
    Path scratch = Files.createDirectory(originals.resolve("scratch"));
    for (SampleVm vm : SampleVm.all()) {
      List<Path> disks = new ArrayList<>();
      for (int i = 0; i < vm.disks().size(); i++) {
        Path raw = originals.resolve(vm.diskName(i) + ".raw");
        makeDisk(raw, vm.disks().get(i), vm.diskName(i), scratch);
        Path vmdk = scratch.resolve(vm.diskName(i) + ".vmdk");
        qemuImg.run(
            "convert",
            "-f",
            "raw",
            "-O",
            "vmdk",
            "-o",
            "subformat=streamOptimized",
            raw.toString(),
            vmdk.toString());
        disks.add(vmdk);
      }
      OvaFile.write(appliances.resolve(vm.name() + ".ova"), vm.name(), vm.descriptor(disks), disks);
      for (Path disk : disks) {
        Files.delete(disk);
      }
    }
    FileTree.remove(scratch);
  }

  private void makeDisk(Path raw, SampleVm.Disk disk, String name, Path scratch)
      throws IOException {
    long size = (long) disk.sizeMiB() * MIB;
    try (FileChannel file =
        FileChannel.open(raw, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
      file.write(java.nio.ByteBuffer.wrap(new byte[1]), size - 1);
    }
    if (disk.content() == Content.EMPTY) {
      return;
    }
    Path root = Files.createDirectories(scratch.resolve(name));
    Files.createDirectories(root.resolve("etc"));
    Files.writeString(root.resolve("etc/hostname"), name.replaceAll("-disk\\d+$", "") + "\n");
    if (disk.content() == Content.DATABASE) {
      noise(root.resolve("table.dat"), 96 * MIB, name.hashCode());
    } else {
      Files.createDirectories(root.resolve("srv/www"));
      Files.writeString(root.resolve("srv/www/index.html"), "<h1>Moved by Drover</h1>\n");
      noise(root.resolve("srv/www/pictures.dat"), 24 * MIB, name.hashCode());
    }
    mke2fs.run("-q", "-F", "-t", "ext4", "-L", label(name), "-d", root.toString(), raw.toString());
    FileTree.remove(root);
  }

  /** A label of ext4 has at most 16 bytes. */
  private static String label(String name) {
    return name.substring(0, Math.min(16, name.length()));
  }

  /** Half of it can be compressed, as with real data. */
  private static void noise(Path file, int size, int seed) throws IOException {
    Random random = new Random(seed);
    byte[] block = new byte[1 << 16];
    byte[] half = new byte[block.length / 2];
    try (OutputStream out = Files.newOutputStream(file)) {
      for (int written = 0; written < size; written += block.length) {
        random.nextBytes(half);
        System.arraycopy(half, 0, block, 0, half.length);
        out.write(block);
      }
    }
  }

  /** Compares what arrived with what there was; empty where all of them are identical. */
  public List<String> differences(Path originals, Path out) throws IOException {
    List<String> different = new ArrayList<>();
    for (Path original : FileTree.files(originals)) {
      String name = original.getFileName().toString().replaceAll("\\.raw$", "");
      List<Path> arrived =
          FileTree.files(out).stream()
              .filter(f -> f.getFileName().toString().matches(name + "\\.(raw|qcow2)"))
              .toList();
      if (arrived.isEmpty()) {
        different.add(name + " did not arrive");
      }
      for (Path disk : arrived) {
        String format = disk.toString().endsWith(".qcow2") ? "qcow2" : "raw";
        try {
          qemuImg.run("compare", "-f", "raw", "-F", format, original.toString(), disk.toString());
        } catch (dev.drover.mappings.failure.EnvironmentFailed e) {
          different.add(name + ": " + e.what());
        }
      }
    }
    return different;
  }
}
