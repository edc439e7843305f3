package dev.drover.kube.directory;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.drover.converters.DiskDestination;
import dev.drover.kube.MigrationTarget;
import dev.drover.kube.MigrationTargets;
import dev.drover.kube.manifest.SampleVm;
import dev.drover.mappings.model.VmRef;
import dev.drover.mappings.plan.TargetSpec;
import dev.drover.mappings.target.TargetDisk;
import dev.drover.mappings.target.TargetVm;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a VM's folder says of itself. */
final class FolderReadmeTest {
  private static final TargetVm WEB = SampleVm.linux();

  @TempDir Path temp;

  private Path out() {
    return temp.resolve("out");
  }

  private Path web() {
    return out().resolve("shop").resolve("web-1");
  }

  private MigrationTarget open() {
    return MigrationTargets.open(new TargetSpec.Directory(out().toString()), "run-1");
  }

  /** Prepares the disks, lets a copier write them, and creates the VM. */
  static List<MigrationTarget.ObjectRef> move(MigrationTarget target, TargetVm vm) {
    for (TargetDisk disk : vm.disks()) {
      var file = (DiskDestination.LocalFile) target.prepareDisk(vm, disk);
      try {
        Files.writeString(file.path(), "disk");
      } catch (IOException e) {
        throw new AssertionError(e);
      }
    }
    return target.create(vm);
  }

  @Test
  void saysHowItGetsOntoACluster() throws IOException {
    try (MigrationTarget target = open()) {
      move(target, WEB);
    }
    String readme = Files.readString(web().resolve("README.md"));
    assertTrue(readme.contains("kubectl apply -k ."), readme);
    assertTrue(
        readme.contains(
            "virtctl image-upload dv web-1-disk0 -n shop --no-create"
                + " --image-path disks/web-1-disk0.raw\n"),
        readme);
  }

  @Test
  void aNameCannotBreakOutOfTheReadme() throws IOException {
    TargetVm vm = SampleVm.vm("web-1", "a`\n```sh\nrm -rf /\n", new VmRef("dc1", "vm-1"));
    try (MigrationTarget target = open()) {
      move(target, vm);
    }
    assertFalse(Files.readString(web().resolve("README.md")).contains("\nrm -rf"));
  }
}
