package dev.drover.batch.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

class LastExitTest {
  /** A process with a library that never ends its shutdown. */
  static final class Stuck {
    public static void main(String[] arguments) {
      Runtime.getRuntime().addShutdownHook(new Thread(Stuck::waitForEver));
      LastExit.with(7, Duration.ofMillis(100));
    }

    private static void waitForEver() {
      try {
        new CountDownLatch(1).await();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }
  }

  @Test
  @Timeout(value = 5, unit = TimeUnit.MINUTES)
  void aShutdownThatNeverEndsIsCutShortWithTheSameCode() throws IOException, InterruptedException {
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                Stuck.class.getName())
            .inheritIO()
            .start();
    try {
      assertEquals(7, process.waitFor());
    } finally {
      process.destroyForcibly();
    }
  }
}
