package dev.drover.mappings.target;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.drover.mappings.model.Answer;
import dev.drover.mappings.model.ByteSize;
import dev.drover.mappings.model.Finding;
import dev.drover.mappings.model.SourceNic;
import dev.drover.mappings.plan.MigrationPlan;
import dev.drover.mappings.plan.NetworkMapping;
import dev.drover.mappings.plan.PlanReader;
import dev.drover.mappings.plan.VmPlan;
import dev.drover.mappings.plan.VmSettings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a remedy quotes can be pasted into a plan, and the plan's reader takes it. */
final class RemediesTest {
  @TempDir Path folder;

  private MigrationPlan read(String networks, String storage, String vmLine) throws IOException {
    Path file = folder.resolve("plan.yaml");
    Files.writeString(
        file,
        """
        apiVersion: drover.dev/v1alpha1
        kind: MigrationPlan
        metadata: {name: test}
        sources:
          - {name: dc1, ova: {path: .}}
        target: {directory: {path: out}}
        networks:
          - {source: other, pod: {}}
        %s
        storage:
          - {source: other}
        %s
        waves:
          - name: one
            vms:
              - vm: dc1/vm-1
                name: web
                %s
        """
            .formatted(indented(networks), indented(storage), vmLine));
    return PlanReader.read(file);
  }

  private static String indented(String line) {
    return line.isEmpty() ? "" : "  " + line;
  }

  /** The first thing in double quotes behind a colon. */
  private static String line(Finding finding) {
    String remedy = finding.remedy();
    int start = remedy.indexOf(": \"") + 3;
    int end = remedy.indexOf("}\"", start) < 0 ? remedy.indexOf('"', start) : -1;
    String line =
        end < 0
            ? remedy.substring(start, remedy.indexOf("}\"", start) + 1)
            : remedy.substring(start, end);
    return line.replace("NAMESPACE", "infra").replace("CLASS", "ceph").replace("NAME", "vlan");
  }

  @ParameterizedTest
  @ValueSource(strings = {"VM Network", "It's", "a: b #c", "\"q\"", "[x]", "tab\there", "ü\n\\"})
  void theNetworkLine(String network) throws IOException {
    Given given = Given.vm();
    given.nics.set(0, Given.nic("n0", null, network, Answer.YES, null));
    given.networks = List.of();
    MigrationPlan plan = read(line(given.blocker("NET-001")), "", "");
    assertEquals(
        new NetworkMapping(network, new NetworkMapping.Multus("infra", "vlan")),
        plan.networks().get(1));
  }

  @Test
  void theStorageLine() throws IOException {
    Given given = Given.vm();
    given.storage = List.of();
    MigrationPlan plan = read("", line(given.blocker("STO-001")), "");
    assertEquals("ceph", plan.storage().get(1).storageClass());
  }

  @Test
  void theSecondNicOfThePodNetwork() throws IOException {
    Given given = Given.vm();
    SourceNic nic = Given.nic("n1", null);
    given.nics.add(nic);
    VmPlan vm = read("", "", line(given.blocker("NET-002"))).waves().get(0).vms().get(0);
    assertEquals(
        new VmPlan.NicOverride(false, null, new NetworkMapping.Multus("infra", "vlan")),
        vm.nics().get("n1"));
  }

  @Test
  void theDiskThatStaysBehind() throws IOException {
    Given given = Given.vm();
    given.disks.clear();
    given.disks.add(Given.disk("scsi0:1", ByteSize.ZERO, Given.disk("x").address(), null));
    VmPlan vm = read("", "", line(given.blocker("DISK-003"))).waves().get(0).vms().get(0);
    assertEquals(List.of("scsi0:1"), vm.skippedDisks());
  }

  @Test
  void theTargetNameAndTheTimeZone() throws IOException {
    Given given = Given.vm();
    given.targetName = "Web 1";
    assertEquals(
        "web-1",
        read("", "", line(given.blocker("NAME-001"))).waves().get(0).vms().get(0).targetName());
    MigrationPlan zoned = read("", "", line(Given.os("windows9_64Guest").finding("FW-008")));
    assertEquals("Europe/Berlin", zoned.waves().get(0).vms().get(0).settings().timezone());
  }

  @Test
  void theFirmware() throws IOException {
    MigrationPlan plan = read("", "", line(Given.vm().finding("FW-001")));
    assertEquals(VmSettings.Firmware.efi, plan.waves().get(0).vms().get(0).settings().firmware());
  }
}
