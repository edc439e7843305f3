package dev.drover.batch.cli.terminal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class SafeTextTest {
  @Test
  void showsEscapeSequencesInsteadOfObeyingThem() {
    assertEquals("web\\x1b[2J\\x1b]0;gone\\x07", SafeText.line("web\u001b[2J\u001b]0;gone\u0007"));
    assertEquals("\\x9b31m\\x7f\\x00", SafeText.line("\u009b31m\u007f\u0000"));
  }

  @Test
  void showsMarksThatReorderText() {
    assertEquals("a\\u202egpj.exe", SafeText.line("a\u202egpj.exe"));
    assertEquals("\\u2066\\u200f\\U000e0041", SafeText.line("\u2066\u200f\udb40\udc41"));
  }

  @Test
  void showsLineBreaksOfEveryKindInALine() {
    assertEquals("a\\nb\\rc\\td\\u2028", SafeText.line("a\nb\rc\td\u2028"));
  }

  @Test
  void keepsLineFeedsAloneInSeveralLines() {
    assertEquals("a\nb\\r", SafeText.lines("a\nb\r"));
  }

  @Test
  void showsHalvesOfSurrogatePairs() {
    assertEquals("\\ud800x", SafeText.line("\ud800x"));
  }

  @Test
  void leavesEveryScriptAlone() {
    String names = "Bücher-Server 東京 Ελλάς ישראל नमस्ते 👩‍💻";
    assertEquals(names, SafeText.line(names));
  }

  @Test
  void leavesNoControlCharacterOfTheFirstTwoPlanes() {
    for (int c = 0; c < 0x20000; c++) {
      SafeText.line(Character.toString(c))
          .codePoints()
          .forEach(
              safe ->
                  assertTrue(
                      !Character.isISOControl(safe) && safe != 0x2028 && safe != 0x202E,
                      () -> Integer.toHexString(safe)));
    }
  }
}
