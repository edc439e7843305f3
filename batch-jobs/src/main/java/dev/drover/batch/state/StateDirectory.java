package dev.drover.batch.state;

import dev.drover.mappings.failure.EnvironmentFailed;
import dev.drover.mappings.failure.Retry;
import dev.drover.mappings.failure.UsageFailed;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The folder of {@code --state}: job repository, lock, status, logs, copies of plans as they ran.
 */
public final class StateDirectory {
  /**
   * Folders that this process has locked. It must not even open a lock file that it holds: with
   * POSIX locks, closing one channel frees what another one locked.
   */
  private static final Set<Path> HELD_HERE = ConcurrentHashMap.newKeySet();

  private final Path folder;

  /** Touches nothing yet. */
  public StateDirectory(Path folder) {
    this.folder = folder.toAbsolutePath().normalize();
  }

  /** The folder, absolute. */
  public Path folder() {
    return folder;
  }

  /** What {@code drover status} reads. */
  public Path statusFile() {
    return folder.resolve("status.json");
  }

  /** Where disks are unpacked that cannot be read in place. */
  public Path scratch() {
    return folder.resolve("scratch");
  }

  /** The ids of the runs that began here; empty where the folder is missing. */
  public Set<String> runs() {
    String[] names = folder.resolve("runs").toFile().list();
    return names == null ? Set.of() : Set.of(names);
  }

  /** The plan as it was when that run began. */
  public Path planOf(String runId) {
    return folder.resolve("runs").resolve(runId).resolve("plan.yaml");
  }

  /** The JDBC URL of the embedded database. */
  public String embeddedUrl() {
    // H2 writes "jobs.mv.db" here and locks it itself; a second process is refused. It writes ten
    // times a second: at each commit (0) a file of 1,000 VMs grew to 737 MB instead of 4.
    return "jdbc:h2:file:" + folder.resolve("jobs") + ";DB_CLOSE_ON_EXIT=FALSE;WRITE_DELAY=100";
  }

  /** The same, to look at it without a trace; empty where there is none. */
  public Optional<String> embeddedUrlToRead() {
    return Files.exists(folder.resolve("jobs.mv.db"))
        ? Optional.of(
            "jdbc:h2:file:"
                + folder.resolve("jobs")
                + ";ACCESS_MODE_DATA=r;IFEXISTS=TRUE;DB_CLOSE_ON_EXIT=FALSE")
        : Optional.empty();
  }

  /** What a run wrote to its log. */
  public Path logOf(String runId) {
    return folder.resolve("logs").resolve("run-" + runId + ".log");
  }

  /** Whether anything ran here before. */
  public boolean used() {
    return Files.exists(lockFile());
  }

  /** Creates the folder; it is its owner's alone, since plans and logs name hosts and paths. */
  public void create() {
    if (folder.toString().indexOf(';') >= 0) {
      throw new UsageFailed(
          folder.toString(),
          "the path of the state directory holds a semicolon, which ends a path for H2",
          "give another folder with --state");
    }
    try {
      createPrivate();
      Files.createDirectories(folder.resolve("runs"));
      Files.createDirectories(scratch());
      Files.createDirectories(folder.resolve("logs"));
    } catch (IOException e) {
      throw new EnvironmentFailed(
          folder.toString(),
          "cannot create the state directory",
          "give a folder that can be written to with --state",
          Retry.POINTLESS,
          e);
    }
  }

  private void createPrivate() throws IOException {
    if (Files.isDirectory(folder)) {
      return;
    }
    Files.createDirectories(folder);
    PosixFileAttributeView posix = Files.getFileAttributeView(folder, PosixFileAttributeView.class);
    if (posix != null) {
      posix.setPermissions(PosixFilePermissions.fromString("rwx------"));
    }
  }

  /**
   * Takes the lock that says that a process is at work here. The kernel frees it when the process
   * ends, however it ends.
   *
   * @throws EnvironmentFailed when another process holds it, naming that process
   */
  public Lock lock() {
    create();
    if (!HELD_HERE.add(folder)) {
      throw taken();
    }
    boolean locked = false;
    try {
      Lock lock = new Lock(folder, lockedChannel());
      locked = true;
      return lock;
    } catch (IOException e) {
      throw new EnvironmentFailed(
          lockFile().toString(),
          "cannot lock the state directory",
          "give a folder on a local file system, with space, with --state",
          Retry.POINTLESS,
          e);
    } finally {
      if (!locked) {
        HELD_HERE.remove(folder);
      }
    }
  }

  private FileChannel lockedChannel() throws IOException {
    FileChannel channel =
        FileChannel.open(lockFile(), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
    boolean locked = false;
    try {
      if (channel.tryLock() == null) {
        throw taken();
      }
      Files.writeString(pidFile(), ProcessHandle.current().pid() + "\n");
      locked = true;
      return channel;
    } finally {
      if (!locked) {
        channel.close();
      }
    }
  }

  private EnvironmentFailed taken() {
    return new EnvironmentFailed(
        folder.toString(),
        "another run is at work here" + holder(),
        "wait for it, look at it with \"drover status\", or use another folder with --state");
  }

  private Path lockFile() {
    return folder.resolve("lock");
  }

  /** Apart from the lock: a process that closes a file loses all its POSIX locks on it. */
  private Path pidFile() {
    return folder.resolve("lock.pid");
  }

  /** Who took the lock last, for a message: {@code (process 4711)}, or empty where unknown. */
  public String holder() {
    try {
      String text = Files.readString(pidFile(), StandardCharsets.US_ASCII).strip();
      return text.matches("[0-9]{1,20}") ? " (process " + text + ")" : "";
    } catch (IOException e) {
      return "";
    }
  }

  /** Whether a process is at work here; answers no where the folder is missing. */
  public boolean busy() {
    if (HELD_HERE.contains(folder)) {
      return true;
    }
    if (!Files.isWritable(lockFile())) {
      return false;
    }
    try (FileChannel channel = FileChannel.open(lockFile(), StandardOpenOption.WRITE);
        FileLock lock = channel.tryLock()) {
      return lock == null;
    } catch (IOException e) {
      return false;
    }
  }

  /** Held while a process is at work. */
  public static final class Lock implements AutoCloseable {
    private final Path folder;
    private final FileChannel channel;

    private Lock(Path folder, FileChannel channel) {
      this.folder = folder;
      this.channel = channel;
    }

    @Override
    public void close() {
      try {
        channel.close();
        HELD_HERE.remove(folder);
      } catch (IOException e) {
        throw new java.io.UncheckedIOException(e);
      }
    }
  }
}
