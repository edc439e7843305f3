package dev.drover.batch.state;

import dev.drover.mappings.failure.EnvironmentFailed;
import dev.drover.mappings.failure.Retry;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.jspecify.annotations.Nullable;

/**
 * The folder of {@code --state}: job repository, lock, status, logs, copies of plans as they ran.
 */
public final class StateDirectory {
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

  /** The plan as it was when that run began. */
  public Path planOf(String runId) {
    return folder.resolve("runs").resolve(runId).resolve("plan.yaml");
  }

  /** The JDBC URL of the embedded database. */
  public String embeddedUrl() {
    // H2 writes "jobs.mv.db" here and locks it itself; a second process is refused.
    return "jdbc:h2:file:" + folder.resolve("jobs") + ";DB_CLOSE_ON_EXIT=FALSE;WRITE_DELAY=0";
  }

  /** Creates the folder; it is its owner's alone, since plans and logs name hosts and paths. */
  public void create() {
    try {
      Files.createDirectories(folder.resolve("runs"));
      Files.createDirectories(scratch());
    } catch (IOException e) {
      throw new EnvironmentFailed(
          folder.toString(),
          "cannot create the state directory",
          "give a folder that can be written to with --state",
          Retry.POINTLESS,
          e);
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
    Path file = folder.resolve("lock");
    try {
      FileChannel channel =
          FileChannel.open(
              file, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
      FileLock lock = tryLock(channel);
      if (lock == null) {
        String holder = Files.readString(file).strip();
        channel.close();
        throw new EnvironmentFailed(
            folder.toString(),
            "another run is at work here" + (holder.isEmpty() ? "" : " (process " + holder + ")"),
            "wait for it, look at it with \"drover status\", or use another folder with --state");
      }
      channel.truncate(0);
      channel.write(
          java.nio.ByteBuffer.wrap(
              (ProcessHandle.current().pid() + "\n").getBytes(StandardCharsets.US_ASCII)));
      return new Lock(channel);
    } catch (IOException e) {
      throw new EnvironmentFailed(
          file.toString(),
          "cannot lock the state directory",
          "give a folder on a local file system with --state",
          Retry.POINTLESS,
          e);
    }
  }

  /** Whether a process is at work here; answers no where the folder is missing. */
  public boolean busy() {
    Path file = folder.resolve("lock");
    if (!Files.isWritable(file)) {
      return false;
    }
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE);
        FileLock lock = tryLock(channel)) {
      return lock == null;
    } catch (IOException e) {
      return false;
    }
  }

  private static @Nullable FileLock tryLock(FileChannel channel) throws IOException {
    try {
      return channel.tryLock();
    } catch (OverlappingFileLockException e) {
      return null;
    }
  }

  /** Held while a process is at work. */
  public static final class Lock implements AutoCloseable {
    private final FileChannel channel;

    private Lock(FileChannel channel) {
      this.channel = channel;
    }

    @Override
    public void close() {
      try {
        channel.close();
      } catch (IOException e) {
        throw new java.io.UncheckedIOException(e);
      }
    }
  }
}
