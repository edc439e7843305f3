package dev.drover.batch.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.drover.batch.cli.terminal.ScreenText;
import dev.drover.importers.api.VmSources;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A real run leaves evidence, and the next plan is made with what it measured. */
class MeasuredRatesTest {
  private static final int MIB = 1 << 20;
  private static final int DISK = 80;

  @TempDir private Path folder = Path.of("");

  /** The command line on the real sources and the real runs. */
  private ScreenText drover(int code, String... arguments) {
    ScreenText screen = ScreenText.pipe();
    Session session = new Session(screen.terminal(), VmSources::open, Runs.SPRING);
    assertEquals(
        code, new CommandLines(session).execute(arguments), () -> screen.err() + screen.out());
    return screen;
  }

  private void appliance() throws IOException, InterruptedException {
    Path appliances = Files.createDirectory(folder.resolve("appliances"));
    Path raw = folder.resolve("original.raw");
    byte[] noise = new byte[DISK * MIB];
    new Random(5).nextBytes(noise);
    Files.write(raw, noise);
    Path disk = appliances.resolve("web-disk1.vmdk");
    Process qemu =
        new ProcessBuilder(
                "qemu-img",
                "convert",
                "-f",
                "raw",
                "-O",
                "vmdk",
                "-o",
                "subformat=streamOptimized",
                raw.toString(),
                disk.toString())
            .inheritIO()
            .start();
    assertEquals(0, qemu.waitFor());
    Files.writeString(
        appliances.resolve("web.ovf"),
        """
        <Envelope xmlns="http://schemas.dmtf.org/ovf/envelope/1"
            xmlns:ovf="http://schemas.dmtf.org/ovf/envelope/1"
            xmlns:rasd="http://schemas.dmtf.org/wbem/wscim/1/cim-schema/2/CIM_ResourceAllocationSettingData">
          <References><File ovf:id="file0" ovf:href="web-disk1.vmdk" ovf:size="%d"/></References>
          <DiskSection><Info>disks</Info>
            <Disk ovf:diskId="d0" ovf:fileRef="file0" ovf:capacity="%d"
                ovf:capacityAllocationUnits="byte * 2^20"
                ovf:format="http://www.vmware.com/interfaces/specifications/vmdk.html#streamOptimized"/>
          </DiskSection>
          <VirtualSystem ovf:id="web"><Info>a VM</Info><Name>web</Name>
            <OperatingSystemSection ovf:id="94"><Info>system</Info></OperatingSystemSection>
            <VirtualHardwareSection><Info>hardware</Info>
              <Item><rasd:ElementName>CPU</rasd:ElementName><rasd:InstanceID>1</rasd:InstanceID>
                <rasd:ResourceType>3</rasd:ResourceType><rasd:VirtualQuantity>1</rasd:VirtualQuantity></Item>
              <Item><rasd:AllocationUnits>byte * 2^20</rasd:AllocationUnits>
                <rasd:ElementName>memory</rasd:ElementName><rasd:InstanceID>2</rasd:InstanceID>
                <rasd:ResourceType>4</rasd:ResourceType><rasd:VirtualQuantity>512</rasd:VirtualQuantity></Item>
              <Item><rasd:Address>0</rasd:Address><rasd:ElementName>SCSI 0</rasd:ElementName>
                <rasd:InstanceID>3</rasd:InstanceID><rasd:ResourceSubType>VirtualSCSI</rasd:ResourceSubType>
                <rasd:ResourceType>6</rasd:ResourceType></Item>
              <Item><rasd:AddressOnParent>0</rasd:AddressOnParent><rasd:ElementName>Hard disk 1</rasd:ElementName>
                <rasd:HostResource>ovf:/disk/d0</rasd:HostResource><rasd:InstanceID>10</rasd:InstanceID>
                <rasd:Parent>3</rasd:Parent><rasd:ResourceType>17</rasd:ResourceType></Item>
            </VirtualHardwareSection>
          </VirtualSystem>
        </Envelope>
        """
            .formatted(Files.size(disk), DISK));
  }

  private static boolean isThere(String program) {
    return java.util.Arrays.stream(System.getenv("PATH").split(":"))
        .anyMatch(p -> Files.isExecutable(Path.of(p, program)));
  }

  private String at(String name) {
    return folder.resolve(name).toString();
  }

  @Test
  void theRatesOfARealRunReplaceTheAssumptionsOfTheNextPlanAndSaySo() throws Exception {
    assumeTrue(isThere("qemu-img"), "qemu-img is missing");
    appliance();
    Files.writeString(
        folder.resolve("policy.yaml"),
        "apiVersion: drover.dev/v1alpha1\nkind: MigrationPolicy\nmetadata: {name: p}\n"
            + "rates: {linkMbit: 1}\n");
    String target = "directory:" + at("out");
    drover(0, "inventory", "--source", "ova:" + at("appliances"), "-o", at("i.json"));
    String[] plan = {
      "plan", at("i.json"), "--target", target, "--policy", at("policy.yaml"), "-o", at("plan.yaml")
    };
    drover(0, plan);
    String assumed = drover(0, "explain", at("plan.yaml"), "--vm", "web").out();
    assertTrue(assumed.contains("the link carries 1 Mbit/s"), assumed);
    drover(0, "run", at("plan.yaml"), "--state", at("state"));
    JsonNode disk = evidence().at("/disks/0");
    double rate = disk.at("/copied/dataBytes").asDouble() / disk.path("seconds").asDouble();
    String told = drover(0, more(plan, "--rates", at("out/evidence"), "--force")).out();
    assertTrue(told.contains("times rest on\n  measured over 1 copies of disks"), told);
    String text = Files.readString(folder.resolve("plan.yaml"));
    assertTrue(text.contains("rates: " + at("out/evidence")), text);
    String measured = drover(0, "explain", at("plan.yaml"), "--vm", "web").out();
    assertTrue(measured.contains("measured over 1 copies of disks: one gets"), measured);
    assertTrue(measured.contains("measured: all copies together got"), measured);
    assertTrue(measured.contains("assumed, since no record tells"), measured);
    assertFalse(measured.contains("Mbit/s"), measured);
    JsonNode estimate =
        new JsonMapper()
            .readTree(drover(0, "explain", at("plan.yaml"), "--vm", "web", "-o", "json").out())
            .path("estimate");
    double seconds = java.time.Duration.parse(estimate.at("/copy/high").asString()).toSeconds();
    assertEquals(Math.ceil(DISK * (double) MIB / rate), seconds, 1, estimate.toString());
  }

  private static String[] more(String[] some, String... others) {
    return java.util.stream.Stream.of(some, others)
        .flatMap(java.util.Arrays::stream)
        .toArray(String[]::new);
  }

  private JsonNode evidence() throws IOException {
    try (var files = Files.walk(folder.resolve("out/evidence"))) {
      for (Path file : files.filter(f -> f.toString().endsWith("web.json")).toList()) {
        return new JsonMapper().readTree(Files.readAllBytes(file));
      }
    }
    throw new AssertionError("no evidence of web");
  }
}
