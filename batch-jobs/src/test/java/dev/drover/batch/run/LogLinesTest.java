package dev.drover.batch.run;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.LoggingEvent;
import ch.qos.logback.core.spi.FilterReply;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class LogLinesTest {
  private final LoggerContext context = new LoggerContext();

  private String line(LogSettings.Format format, String message) {
    LoggingEvent event =
        new LoggingEvent("", context.getLogger("hook"), Level.INFO, message, null, null);
    event.setMDCPropertyMap(Map.of("vm", "web\n1", "disk", "web-1-disk0"));
    return new String(
        LogLines.encoder(context, format, true).encode(event), StandardCharsets.UTF_8);
  }

  @Test
  void jsonHasVmAndDiskAndIsOneLine() {
    String line = line(LogSettings.Format.JSON, "two\nlines");
    assertEquals(line.length() - 1, line.indexOf('\n'));
    JsonNode json = JsonMapper.builder().build().readTree(line);
    assertEquals("web-1-disk0", json.get("disk").asString());
    assertEquals("web\n1", json.get("vm").asString());
    assertEquals("two\nlines", json.get("message").asString());
  }

  @Test
  void textFromOutsideNeitherBeginsALineNorSteersTheTerminal() {
    String line = line(LogSettings.Format.TEXT, "red \u001b[31m\nERROR forged \u202edeksid");
    assertEquals(line.length() - 1, line.indexOf('\n'));
    assertFalse(line.contains("\u001b"));
    assertTrue(line.contains("forged \\u202edeksid"), line);
    assertTrue(line.contains("[web\\u000a1 web-1-disk0]"), line);
  }

  @Test
  void whatTheCommandLineTellsInItsOwnWordsIsNotPrintedAgain() {
    LoggingEvent event =
        new LoggingEvent("", context.getLogger("run"), Level.ERROR, "failed", null, null);
    LogConfigurator.WithoutTold filter = new LogConfigurator.WithoutTold();
    assertEquals(FilterReply.NEUTRAL, filter.decide(event));
    event.addMarker(RunLog.TOLD);
    assertEquals(FilterReply.DENY, filter.decide(event));
  }

  @Test
  void isQuietOnATerminalAndTalksInJson() {
    System.clearProperty(LogSettings.LEVEL_PROPERTY); // another test of this process may have -v
    assertEquals(new LogSettings(LogSettings.Format.TEXT, "WARN"), LogSettings.current());
    System.setProperty(LogSettings.FORMAT_PROPERTY, "json");
    try {
      assertEquals(new LogSettings(LogSettings.Format.JSON, "INFO"), LogSettings.current());
    } finally {
      System.clearProperty(LogSettings.FORMAT_PROPERTY);
    }
  }
}
