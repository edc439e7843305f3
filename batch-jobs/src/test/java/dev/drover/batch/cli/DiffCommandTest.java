package dev.drover.batch.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

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
import dev.drover.mappings.plan.SourceSpec;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DiffCommandTest {
  @TempDir Path folder;
  private final CliRun cli = new CliRun();

  private static SourceVm vm(String id, String name, long gib, @Nullable ByteSize used) {
    return SourceVm.of(
            new VmRef("dc1", id),
            Identity.ofName(name),
            Cpu.ofCount(2),
            Memory.ofSize(ByteSize.ofGiB(gib)))
        .disk(
            new SourceDisk(
                "2000",
                "Hard disk 1",
                ByteSize.ofGiB(gib),
                used,
                new DiskAddress(DiskAddress.Bus.SCSI, null, 0, 0),
                new SourceDisk.Backing(SourceDisk.Kind.FILE, null, "d", null, Answer.UNKNOWN, null),
                SourceDisk.Sharing.NONE,
                SourceDisk.Mode.PERSISTENT,
                null,
                null,
                Answer.UNKNOWN,
                null))
        .build();
  }

  private String file(String name, SourceVm... vms) {
    Path file = folder.resolve(name);
    try (InventoryWriter writer =
        InventoryWriter.create(file, List.of(SourceSpec.of("dc1", "vsphere", "https://vc/sdk")))) {
      List.of(vms).forEach(writer::vm);
      writer.commit();
    }
    return file.toString();
  }

  @Test
  void tellsWhatCameWentAndChanged() {
    String before =
        file(
            "a.json",
            vm("vm-1", "web", 4, null),
            vm("vm-2", "old", 1, null),
            vm("vm-4", "x", 1, null));
    String after =
        file(
            "b.json",
            vm("vm-4", "x", 1, null),
            vm("vm-1", "web-1", 8, null),
            vm("vm-3", "new", 1, null));
    assertEquals(0, cli.execute("diff", before, after));
    String out = cli.out();
    assertTrue(out.matches("(?s).*dc1/vm-1 +web-1 +identity.name +web +web-1.*"), out);
    assertTrue(out.matches("(?s).*vm-1 +web-1 +memory.size +4294967296 +8589934592.*"), out);
    assertTrue(out.matches("(?s).*disks\\[2000\\].size +4294967296 +8589934592.*"), out);
    assertTrue(out.matches("(?s).*dc1/vm-2 +old +removed.*"), out);
    assertTrue(out.matches("(?s).*dc1/vm-3 +new +added.*"), out);
    assertFalse(out.contains("vm-4"), out);
    assertTrue(out.contains("3 VMs differ"), out);
  }

  @Test
  void leavesOutWhatChangesByItselfUnlessAsked() {
    String before = file("a.json", vm("vm-1", "web", 4, ByteSize.ofGiB(1)));
    String after = file("b.json", vm("vm-1", "web", 4, ByteSize.ofGiB(2)));
    assertEquals(0, cli.execute("diff", before, after));
    assertTrue(cli.out().contains("0 VMs differ"), cli.out());
    assertEquals(0, cli.execute("diff", before, after, "--all", "-o", "json"));
    assertTrue(cli.out().contains("disks[2000].used"), cli.out());
  }

  @Test
  void refusesAFileThatIsNoInventory() {
    String before = file("a.json");
    assertEquals(2, cli.execute("diff", before, folder.resolve("none.json").toString()));
  }
}
