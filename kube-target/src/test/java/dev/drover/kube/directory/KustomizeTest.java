package dev.drover.kube.directory;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.drover.kube.MigrationTarget;
import dev.drover.kube.MigrationTargets;
import dev.drover.kube.manifest.SampleVm;
import dev.drover.mappings.model.VmRef;
import dev.drover.mappings.plan.TargetSpec;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What kubectl itself makes of the folder. */
final class KustomizeTest {
  @TempDir Path temp;

  @Test
  void kubectlBuildsTheWholeFolderVolumesBeforeMachines() throws Exception {
    try (MigrationTarget target =
        MigrationTargets.open(new TargetSpec.Directory(temp.toString()), "run-1")) {
      for (String name : List.of("b", "a")) {
        DirectoryTargetTest.move(target, SampleVm.vm(name, name, new VmRef("dc1", name)));
      }
      DirectoryTargetTest.move(
          target, Objects.requireNonNull(SampleVm.all().get("labels-and-annotations")));
    }
    String built = kustomize(temp);
    assertEquals(
        List.of(
            "kind: DataVolume", "kind: VirtualMachine",
            "kind: DataVolume", "kind: VirtualMachine",
            "kind: DataVolume", "kind: VirtualMachine"),
        built.lines().filter(line -> line.startsWith("kind: ")).toList());
  }

  private static String kustomize(Path folder) throws Exception {
    Process process;
    try {
      process =
          new ProcessBuilder("kubectl", "kustomize", folder.toString())
              .redirectErrorStream(true)
              .start();
    } catch (IOException e) {
      assumeTrue(false, "skipped: kubectl is not installed");
      throw e;
    }
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertEquals(0, process.waitFor(), output);
    return output;
  }
}
