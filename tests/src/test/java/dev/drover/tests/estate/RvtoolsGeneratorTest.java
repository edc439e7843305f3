package dev.drover.tests.estate;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.drover.importers.api.Discovery;
import dev.drover.importers.api.VmSource;
import dev.drover.importers.api.VmSources;
import dev.drover.mappings.model.SourceDisk;
import dev.drover.mappings.model.SourceVm;
import dev.drover.mappings.plan.SourceSpec;
import dev.drover.tests.estate.Quirks.Kind;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

final class RvtoolsGeneratorTest {
  private static final int VMS = 1500;

  @SuppressWarnings("NullAway.Init") // JUnit sets it.
  @TempDir
  Path folder;

  private List<Discovery> read(Path file) {
    try (VmSource source = VmSources.open(SourceSpec.of("x", "rvtools", file.toString()));
        Stream<Discovery> all = source.list()) {
      return all.toList();
    }
  }

  private static List<SourceVm> vms(List<Discovery> all) {
    return all.stream()
        .filter(Discovery.Found.class::isInstance)
        .map(d -> ((Discovery.Found) d).vm())
        .toList();
  }

  @Test
  void writesTheSameBytesForOneSeedAndOthersForAnother() throws Exception {
    Path first = folder.resolve("a.xlsx");
    Path second = folder.resolve("b.xlsx");
    RvtoolsGenerator.write(first, EstateShape.of(7, 200));
    Thread.sleep(2100); // The time in a zip has steps of two seconds.
    RvtoolsGenerator.write(second, EstateShape.of(7, 200));
    assertArrayEquals(Files.readAllBytes(first), Files.readAllBytes(second));
    RvtoolsGenerator.write(second, EstateShape.of(8, 200));
    assertNotEquals(-1, Files.mismatch(first, second));
  }

  @ParameterizedTest
  @EnumSource(Kind.class)
  void isReadWholeWithEachQuirk(Kind kind) throws IOException {
    EstateShape clean = new EstateShape(3, VMS, 1, new Quirks(EnumSet.noneOf(Kind.class), 0));
    EstateShape odd = new EstateShape(3, VMS, 1, new Quirks(EnumSet.of(kind), 0));
    Path plain = folder.resolve("plain.xlsx");
    RvtoolsGenerator.write(plain, clean);
    Path file = folder.resolve("odd.xlsx");
    RvtoolsGenerator.write(file, odd);
    List<SourceVm> expected = vms(read(plain));
    List<SourceVm> actual = vms(read(file));
    assertEquals(VMS, actual.size());
    for (int i = 0; i < VMS; i++) {
      assertEquals(expected.get(i).ref(), actual.get(i).ref());
      assertEquals(
          expected.get(i).disks().stream().map(SourceDisk::size).toList(),
          actual.get(i).disks().stream().map(SourceDisk::size).toList());
      assertEquals(expected.get(i).memory(), actual.get(i).memory());
      assertEquals(expected.get(i).used(), actual.get(i).used());
      assertEquals(
          expected.get(i).nics(),
          actual.get(i).nics().isEmpty()
              ? List.of()
              : kind == Kind.MISSING_SHEETS ? expected.get(i).nics() : actual.get(i).nics());
    }
  }

  @Test
  void isTheSameAsAFolderOfCsv() throws IOException {
    EstateShape shape = EstateShape.of(5, VMS);
    Path file = folder.resolve("x.xlsx");
    RvtoolsGenerator.write(file, shape);
    Path csv = folder.resolve("csv");
    RvtoolsGenerator.write(csv, shape);
    assertEquals(
        vms(read(file)).stream().map(SourceVm::disks).toList(),
        vms(read(csv)).stream().map(SourceVm::disks).toList());
  }

  @Test
  void keepsVcentersApart() throws IOException {
    Path file = folder.resolve("x.xlsx");
    RvtoolsGenerator.write(file, new EstateShape(5, VMS, 3, Quirks.none()));
    List<SourceVm> vms = vms(read(file));
    assertEquals(VMS, vms.stream().map(SourceVm::ref).distinct().count());
    assertEquals(
        3, Set.copyOf(vms.stream().map(v -> v.ref().id().replaceAll(".*@", "")).toList()).size());
    assertTrue(vms.stream().allMatch(v -> v.ref().id().contains("@")));
  }
}
