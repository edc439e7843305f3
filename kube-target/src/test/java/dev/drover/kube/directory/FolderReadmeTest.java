package dev.drover.kube.directory;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.drover.kube.MigrationTarget;
import dev.drover.kube.manifest.SampleVm;
import dev.drover.mappings.model.VmRef;
import dev.drover.mappings.target.TargetVm;
import java.io.IOException;
import java.nio.file.Files;
import org.junit.jupiter.api.Test;

/** What a VM's folder says of itself. */
final class FolderReadmeTest extends DirectoryCase {
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
    TargetVm vm = SampleVm.vm("web-1", "a`\n```sh\nrm -rf /\n\u202emoc", new VmRef("dc1", "vm-1"));
    try (MigrationTarget target = open()) {
      move(target, vm);
    }
    String readme = Files.readString(web().resolve("README.md"));
    assertFalse(readme.contains("\nrm -rf"), readme);
    assertFalse(readme.contains("\u202e"), "turns the text round");
  }
}
