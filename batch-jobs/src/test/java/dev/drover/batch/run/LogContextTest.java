package dev.drover.batch.run;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ch.qos.logback.classic.spi.ILoggingEvent;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.Logger;
import org.slf4j.MDC;

class LogContextTest {
  @TempDir Path folder = Path.of(".");

  @Test
  void everyLineOfARunSaysWhatItBelongsTo() {
    World world = new World(folder);
    World.write(world.plan(), "vms=2\ndisks=2\nbeforeWave=60 /bin/echo a word of the hook");
    MDC.put("vm", "of the caller");
    try (LoggedEvents log = LoggedEvents.of(Logger.ROOT_LOGGER_NAME)) {
      String run = world.run().runId();
      assertEquals(List.of(), saying(log, "").filter(e -> !run.equals(in(e, "run"))).toList());
      for (String words : List.of("wave wave-1 begins", "a word of the hook", "copy begins")) {
        assertTrue(saying(log, words).findAny().isPresent(), words + ": " + log.lines());
        saying(log, words).forEach(e -> assertEquals("wave-1", in(e, "wave"), e.toString()));
      }
      assertEquals("beforeWave", in(saying(log, "a word of the hook").findFirst().get(), "step"));
      assertEquals(
          List.of("vm-1", "vm-2"),
          saying(log, "copy begins").map(e -> in(e, "vm")).sorted().toList());
      assertEquals(Map.of("vm", "of the caller"), MDC.getCopyOfContextMap());
    } finally {
      MDC.clear();
    }
  }

  private static java.util.stream.Stream<ILoggingEvent> saying(LoggedEvents log, String words) {
    return log.events().stream().filter(e -> e.getFormattedMessage().contains(words));
  }

  private static String in(ILoggingEvent event, String key) {
    return event.getMDCPropertyMap().getOrDefault(key, "");
  }
}
