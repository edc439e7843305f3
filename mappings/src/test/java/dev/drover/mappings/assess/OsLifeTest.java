package dev.drover.mappings.assess;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.drover.mappings.model.Guest;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class OsLifeTest {
  @ParameterizedTest
  @CsvSource({
    "Microsoft Windows Server 2012 R2 (64-bit), Windows Server 2012",
    "Microsoft Windows Server 2008 R2 Standard, Windows Server 2008",
    "windows9Server64Guest, Windows Server 2016",
    "windows2019srv_64Guest, Windows Server 2019",
    "windows2019srvNext_64Guest, Windows Server 2022",
    "windows2022srvNext_64Guest, Windows Server 2025",
    "windows9_64Guest, Windows 10",
    "Microsoft Windows 10 (64-bit), Windows 10",
    "Microsoft Windows 8.1 Pro, Windows 8.1",
    "Microsoft Windows Server 2016 or later (64-bit), -",
    "Red Hat Enterprise Linux 7 (64-bit), Red Hat Enterprise Linux 7",
    "rhel8_64Guest, Red Hat Enterprise Linux 8",
    "CentOS 4/5/6/7 (64-bit), -",
    "CentOS 7 (64-bit), CentOS 7",
    "centos7_64Guest, CentOS 7",
    "CentOS Stream 9, CentOS Stream 9",
    "Oracle Linux 8 (64-bit), Oracle Linux 8",
    "SUSE Linux Enterprise 12 (64-bit), SUSE Linux Enterprise Server 12",
    "sles15_64Guest, SUSE Linux Enterprise Server 15",
    "Debian GNU/Linux 10 (64-bit), Debian 10",
    "debian11_64Guest, Debian 11",
    "Ubuntu 22.04.3 LTS, Ubuntu 22.04",
    "Ubuntu Linux (64-bit), -",
    "VMware Photon OS (64-bit), Photon OS",
    "Oracle Solaris 11 (64-bit), Solaris 11",
    "FreeBSD 12 (64-bit), FreeBSD 12",
    "darwin19_64Guest, macOS",
    "Other Linux (64-bit), -"
  })
  void knows(String word, String name) {
    OsLife.Entry entry = new OsLife().of(Guest.configured(word, null));
    assertEquals(name, entry == null ? "-" : entry.name());
  }
}
