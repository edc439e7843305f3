package dev.drover.mappings.target;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.drover.mappings.model.Answer;
import dev.drover.mappings.model.Cpu;
import dev.drover.mappings.model.Finding;
import dev.drover.mappings.model.Firmware;
import dev.drover.mappings.model.Identity;
import dev.drover.mappings.model.Placement;
import dev.drover.mappings.model.PowerState;
import dev.drover.mappings.model.SnapshotNode;
import dev.drover.mappings.model.SourceDevice;
import dev.drover.mappings.plan.VmSettings.Power;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

final class SourceChecksTest {
  private static Given identity(Answer template, Answer placeholder) {
    Given given = Given.vm();
    given.identity =
        new Identity(
            "web", null, null, null, null, null, List.of(), Map.of(), template, placeholder);
    return given;
  }

  @ParameterizedTest
  @EnumSource(SourceDevice.Kind.class)
  void eachDeviceThatIsLostIsSaid(SourceDevice.Kind kind) {
    Given given = Given.vm();
    given.more = vm -> vm.device(new SourceDevice(kind, "the device"));
    List<Finding> lost =
        given.map().findings().stream().filter(f -> f.code().startsWith("DEV-")).toList();
    assertEquals(1, lost.size());
    assertEquals("the device", lost.get(0).evidence());
    assertFalse(given.map().blocked());
  }

  @Test
  void aPlaceholderIsABlockerAndATemplateIsSaid() {
    identity(Answer.NO, Answer.YES).blocker("VM-001");
    identity(Answer.YES, Answer.NO).finding("VM-002");
  }

  @Test
  void whatIsDifferentAfterwardsIsSaid() {
    Given given = Given.vm();
    given.cpu =
        new Cpu(
            2, null, null, null, 500L, "Haswell", Answer.YES, Answer.YES, Answer.NO, Answer.YES);
    given.more =
        vm ->
            vm.power(PowerState.SUSPENDED)
                .snapshots(List.of(new SnapshotNode("s", null, null, null, Answer.NO, List.of())))
                .placement(
                    new Placement(
                        null,
                        null,
                        null,
                        null,
                        null,
                        null,
                        List.of(new Placement.AffinityRule("keep apart", false, true, List.of())),
                        Answer.NO,
                        Answer.YES));
    for (String code :
        List.of(
            "VM-003", "VM-004", "VM-005", "VM-006", "CPU-004", "CPU-006", "CPU-007", "CPU-008",
            "CPU-009")) {
      given.finding(code);
    }
  }

  @ParameterizedTest
  @CsvSource({
    "ON,,true",
    "OFF,,false",
    "ON,asSource,true",
    "UNKNOWN,asSource,false",
    "OFF,running,true",
    "ON,stopped,false",
    "SUSPENDED,,false"
  })
  void runsAfterwardsAsThePlanSaysElseAsTheSourceDid(PowerState state, Power power, boolean runs) {
    Given given = Given.vm();
    given.more = vm -> vm.power(state);
    given.settings = Given.settings(null, null, null, null, power, null);
    assertEquals(runs, given.target().running());
  }

  @Test
  void anOrdinaryVmHasNothingButInformation() {
    Given given = Given.vm();
    given.more = vm -> vm.firmware(Firmware.ofType(Firmware.Type.BIOS));
    assertTrue(
        given.map().findings().stream().allMatch(f -> f.severity() == Finding.Severity.INFO),
        () -> given.map().findings().toString());
  }
}
