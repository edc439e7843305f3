package dev.drover.batch.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.drover.converters.CopyPaths;
import dev.drover.converters.Engine;
import dev.drover.mappings.inventory.InventoryWriter;
import dev.drover.mappings.model.Answer;
import dev.drover.mappings.model.ByteSize;
import dev.drover.mappings.model.Cpu;
import dev.drover.mappings.model.DiskAddress;
import dev.drover.mappings.model.Identity;
import dev.drover.mappings.model.Memory;
import dev.drover.mappings.model.SourceDisk;
import dev.drover.mappings.model.SourceVm;
import dev.drover.mappings.model.VmRef;
import dev.drover.mappings.plan.MigrationPlan;
import dev.drover.mappings.plan.PlanReader;
import dev.drover.mappings.plan.SourceSpec;
import dev.drover.mappings.plan.VmPlan;
import dev.drover.mappings.plan.Wave;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** {@code drover plan} in waves, {@code --again} and {@code explain}, from the command line. */
class PlanCommandsTest {
  private static final String POLICY =
      """
      apiVersion: drover.dev/v1alpha1
      kind: MigrationPolicy
      metadata: {name: p}
      waves:
        pilotVms: 0
        dependenciesFile: deps.csv
        together: [{by: name, key: "^(app[0-9])-"}]
        caps: {vms: 3}
      """;

  @TempDir private Path folder = Path.of("");

  private static SourceVm vm(String id, String name) {
    return SourceVm.of(
            new VmRef("ova", id),
            Identity.ofName(name),
            Cpu.ofCount(2),
            Memory.ofSize(ByteSize.ofGiB(4)))
        .disk(
            new SourceDisk(
                "d1",
                "Hard disk 1",
                ByteSize.ofGiB(20),
                ByteSize.ofGiB(10),
                new DiskAddress(DiskAddress.Bus.SCSI, null, 0, 0),
                new SourceDisk.Backing(
                    SourceDisk.Kind.FILE, null, name + ".vmdk", "ds1", Answer.YES, 0),
                SourceDisk.Sharing.NONE,
                SourceDisk.Mode.PERSISTENT,
                null,
                null,
                Answer.UNKNOWN,
                null))
        .build();
  }

  private Path inventory(String file, String... names) {
    Path path = folder.resolve(file);
    try (InventoryWriter writer =
        InventoryWriter.create(path, List.of(SourceSpec.of("ova", "ova", "./in")))) {
      for (String name : names) {
        writer.vm(vm(name, name));
      }
      writer.commit();
    }
    return path;
  }

  private Path policy(String links) throws IOException {
    Files.writeString(folder.resolve("deps.csv"), links);
    return Files.writeString(folder.resolve("policy.yaml"), POLICY);
  }

  private Path planFile() {
    return folder.resolve("plan.yaml");
  }

  private static CliRun run(int code, String... arguments) {
    CliRun cli = new CliRun();
    assertEquals(code, cli.execute(arguments), cli.err() + cli.out());
    return cli;
  }

  private CliRun plan(Path inventory, Path policy) {
    return run(
        ExitCodes.DONE,
        "plan",
        inventory.toString(),
        "--target",
        "directory:" + folder.resolve("out"),
        "--policy",
        policy.toString(),
        "-o",
        planFile().toString());
  }

  private static Map<String, String> waves(Path file) {
    MigrationPlan plan = PlanReader.read(file);
    Map<String, String> waves = new HashMap<>();
    for (Wave wave : plan.waves()) {
      for (VmPlan vm : wave.vms()) {
        waves.put(vm.sourceName(), wave.name());
      }
    }
    return waves;
  }

  @Test
  void aPlanGoesWhereALinkLeadsAndTheLinkStays() throws IOException {
    Path real = Files.createDirectory(folder.resolve("sub")).resolve("real.yaml");
    Files.createSymbolicLink(planFile(), Path.of("sub", "real.yaml"));
    plan(inventory("i.json", "a"), policy("vm,needs\n"));
    assertTrue(Files.isSymbolicLink(planFile()), "the link was replaced");
    assertEquals(1, waves(real).size());
  }

  @Test
  void aPolicyMakesWavesAndAValidPlan() throws IOException {
    CliRun cli =
        plan(
            inventory("i.json", "a", "app1-web", "b", "c", "app1-db"),
            policy("vm,needs\na,c\nb,nowhere\n"));
    Map<String, String> waves = waves(planFile());
    assertEquals(5, waves.size());
    assertEquals(waves.get("app1-web"), waves.get("app1-db"));
    assertTrue(String.valueOf(waves.get("c")).compareTo(String.valueOf(waves.get("a"))) <= 0);
    assertTrue(cli.err().contains("deps.csv:3: no VM is called \"nowhere\""), cli.err());
    assertTrue(cli.out().contains("wave-01"), cli.out());
    run(ExitCodes.DONE, "validate", planFile().toString());
  }

  @Test
  void withoutAPolicyFewVmsAreOneWaveAndManyAreSeveral() {
    Path few = inventory("few.json", "a", "b");
    String target = "directory:" + folder.resolve("out");
    run(ExitCodes.DONE, "plan", few.toString(), "--target", target, "-o", planFile().toString());
    assertEquals(Map.of("a", "wave-1", "b", "wave-1"), waves(planFile()));
    String[] names = IntStream.range(0, 60).mapToObj(i -> "vm" + i).toArray(String[]::new);
    Path many = inventory("many.json", names);
    run(
        ExitCodes.DONE,
        "plan",
        many.toString(),
        "--target",
        target,
        "-o",
        planFile().toString(),
        "--force");
    MigrationPlan plan = PlanReader.read(planFile());
    assertEquals(List.of(5, 50, 5), plan.waves().stream().map(w -> w.vms().size()).toList());
    assertEquals("pilot", plan.waves().get(0).name());
  }

  @Test
  void planningAgainKeepsTheWavesAndSaysWhatMoved() throws IOException {
    plan(inventory("i.json", "a", "b", "c", "d"), policy(""));
    Map<String, String> before = waves(planFile());
    String text = Files.readString(planFile());
    Files.writeString(
        planFile(),
        text.replace("# Where they go.", "# ours\n# Where they go.")
            .replace("        name: b\n", "        name: b\n        power: stopped\n"));
    Path next = inventory("next.json", "a", "b", "c", "e");
    CliRun cli = run(ExitCodes.DONE, "plan", "--again", planFile().toString(), next.toString());
    Map<String, String> after = waves(planFile());
    for (String name : List.of("a", "b", "c")) {
      assertEquals(before.get(name), after.get(name));
    }
    assertTrue(after.containsKey("e") && !after.containsKey("d"), after::toString);
    assertTrue(cli.out().contains("the inventory has it no more"), cli.out());
    assertTrue(cli.out().contains("2 VMs changed, 3 VMs stayed"), cli.out());
    String kept = Files.readString(planFile());
    assertTrue(kept.contains("# ours"), kept);
    assertTrue(kept.contains("power: stopped"), kept);
    assertTrue(kept.contains("inventory: " + next), kept);
  }

  @Test
  void anUnchangedInventoryPlannedAgainGivesTheSameBytes() throws IOException {
    Path inventory = inventory("i.json", "a", "app1-b", "app1-c", "d", "e");
    Path policy = policy("vm,needs\na,e\n");
    for (String windows :
        List.of(
            "",
            "  windows: [{name: night, zone: Europe/Berlin, days: [friday], from: 22:00, length: 8h,"
                + " first: 2099-01-01}]\n")) {
      Files.writeString(policy, POLICY + windows);
      Files.deleteIfExists(planFile());
      plan(inventory, policy);
      String before = Files.readString(planFile());
      for (int i = 0; i < 2; i++) {
        CliRun cli =
            run(ExitCodes.DONE, "plan", "--again", planFile().toString(), inventory.toString());
        assertEquals(before, Files.readString(planFile()));
        assertTrue(cli.out().contains("nothing moved: 5 VMs stay"), cli.out());
      }
    }
  }

  @Test
  void aPlanOfOneWaveThatIsPlannedAgainIsLeftAsItIsUnlessSomethingMoves() throws IOException {
    Path few = inventory("few.json", "a", "b");
    String target = "directory:" + folder.resolve("out");
    run(ExitCodes.DONE, "plan", few.toString(), "--target", target, "-o", planFile().toString());
    String before = Files.readString(planFile());
    CliRun same = run(ExitCodes.DONE, "plan", "--again", planFile().toString(), few.toString());
    assertEquals(before, Files.readString(planFile()));
    assertTrue(same.out().contains("nothing moved: 2 VMs stay"), same.out());
    Path more = inventory("more.json", "a", "b", "c");
    run(ExitCodes.DONE, "plan", "--again", planFile().toString(), more.toString());
    assertEquals(3, waves(planFile()).size());
  }

  @Test
  void aSourceThatThePlanDoesNotKnowIsRefused() throws IOException {
    plan(inventory("i.json", "a"), policy(""));
    Path other = folder.resolve("other.json");
    try (InventoryWriter writer =
        InventoryWriter.create(other, List.of(SourceSpec.of("more", "ova", "./more")))) {
      writer.commit();
    }
    CliRun cli = run(ExitCodes.USAGE, "plan", "--again", planFile().toString(), other.toString());
    assertTrue(cli.err().contains("a source that the plan does not know: more"), cli.err());
  }

  @Test
  void explainTellsWaveReasonFindingsAndEstimate() throws IOException {
    plan(inventory("i.json", "a", "app1-web", "app1-db", "b"), policy(""));
    CliRun cli = run(ExitCodes.DONE, "explain", planFile().toString(), "--vm", "app1-web");
    assertTrue(cli.out().contains("moves with   name app1: app1-db"), cli.out());
    assertTrue(cli.out().contains("the first wave with room for it"), cli.out());
    assertTrue(cli.out().contains("620 Mbit/s"), cli.out());
    assertTrue(cli.out().contains("order        wave 1 of 2, VM 3 of 3 in it"), cli.out());
    assertTrue(
        cli.out().matches("(?s).*ordered by   complexity \\d+; 10 GiB to copy\n.*"), cli.out());
    assertFalse(cli.out().contains("is not the one"), cli.out());
    assertTrue(
        cli.out().contains("travels      Hard disk 1 (id d1): IN_PLACE, ONE_PASS, UNPACKED"),
        cli.out());
    for (CopyPaths.Way way : CopyPaths.table(Engine.DROVER)) {
      assertTrue(cli.out().contains(way.source()) && cli.out().contains(way.place()), cli.out());
    }
    CliRun qemu =
        run(
            ExitCodes.DONE,
            "explain",
            planFile().toString(),
            "--vm",
            "app1-web",
            "--engine",
            "qemu-img");
    assertTrue(
        qemu.out().contains("Hard disk 1 (id d1): QEMU_IMG, decoded by qemu-img"), qemu.out());
    assertFalse(qemu.out().contains("the first line that fits"), qemu.out());
    CliRun json =
        run(ExitCodes.DONE, "explain", planFile().toString(), "--vm", "ova/b", "-o", "json");
    JsonNode document = new JsonMapper().readTree(json.out());
    assertEquals("VmExplanation", document.path("kind").asString());
    assertEquals(document.path("planned").asString(), document.path("wave").asString());
    assertEquals(9, document.path("ways").size());
    assertEquals("IN_PLACE", document.at("/disks/0/ways/0/path").asString());
  }

  @Test
  void explainHasTheWholeReasonThatTheCommentOfThePlanCutsShort() throws IOException {
    Path inventory = inventory("i.json", "a", "b", "c");
    Path policy = policy("");
    String reason = "the contract of its vendor runs on; " + "and so on, ".repeat(20) + "until May";
    Files.writeString(
        policy,
        POLICY
            + "  leaveOut: [{reason: \""
            + reason
            + "\", vms: {name: b}}]\n"
            + "  criticality: [low, high]\n"
            + "labels: {criticality: {attribute: Class}}\n");
    plan(inventory, policy);
    assertFalse(Files.readString(planFile()).contains("until May"));
    CliRun cli = run(ExitCodes.DONE, "explain", planFile().toString(), "--vm", "b");
    assertTrue(cli.out().contains("why          policy: " + reason), cli.out());
    CliRun other = run(ExitCodes.DONE, "explain", planFile().toString(), "--vm", "c");
    assertTrue(
        other.out().contains("ordered by   no criticality, so behind all that have one;"),
        other.out());
  }

  @Test
  void explainSaysWhatItCannot() throws IOException {
    Path inventory = inventory("i.json", "a", "b");
    plan(inventory, policy(""));
    CliRun none = run(ExitCodes.USAGE, "explain", planFile().toString(), "--vm", "zz");
    assertTrue(none.err().contains("there is no such VM"), none.err());
    inventory("i.json", "a", "b", "c");
    CliRun changed = run(ExitCodes.DONE, "explain", planFile().toString(), "--vm", "c");
    assertTrue(changed.out().contains("the inventory is not the one"), changed.out());
    assertTrue(changed.out().contains("wave         none"), changed.out());
    Files.delete(inventory);
    run(ExitCodes.USAGE, "explain", planFile().toString(), "--vm", "a");
  }

  @Test
  void aPlanForNobodyAndAPlanWithoutTargetAreRefused() throws IOException {
    CliRun target = run(ExitCodes.USAGE, "plan", inventory("i.json", "a").toString());
    assertTrue(target.err().contains("--target"), target.err());
    CliRun empty =
        run(
            ExitCodes.USAGE,
            "plan",
            inventory("empty.json").toString(),
            "--target",
            "directory:out",
            "--policy",
            policy("").toString(),
            "-o",
            planFile().toString());
    assertTrue(empty.err().contains("no VM can be put into a wave"), empty.err());
    assertFalse(Files.exists(planFile()));
    assertFalse(Files.exists(folder.resolve("plan.yaml.partial")));
  }

  @Test
  void filesOfWavesThatAreNotThePlansOwnAreNotReplaced() throws IOException {
    String[] names = IntStream.range(0, 2100).mapToObj(i -> "vm" + i).toArray(String[]::new);
    Path many = inventory("many.json", names);
    Path others = folder.resolve("waves/wave-01.yaml");
    Files.createDirectories(others.getParent());
    Files.writeString(others, "theirs");
    String[] arguments = {
      "plan", many.toString(), "--target", "directory:out", "-o", planFile().toString()
    };
    run(ExitCodes.USAGE, arguments);
    assertEquals("theirs", Files.readString(others));
    Files.delete(others);
    run(ExitCodes.DONE, arguments);
    assertEquals(2100, waves(planFile()).size());
    Path fewer = inventory("fewer.json", names[0], names[1]);
    run(ExitCodes.DONE, "plan", "--again", planFile().toString(), fewer.toString());
    assertEquals(2, waves(planFile()).size());
    try (var left = Files.list(folder.resolve("waves"))) {
      assertEquals(0, left.count());
    }
  }
}
