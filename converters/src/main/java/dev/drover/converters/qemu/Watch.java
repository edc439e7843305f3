package dev.drover.converters.qemu;

import dev.drover.mappings.failure.ConversionFailed;
import dev.drover.mappings.failure.Retry;
import dev.drover.mappings.progress.Progress;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.apache.commons.exec.ProcessDestroyer;
import org.jspecify.annotations.Nullable;

/** Looks after one running process: kills its group when it is cancelled or takes too long. */
final class Watch implements ProcessDestroyer, AutoCloseable {
  private static final long LOOK_EVERY_MILLIS = 200;

  private final ProcessGroups groups;
  private final Progress progress;
  private final @Nullable Duration timeout;
  private final CountDownLatch over = new CountDownLatch(1);
  private volatile boolean cancelled;
  private volatile boolean late;

  Watch(ProcessGroups groups, Progress progress, @Nullable Duration timeout) {
    this.groups = groups;
    this.progress = progress;
    this.timeout = timeout;
  }

  @Override
  public boolean add(Process process) {
    Thread thread = new Thread(() -> look(process), "drover-watch-" + process.pid());
    thread.setDaemon(true);
    thread.start();
    return groups.add(process);
  }

  private void look(Process process) {
    long start = System.nanoTime();
    try {
      while (!over.await(LOOK_EVERY_MILLIS, TimeUnit.MILLISECONDS)) {
        cancelled = progress.cancelled();
        late = timeout != null && System.nanoTime() - start > timeout.toNanos();
        if (cancelled || late) {
          ProcessGroups.kill(process);
          return;
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public boolean remove(Process process) {
    over.countDown();
    return groups.remove(process);
  }

  @Override
  public int size() {
    return groups.size();
  }

  void throwIfKilled(String subject) {
    if (cancelled) {
      throw new ConversionFailed(subject, "the copy was interrupted", "start it again");
    }
    if (late) {
      throw new ConversionFailed(
          subject,
          "qemu-img took longer than " + timeout,
          "look whether the storage hangs, or raise -D" + Program.TIMEOUT_PROPERTY,
          Retry.WORTHWHILE,
          null);
    }
  }

  @Override
  public void close() {
    over.countDown();
  }
}
