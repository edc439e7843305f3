package dev.drover.batch.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.drover.batch.cli.terminal.ScreenText;
import dev.drover.importers.api.Discovery;
import dev.drover.mappings.model.Answer;
import dev.drover.mappings.model.ByteSize;
import dev.drover.mappings.model.Cpu;
import dev.drover.mappings.model.DiskAddress;
import dev.drover.mappings.model.Finding;
import dev.drover.mappings.model.Identity;
import dev.drover.mappings.model.Memory;
import dev.drover.mappings.model.SourceDisk;
import dev.drover.mappings.model.SourceVm;
import dev.drover.mappings.model.VmRef;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class InventoryCommandTest {
  @TempDir Path folder;
  private final CliRun cli = new CliRun();

  private static Discovery vm(String name, Finding... findings) {
    SourceVm.Builder vm =
        SourceVm.of(
            new VmRef("ova", name.isBlank() ? "x" : name),
            Identity.ofName(name),
            Cpu.ofCount(2),
            Memory.ofSize(ByteSize.ofGiB(4)));
    vm.disk(
        new SourceDisk(
            "vmdisk1",
            "Hard disk 1",
            ByteSize.ofGiB(10),
            null,
            new DiskAddress(DiskAddress.Bus.SCSI, "VirtualSCSI", 0, 0),
            new SourceDisk.Backing(
                SourceDisk.Kind.FILE, null, "disk.vmdk", null, Answer.UNKNOWN, null),
            SourceDisk.Sharing.NONE,
            SourceDisk.Mode.PERSISTENT,
            null,
            null,
            Answer.UNKNOWN,
            null));
    for (Finding finding : findings) {
      vm.finding(finding);
    }
    return new Discovery.Found(vm.build());
  }

  private static final Discovery TORN =
      new Discovery.Unreadable(
          "bad.ova:12", Finding.blocker("OVF-001", "the archive is cut off", "copy it again"));

  @Test
  void sumsUpWhatNobodyReadsAsATable() {
    Finding floppy = Finding.warning("DEV-001", "has a floppy", "remove it");
    List<Discovery> many = new java.util.ArrayList<>();
    for (int i = 0; i < 250; i++) {
      many.add(i % 50 == 0 ? vm("web-" + i, floppy, floppy) : vm("web-" + i));
    }
    for (int i = 0; i < 300; i++) {
      many.add(TORN);
    }
    cli.discoveries = many;
    assertEquals(1, cli.execute("inventory", "--source", "ova=ova:x"));
    assertTrue(cli.out().startsWith("250 VMs"), cli.out());
    assertTrue(
        cli.out().contains("500 CPUs, 1000 GiB of memory, 250 disks with 2.4 TiB"), cli.out());
    assertTrue(cli.out().matches("(?s).*DEV-001 +warning +5 +has a floppy\n.*"), cli.out());
    assertFalse(cli.out().contains("web-7"), cli.out());
    assertTrue(cli.err().contains("200 more places"), cli.err());
  }

  @Test
  void listsVmsWithTheirFindingsAndRemedies() {
    cli.discoveries =
        List.of(vm("web-1"), vm("old", Finding.warning("DEV-001", "has a floppy", "remove it")));
    assertEquals(0, cli.execute("inventory", "--source", "ova=ova:x"));
    assertTrue(cli.out().matches("(?s).*web-1 +2 +4 GiB +1 +10 GiB +unknown +none\n.*"), cli.out());
    assertTrue(cli.out().contains("1 warning"), cli.out());
    assertTrue(cli.out().contains("warning DEV-001 has a floppy\n    remedy: remove it"));
    assertEquals(0, cli.openSources, "the source is closed");
  }

  @Test
  void whatCannotBeReadIsNamedAndDoesNotStopTheOthers() {
    cli.discoveries = List.of(TORN, vm("web-1"));
    assertEquals(1, cli.execute("inventory", "--source", "ova=ova:x"));
    assertTrue(cli.out().contains("web-1"), cli.out());
    assertEquals("error: bad.ova:12: the archive is cut off\n  remedy: copy it again\n", cli.err());
  }

  @Test
  void anIdThatNoRunCanKeepIsTold() {
    cli.discoveries = List.of(vm("w".repeat(1001)), vm("w".repeat(1000)));
    assertEquals(1, cli.execute("inventory", "--source", "ova=ova:x", "-o", "json"));
    assertTrue(cli.err().contains("its id is longer than 1000 characters"), cli.err());
    assertTrue(cli.out().contains("INV-002"), cli.out());
  }

  @Test
  void writesTheFileThatPlanReads() throws IOException {
    Path file = folder.resolve("inventory.json");
    cli.discoveries = List.of(vm("web-1"), vm("web-2"));
    assertEquals(0, cli.execute("inventory", "--source", "ova=ova:x", "-o", file.toString()));
    assertTrue(cli.out().contains("2 VMs written to "), cli.out());
    Path plan = folder.resolve("plan.yaml");
    CliRun next = new CliRun();
    assertEquals(
        0,
        next.execute("plan", file.toString(), "--target", "directory:./out", "-o", plan.toString()),
        next.err());
    assertTrue(Files.readString(plan).contains("web-2"), Files.readString(plan));
    CliRun last = new CliRun();
    assertEquals(0, last.execute("validate", plan.toString()), last.err());
    assertTrue(last.out().contains("valid, 2 VMs in 1 wave"), last.out());
  }

  @Test
  void printsTheDocumentAndNothingElseAsJson() {
    cli.discoveries = List.of(vm("web-1"), TORN);
    assertEquals(1, cli.execute("inventory", "--source", "ova=ova:x", "-o", "json"));
    JsonNode document = JsonMapper.builder().build().readTree(cli.out());
    assertTrue(document.toString().contains("web-1"), cli.out());
    assertTrue(document.toString().contains("bad.ova:12"), cli.out());
    assertFalse(Files.exists(Path.of("json")));
  }

  @Test
  void aNameCannotTakeOverTheTerminal() {
    cli.on(ScreenText.window(80, ""));
    cli.discoveries = List.of(vm("\u001b[2J\u001b[1;1Hroot@host# \u202e"));
    cli.execute("inventory", "--source", "ova=ova:x");
    assertFalse(cli.out().contains("\u001b"), cli.out());
    assertFalse(cli.out().contains("\u202e"), cli.out());
  }

  @Test
  void aLongNameMakesNoOtherLineLongInAPipe() {
    cli.discoveries =
        List.of(vm("web-1"), vm("n".repeat(900), Finding.warning("X-001", "x", "y")), vm("web-2"));
    cli.execute("inventory", "--source", "ova=ova:x");
    cli.out().lines().forEach(line -> assertTrue(line.length() < 200, line));
    assertTrue(cli.out().contains("n".repeat(70)), cli.out());
  }

  @Test
  void twoSourcesOfOneNameAreRefusedBeforeOneIsOpened() {
    assertEquals(2, cli.execute("inventory", "--source", "ova:/a/vms", "--source", "ova:/b/vms"));
    assertTrue(cli.err().contains("\"ova-vms\""), cli.err());
    assertTrue(cli.opened.isEmpty());
    assertEquals(
        0, cli.execute("inventory", "--source", "a=ova:/a/vms", "--source", "b=ova:/b/vms"));
    assertEquals(List.of("a", "b"), cli.opened.stream().map(s -> s.name()).toList());
  }

  @Test
  void aPlanIsNotReplacedUnlessTheUserSaysSo() throws IOException {
    Path inventory = folder.resolve("inventory.json");
    cli.discoveries = List.of(vm("web-1"));
    cli.execute("inventory", "--source", "ova=ova:x", "-o", inventory.toString());
    Path plan = Files.writeString(folder.resolve("plan.yaml"), "mine");
    String[] line = {
      "plan", inventory.toString(), "--target", "directory:./out", "-o", plan.toString()
    };
    assertEquals(2, cli.execute(line));
    assertTrue(cli.err().contains("--force"), cli.err());
    assertEquals("mine", Files.readString(plan));
    String[] forced = Stream.concat(Stream.of(line), Stream.of("--force")).toArray(String[]::new);
    assertEquals(0, cli.execute(forced), cli.err());
    assertTrue(Files.readString(plan).contains("web-1"));
  }

  @Test
  void aBrokenInventoryIsSaidAndLeavesNoPlan() throws IOException {
    Path inventory = Files.writeString(folder.resolve("inventory.json"), "{\"vms\": [");
    Path plan = folder.resolve("plan.yaml");
    assertEquals(
        2,
        cli.execute(
            "plan", inventory.toString(), "--target", "directory:./out", "-o", plan.toString()),
        cli.err());
    assertTrue(cli.err().contains("inventory.json"), cli.err());
    try (Stream<Path> files = Files.list(folder)) {
      assertEquals(List.of(inventory), files.toList());
    }
  }
}
