package dev.drover.batch.run;

import dev.drover.batch.ledger.VmState;
import dev.drover.batch.state.StatusFile;
import dev.drover.batch.state.StatusFile.Status;
import dev.drover.batch.state.StatusFile.VmStatus;
import dev.drover.batch.steps.Words;
import dev.drover.mappings.failure.Failure;
import dev.drover.mappings.model.VmRef;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * How the VMs of a run stand. Every change is told to the listener at once; the status file follows
 * twice a second, since it is written as a whole and a run may have ten thousand VMs.
 */
final class StatusBoard implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(StatusBoard.class);
  private static final long WRITE_EVERY_MILLIS = 500;

  private final Path file;
  private final Head head;
  private final RunListener listener;
  private final Map<VmRef, VmStatus> vms = new LinkedHashMap<>();
  private final AtomicBoolean changed = new AtomicBoolean(true);
  private final ScheduledExecutorService writer =
      Executors.newSingleThreadScheduledExecutor(
          task -> {
            Thread thread = new Thread(task, "drover-status");
            thread.setDaemon(true);
            return thread;
          });
  private volatile String state = "RUNNING";
  private boolean complained;

  /** What is said of the run and does not change. */
  record Head(String runId, String plan, String planFile, Instant startedAt) {}

  /** Writes the file for the first time when {@link #begin} is called. */
  StatusBoard(Path file, Head head, RunListener listener) {
    this.file = file;
    this.head = head;
    this.listener = listener;
  }

  /** Puts a VM up, without a word to the listener. */
  void put(VmRef ref, VmStatus status) {
    synchronized (vms) {
      vms.put(ref, status);
    }
    changed.set(true);
  }

  /** All VMs are up. */
  void begin() {
    write();
    writer.scheduleWithFixedDelay(
        this::writeIfChanged, WRITE_EVERY_MILLIS, WRITE_EVERY_MILLIS, TimeUnit.MILLISECONDS);
  }

  /** A VM changed its state or its step. */
  void vm(VmRef ref, VmState now, @Nullable String step, @Nullable Failure failure) {
    VmStatus is =
        change(
            ref,
            was -> {
              VmStatus moved = was.in(now.name(), step);
              return failure == null
                  ? moved
                  : moved.failed(Words.of(was.name(), failure), failure.remedy());
            });
    listener.vm(is);
  }

  /**
   * It is known what the VM becomes.
   *
   * @param bytes of all its disks; null where that is not known yet
   */
  void target(VmRef ref, String target, @Nullable Long bytes) {
    change(ref, was -> was.becoming(target, bytes));
  }

  /** The disks of a VM moved on. */
  void counted(VmRef ref, @Nullable Long copied, @Nullable Long verified) {
    change(ref, was -> was.counted(copied, verified));
  }

  private VmStatus change(VmRef ref, UnaryOperator<VmStatus> how) {
    VmStatus is;
    synchronized (vms) {
      is = how.apply(get(ref));
      vms.put(ref, is);
    }
    changed.set(true);
    return is;
  }

  private VmStatus get(VmRef ref) {
    VmStatus status = vms.get(ref);
    if (status == null) {
      throw new IllegalArgumentException("not in this run: " + ref);
    }
    return status;
  }

  /** As they stand, in the order of the plan. */
  List<VmStatus> vms() {
    synchronized (vms) {
      return List.copyOf(vms.values());
    }
  }

  /** The writer thread does this twice a second. */
  void writeIfChanged() {
    if (changed.getAndSet(false)) {
      write();
    }
  }

  private synchronized void write() {
    try {
      StatusFile.write(
          file,
          new Status(
              head.runId(), head.plan(), head.planFile(), state, head.startedAt(), now(), vms()));
    } catch (IOException | RuntimeException e) {
      // The run goes on; whoever asks for the status sees an old one.
      if (!complained) {
        LOG.warn("cannot write {}: {}", file, e.toString());
      }
      complained = true;
    }
  }

  static Instant now() {
    return Instant.now().truncatedTo(ChronoUnit.MILLIS);
  }

  /** The run is over in that state. */
  void end(String how) {
    state = how;
    changed.set(true);
  }

  /** Writes what is left to be written. */
  @Override
  public void close() {
    writer.shutdown();
    try {
      writer.awaitTermination(10, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    writeIfChanged();
  }
}
