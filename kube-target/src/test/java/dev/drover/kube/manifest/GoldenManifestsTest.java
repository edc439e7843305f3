package dev.drover.kube.manifest;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.drover.mappings.target.TargetDisk;
import dev.drover.mappings.target.TargetVm;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Each variety against a file of its name in {@code golden/}. After a change that is meant, {@code
 * mvn test -Ddrover.golden=write} writes them again; git then shows what the change does.
 */
final class GoldenManifestsTest {
  private static final Path GOLDEN =
      Path.of("src", "test", "resources", "dev", "drover", "kube", "manifest", "golden");

  static Stream<String> varieties() {
    return SampleVm.all().keySet().stream();
  }

  static List<Manifest> manifests(String variety) {
    TargetVm vm = SampleVm.all().get(variety);
    if (vm == null) {
      throw new IllegalArgumentException(variety);
    }
    List<Manifest> manifests = new ArrayList<>();
    for (TargetDisk disk : vm.disks()) {
      manifests.add(ManifestRenderer.uploadVolume(vm, disk));
    }
    manifests.add(ManifestRenderer.virtualMachine(vm));
    return manifests;
  }

  @ParameterizedTest
  @MethodSource("varieties")
  void rendersWhatTheGoldenFileSays(String variety) throws IOException {
    String rendered = ManifestYaml.write(manifests(variety));
    Path file = GOLDEN.resolve(variety + ".yaml");
    if ("write".equals(System.getProperty("drover.golden"))) {
      Files.createDirectories(GOLDEN);
      Files.writeString(file, rendered);
    }
    assertEquals(Files.readString(file), rendered);
  }

  @Test
  void keepsNoGoldenFileThatNobodyRenders() throws IOException {
    try (Stream<Path> files = Files.list(GOLDEN)) {
      List<String> names = files.map(f -> f.getFileName().toString()).sorted().toList();
      assertEquals(List.copyOf(new TreeSet<>(varieties().map(v -> v + ".yaml").toList())), names);
    }
  }

  @ParameterizedTest
  @MethodSource("varieties")
  void fitsKubeVirtsOwnSchema(String variety) {
    OpenApiSchema schema = OpenApiSchema.of("kubevirt.json", "v1.VirtualMachine");
    List<Manifest> manifests = manifests(variety);
    assertEquals(List.of(), schema.mistakes(manifests.get(manifests.size() - 1)));
  }

  @ParameterizedTest
  @MethodSource("varieties")
  void fitsCdisOwnSchema(String variety) {
    OpenApiSchema schema = OpenApiSchema.of("cdi.json", "v1beta1.DataVolume");
    List<Manifest> manifests = manifests(variety);
    for (Manifest volume : manifests.subList(0, manifests.size() - 1)) {
      assertEquals(List.of(), schema.mistakes(volume));
    }
  }

  @Test
  void theSchemaRefusesAFieldThatKubeVirtDoesNotHave() {
    OpenApiSchema schema = OpenApiSchema.of("kubevirt.json", "v1.VirtualMachine");
    Manifest vm = ManifestRenderer.virtualMachine(SampleVm.linux());
    @SuppressWarnings("unchecked")
    var spec = (java.util.Map<String, Object>) vm.body().get("spec");
    if (spec == null) {
      throw new AssertionError("no spec");
    }
    spec.put("runStrategie", "Always");
    assertTrue(
        schema.mistakes(vm).toString().contains("runStrategie"), schema.mistakes(vm)::toString);
  }
}
