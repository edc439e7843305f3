package dev.drover.kube.directory;

import dev.drover.mappings.failure.TargetFailed;
import dev.drover.mappings.model.Sha256;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps two runs from writing one VM's folder at the same time. In the target's root lies {@code
 * .drover.lock}, empty, in which every VM has a byte far behind the end; whoever writes a VM holds
 * the operating system's lock on that byte, which the kernel frees when the process ends, however
 * it ends. One file for all VMs, since a file a VM would take a descriptor for each VM that failed.
 *
 * <p>Who closes a file loses all locks that his process has on it, so a process opens it once for
 * all its targets in this folder. The last to go removes it and leaves a word in it, by which one
 * who had opened it before sees that others will not find it there any more.
 */
final class FolderLocks implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(FolderLocks.class);
  static final String FILE = ".drover.lock";

  static final String FOREIGN_REMEDY =
      "see that no other run writes there, move that file away, then try again";

  /** Also guards everything in this class. */
  private static final Map<Path, Shared> OPEN = new HashMap<>();

  private final Path root;
  private final Map<Long, FileLock> mine = new HashMap<>();
  private @Nullable Shared shared;
  private boolean complained;

  /** For one target; touches nothing yet. */
  FolderLocks(Path root) {
    this.root = root;
  }

  /** The file as this process has it open. */
  private static final class Shared {
    private final Path file;
    private FileChannel channel;
    private final Set<Long> held = new HashSet<>();
    private int users;

    private Shared(Path file) throws IOException {
      this.file = file;
      this.channel = open(file);
    }

    private static void refuseForeign(Path file) throws IOException {
      String trouble = trouble(file);
      if (!trouble.isEmpty()) {
        throw new TargetFailed(file.toString(), trouble, FOREIGN_REMEDY);
      }
    }

    /** Never through a link, which would have Drover write and lock what lies elsewhere. */
    private static FileChannel open(Path file) throws IOException {
      refuseForeign(file);
      return FileChannel.open(
          file,
          StandardOpenOption.CREATE,
          StandardOpenOption.READ,
          StandardOpenOption.WRITE,
          LinkOption.NOFOLLOW_LINKS);
    }

    /** Null where another process has it. */
    private @Nullable FileLock tryLock(long at) throws IOException {
      while (true) {
        FileLock lock = channel.tryLock(at, 1, false);
        if (lock == null || channel.size() == 0) {
          return lock;
        }
        lock.release();
        refuseForeign(file);
        channel.close();
        channel = open(file);
      }
    }

    private void close() throws IOException {
      try (FileChannel last = channel) {
        FileLock all = last.tryLock();
        if (all != null && last.size() == 0) {
          Files.deleteIfExists(file);
          last.write(ByteBuffer.wrap("removed\n".getBytes(StandardCharsets.US_ASCII)));
        }
      }
    }
  }

  /**
   * Takes a VM's folder for this target, until {@link #release} or {@link #close}; the root is
   * there.
   *
   * @param holder says who has it, for the message
   * @return false where this target had it already, or the file system has no locks
   * @throws TargetFailed when somebody else has it
   */
  boolean take(VmFolder folder, Holder holder) throws IOException {
    synchronized (OPEN) {
      long at = placeOf(folder);
      if (mine.containsKey(at)) {
        return false;
      }
      Shared file = shared();
      FileLock lock = null;
      if (!file.held.contains(at)) {
        try {
          lock = file.tryLock(at);
        } catch (IOException e) {
          complain(e);
          return false;
        }
      }
      if (lock == null) {
        throw new TargetFailed(folder.path().toString(), what(holder.of(folder)), REMEDY);
      }
      mine.put(at, lock);
      file.held.add(at);
      return true;
    }
  }

  /** Why what lies in the place of the lock file is not Drover's; empty where all is well. */
  String trouble() throws IOException {
    return trouble(root.resolve(FILE));
  }

  /** Drover's is empty as long as it lies there: it is written to when it was removed. */
  private static String trouble(Path file) throws IOException {
    try {
      BasicFileAttributes found =
          Files.readAttributes(file, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
      if (!found.isRegularFile()) {
        return "is a link, or no regular file";
      }
      return found.size() == 0 ? "" : "is not empty, so Drover did not make it";
    } catch (NoSuchFileException e) {
      return "";
    }
  }

  /** Whether somebody else writes the VM now; leaves nothing behind. */
  boolean heldByAnother(VmFolder folder) {
    synchronized (OPEN) {
      long at = placeOf(folder);
      if (mine.containsKey(at) || !Files.exists(root.resolve(FILE))) {
        return false;
      }
      try {
        Shared file = shared();
        if (file.held.contains(at)) {
          return true;
        }
        try (FileLock lock = file.tryLock(at)) {
          return lock == null;
        }
      } catch (IOException e) {
        complain(e);
        return false;
      }
    }
  }

  /** Lets go of a VM's folder; nothing happens where it is not held. */
  void release(VmFolder folder) {
    synchronized (OPEN) {
      long at = placeOf(folder);
      FileLock lock = mine.remove(at);
      if (lock != null && shared != null) {
        shared.held.remove(at);
        free(lock);
      }
    }
  }

  /** Lets go of all. */
  @Override
  public void close() {
    synchronized (OPEN) {
      if (shared == null) {
        return;
      }
      Shared file = shared;
      mine.forEach(
          (at, lock) -> {
            file.held.remove(at);
            free(lock);
          });
      mine.clear();
      shared = null;
      file.users--;
      if (file.users > 0) {
        return;
      }
      OPEN.values().remove(file);
      try {
        file.close();
      } catch (IOException e) {
        LOG.debug("{} stays: {}", file.file, e.toString());
      }
    }
  }

  private Shared shared() throws IOException {
    if (shared == null) {
      Path real = root.toRealPath();
      Shared there = OPEN.get(real);
      if (there == null) {
        there = new Shared(real.resolve(FILE));
        OPEN.put(real, there);
      }
      there.users++;
      shared = there;
    }
    return shared;
  }

  private void complain(IOException e) {
    if (!complained) {
      LOG.warn(
          "{} cannot be locked ({}); see that no other run writes there at the same time",
          root,
          e.toString());
    }
    complained = true;
  }

  private static void free(FileLock lock) {
    try {
      lock.release();
    } catch (IOException e) {
      LOG.debug("unlocking: {}", e.toString());
    }
  }

  /** From 2^61 on, by the digest of the VM's path: two VMs of one target never meet. */
  private static long placeOf(VmFolder folder) {
    byte[] digest = Sha256.of(folder.root().relativize(folder.path()).toString());
    return 1L << 61 | ByteBuffer.wrap(digest).getLong() >>> 3;
  }

  /** Says who writes a VM. */
  @FunctionalInterface
  interface Holder {
    /** {@code run 20261125-041010-1a2b (process 4711 on host1)}. */
    String of(VmFolder folder) throws IOException;
  }

  static String what(String holder) {
    return "is being written by " + holder;
  }

  static final String REMEDY =
      "wait until that run is over (\"drover status\" with its --state folder shows it) and then use"
          + " \"drover resume\"; to move the VM by this run, end the other one first";
}
