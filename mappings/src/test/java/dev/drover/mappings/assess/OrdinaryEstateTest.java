package dev.drover.mappings.assess;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.drover.mappings.model.Answer;
import dev.drover.mappings.model.ByteSize;
import dev.drover.mappings.model.Disposition;
import dev.drover.mappings.model.Finding;
import dev.drover.mappings.model.Firmware;
import dev.drover.mappings.model.SourceDisk;
import dev.drover.mappings.profile.TargetProfile;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What nearly every VM has is no warning: a list of 60,000 warnings warns of nothing. */
class OrdinaryEstateTest {
  private final Given given = new Given();

  private static SourceDisk serial(String id, String serial) {
    SourceDisk disk = Given.disk(id, ByteSize.ofGiB(40));
    return new SourceDisk(
        disk.id(),
        disk.label(),
        disk.size(),
        disk.used(),
        disk.address(),
        disk.backing(),
        disk.sharing(),
        disk.mode(),
        serial,
        null,
        disk.changeTracking(),
        null);
  }

  private static TargetProfile kubeVirt(String version, String... features) {
    return new TargetProfile(
        "t",
        Map.of("kubevirt", version),
        List.of(features),
        null,
        null,
        null,
        null,
        null,
        List.of());
  }

  @Test
  void aCutSerialNumberIsToldOnceForAVmAndIsNoWarning() {
    given.disks =
        List.of(
            serial("d0", "6000c2911111111111111111111111aa"),
            serial("d1", "6000c2922222222222222222222222bb"));
    Finding cut = given.finding("DISK-011");
    assertEquals(Finding.Severity.INFO, cut.severity());
    assertTrue(cut.evidence().endsWith(", and 1 more"), cut.evidence());
    assertEquals(Disposition.Kind.ready, given.assess().disposition().kind());
  }

  @Test
  void windowsMountsNothingByASerialNumber() {
    given.disks = List.of(serial("d0", "6000c2911111111111111111111111aa"));
    given.configuredOs = "windows2019srv_64Guest";
    given.reportedOs = "Microsoft Windows Server 2019 (64-bit)";
    assertFalse(given.codes().contains("DISK-011"), given.codes()::toString);
  }

  @Test
  void efiAloneMakesNoWarningAndNothingIsToldWhereEveryClusterKeepsItsVariables() {
    given.firmware = Firmware.ofType(Firmware.Type.EFI);
    given.profile = kubeVirt("v1.6.3");
    assertEquals(Finding.Severity.INFO, given.finding("FW-040").severity());
    assertEquals(Disposition.Kind.ready, given.assess().disposition().kind());
    for (TargetProfile keeps :
        List.of(kubeVirt("v1.7.0"), kubeVirt("v2.0.0-alpha"), kubeVirt("?", "VMPersistentState"))) {
      given.profile = keeps;
      assertFalse(given.codes().contains("FW-040"), keeps.versions()::toString);
    }
  }

  @Test
  void aTpmIsStillWarnedOfWhereItsStateWouldBeLost() {
    given.firmware =
        new Firmware(Firmware.Type.EFI, Answer.NO, Answer.YES, List.of(), null, null, null);
    given.profile = kubeVirt("v1.6.3");
    assertEquals(Finding.Severity.WARNING, given.finding("TPM-040").severity());
    assertFalse(given.codes().contains("FW-040"));
    given.profile = kubeVirt("v1.7.1");
    assertFalse(given.codes().contains("TPM-040"));
  }

  @Test
  void disksThatTheExportDoesNotListAreUnknownAndNotNone() {
    given.disks = List.of();
    assertTrue(given.codes().contains("DISK-006"));
    given.findings.add(Finding.blocker("RVT-030", "its disks are unknown", "export all sheets"));
    assertFalse(given.codes().contains("DISK-006"), given.codes()::toString);
  }
}
