package dev.drover.mappings.target;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.drover.mappings.model.Answer;
import dev.drover.mappings.model.Firmware;
import dev.drover.mappings.model.Guest;
import dev.drover.mappings.target.Platform.GuestFamily;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class GuestOsTableTest {
  private static GuestOs find(String word) {
    return GuestOsTable.find(word).orElse(GuestOs.UNKNOWN);
  }

  @ParameterizedTest
  @CsvSource({
    "ubuntu64Guest,LINUX,BOOT",
    "debian11_64Guest,LINUX,BOOT",
    "debian4Guest,LINUX,NO",
    "rhel9_64Guest,LINUX,LATE",
    "rhel4Guest,LINUX,NO",
    "centos7_64Guest,LINUX,LATE",
    "sles15_64Guest,LINUX,LATE",
    "sles10Guest,LINUX,NO",
    "other3xLinux64Guest,LINUX,LATE",
    "other6xLinux64Guest,LINUX,LATE",
    "otherLinuxGuest,LINUX,UNKNOWN",
    "vmwarePhoton64Guest,LINUX,UNKNOWN",
    "windows2019srv_64Guest,WINDOWS,NO",
    "windows9Server64Guest,WINDOWS,NO",
    "winLonghorn64Guest,WINDOWS,NO",
    "winNetStandardGuest,WINDOWS,NO",
    "winXPProGuest,WINDOWS,NO",
    "dosGuest,OTHER,NO",
    "freebsd13_64Guest,OTHER,UNKNOWN",
    "otherGuest,OTHER,UNKNOWN",
    "94,LINUX,BOOT",
    "cim:96,LINUX,BOOT",
    "80,LINUX,LATE",
    "36,LINUX,UNKNOWN",
    "103,WINDOWS,NO",
    "112,WINDOWS,NO",
    "69,WINDOWS,NO",
    "http://ubuntu.com/ubuntu/22.04,LINUX,BOOT",
    "http://debian.org/debian/12,LINUX,BOOT",
    "http://redhat.com/rhel/9.2,LINUX,LATE",
    "http://redhat.com/rhel/4.8,LINUX,NO",
    "http://microsoft.com/win/2k22,WINDOWS,NO",
    "http://microsoft.com/win/xp,WINDOWS,NO",
    "http://libosinfo.org/linux/2022,LINUX,LATE",
    "http://freebsd.org/freebsd/13.1,OTHER,UNKNOWN",
    "Ubuntu Linux (64-bit),LINUX,BOOT",
    "Red Hat Enterprise Linux 8 (64-bit),LINUX,LATE",
    "Red Hat Enterprise Linux 4,LINUX,NO",
    "Debian GNU/Linux 10 (buster),LINUX,BOOT",
    "Microsoft Windows Server 2019 (64-bit),WINDOWS,NO",
    "Windows 11 Pro,WINDOWS,NO",
    "Linux 5.10.0-20-amd64,LINUX,LATE",
    "win2k19,WINDOWS,NO",
    "Darwin Kernel,OTHER,UNKNOWN"
  })
  void knowsFamilyAndVirtio(String word, GuestFamily family, GuestOs.Virtio virtio) {
    assertEquals(family, find(word).family());
    assertEquals(virtio, find(word).virtio());
  }

  @ParameterizedTest
  @ValueSource(strings = {"winXPProGuest", "67", "winNetEnterpriseGuest", "Windows Server 2003"})
  void knowsThatOldWindowsHasNoAhci(String word) {
    assertEquals(false, find(word).ahci());
    assertEquals("rtl8139", find(word).nic());
  }

  @ParameterizedTest
  @ValueSource(strings = {"", " ", "1", "0", "-100", "99999", "Temple", "http://x/y", "\u0000"})
  void knowsNothingOfTheRest(String word) {
    assertEquals(GuestOs.UNKNOWN, find(word));
  }

  @Test
  void windowsExpectsLocalTimeAndLinuxUtc() {
    assertEquals(Firmware.Clock.LOCALTIME, find("windows11_64Guest").clock());
    assertEquals(Firmware.Clock.UTC, find("rhel9_64Guest").clock());
  }

  @Test
  void whatTheAgentReportsWinsOverWhatWasConfigured() {
    Guest guest =
        new Guest("otherGuest", null, "Microsoft Windows 10", null, null, null, Answer.UNKNOWN);
    assertEquals(GuestFamily.WINDOWS, GuestOsTable.of(guest).family());
  }

  @Test
  void aVaguerReportDoesNotHideWhatTheIdTellsOfTheSameFamily() {
    Guest guest = new Guest("debian12_64Guest", null, "Linux", null, null, null, Answer.UNKNOWN);
    assertEquals(GuestOs.Virtio.BOOT, GuestOsTable.of(guest).virtio());
  }

  @Test
  void aMegabyteOfNameIsReadInNoTime() {
    String hostile = "windows" + " ".repeat(1 << 20) + "2003";
    assertTrue(GuestOsTable.find(hostile).isPresent());
  }
}
