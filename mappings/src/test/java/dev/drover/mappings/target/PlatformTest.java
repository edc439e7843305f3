package dev.drover.mappings.target;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.drover.mappings.model.Answer;
import dev.drover.mappings.model.Firmware;
import dev.drover.mappings.model.Identity;
import dev.drover.mappings.plan.VmSettings;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class PlatformTest {
  private static Given firmware(Firmware.Type type, Answer secureBoot, Answer tpm) {
    Given given = Given.vm();
    given.more =
        vm -> vm.firmware(new Firmware(type, secureBoot, tpm, List.of(), null, null, null));
    return given;
  }

  private static Given uuid(String os, String hardware, String uuid) {
    Given given = Given.os(os);
    given.identity =
        new Identity(
            "web", uuid, null, hardware, null, null, List.of(), Map.of(), Answer.NO, Answer.NO);
    return given;
  }

  @Test
  void unknownFirmwareIsBiosAndSaid() {
    Given given = firmware(Firmware.Type.UNKNOWN, Answer.UNKNOWN, Answer.UNKNOWN);
    assertEquals(Firmware.Type.BIOS, given.target().platform().firmware());
    assertTrue(given.finding("FW-001").what().contains("BIOS"));
  }

  @Test
  void secureBootWithoutATypeMeansEfi() {
    Given given = firmware(Firmware.Type.UNKNOWN, Answer.YES, Answer.UNKNOWN);
    assertEquals(Firmware.Type.EFI, given.target().platform().firmware());
    assertTrue(given.target().platform().secureBoot());
  }

  @Test
  void secureBootWithBiosIsNone() {
    Given given = firmware(Firmware.Type.BIOS, Answer.YES, Answer.NO);
    assertFalse(given.target().platform().secureBoot());
    given.finding("FW-004");
  }

  @Test
  void aTpmSaysThatSealedSecretsStay() {
    Given given = firmware(Firmware.Type.EFI, Answer.YES, Answer.YES);
    assertTrue(given.target().platform().tpm());
    assertTrue(given.finding("TPM-001").what().contains("BitLocker"));
    given.finding("FW-002");
    given.finding("FW-003");
  }

  @Test
  void theMachineIsQ35UnlessThePlanSaysOtherwise() {
    assertEquals("q35", Given.vm().target().platform().machineType());
  }

  @Test
  void windowsGetsLocalTimeAndIsToldAboutTheZone() {
    Given given = Given.os("windows2019srv_64Guest");
    assertEquals(Firmware.Clock.LOCALTIME, given.target().platform().clock());
    assertNull(given.target().platform().timezone());
    assertTrue(given.finding("FW-008").remedy().contains("timezone: Europe/Berlin"));
    given.defaults = Given.platform(null, null, "Europe/Paris");
    assertEquals("Europe/Paris", given.target().platform().timezone());
    given.settings = Given.platform(null, null, "Europe/Berlin");
    assertEquals("Europe/Berlin", given.target().platform().timezone());
    assertTrue(given.maybe("FW-008").isEmpty());
  }

  @Test
  void aGuestWhoseClockIsOnUtcHasNoZone() {
    Given given = Given.vm();
    given.defaults = Given.platform(null, null, "Europe/Berlin");
    assertNull(given.target().platform().timezone());
    assertTrue(given.maybe("FW-008").isEmpty());
  }

  @Test
  void theSourcesOwnClockWins() {
    Given given = Given.os("windows2019srv_64Guest");
    given.more =
        vm ->
            vm.firmware(
                new Firmware(
                    Firmware.Type.BIOS,
                    Answer.NO,
                    Answer.NO,
                    List.of(),
                    null,
                    Firmware.Clock.UTC,
                    null));
    assertEquals(Firmware.Clock.UTC, given.target().platform().clock());
    given.finding("FW-005");
  }

  @Test
  void thePlansFirmwareWinsOverWhatNobodySays() {
    Given given = firmware(Firmware.Type.UNKNOWN, Answer.UNKNOWN, Answer.UNKNOWN);
    given.defaults = Given.platform(VmSettings.Firmware.bios, null, null);
    given.settings = Given.platform(VmSettings.Firmware.efi, null, null);
    assertEquals(Firmware.Type.EFI, given.target().platform().firmware());
    assertFalse(given.target().platform().secureBoot());
    assertTrue(given.maybe("FW-001").isEmpty());
    assertTrue(given.maybe("FW-010").isEmpty());
    given.finding("FW-002");
  }

  @Test
  void thePlansFirmwareWinsOverTheSourcesAndThatIsSaid() {
    Given given = firmware(Firmware.Type.EFI, Answer.YES, Answer.NO);
    given.settings = Given.platform(VmSettings.Firmware.bios, null, null);
    assertEquals(Firmware.Type.BIOS, given.target().platform().firmware());
    assertFalse(given.target().platform().secureBoot());
    assertTrue(given.finding("FW-010").what().contains("BIOS, the source from EFI"));
    assertTrue(given.finding("FW-004").what().startsWith("the source"));
    given.settings = Given.platform(VmSettings.Firmware.bios, false, null);
    assertTrue(given.maybe("FW-004").isEmpty());
  }

  @Test
  void thePlanTurnsSecureBootOnAndOff() {
    Given given = firmware(Firmware.Type.EFI, Answer.NO, Answer.NO);
    given.settings = Given.platform(null, true, null);
    assertTrue(given.target().platform().secureBoot());
    given = firmware(Firmware.Type.EFI, Answer.YES, Answer.NO);
    given.settings = Given.platform(null, false, null);
    assertFalse(given.target().platform().secureBoot());
    given = firmware(Firmware.Type.BIOS, Answer.NO, Answer.NO);
    given.settings = Given.platform(null, true, null);
    assertTrue(given.finding("FW-004").what().startsWith("the plan"));
  }

  /** What a guest read before, from the reports that VMware's article 53609 sums up. */
  @ParameterizedTest
  @CsvSource({
    "ubuntu64Guest,vmx-13,65fd3e42-3da7-59e1-a56d-dd25289f8b0c",
    "ubuntu64Guest,vmx-21,65fd3e42-3da7-59e1-a56d-dd25289f8b0c",
    "ubuntu64Guest,vmx-11,423efd65-a73d-e159-a56d-dd25289f8b0c",
    "windows9Server64Guest,vmx-11,65fd3e42-3da7-59e1-a56d-dd25289f8b0c",
    "windows9Server64Guest,pc-q35-7.2,423efd65-a73d-e159-a56d-dd25289f8b0c",
    "ubuntu64Guest,,423efd65-a73d-e159-a56d-dd25289f8b0c"
  })
  void theGuestReadsTheUuidThatItReadBefore(String os, String hardware, String seen) {
    Given given = uuid(os, hardware, "423EFD65-A73D-E159-A56D-DD25289F8B0C");
    assertEquals(seen, given.target().platform().uuid());
    assertEquals(seen.startsWith("65"), given.maybe("FW-007").isPresent());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "none",
        "00000000-0000-0000-0000-000000000000",
        "ffffffff-ffff-ffff-ffff-ffffffffffff",
        "423efd65-a73d-e159-a56d-dd25289f8b0c0"
      })
  void aUuidThatIsNoneIsLeftOutAndSaid(String uuid) {
    Given given = uuid("ubuntu64Guest", "vmx-19", uuid);
    assertNull(given.target().platform().uuid());
    given.finding("FW-006");
  }

  @Test
  void anUnknownGuestIsSaid() {
    given(Given.os(null));
    given(Given.os("TempleOS"));
  }

  private static void given(Given given) {
    assertEquals(Platform.GuestFamily.OTHER, given.target().platform().guest());
    given.finding("OS-001");
  }
}
