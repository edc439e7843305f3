package dev.drover.batch.cli.terminal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

class TerminalTest {
  @Test
  void hasNoColourWhereTheUserOrTheTerminalSaysSo() {
    assertTrue(Terminal.mayColour(Map.of("TERM", "xterm")));
    assertTrue(Terminal.mayColour(Map.of("NO_COLOR", "")));
    assertFalse(Terminal.mayColour(Map.of("NO_COLOR", "1")));
    assertFalse(Terminal.mayColour(Map.of("TERM", "dumb")));
  }

  @Test
  void theFirstLocaleVariableThatIsSetDecides() {
    assertTrue(Terminal.speaksUnicode(Map.of("LANG", "de_DE.UTF-8")));
    assertTrue(Terminal.speaksUnicode(Map.of("LC_ALL", "C.utf8", "LANG", "C")));
    assertFalse(Terminal.speaksUnicode(Map.of("LC_ALL", "C", "LANG", "de_DE.UTF-8")));
    assertFalse(Terminal.speaksUnicode(Map.of()));
  }

  @Test
  void aSizeThatNobodyKnowsIsEightyByTwentyFour() {
    assertEquals(80, new TerminalSize(0, -1).columns());
    assertEquals(24, new TerminalSize(0, -1).rows());
    assertEquals(132, new TerminalSize(132, 50).columns());
  }

  @Test
  void figuresReadLikeAClock() {
    assertEquals("0:05", Figures.clock(Duration.ofSeconds(5)));
    assertEquals("1:02:03", Figures.clock(Duration.ofSeconds(3723)));
    assertEquals("100:00:00", Figures.clock(Duration.ofHours(100)));
    assertEquals("1 VM", Figures.count(1, "VM"));
    assertEquals("0 VMs", Figures.count(0, "VM"));
  }
}
