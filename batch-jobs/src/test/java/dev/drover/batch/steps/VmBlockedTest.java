package dev.drover.batch.steps;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.drover.mappings.model.Finding;
import java.util.List;
import org.junit.jupiter.api.Test;

class VmBlockedTest {
  private static final Finding NAME = Finding.blocker("NM-001", "a name twice", "rename one");
  private static final Finding BOOT = Finding.blocker("FW-001", "no Secure Boot", "disable it");

  @Test
  void oneBlockerIsOneLine() {
    VmBlocked blocked = new VmBlocked("VM web", List.of(NAME.with("web")));
    assertEquals("NM-001 a name twice (web)", blocked.what());
    assertEquals("rename one", blocked.remedy());
  }

  @Test
  void severalHaveALineEachAndSoHaveTheirRemedies() {
    VmBlocked blocked = new VmBlocked("VM web", List.of(NAME, BOOT.with("efi"), NAME.with("db")));
    assertEquals(
        "3 findings keep it from being moved:\n"
            + "NM-001 a name twice\nFW-001 no Secure Boot (efi)\nNM-001 a name twice (db)",
        blocked.what());
    assertEquals("NM-001: rename one\nFW-001: disable it", blocked.remedy());
  }

  @Test
  void whatMendsAllIsSaidOnce() {
    VmBlocked blocked = new VmBlocked("VM web", List.of(NAME, NAME.with("db")));
    assertEquals("rename one", blocked.remedy());
  }
}
