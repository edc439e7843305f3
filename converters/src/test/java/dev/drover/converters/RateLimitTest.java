package dev.drover.converters;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

final class RateLimitTest {
  private static final int MIB = 1 << 20;

  private static double seconds(InterruptibleWork work) throws InterruptedException {
    long start = System.nanoTime();
    work.run();
    return (System.nanoTime() - start) / 1e9;
  }

  private interface InterruptibleWork {
    void run() throws InterruptedException;
  }

  @Test
  void letsNoMoreThroughThanItsRate() throws InterruptedException {
    RateLimit limit = RateLimit.of(20 * MIB);
    double took =
        seconds(
            () -> {
              for (int i = 0; i < 11; i++) {
                limit.take(MIB, () -> false);
              }
            });
    assertTrue(took >= 0.49, () -> "10 MiB and one in advance in " + took + " s");
  }

  @Test
  void isSharedByAllWhoTakeFromIt() throws InterruptedException {
    RateLimit host = RateLimit.of(20 * MIB);
    double took =
        seconds(
            () -> {
              List<Thread> disks = new ArrayList<>();
              for (int d = 0; d < 2; d++) {
                RateLimit disk = host.within(1000L * MIB);
                disks.add(new Thread(() -> takeSix(disk)));
              }
              disks.forEach(Thread::start);
              for (Thread disk : disks) {
                disk.join();
              }
            });
    assertTrue(took >= 0.49, () -> "12 MiB by two disks in " + took + " s");
  }

  private static void takeSix(RateLimit disk) {
    try {
      for (int i = 0; i < 6; i++) {
        disk.take(MIB, () -> false);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Test
  void wakesThoseWhoWaitWhenItIsRaised() throws InterruptedException {
    RateLimit limit = RateLimit.of(1);
    limit.take(MIB, () -> false); // a million seconds
    Thread raises =
        new Thread(
            () -> {
              try {
                Thread.sleep(100);
              } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
              }
              limit.set(0);
            });
    raises.start();
    double took = seconds(() -> limit.take(MIB, () -> false));
    assertTrue(took < 5, () -> "it waited " + took + " s");
  }

  @Test
  void givesUpWithinASecondWhenTheUserStops() throws InterruptedException {
    RateLimit limit = RateLimit.of(1);
    limit.take(MIB, () -> false);
    AtomicBoolean stop = new AtomicBoolean();
    Thread waits =
        new Thread(
            () -> {
              try {
                limit.take(MIB, stop::get);
              } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
              }
            });
    waits.start();
    Thread.sleep(50);
    assertTrue(waits.isAlive());
    stop.set(true);
    waits.join(1000);
    assertTrue(!waits.isAlive(), "it waits on");
  }
}
