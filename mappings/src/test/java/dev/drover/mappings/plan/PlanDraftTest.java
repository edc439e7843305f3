package dev.drover.mappings.plan;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.drover.mappings.estimate.TimeRange;
import dev.drover.mappings.model.ByteSize;
import dev.drover.mappings.model.Cpu;
import dev.drover.mappings.model.Identity;
import dev.drover.mappings.model.Memory;
import dev.drover.mappings.model.SourceVm;
import dev.drover.mappings.model.VmRef;
import dev.drover.mappings.waves.Planning;
import dev.drover.mappings.waves.WavePlan;
import dev.drover.mappings.waves.WavePlan.LeftOut;
import dev.drover.mappings.waves.WavePlan.Load;
import dev.drover.mappings.waves.WavePlan.PlacedVm;
import dev.drover.mappings.waves.WavePlan.PlannedWave;
import dev.drover.mappings.waves.WavePlan.Slot;
import java.io.IOException;
import java.io.StringWriter;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Plans that are written from waves, and read again. */
class PlanDraftTest {
  private static final Instant NOW = Instant.parse("2026-11-25T12:00:00Z");
  private static final TargetSpec TARGET = new TargetSpec.Directory("./out");
  private static final PlanInputs INPUTS =
      new PlanInputs("inventory.json", "a".repeat(64), "target.yaml", "policy.yaml", null, NOW);

  @TempDir Path folder = Path.of("");

  private static PlannedWave wave(String name, @Nullable Slot slot, PlacedVm... vms) {
    TimeRange range = new TimeRange(Duration.ofMinutes(50), Duration.ofMinutes(130));
    return new PlannedWave(
        name,
        name.equals("pilot"),
        slot,
        List.of(vms),
        new Load(vms.length, 4, ByteSize.ofGiB(8), ByteSize.ofGiB(100), ByteSize.ofGiB(60)),
        range,
        range,
        3);
  }

  private static PlacedVm placed(String name, @Nullable String unit) {
    return new PlacedVm(new VmRef("ova", name), name, unit, "the first wave with room for it");
  }

  private static Slot slot() {
    return new Slot(
        "weekend",
        ZonedDateTime.parse("2026-11-28T22:00+01:00[Europe/Berlin]"),
        ZonedDateTime.parse("2026-11-29T06:00+01:00[Europe/Berlin]"));
  }

  private static WavePlan waves() {
    return new WavePlan(
        List.of(
            wave("pilot", slot(), placed("web-1", null)),
            wave("wave-01", null, placed("db 1", "tag App=shop\n# x"), placed("web-1 ", null))),
        List.of(new LeftOut(new VmRef("ova", "old"), "old", "retain: \u001b[2J\nvms: []")),
        List.of());
  }

  private static PlanDraft draft(WavePlan plan) {
    PlanDraft draft = new PlanDraft(List.of(SourceSpec.of("ova", "ova", "./in")));
    plan.waves().forEach(w -> w.vms().forEach(vm -> draft.add(vm(vm.ref(), vm.name()))));
    return draft;
  }

  private static SourceVm vm(VmRef ref, String name) {
    return SourceVm.of(
            ref, Identity.ofName(name), Cpu.ofCount(1), Memory.ofSize(ByteSize.ofMiB(512)))
        .build();
  }

  private Path write(WavePlan plan, String head, Map<VmRef, VmPlan> old) throws IOException {
    return write(plan, head, new PlanKept(old, Map.of("wave-01", new Wave.Limits(7, 9)), Map.of()));
  }

  private Path write(WavePlan plan, String head, PlanKept kept) throws IOException {
    Path file = folder.resolve("plan.yaml");
    try (Writer to = Files.newBufferedWriter(file)) {
      to.write(head);
      draft(plan)
          .waves(
              plan,
              kept,
              8,
              to,
              path -> {
                Path beside = folder.resolve(path);
                Files.createDirectories(beside.getParent());
                return Files.newBufferedWriter(beside);
              });
    }
    return file;
  }

  @Test
  void thePlanIsReadAsItWasMeant() throws IOException {
    Path file = write(waves(), draft(waves()).head("p", TARGET, INPUTS), Map.of());
    MigrationPlan plan = PlanReader.read(file);
    assertEquals(INPUTS, plan.planning());
    assertEquals(List.of("pilot", "wave-01"), plan.waves().stream().map(Wave::name).toList());
    assertEquals(
        new Wave.Window("weekend", slot().start(), slot().end()), plan.waves().get(0).window());
    assertEquals(new Wave.Limits(8, 8), plan.waves().get(0).limits());
    assertEquals(new Wave.Limits(7, 9), plan.waves().get(1).limits());
    assertEquals(
        List.of("db 1", "web-1 "),
        plan.waves().get(1).vms().stream().map(VmPlan::sourceName).toList());
    assertEquals("web-1-2", plan.waves().get(1).vms().get(1).targetName());
    Golden.compare("waves.yaml", Files.readString(file));
  }

  @Test
  void whatSomebodySetForAVmAndBeforeTheWavesStays() throws IOException {
    String first =
        """
        apiVersion: drover.dev/v1alpha1
        kind: MigrationPlan
        metadata: {name: mine}   # ours
        sources:
          - name: ova
            ova: {path: ./in}
        target: {directory: {path: ./out}}
        # the hook of the night shift
        hooks: {beforeWave: [{argv: [./notify]}]}
        waves:
          - name: wave-01
            vms:
              - vm: ova/db 1
                name: db 1
                targetName: database
                power: stopped
                secureBoot: true
                labels: {team: "true"}
                disks: {"disk: 1": {skip: true}, d2: {bus: scsi, storageClass: fast}}
                nics: {n1: {network: {multus: {namespace: a, name: b}}}, n2: {skip: true, model: e1000}}
        """;
    Path old = Files.writeString(folder.resolve("old.yaml"), first);
    PlanAgain again = PlanAgain.of(old);
    Path file = write(waves(), again.head(INPUTS), again.vms());
    String text = Files.readString(file);
    assertTrue(text.contains("# the hook of the night shift"), text);
    assertTrue(text.contains("metadata: {name: mine}   # ours"), text);
    MigrationPlan plan = PlanReader.read(file);
    assertEquals(INPUTS, plan.planning());
    assertEquals(again.vms().get(new VmRef("ova", "db 1")), plan.waves().get(1).vms().get(0), text);
    PlanInputs later = new PlanInputs("new.json", "b".repeat(64), null, null, "evidence", NOW);
    String twice = PlanAgain.of(file).head(later);
    assertEquals(1, twice.split("\nplanning:", -1).length - 1, twice);
    assertEquals(
        later,
        PlanReader.read("p", twice + "  - {name: w, vms: [{vm: ova/a, name: a}]}\n").planning());
    assertTrue(twice.contains("# the hook of the night shift"), twice);
  }

  @Test
  void whatStandsAtAVmThatStaysIsKeptAsItIs() throws IOException {
    Path file = write(waves(), draft(waves()).head("p", TARGET, INPUTS), PlanKept.NONE);
    String edited =
        Files.readString(file)
            .replace(
                "      - vm: ova/db 1\n        name: db 1\n",
                "      # the big one, ask Ann\n\n      - vm: ova/db 1   # Oracle\n        name: db 1\n"
                    + "        # and stop it\n        power: 'stopped'\n");
    Files.writeString(file, edited);
    PlanAgain again = PlanAgain.of(file);
    Path copy = write(waves(), again.head(INPUTS), again.kept());
    assertEquals(edited, Files.readString(copy));
    WavePlan moved =
        new WavePlan(
            List.of(
                wave("pilot", slot(), placed("web-1", null), placed("db 1", null)),
                wave("wave-01", null, placed("web-1 ", null))),
            waves().leftOut(),
            List.of());
    String text = Files.readString(write(moved, again.head(INPUTS), again.kept()));
    assertFalse(text.contains("ask Ann"), text);
    assertTrue(text.contains("name: db 1\n        power: stopped\n"), text);
    assertTrue(text.contains("web-1-2   # another VM has the name that fits"), text);
  }

  @Test
  void aRemarkThatHoldsNoMoreIsReplacedWhereTheVmStays() throws IOException {
    Path file = write(waves(), draft(waves()).head("p", TARGET, INPUTS), PlanKept.NONE);
    Files.writeString(
        file,
        Files.readString(file)
            .replaceFirst("# has no disk.*", "# RVT-032 the capacity is unknown\n      # ours"));
    PlanAgain again = PlanAgain.of(file);
    String text = Files.readString(write(waves(), again.head(INPUTS), again.kept()));
    assertFalse(text.contains("RVT-032"), text);
    assertTrue(text.contains("# ours\n      # has no disk that"), text);
  }

  @Test
  void aPlanThatWasRewrittenInAnotherStyleKeepsTheSettings() throws IOException {
    Path old =
        Files.writeString(
            folder.resolve("old.yaml"),
            """
            apiVersion: drover.dev/v1alpha1
            kind: MigrationPlan
            metadata: {name: mine}
            sources: [{name: ova, ova: {path: ./in}}]
            target: {directory: {path: ./out}}
            waves:
              - name: wave-01
                vms:
                  - {vm: ova/db 1, name: db 1, power: stopped}
                  - vm: "ova/web-1 "
                    name: "web-1 "
            """);
    PlanAgain again = PlanAgain.of(old);
    assertEquals(Map.of(), again.kept().blocks());
    String text = Files.readString(write(waves(), again.head(INPUTS), again.kept()));
    assertTrue(text.contains("power: stopped"), text);
  }

  @Test
  void manyVmsGoToAFileAWave() throws IOException {
    List<PlannedWave> waves = new ArrayList<>();
    int number = 0;
    for (int w = 1; w <= 3; w++) {
      List<PlacedVm> vms = new ArrayList<>();
      for (int i = 0; i < 700; i++) {
        vms.add(placed("vm" + number++, null));
      }
      waves.add(wave("wave-0" + w, null, vms.toArray(PlacedVm[]::new)));
    }
    List<LeftOut> leftOut = new ArrayList<>();
    for (int i = 0; i < 1500; i++) {
      leftOut.add(new LeftOut(new VmRef("ova", "l" + i), "l" + i, "retain: reason " + i % 2));
    }
    WavePlan plan = new WavePlan(waves, leftOut, List.of());
    Path file = write(plan, draft(plan).head("p", TARGET, INPUTS), Map.of());
    String text = Files.readString(file);
    assertTrue(text.lines().count() < 150, text);
    assertTrue(text.contains("#   750: retain: reason 0"), text);
    assertEquals(1500, Files.readAllLines(folder.resolve("waves/left-out.txt")).size());
    MigrationPlan read = PlanReader.read(file);
    assertEquals("waves/wave-02.yaml", read.waves().get(1).vmsFile());
    assertEquals(2100, read.waves().stream().mapToInt(w -> w.vms().size()).sum());
  }

  @Test
  void oneWithoutInputsHasNone() {
    StringWriter text = new StringWriter();
    text.write(draft(waves()).head("p", TARGET, null));
    assertFalse(text.toString().contains("planning:"), text.toString());
  }

  @Test
  void aWaveWhoseWindowHasBegunCountsAsRunWhereNobodyKnows() throws IOException {
    Path file = write(waves(), draft(waves()).head("p", TARGET, INPUTS), Map.of());
    PlanAgain again = PlanAgain.of(file);
    VmRef web = new VmRef("ova", "web-1");
    Instant later = Instant.parse("2026-11-29T00:00:00Z");
    assertFalse(again.waves(Set.of(), false, NOW).get(0).ran());
    Planning.Earlier begun = again.waves(Set.of(), false, later).get(0);
    assertTrue(begun.ran());
    assertEquals(Set.of(web), begun.moved());
    Planning.Earlier known = again.waves(Set.of(), true, later).get(0);
    assertTrue(known.ran());
    assertEquals(Set.of(), known.moved());
    assertEquals(Set.of(web), again.waves(Set.of(web), true, NOW).get(0).moved());
  }
}
