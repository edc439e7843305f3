package dev.drover.mappings.plan;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.management.ThreadMXBean;
import dev.drover.mappings.disk.DiskFormat;
import dev.drover.mappings.failure.UsageFailed;
import dev.drover.mappings.model.VmRef;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PlanReaderTest {
  @TempDir Path folder = Path.of("");

  static String whole() {
    try (InputStream in = PlanReaderTest.class.getResourceAsStream("whole.yaml")) {
      return new String(Objects.requireNonNull(in).readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private MigrationPlan read(String yaml) {
    try {
      return PlanReader.read(Files.writeString(folder.resolve("plan.yaml"), yaml));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Test
  void readsSourcesAndTarget() {
    MigrationPlan plan = read(whole());
    assertEquals("first", plan.name());
    assertEquals(
        new SourceSpec(
            "appliances",
            "ova",
            "./appliances",
            null,
            null,
            Map.of("configuration", "small", "maxInflatedGiB", "20")),
        plan.sources().get(0));
    SourceSpec dc1 = plan.sources().get(1);
    assertEquals("vsphere", dc1.type());
    assertEquals("https://vcenter.example/sdk", dc1.location());
    assertEquals(new CredentialsRef.Env("DC1"), dc1.credentials());
    assertTrue(Objects.requireNonNull(Objects.requireNonNull(dc1.tls()).thumbprint()).length() > 7);
    assertEquals(
        new SourceSpec(
            "xen",
            "xen",
            "xen+ssh://root@host/",
            new CredentialsRef.Secret("ops", "xen.login"),
            new SourceSpec.Tls(null, "ca.pem", true),
            Map.of()),
        plan.sources().get(2));
    assertEquals(
        new TargetSpec.Kubernetes(
            "./kubeconfig", "lab", "system:serviceaccount:m:drover", List.of("admins")),
        plan.target());
  }

  /**
   * Memory stands for work here: whoever copies a line again with each of its pieces makes much.
   */
  @Test
  void readingALongLineIsLinear() throws IOException {
    ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    int length = 2 << 20;
    Path plan = Files.writeString(folder.resolve("p"), "# " + "x".repeat(length) + "\n" + whole());
    long before = threads.getCurrentThreadAllocatedBytes();
    assertEquals("first", PlanReader.read(plan).name());
    long each = (threads.getCurrentThreadAllocatedBytes() - before) / length;
    assertTrue(each < 200, each + " bytes for each character");
  }

  @Test
  void readsMapsNamesAndDefaults() {
    MigrationPlan plan = read(whole());
    assertEquals(
        List.of(
            new NetworkMapping("VM Network", new NetworkMapping.Pod()),
            new NetworkMapping("DMZ*", new NetworkMapping.Multus("net", "dmz")),
            new NetworkMapping("lab", new NetworkMapping.Ignore())),
        plan.networks());
    assertEquals(
        List.of(
            new StorageMapping(
                "fast",
                "ceph-rbd",
                StorageMapping.AccessMode.ReadWriteMany,
                StorageMapping.VolumeMode.Block,
                DiskFormat.RAW,
                false),
            new StorageMapping("*", null, null, null, DiskFormat.QCOW2, true)),
        plan.storage());
    assertEquals(new Naming("dc1-", "-m"), plan.naming());
    assertEquals(
        new VmSettings(
            "vms",
            VmSettings.DiskBus.sata,
            "e1000e",
            "u1.medium",
            "VirtualMachinePreference/rhel.9",
            VmSettings.Power.asSource,
            SourceRule.NONE,
            VmSettings.GuestConversion.none,
            "q35",
            null,
            null,
            null,
            Map.of("team", "web", "example.org/tier", ""),
            Map.of("note", "any text: at all")),
        plan.defaults());
  }

  @Test
  void readsHooksRetryAndWaves() {
    MigrationPlan plan = read(whole());
    assertEquals(new RetryPolicy(5, Duration.ofSeconds(90)), plan.retry());
    assertEquals(
        List.of(new Hooks.Hook(List.of("./notify", "start"), Duration.ofSeconds(30))),
        plan.hooks().beforeWave());
    assertEquals(
        List.of(new Hooks.Hook(List.of("logger", ""), Duration.ofMinutes(5))),
        plan.hooks().afterVm());
    assertEquals(new Wave.Limits(3, 4), plan.waves().get(0).limits());
    assertEquals(RateLimits.NONE, plan.rateLimits());
    assertEquals(Wave.Limits.DEFAULT, plan.waves().get(1).limits());
    VmPlan web = plan.waves().get(0).vms().get(0);
    assertEquals(VmPlan.of(new VmRef("appliances", "sub/web.ova#web"), "Web"), web);
    assertEquals("dc1-web-m", Names.of(plan.naming(), web));
  }

  @Test
  void readsOverridesOfOneVm() {
    VmPlan db = read(whole()).waves().get(0).vms().get(1);
    assertEquals("db-1", db.targetName());
    assertEquals("databases", db.settings().namespace());
    assertEquals(VmSettings.Power.stopped, db.settings().power());
    assertNull(db.settings().diskBus());
    assertEquals(
        Map.of(
            "vmdisk1", new VmPlan.DiskOverride(false, VmSettings.DiskBus.scsi, "slow"),
            "vmdisk2", new VmPlan.DiskOverride(true, null, null)),
        db.disks());
    assertEquals(
        Map.of(
            "nic0",
            new VmPlan.NicOverride(false, "virtio", new NetworkMapping.Multus("net", "dmz")),
            "nic1",
            new VmPlan.NicOverride(false, null, new NetworkMapping.Pod()),
            "nic2",
            new VmPlan.NicOverride(false, null, new NetworkMapping.Ignore()),
            "nic3",
            new VmPlan.NicOverride(true, null, null)),
        db.nics());
  }

  @Test
  void readsFirmwareAndClock() {
    MigrationPlan plan =
        read(
            whole()
                .replace(
                    "  machineType: q35\n",
                    "  firmware: efi\n  secureBoot: true\n  timezone: UTC\n"));
    assertEquals(VmSettings.Firmware.efi, plan.defaults().firmware());
    assertEquals(true, plan.defaults().secureBoot());
    assertEquals("UTC", plan.defaults().timezone());
    VmSettings seven = plan.waves().get(1).vms().get(0).settings();
    assertEquals(VmSettings.Firmware.efi, seven.firmware());
    assertEquals(false, seven.secureBoot());
    assertEquals("Europe/Berlin", seven.timezone());
  }

  @Test
  void fillsInWhatAShortPlanLeavesOut() {
    MigrationPlan plan =
        read(
            """
            apiVersion: drover.dev/v1alpha1
            kind: MigrationPlan
            metadata: {name: p}
            sources: [{name: a, ova: {path: x}}]
            target: {kubernetes: {}}
            waves: [{name: w, vms: [{vm: a/1, name: one}]}]
            """);
    assertEquals(new TargetSpec.Kubernetes(null, null, null, List.of()), plan.target());
    assertEquals(List.of(), plan.networks());
    assertEquals(
        List.of(new StorageMapping("*", null, null, null, DiskFormat.RAW, false)), plan.storage());
    assertEquals(Naming.PLAIN, plan.naming());
    assertEquals(VmSettings.NONE, plan.defaults());
    assertEquals(RetryPolicy.DEFAULT, plan.retry());
    assertEquals(Hooks.NONE, plan.hooks());
  }

  @Test
  void theDigestIsThatOfTheBytes() {
    String sha256 = read(whole()).digest();
    assertTrue(sha256.matches("[0-9a-f]{64}"), sha256);
    assertEquals(sha256, read(whole()).digest());
    assertTrue(!sha256.equals(read(whole() + "# a comment\n").digest()));
  }

  @Test
  void takesAByteOrderMarkAndWindowsLineEnds() {
    MigrationPlan plan = read("\uFEFF" + whole().replace("\n", "\r\n"));
    assertEquals("first", plan.name());
  }

  @Test
  void readsAHundredThousandVms() {
    StringBuilder yaml = new StringBuilder(whole());
    for (int i = 0; i < 100_000; i++) {
      yaml.append("      - {vm: dc1/x-").append(i).append(", name: vm ").append(i).append("}\n");
    }
    assertEquals(100_001, read(yaml.toString()).waves().get(1).vms().size());
  }

  @Test
  void aMissingPlanIsAUsageMistakeThatNamesTheFile() {
    Path file = folder.resolve("none.yaml");
    UsageFailed e = assertThrows(UsageFailed.class, () -> PlanReader.read(file));
    assertEquals(file.toString(), e.subject());
    assertThrows(UsageFailed.class, () -> PlanReader.read(folder));
  }
}
