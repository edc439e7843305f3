package dev.drover.converters.qemu;

import dev.drover.mappings.failure.ConversionFailed;
import dev.drover.mappings.failure.EnvironmentFailed;
import dev.drover.mappings.failure.Retry;
import dev.drover.mappings.progress.Progress;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.DoubleConsumer;
import java.util.stream.Collectors;
import org.apache.commons.exec.CommandLine;
import org.apache.commons.exec.DefaultExecutor;
import org.apache.commons.exec.PumpStreamHandler;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Runs the qemu-img program and waits for it. Safe for use by several threads. */
final class Program {
  private static final Logger LOG = LoggerFactory.getLogger(Program.class);

  /** Whole seconds that one call may take; none by default, as nobody knows how large disks are. */
  static final String TIMEOUT_PROPERTY = "drover.qemu-img.timeout";

  /** Bytes of a program's output that are kept; a map of 9,000 extents or so. */
  static final int STDOUT_LIMIT = 1 << 20;

  private static final int STDERR_LIMIT = 16 << 10;
  private static final ProcessGroups GROUPS = new ProcessGroups();

  private final Path path;
  private final Confinement confinement;

  Program(Path path, Confinement confinement) {
    this.path = path;
    this.confinement = confinement;
  }

  /** How a call ended. */
  record Outcome(int exit, String out, String err) {}

  /**
   * Runs to the end.
   *
   * @param percent told from 0 to 100 as the program tells it
   * @throws ConversionFailed when it was cancelled or took too long; exit codes are the caller's
   */
  Outcome run(Job job, Progress progress, DoubleConsumer percent) {
    BoundedOutput out = new BoundedOutput(STDOUT_LIMIT, percent);
    BoundedOutput err = new BoundedOutput(STDERR_LIMIT, p -> {});
    DefaultExecutor executor =
        DefaultExecutor.builder().setExecuteStreamHandler(new PumpStreamHandler(out, err)).get();
    executor.setExitValues(null);
    try (Confinement.Prepared confined =
            confinement.prepare(job.readable(), job.writable(), path, job.largest());
        Watch watch = new Watch(GROUPS, progress, timeout())) {
      executor.setProcessDestroyer(watch);
      CommandLine command = command(job, confined);
      LOG.debug("{}: starting {}", job.subject(), quoted(command));
      long begun = System.nanoTime();
      // The wrappers ask to die with the thread that starts them: this one, which waits.
      int exit = executor.execute(command, environment());
      LOG.debug(
          "{}: exit code {} after {} ms: {}",
          job.subject(),
          exit,
          Duration.ofNanos(System.nanoTime() - begun).toMillis(),
          quoted(command));
      watch.throwIfKilled(job.subject());
      return new Outcome(exit, out.text(), err.text());
    } catch (IOException e) {
      throw cannotStart(job, e);
    }
  }

  private CommandLine command(Job job, Confinement.Prepared confined) {
    List<String> words = new ArrayList<>(confined.prefix());
    words.add(path.toString());
    words.addAll(job.words());
    CommandLine line = new CommandLine(words.get(0));
    words.subList(1, words.size()).forEach(word -> line.addArgument(word, false));
    return line;
  }

  /**
   * As a shell would take it. Files, formats and sizes stand in there and no secret: what needs one
   * is read by Drover itself.
   */
  private static String quoted(CommandLine command) {
    return Arrays.stream(command.toStrings())
        .map(w -> w.matches("[\\w@%+=:,./-]+") ? w : "'" + w.replace("'", "'\\''") + "'")
        .collect(Collectors.joining(" "));
  }

  /** Nothing of Drover's own environment, where secrets may stand, but the way to programs. */
  private static Map<String, String> environment() {
    Map<String, String> environment = new HashMap<>();
    environment.put("LC_ALL", "C.UTF-8");
    environment.put("PATH", System.getenv().getOrDefault("PATH", "/usr/sbin:/usr/bin:/sbin:/bin"));
    return environment;
  }

  private static @Nullable Duration timeout() {
    Long seconds = Long.getLong(TIMEOUT_PROPERTY);
    return seconds == null || seconds <= 0 ? null : Duration.ofSeconds(seconds);
  }

  private RuntimeException cannotStart(Job job, IOException e) {
    if (!Files.isExecutable(path)) {
      return missing(path.toString(), e);
    }
    return new ConversionFailed(
        job.subject(),
        "cannot run qemu-img",
        "check that this machine has processes, memory and open files left",
        Retry.WORTHWHILE,
        e);
  }

  static EnvironmentFailed missing(String where, @Nullable Throwable cause) {
    return new EnvironmentFailed(
        "qemu-img",
        "the program is not there (" + where + ")",
        "install it: apt-get install qemu-utils (Debian, Ubuntu), dnf install qemu-img (Fedora, RHEL)",
        Retry.POINTLESS,
        cause);
  }
}
