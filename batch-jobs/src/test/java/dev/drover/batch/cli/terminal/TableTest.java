package dev.drover.batch.cli.terminal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TableTest {
  private static Table sample() {
    return new Table(
            Table.Column.text("NAME"), Table.Column.figure("SIZE"), Table.Column.text("OS"))
        .row("web-1", "2 GiB", "Debian")
        .row("東京サーバー東京サーバー東京サーバー", "10 GiB", "Microsoft Windows Server 2019 (64-bit)")
        .row("x\u001b[31m\nroot@host:~# ", "1 GiB", "");
  }

  @ParameterizedTest
  @ValueSource(ints = {30, 40, 41, 60, 80, 200})
  void fitsItsWindow(int columns) {
    ScreenText screen = ScreenText.window(columns, "");
    sample().print(screen.terminal());
    assertEquals(4, screen.outLines().size(), screen.out());
    for (String line : screen.outLines()) {
      assertTrue(DisplayWidth.of(line) <= columns, line);
    }
  }

  @Test
  void obeysNoEscapeSequenceOfAName() {
    ScreenText screen = ScreenText.window(120, "");
    sample().print(screen.terminal());
    assertFalse(screen.out().contains("\u001b"), screen.out());
    assertTrue(screen.out().contains("x\\x1b[31m\\nroot@host"), screen.out());
  }

  @Test
  void cutsNothingInAPipe() {
    ScreenText screen = ScreenText.pipe();
    sample().print(screen.terminal());
    assertTrue(screen.out().contains("東京サーバー東京サーバー東京サーバー"), screen.out());
    assertFalse(screen.out().contains("…"), screen.out());
    assertFalse(screen.out().contains("\u001b"), "colours are for terminals");
  }

  @Test
  void alignsColumnsBehindWideCharacters() {
    ScreenText screen = ScreenText.pipe();
    new Table(Table.Column.text("NAME"), Table.Column.text("OS"))
        .row("東京", "a")
        .row("abcd", "b")
        .row("e\u0301xyz", "c")
        .print(screen.terminal());
    assertEquals(List.of("NAME  OS", "東京  a", "abcd  b", "e\u0301xyz  c"), screen.outLines());
  }

  @Test
  void coloursAreNoPartOfTheWidth() {
    ScreenText screen = ScreenText.colourWindow(40);
    new Table(Table.Column.whole("STATE"), Table.Column.text("NAME"))
        .row(new Table.Cell("ok", Style.GREEN), "web")
        .print(screen.terminal());
    assertEquals("\u001b[32mok   \u001b[0m  web", screen.outLines().get(1));
  }

  @Test
  void printsNothingWithoutRows() {
    ScreenText screen = ScreenText.pipe();
    new Table(Table.Column.text("NAME")).print(screen.terminal());
    assertEquals("", screen.out());
  }
}
