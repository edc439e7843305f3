package dev.drover.kube.manifest;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.drover.mappings.model.VmRef;
import dev.drover.mappings.target.TargetVm;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What KubeVirt's admission demands beyond its schema, over every variety. */
final class ManifestRulesTest {
  private static final JsonMapper JSON = new JsonMapper();

  private static JsonNode machine(String variety) {
    TargetVm vm = Objects.requireNonNull(SampleVm.all().get(variety));
    return JSON.valueToTree(ManifestRenderer.virtualMachine(vm, "run-1").body());
  }

  private static JsonNode domain(String variety) {
    return machine(variety).at("/spec/template/spec/domain");
  }

  private static List<String> names(JsonNode list) {
    List<String> names = new ArrayList<>();
    list.forEach(node -> names.add(node.path("name").asString()));
    return names;
  }

  @ParameterizedTest
  @MethodSource("dev.drover.kube.manifest.GoldenManifestsTest#varieties")
  void disksAndNicsHaveTheirVolumesAndNetworks(String variety) {
    JsonNode spec = machine(variety).at("/spec/template/spec");
    assertEquals(names(spec.at("/domain/devices/disks")), names(spec.path("volumes")));
    assertEquals(names(spec.at("/domain/devices/interfaces")), names(spec.path("networks")));
  }

  @ParameterizedTest
  @MethodSource("dev.drover.kube.manifest.GoldenManifestsTest#varieties")
  void masqueradesOnThePodNetworkAndThereAlone(String variety) {
    JsonNode spec = machine(variety).at("/spec/template/spec");
    int onPod = 0;
    for (int i = 0; i < spec.path("networks").size(); i++) {
      boolean pod = spec.path("networks").get(i).has("pod");
      onPod += pod ? 1 : 0;
      assertEquals(pod, spec.at("/domain/devices/interfaces").get(i).has("masquerade"));
    }
    assertTrue(onPod <= 1);
  }

  @ParameterizedTest
  @MethodSource("dev.drover.kube.manifest.GoldenManifestsTest#varieties")
  void noTwoDevicesShareABootOrder(String variety) {
    Set<Integer> seen = new HashSet<>();
    JsonNode devices = domain(variety).path("devices");
    for (String kind : List.of("disks", "interfaces")) {
      for (JsonNode device : devices.path(kind)) {
        if (device.has("bootOrder")) {
          assertTrue(seen.add(device.get("bootOrder").asInt()), device::toString);
        }
      }
    }
  }

  @ParameterizedTest
  @MethodSource("dev.drover.kube.manifest.GoldenManifestsTest#varieties")
  void secureBootComesWithSmmAndNothingElseDoes(String variety) {
    boolean secure = domain(variety).at("/firmware/bootloader/efi/secureBoot").asBoolean(false);
    assertEquals(secure, domain(variety).at("/features/smm/enabled").asBoolean(false));
  }

  @Test
  void anInstanceTypeLeavesNoCpuAndNoMemoryInTheDomain() {
    JsonNode domain = domain("instance-type");
    assertFalse(domain.has("cpu") || domain.has("memory") || domain.has("resources"));
  }

  @Test
  void efiKeepsItsVariablesAndSaysSecureBootAlsoWhereItIsOff() {
    JsonNode efi = domain("efi-without-secure-boot").at("/firmware/bootloader/efi");
    assertTrue(efi.get("persistent").asBoolean());
    assertFalse(efi.get("secureBoot").asBoolean());
  }

  @Test
  void aVmWithoutNicsGetsNoneByKubeVirtItself() {
    assertFalse(domain("no-nic").at("/devices/autoattachPodInterface").asBoolean(true));
  }

  @Test
  void onlyWindowsGetsEnlightenments() {
    assertTrue(domain("windows-efi-secure-boot-tpm").at("/features/hyperv/vpindex").isObject());
    assertFalse(domain("linux-bios").path("features").has("hyperv"));
  }

  @Test
  void thePlansLabelsDoNotHideDroversOwn() {
    JsonNode labels = machine("labels-and-annotations").at("/metadata/labels");
    assertEquals(Marks.DROVER, labels.path(Marks.MANAGED_BY).asString());
    assertEquals("web", labels.path("tier").asString());
  }

  @Test
  void theRunsLabelIsOnlyThereWhereARunIsNamed() {
    TargetVm vm = SampleVm.linux();
    assertTrue(ManifestYaml.write(ManifestRenderer.virtualMachine(vm, "r1")).contains(Marks.RUN));
    assertFalse(ManifestYaml.write(ManifestRenderer.virtualMachine(vm)).contains(Marks.RUN));
    assertTrue(
        ManifestYaml.write(ManifestRenderer.uploadVolume(vm, vm.disks().get(0), "r1"))
            .contains(Marks.RUN));
  }

  @Test
  void twoVmsOfOneSourceHaveTwoLabels() {
    assertNotEquals(
        Metadata.vmLabel(new VmRef("dc1", "vm-1")), Metadata.vmLabel(new VmRef("dc1", "vm-2")));
  }
}
