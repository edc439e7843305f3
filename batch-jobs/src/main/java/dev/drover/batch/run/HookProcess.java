package dev.drover.batch.run;

import dev.drover.batch.steps.LogContext;
import java.io.File;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A program of the user's with all the processes that it starts in its own process group. Closing
 * it ends them, also those that it left in the background; when Drover itself is killed, the kernel
 * ends the program, so that a resume does not start it a second time beside the first.
 */
final class HookProcess implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger("hook");
  private static final Path SETSID = Path.of("/usr/bin/setsid");
  private static final Path SETPRIV = Path.of("/usr/bin/setpriv");
  private static final long LOOK_EVERY_MILLIS = 100;
  private static final long GRACE_MILLIS = 5_000;
  private static final int LINES_KEPT = 10;
  private static final int LONGEST_LINE = 2_000;

  /** Bytes of one hook's output that go to the log. */
  static final long LONGEST_OUTPUT = 1 << 20;

  /** Time, level, run, wave, VM and step, about, which the log puts before each line. */
  private static final int BESIDE_LINE = 128;

  private final Process process;
  private final boolean ownGroup;
  private final Thread reader;
  private final Deque<String> last = new ArrayDeque<>();
  private final AtomicLong leftInRun;
  private long left = LONGEST_OUTPUT;

  private HookProcess(Process process, boolean ownGroup, AtomicLong leftInRun) {
    this.leftInRun = leftInRun;
    this.process = process;
    this.ownGroup = ownGroup;
    this.reader = new Thread(LogContext.carried(this::read), "hook-output");
    this.reader.setDaemon(true);
    this.reader.start();
  }

  /** How it came to its end. */
  enum End {
    ENDED,
    TIMED_OUT,
    CANCELLED
  }

  /**
   * Starts it; the calling thread has to live as long as it. {@code setsid} gives it a process
   * group of its own and {@code setpriv} lets it die with Drover, where this machine has them.
   *
   * @param leftInRun bytes that all hooks of the run may still log; is counted down
   */
  static HookProcess start(List<String> argv, Map<String, String> environment, AtomicLong leftInRun)
      throws IOException {
    boolean ownGroup = Files.isExecutable(SETSID);
    List<String> all = new ArrayList<>();
    if (ownGroup) {
      all.add(SETSID.toString());
    }
    if (Files.isExecutable(SETPRIV)) {
      all.addAll(List.of(SETPRIV.toString(), "--pdeathsig", "KILL", "--"));
    }
    all.addAll(argv);
    ProcessBuilder builder =
        new ProcessBuilder(all)
            .redirectErrorStream(true)
            .redirectInput(ProcessBuilder.Redirect.from(new File("/dev/null")));
    builder.environment().clear();
    builder.environment().putAll(environment);
    return new HookProcess(builder.start(), ownGroup, leftInRun);
  }

  /** Waits, and ends the whole group when the time is over or somebody asks to stop. */
  End await(Duration timeout, BooleanSupplier cancelled) throws InterruptedException {
    long end = System.nanoTime() + timeout.toNanos();
    while (!process.waitFor(LOOK_EVERY_MILLIS, TimeUnit.MILLISECONDS)) {
      if (cancelled.getAsBoolean()) {
        endGroup();
        return End.CANCELLED;
      }
      if (System.nanoTime() - end > 0) {
        endGroup();
        return End.TIMED_OUT;
      }
    }
    // A process that it left in the background may hold the pipe open for ever.
    signal("TERM", List.of());
    reader.join(GRACE_MILLIS);
    return End.ENDED;
  }

  private void endGroup() throws InterruptedException {
    List<ProcessHandle> family = family();
    signal("TERM", family);
    if (!process.waitFor(GRACE_MILLIS, TimeUnit.MILLISECONDS)) {
      LOG.warn("did not end by itself");
    }
    signal("KILL", family);
    process.waitFor();
    reader.join(GRACE_MILLIS);
  }

  private List<ProcessHandle> family() {
    return Stream.concat(Stream.of(process.toHandle()), process.descendants()).toList();
  }

  private void signal(String name, List<ProcessHandle> family) throws InterruptedException {
    if (ownGroup) {
      try {
        new ProcessBuilder("/bin/kill", "-s", name, "--", "-" + process.pid())
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .start()
            .waitFor();
      } catch (IOException e) {
        LOG.debug("no kill", e);
      }
    }
    for (ProcessHandle one : family) {
      if (name.equals("KILL")) {
        one.destroyForcibly();
      } else if (!ownGroup) {
        one.destroy();
      }
    }
  }

  private void read() {
    StringBuilder line = new StringBuilder();
    char[] buffer = new char[4096];
    try (Reader output = new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8)) {
      for (int n = output.read(buffer); n >= 0; n = output.read(buffer)) {
        for (int i = 0; i < n; i++) {
          if (buffer[i] == '\n') {
            line(line);
          } else if (line.length() < LONGEST_LINE) {
            line.append(buffer[i]);
          }
        }
      }
    } catch (IOException e) {
      LOG.debug("output ends", e);
    }
    if (line.length() > 0) {
      line(line);
    }
  }

  private void line(StringBuilder line) {
    String text = line.toString().stripTrailing();
    line.setLength(0);
    if (text.isEmpty()) {
      return;
    }
    if (left > 0) {
      log(text);
    }
    synchronized (last) {
      last.addLast(text);
      if (last.size() > LINES_KEPT) {
        last.removeFirst();
      }
    }
  }

  /** A hook that prints for ever must not fill a disk, nor must a thousand that print much. */
  private void log(String text) {
    long bytes = text.getBytes(StandardCharsets.UTF_8).length + BESIDE_LINE;
    left -= bytes;
    if (left > 0 && leftInRun.addAndGet(-bytes) > 0) {
      LOG.info("{}", text);
    } else {
      left = 0;
      LOG.info("what follows is not logged: too much");
    }
  }

  /** Of a process that has ended. */
  int exitCode() {
    return process.exitValue();
  }

  /** Whether those that should have become the program could not: it is missing, or no program. */
  boolean neverStarted() {
    return exitCode() >= 126 && lastLines().matches("set(sid|priv): failed to execute .*");
  }

  /** What it wrote last, in one line. */
  String lastLines() {
    synchronized (last) {
      return String.join(" | ", last);
    }
  }

  /** Whatever is left of it ends. */
  @Override
  public void close() throws InterruptedException {
    if (process.isAlive()) {
      endGroup();
    } else {
      signal("KILL", List.of());
    }
  }
}
