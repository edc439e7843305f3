package dev.drover.kube.directory;

import dev.drover.converters.DiskDestination;
import dev.drover.kube.MigrationTarget;
import dev.drover.kube.MigrationTargets;
import dev.drover.kube.manifest.SampleVm;
import dev.drover.mappings.disk.DiskFormat;
import dev.drover.mappings.plan.TargetSpec;
import dev.drover.mappings.target.TargetDisk;
import dev.drover.mappings.target.TargetVm;
import java.io.IOException;
import java.io.InputStream;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;

/** A directory target in a folder of the test. */
abstract class DirectoryCase {
  static final TargetVm WEB = SampleVm.linux();

  @TempDir Path temp;

  final Path out() {
    return temp.resolve("out");
  }

  final Path web() {
    return out().resolve("shop").resolve("web-1");
  }

  final MigrationTarget open() {
    return MigrationTargets.open(new TargetSpec.Directory(out().toString()), "run-1");
  }

  /** Prepares the disks, lets a copier write them, and creates the VM. */
  static List<MigrationTarget.ObjectRef> move(MigrationTarget target, TargetVm vm) {
    for (TargetDisk disk : vm.disks()) {
      var file = (DiskDestination.LocalFile) target.prepareDisk(vm, disk);
      try (RandomAccessFile all = new RandomAccessFile(file.path().toFile(), "rw")) {
        all.writeBytes("disk");
        if (file.format() == DiskFormat.RAW) {
          all.setLength(disk.size().bytes());
        }
      } catch (IOException e) {
        throw new AssertionError(e);
      }
    }
    return target.create(vm);
  }

  /** A disk is sparse and may be larger than any memory. */
  private static String text(Path file) throws IOException {
    return Files.size(file) > 1 << 20
        ? "a disk of " + Files.size(file) + " bytes"
        : Files.readString(file, StandardCharsets.UTF_8);
  }

  /** What {@link #move} wrote at the beginning of a disk. */
  static String head(Path disk) throws IOException {
    try (InputStream in = Files.newInputStream(disk)) {
      return new String(in.readNBytes(4), StandardCharsets.UTF_8);
    }
  }

  final Map<String, String> tree() throws IOException {
    Map<String, String> files = new TreeMap<>();
    if (Files.exists(out())) {
      try (Stream<Path> all = Files.walk(out())) {
        for (Path file : all.filter(f -> !f.equals(out())).toList()) {
          files.put(out().relativize(file).toString(), Files.isDirectory(file) ? "" : text(file));
        }
      }
    }
    return files;
  }
}
