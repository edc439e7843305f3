package dev.drover.mappings.inventory;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.drover.mappings.failure.EnvironmentFailed;
import dev.drover.mappings.failure.UsageFailed;
import dev.drover.mappings.model.Answer;
import dev.drover.mappings.model.ByteSize;
import dev.drover.mappings.model.EstatePart;
import dev.drover.mappings.model.Finding;
import dev.drover.mappings.model.SourceVm;
import dev.drover.mappings.plan.CredentialsRef;
import dev.drover.mappings.plan.SourceSpec;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class InventoryTest {
  private static final List<SourceSpec> SOURCES =
      List.of(
          SourceSpec.of("appliances", "ova", "./appliances"),
          new SourceSpec(
              "dc1",
              "vsphere",
              "https://vc/sdk",
              new CredentialsRef.Secret("ns", "vc"),
              new SourceSpec.Tls("SHA256:00", null, false),
              Map.of("a", "b")));

  @TempDir Path folder = Path.of("");

  private Path write(List<SourceVm> vms) {
    Path file = folder.resolve("inventory.json");
    try (InventoryWriter writer = InventoryWriter.create(file, SOURCES)) {
      writer.unreadable("web.ovf:12:7", Finding.blocker("OVF-009", "broken", "mend it"));
      vms.forEach(writer::vm);
      writer.commit();
    }
    return file;
  }

  private static List<SourceVm> read(Path file) {
    try (InventoryReader reader = InventoryReader.open(file)) {
      return reader.vms().toList();
    }
  }

  private UsageFailed failure(String json) throws IOException {
    Path file = Files.writeString(folder.resolve("i.json"), json);
    return assertThrows(UsageFailed.class, () -> read(file));
  }

  private String json() throws IOException {
    return Files.readString(write(List.of(Specimens.bare("a"), Specimens.full(Answer.NO))));
  }

  @ParameterizedTest
  @EnumSource(Answer.class)
  void keepsWhatTheVmsLiveOnAndWhatIsToBeKnown(Answer answer) {
    List<EstatePart> estate =
        List.of(
            new EstatePart.Host(
                "dc1",
                "esx1",
                "d",
                "c",
                2,
                32,
                64,
                ByteSize.ofGiB(512),
                "Xeon",
                "ESXi 8.0",
                answer),
            new EstatePart.Host(
                "dc1", "esx2", null, null, null, null, null, null, null, null, answer),
            new EstatePart.Cluster("dc1", "c", "d", answer, answer, answer),
            new EstatePart.Datastore("dc1", "ds", "d", "VMFS", ByteSize.ofGiB(9), null, answer),
            new EstatePart.Network("dc1", "net", "d", "distributed", 12, "dvs"));
    Finding missing = Finding.warning("RVT-001", "vPartition is missing", "export all sheets");
    Path file = folder.resolve("estate.json");
    try (InventoryWriter writer = InventoryWriter.create(file, SOURCES)) {
      estate.forEach(writer::around);
      writer.notice("export.xlsx", missing);
      writer.commit();
    }
    try (InventoryReader reader = InventoryReader.open(file)) {
      assertThrows(IllegalStateException.class, reader::estate);
      assertEquals(0, reader.vms().count());
      assertEquals(estate, reader.estate());
      assertEquals(List.of(new Notice("export.xlsx", missing)), reader.notices());
    }
  }

  @ParameterizedTest
  @EnumSource(Answer.class)
  void keepsEveryFieldOfAVm(Answer answer) {
    List<SourceVm> vms = List.of(Specimens.bare("web.ova#a"), Specimens.full(answer));
    assertEquals(vms, read(write(vms)));
  }

  @Test
  void theSpecimenOfTheRoundTripLeavesNoFieldUnset() throws ReflectiveOperationException {
    Set<String> empty = new HashSet<>();
    collectUnset(Specimens.full(Answer.YES), "vm", empty);
    // The innermost snapshot has no children; nothing else may be missing.
    assertEquals(Set.of("vm.snapshots.children.children"), empty);
  }

  private static void collectUnset(Object record, String path, Set<String> unset)
      throws ReflectiveOperationException {
    for (RecordComponent component : record.getClass().getRecordComponents()) {
      Object value = component.getAccessor().invoke(record);
      String name = path + "." + component.getName();
      if (value == null || (value instanceof Collection<?> c && c.isEmpty())) {
        unset.add(name);
      } else if (value instanceof Record child) {
        collectUnset(child, name, unset);
      } else if (value instanceof Collection<?> children
          && component.getGenericType() instanceof ParameterizedType) {
        for (Object child : children) {
          if (child instanceof Record r
              && !(child instanceof dev.drover.mappings.model.Identity.Tag)) {
            collectUnset(r, name, unset);
          }
        }
      }
    }
  }

  @Test
  void tellsUnknownListsFromEmptyOnes() {
    SourceVm unknown = Specimens.bare("a");
    assertNull(unknown.snapshots());
    SourceVm none =
        new SourceVm(
            Specimens.bare("b").ref(),
            unknown.identity(),
            unknown.cpu(),
            unknown.memory(),
            unknown.firmware(),
            List.of(),
            List.of(),
            List.of(),
            unknown.guest(),
            unknown.power(),
            List.of(),
            unknown.placement(),
            List.of(),
            null);
    assertEquals(List.of(unknown, none), read(write(List.of(unknown, none))));
  }

  @Test
  void keepsSourcesAndWhatCouldNotBeRead() {
    try (InventoryReader reader = InventoryReader.open(write(List.of(Specimens.bare("a"))))) {
      assertEquals(SOURCES, reader.sources());
      assertThrows(IllegalStateException.class, reader::unreadable);
      assertEquals(1, reader.vms().count());
      assertEquals("web.ovf:12:7", reader.unreadable().get(0).place());
      assertEquals("OVF-009", reader.unreadable().get(0).problem().code());
    }
  }

  @Test
  void writesOneVmALineAndTheSameBytesTwice() throws IOException {
    String first = json();
    assertEquals(first, json());
    assertEquals(2, first.lines().filter(l -> l.startsWith("    {\"ref\":")).count());
    assertTrue(first.startsWith("{\n  \"apiVersion\": \"drover.dev/v1alpha1\",\n"), first);
  }

  @Test
  void anInventoryWithoutVmsIsOne() {
    assertEquals(List.of(), read(write(List.of())));
  }

  @Test
  void theFileHasItsNameOnlyWhenItIsWhole() throws IOException {
    Path file = folder.resolve("inventory.json");
    Files.writeString(file, "old");
    try (InventoryWriter writer = InventoryWriter.create(file, SOURCES)) {
      writer.vm(Specimens.bare("a"));
    }
    assertEquals("old", Files.readString(file));
    try (var left = Files.list(folder)) {
      assertEquals(List.of(file), left.toList());
    }
  }

  @Test
  void aLinkIsFollowedAndStays() throws IOException {
    Path link = folder.resolve("inventory.json");
    Path real = folder.resolve("sub").resolve("real.json");
    Files.createDirectory(folder.resolve("sub"));
    Files.createSymbolicLink(link, Path.of("sub", "real.json"));
    for (int time = 0; time < 2; time++) {
      write(List.of(Specimens.bare("a")));
      assertTrue(Files.isSymbolicLink(link), "the link was replaced");
      assertEquals(1, read(real).size());
    }
  }

  @Test
  void aPipeIsWrittenIntoAndStays() throws Exception {
    Path pipe = folder.resolve("inventory.json");
    assertEquals(0, new ProcessBuilder("mkfifo", pipe.toString()).start().waitFor());
    CompletableFuture<byte[]> through =
        CompletableFuture.supplyAsync(
            () -> {
              try {
                return Files.readAllBytes(pipe);
              } catch (IOException e) {
                throw new UncheckedIOException(e);
              }
            });
    write(List.of(Specimens.bare("a")));
    assertTrue(Files.readAttributes(pipe, BasicFileAttributes.class).isOther(), "replaced");
    Path copy = Files.write(folder.resolve("copy.json"), through.join());
    assertEquals(1, read(copy).size());
    try (var left = Files.list(folder)) {
      assertEquals(2, left.count());
    }
  }

  @Test
  void aSecondVmOfOneIdIsToldAndNotLost() {
    Path file = write(List.of(Specimens.bare("a"), Specimens.bare("a")));
    try (InventoryReader reader = InventoryReader.open(file)) {
      assertEquals(1, reader.vms().count());
      assertEquals("appliances/a", reader.unreadable().get(1).place());
    }
  }

  @Test
  void refusesToKeepAPassword() {
    SourceSpec source = SourceSpec.of("dc1", "vsphere", "https://root:hunter2@vc/sdk");
    UsageFailed e =
        assertThrows(
            UsageFailed.class,
            () -> InventoryWriter.create(folder.resolve("i.json"), List.of(source)));
    assertFalse(String.valueOf(e.getMessage()).contains("hunter2"), e.getMessage());
  }

  @Test
  void anUnwritablePlaceIsTheEnvironmentsFault() {
    Path file = folder.resolve("missing/inventory.json");
    EnvironmentFailed e =
        assertThrows(EnvironmentFailed.class, () -> InventoryWriter.create(file, SOURCES));
    assertEquals(file.toString(), e.subject());
  }

  @Test
  void aFileCutAnywhereIsAnErrorWithItsPlace() throws IOException {
    byte[] whole = json().stripTrailing().getBytes(StandardCharsets.UTF_8);
    Path file = folder.resolve("i.json");
    for (int length = 0; length < whole.length; length += 7) {
      Files.write(file, Arrays.copyOf(whole, length));
      UsageFailed e = assertThrows(UsageFailed.class, () -> read(file), "cut at " + length);
      assertTrue(e.subject().matches(".*i\\.json:\\d+:\\d+"), e.subject() + " at " + length);
    }
  }

  @Test
  void aMistakeInAVmIsToldWithLineColumnAndMember() throws IOException {
    UsageFailed e = failure(json().replace("\"unit\":15", "\"unit\":\"x\""));
    assertTrue(e.subject().matches(".*i\\.json:7:\\d+"), e.subject());
    assertTrue(e.what().contains("disks[0].address.unit"), e.what());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "\"kind\": \"Inventory\" | \"kind\": \"MigrationPlan\" | MigrationPlan",
        "drover.dev/v1alpha1 | drover.dev/v1 | drover.dev/v1",
        "\"power\":\"OFF\" | \"power\":\"ASLEEP\" | power",
        "\"source\":\"dc1\" | \"source\":\"dc2\" | dc2",
        "\"id\":\"folder/vm-1#a\" | \"id\":\" \" | source and an id",
        "\"count\":8 | \"count\":0 | at least one CPU",
        "\"count\":8, | `` | count",
        "\"count\":8 | \"count\":8.5 | count",
        "\"label\":\"Hard disk 1\", | `` | label",
        "\"label\":\"Hard disk 1\" | \"label\":null | label",
        "\"unreadable\": [ | \"unreadable\": 7, \"x\": [ | ``",
        "\"vms\": [ | \"vms\": 5, \"x\": [ | vms",
        "\"vms\": [ | \"vms\": [ null, | null",
      })
  void refusesWhatNoWriterWrites(String part, String wrong, String told) throws IOException {
    String json = json().replace("\"power\":\"SUSPENDED\"", "\"power\":\"OFF\"");
    assertTrue(json.contains(part), part);
    UsageFailed e = failure(json.replace(part, wrong));
    assertTrue(e.subject().matches(".*i\\.json:\\d+:\\d+"), e.subject());
    assertTrue(e.what().contains(told), e.what());
    assertFalse(e.remedy().isBlank());
  }

  @Test
  void refusesTwoVmsOfOneId() throws IOException {
    UsageFailed e =
        failure(json().replace("\"dc1\",\"id\":\"folder/vm-1#a\"", "\"appliances\",\"id\":\"a\""));
    assertTrue(e.what().contains("twice"), e.what());
  }

  @Test
  void passesOverMembersOfALaterWriter() throws IOException {
    String json =
        json()
            .replace("\"kind\"", "\"madeBy\": {\"drover\": [1]}, \"kind\"")
            .replace("\"unit\":15", "\"unit\":15,\"lun\":{\"a\":[]}");
    Path file = Files.writeString(folder.resolve("i.json"), json);
    assertEquals(List.of(Specimens.bare("a"), Specimens.full(Answer.NO)), read(file));
  }

  @Test
  void aMissingFileNamesTheCommandThatMakesOne() {
    Path file = folder.resolve("none.json");
    UsageFailed e = assertThrows(UsageFailed.class, () -> InventoryReader.open(file));
    assertTrue(e.remedy().contains("drover inventory"), e.remedy());
  }
}
