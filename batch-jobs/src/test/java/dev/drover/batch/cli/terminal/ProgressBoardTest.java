package dev.drover.batch.cli.terminal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.drover.mappings.progress.Progress;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class ProgressBoardTest {
  private static final long GIB = 1L << 30;
  private final AtomicLong now = new AtomicLong();

  private void seconds(long passed) {
    now.addAndGet(Duration.ofSeconds(passed).toNanos());
  }

  private ProgressBoard on(ScreenText screen) {
    return ProgressBoard.byHand(screen.terminal(), now::get, () -> "1 of 2 VMs done");
  }

  @Test
  void saysAPlainLineOfADiskEveryTenSecondsAndAtItsEnd() {
    ScreenText screen = ScreenText.pipe();
    Progress bar = on(screen).root().child("copy web-1", 4 * GIB);
    for (int i = 0; i < 16; i++) {
      seconds(2);
      bar.advance(GIB / 4);
    }
    bar.close();
    assertEquals(
        List.of(
            "copy web-1: 31%, 1.3 GiB of 4 GiB, 128 MiB/s, 0:22 left",
            "copy web-1: 62%, 2.5 GiB of 4 GiB, 128 MiB/s, 0:12 left",
            "copy web-1: 93%, 3.8 GiB of 4 GiB, 128 MiB/s, 0:02 left",
            "copied web-1: 4 GiB in 0:32, 128 MiB/s"),
        screen.errLines());
  }

  @Test
  void drawsABarADiskAndALineForTheWholeInPlace() {
    ScreenText screen = ScreenText.window(100, "");
    ProgressBoard board = on(screen);
    Progress one = board.root().child("web-1/disk0", 4 * GIB);
    board.root().child("db/disk0", GIB);
    seconds(10);
    one.advance(GIB);
    board.paint();
    List<String> lines = screen.errLines();
    assertTrue(lines.get(0).startsWith("web-1/disk0"), lines.get(0));
    assertTrue(lines.get(0).contains(" 25%"), lines.get(0));
    assertTrue(lines.get(0).contains("102.4 MiB/s"), lines.get(0));
    assertTrue(lines.get(0).contains("0:30 left"), lines.get(0));
    assertTrue(lines.get(1).startsWith("db/disk0"), lines.get(1));
    assertTrue(lines.get(2).startsWith("1 of 2 VMs done"), lines.get(2));
    board.paint();
    assertTrue(screen.err().contains("\u001b[3A\r"), "the second frame is over the first");
  }

  @Test
  void printsMessagesAboveTheBars() {
    ScreenText screen = ScreenText.window(80, "");
    ProgressBoard board = on(screen);
    board.root().child("web-1/disk0", GIB);
    board.paint();
    board.say("done db");
    String last = screen.err().substring(screen.err().lastIndexOf("\u001b[J") + 3);
    assertTrue(last.startsWith("done db\nweb-1/disk0"), last);
  }

  @Test
  void showsAsManyBarsAsFitAndCountsTheOthers() {
    ScreenText screen = ScreenText.window(80, "");
    ProgressBoard board = on(screen);
    for (int i = 0; i < 40; i++) {
      board.root().child("vm" + i, GIB);
    }
    board.paint();
    assertEquals(14, screen.errLines().size());
    assertTrue(screen.errLines().get(12).startsWith("and 28 more"), screen.err());
  }

  @Test
  void everyLineFitsEveryWidth() {
    BarLine line = new BarLine("東京/disk0", 3L << 40, 60L << 40, 2.5e9, Duration.ofHours(99));
    for (int columns = 1; columns < 220; columns++) {
      assertTrue(DisplayWidth.of(line.live(columns, true)) <= columns, "at " + columns);
      assertTrue(DisplayWidth.of(line.live(columns, false)) <= columns, "at " + columns);
    }
    assertTrue(line.live(80, true).contains("░"));
    assertTrue(line.live(40, true).contains("5%"));
  }

  @Test
  void partsOfADiskCountForTheDiskAndGetNoLineOfTheirOwn() {
    ScreenText screen = ScreenText.window(80, "");
    ProgressBoard board = on(screen);
    Progress disk = board.root().child("disk", 100);
    try (Progress part = disk.child("extent", 40)) {
      part.advance(10);
    }
    board.paint();
    assertTrue(screen.errLines().get(0).contains(" 40%"), screen.err());
    assertEquals(2, screen.errLines().size());
  }

  @Test
  void adviceBeyondTheEndIsNoMoreThanAll() {
    ScreenText screen = ScreenText.window(80, "");
    ProgressBoard board = on(screen);
    board.root().child("disk", 100).advance(1000);
    board.paint();
    assertTrue(screen.errLines().get(0).contains("100%"), screen.err());
  }

  @Test
  void aDiskThatIsClosedBeforeItsEndIsNotCalledCopied() {
    ScreenText screen = ScreenText.pipe();
    Progress bar = on(screen).root().child("disk", 100);
    bar.advance(40);
    bar.close();
    assertEquals("", screen.err());
  }

  @Test
  void aDiskWhosePartEndedEarlyIsNotCalledDone() {
    ScreenText screen = ScreenText.pipe();
    Progress bar = on(screen).root().child("disk", 100);
    bar.child("part", 100).close();
    bar.close();
    assertEquals("", screen.err());
  }

  @Test
  void hostileLabelsAreHarmless() {
    ScreenText screen = ScreenText.window(80, "");
    ProgressBoard board = on(screen);
    board.root().child("\u001b]0;owned\u0007", 100);
    board.paint();
    assertFalse(screen.err().contains("\u001b]"), "the label is obeyed");
  }

  @Test
  void tellsEveryNodeThatTheUserAskedToStop() {
    ProgressBoard board = on(ScreenText.pipe());
    Progress deep = board.root().child("a", 10).child("b", 5);
    assertFalse(deep.cancelled());
    assertTrue(board.cancel());
    assertTrue(deep.cancelled());
    assertFalse(board.cancel(), "that was asked before");
  }

  @Test
  void leavesACleanTerminal() {
    ScreenText screen = ScreenText.window(80, "");
    ProgressBoard board = on(screen);
    board.root().child("disk", 100);
    board.paint();
    board.close();
    board.paint();
    assertTrue(screen.err().endsWith("\u001b[2A\r\u001b[J"), screen.err());
  }
}
