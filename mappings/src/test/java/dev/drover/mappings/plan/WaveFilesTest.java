package dev.drover.mappings.plan;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.drover.mappings.yaml.YamlInvalid;
import dev.drover.mappings.yaml.YamlProblem;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.ZonedDateTime;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Waves whose VMs are in files of their own, and the windows of waves. */
class WaveFilesTest {
  private static final String HEAD =
      """
      apiVersion: drover.dev/v1alpha1
      kind: MigrationPlan
      metadata: {name: p}
      sources: [{name: ova, ova: {path: ./in}}]
      target: {directory: {path: ./out}}
      waves:
      """;

  private static final String FILE =
      """
      apiVersion: drover.dev/v1alpha1
      kind: MigrationWave
      vms:
      """;

  @TempDir Path folder = Path.of("");

  private Path write(String name, String text) throws IOException {
    Path file = folder.resolve(name);
    Files.createDirectories(file.getParent());
    return Files.writeString(file, text);
  }

  private Path plan(String waves) throws IOException {
    return write("plans/plan.yaml", HEAD + waves);
  }

  private static List<YamlProblem> problems(Path plan) {
    return assertThrows(YamlInvalid.class, () -> PlanReader.read(plan)).problems();
  }

  private YamlProblem problem(String waves) throws IOException {
    List<YamlProblem> all = problems(plan(waves));
    assertEquals(1, all.size(), all::toString);
    return all.get(0);
  }

  @Test
  void aWaveTakesItsVmsFromAFileBesideThePlan() throws IOException {
    write("plans/waves/w1.yaml", FILE + "  - {vm: ova/a, name: a}\n  - {vm: ova/b, name: b}\n");
    Path plan =
        plan(
            "  - {name: w1, vmsFile: waves/w1.yaml}\n  - {name: w2, vms: [{vm: ova/c, name: c}]}\n");
    MigrationPlan read = PlanReader.read(plan);
    assertEquals(List.of(2, 1), read.waves().stream().map(w -> w.vms().size()).toList());
    assertEquals("waves/w1.yaml", read.waves().get(0).vmsFile());
  }

  @Test
  void theDigestOfThePlanCoversTheFiles() throws IOException {
    write("plans/w1.yaml", FILE + "  - {vm: ova/a, name: a}\n");
    Path plan = plan("  - {name: w1, vmsFile: w1.yaml}\n");
    String before = PlanReader.read(plan).digest();
    assertEquals(before, PlanReader.read(plan).digest());
    write("plans/w1.yaml", FILE + "  - {vm: ova/b, name: b}\n");
    assertNotEquals(before, PlanReader.read(plan).digest());
  }

  @Test
  void mistakesOfAllFilesAreToldAtOnceEachInItsFile() throws IOException {
    write("plans/w1.yaml", FILE + "  - {vm: ova/a, name: a, diskBus: virtoi}\n");
    write("plans/w2.yaml", FILE + "  - {vm: ova/a, name: b}\n  - {vm: ovaa/c, name: c}\n");
    Path plan = plan("  - {name: w1, vmsFile: w1.yaml}\n  - {name: w1, vmsFile: w2.yaml}\n");
    List<String> told = problems(plan).stream().map(YamlProblem::toString).toList();
    assertEquals(4, told.size(), told::toString);
    assertTrue(told.get(0).contains("plan.yaml:8:12: waves[1].name: another wave"), told::toString);
    assertTrue(told.get(1).contains("w1.yaml:4:35: vms[0].diskBus:"), told::toString);
    assertTrue(
        told.get(2)
            .contains(
                "w2.yaml:4:10: vms[0].vm: \"ova/a\" is already in the plan, in w1.yaml, line 4"),
        told::toString);
    assertTrue(told.get(3).contains("w2.yaml:5:10: vms[1].vm: no source"), told::toString);
  }

  @Test
  void twoVmsOfTwoFilesMustNotBecomeOneObject() throws IOException {
    write("plans/w1.yaml", FILE + "  - {vm: ova/a, name: same}\n");
    write("plans/w2.yaml", FILE + "  - {vm: ova/b, name: same}\n");
    YamlProblem problem =
        problem("  - {name: w1, vmsFile: w1.yaml}\n  - {name: w2, vmsFile: w2.yaml}\n");
    assertTrue(problem.what().contains("in w1.yaml, line 4"), problem.what());
    assertTrue(problem.file().endsWith("w2.yaml"), problem.file());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"../outside.yaml", "/etc/passwd", "a/../../outside.yaml", "..", "\"..\\\\x\""})
  void aFileOutsideThePlansFolderIsRefused(String name) throws IOException {
    write("outside.yaml", FILE + "  - {vm: ova/a, name: a}\n");
    assertEquals("waves[0].vmsFile", problem("  - {name: w, vmsFile: " + name + "}\n").path());
  }

  @Test
  void aLinkOutOfThePlansFolderIsRefused() throws IOException {
    write("outside.yaml", FILE + "  - {vm: ova/a, name: a}\n");
    Path plan = plan("  - {name: w, vmsFile: link.yaml}\n");
    Files.createSymbolicLink(
        folder.resolve("plans/link.yaml"), folder.resolve("outside.yaml").toAbsolutePath());
    assertTrue(problems(plan).get(0).what().contains("leads out of the plan's folder"));
  }

  @Test
  void aMissingFileAndAFileNamedTwiceAreTold() throws IOException {
    assertTrue(
        problem("  - {name: w, vmsFile: gone.yaml}\n").what().contains("there is no such file"));
    write("plans/w.yaml", FILE + "  - {vm: ova/a, name: a}\n");
    assertEquals(
        "another wave has this file",
        problem("  - {name: w, vmsFile: w.yaml}\n  - {name: v, vmsFile: w.yaml}\n").what());
  }

  @Test
  void aPlanIsNoFileOfAWave() throws IOException {
    Path plan = plan("  - {name: w, vmsFile: plan.yaml}\n");
    assertTrue(problems(plan).stream().anyMatch(p -> p.path().equals("kind")));
  }

  @Test
  void aWaveHasVmsOrAFile() throws IOException {
    assertEquals("this is missing", problem("  - {name: w}\n").what());
    write("plans/w.yaml", FILE + "  - {vm: ova/a, name: a}\n");
    assertEquals(
        "the wave has vms as well",
        problem("  - {name: w, vmsFile: w.yaml, vms: [{vm: ova/a, name: a}]}\n").what());
  }

  @Test
  void aWindowIsReadInItsZone() throws IOException {
    Wave.Window window =
        Objects.requireNonNull(
            PlanReader.read(
                    plan(
                        "  - {name: w, window: {zone: Europe/Berlin, start: '2027-03-27T21:00:00Z', end:"
                            + " '2027-03-28T05:00:00Z'}, vms: [{vm: ova/a, name: a}]}\n"))
                .waves()
                .get(0)
                .window());
    assertEquals(ZonedDateTime.parse("2027-03-27T22:00+01:00[Europe/Berlin]"), window.start());
    assertEquals(ZonedDateTime.parse("2027-03-28T07:00+02:00[Europe/Berlin]"), window.end());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "start: '2027-01-01T10:00:00Z', end: '2027-01-01T10:00:00Z'",
        "start: '2027-01-01T10:00:00Z', end: '2027-01-01T09:00:00Z'",
        "start: '2027-13-01T10:00:00Z', end: '2027-01-01T09:00:00Z'",
        "start: '2027-01-01', end: '2027-01-01T09:00:00Z'",
        "start: '2027-01-01T10:00:00Z', end: '2027-01-01T11:00:00Z', zone: Europe/Berlim",
        "end: '2027-01-01T09:00:00Z'",
      })
  void aWindowThatIsNoneIsRefused(String window) throws IOException {
    YamlProblem problem =
        problem("  - {name: w, window: {" + window + "}, vms: [{vm: ova/a, name: a}]}\n");
    assertTrue(problem.path().startsWith("waves[0].window"), problem::toString);
  }

  @Test
  void thePlanSaysWhatItWasMadeOf() throws IOException {
    PlanInputs inputs =
        Objects.requireNonNull(
            PlanReader.read(write("whole.yaml", PlanReaderTest.whole())).planning());
    assertEquals("inventory.json", inputs.inventory());
    assertEquals("target.yaml", inputs.profile());
    assertEquals("2027-01-01T00:00:00Z", inputs.from().toString());
  }
}
