package dev.drover.converters.file;

import dev.drover.mappings.failure.Retry;
import dev.drover.mappings.failure.TargetFailed;
import java.io.Closeable;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * A file that gets its name when it is whole. Until then it is {@code NAME.partial}; closed without
 * a {@link #commit()} it goes away, unless somebody means to go on with it.
 *
 * <p>Every failure is a {@link TargetFailed}. It is worth another try only where the cause may pass
 * by itself: not without room, permission or a folder.
 */
public final class PartialFile implements Closeable {
  private static final String SUFFIX = ".partial";

  private final Path target;
  private final Path partial;
  private final long needed;
  private final RandomAccessFile file;
  private final EarlyFlush early;
  private boolean committed;
  private boolean kept;

  private PartialFile(Path target, long needed, boolean goesOn) throws IOException {
    this.target = target;
    this.partial = partialOf(target);
    this.needed = needed;
    if (!goesOn) {
      // Not truncated but made anew: the old one may be a link that somebody put there.
      Files.deleteIfExists(partial);
      Files.createFile(partial);
    }
    this.file = new RandomAccessFile(partial.toFile(), "rw");
    this.early = new EarlyFlush(file.getChannel());
  }

  /** Where a file stands until it is whole. */
  public static Path partialOf(Path target) {
    Path absolute = target.toAbsolutePath();
    return absolute.resolveSibling(absolute.getFileName() + SUFFIX);
  }

  /**
   * An empty file in a folder that exists; what an earlier crash left there is replaced.
   *
   * @param needed bytes that it may grow to, for messages; -1 where nobody knows
   */
  public static PartialFile create(Path target, long needed) {
    Path absolute = target.toAbsolutePath();
    try {
      return new PartialFile(absolute, needed, false);
    } catch (IOException e) {
      throw failed(absolute, needed, "cannot be created", e);
    }
  }

  /**
   * The file that an earlier process left, cut off behind what is known to be durable.
   *
   * @param length bytes to keep
   * @return null where there is none, or one that is too short or no plain file
   */
  public static @Nullable PartialFile reopen(Path target, long needed, long length) {
    Path absolute = target.toAbsolutePath();
    Path partial = partialOf(absolute);
    try {
      boolean there = Files.isRegularFile(partial, java.nio.file.LinkOption.NOFOLLOW_LINKS);
      if (!there || Files.size(partial) < length) {
        return null;
      }
      PartialFile left = new PartialFile(absolute, needed, true);
      left.file.setLength(length);
      return left;
    } catch (IOException e) {
      throw failed(absolute, needed, "cannot be opened again", e);
    }
  }

  /** Where it stands now. */
  public Path path() {
    return partial;
  }

  /** Writes all that is between the buffer's position and limit. */
  public void write(long offset, ByteBuffer data) {
    try {
      early.write(offset, data);
    } catch (IOException e) {
      throw failed("cannot be written at byte " + offset, e);
    }
  }

  /** Makes the file that long, with a hole where nothing was written. */
  public void setLength(long length) {
    try {
      file.setLength(length);
    } catch (IOException e) {
      throw failed("cannot hold " + length + " bytes", e);
    }
  }

  /** Returns when all that was written so far is durable. */
  public void force() {
    try {
      early.force();
    } catch (IOException e) {
      throw failed("cannot be made durable", e);
    }
  }

  /** Makes the file durable, gives it its name and makes the name durable. */
  public void commit() {
    force();
    try {
      file.close();
      Files.move(
          partial, target, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
      committed = true;
      try (FileChannel folder =
          FileChannel.open(target.resolveSibling(""), StandardOpenOption.READ)) {
        folder.force(true);
      }
    } catch (IOException e) {
      throw failed("cannot be made durable", e);
    }
  }

  /** Whether the file stays when it is closed, for somebody who goes on with it. */
  public void keep(boolean whether) {
    kept = whether;
  }

  @Override
  public void close() {
    try {
      file.close();
      if (!committed && !kept) {
        Files.deleteIfExists(partial);
      }
    } catch (IOException e) {
      throw failed("is left over and cannot be removed", e);
    }
  }

  private TargetFailed failed(String what, IOException e) {
    return failed(target, needed, what, e);
  }

  private static TargetFailed failed(Path target, long needed, String what, IOException e) {
    if (FullDisk.causes(e)) {
      return FullDisk.at(target, needed, e);
    }
    String said = String.valueOf(e.getMessage()).toLowerCase(Locale.ROOT);
    boolean lasting =
        e instanceof AccessDeniedException
            || e instanceof NoSuchFileException
            || said.contains("read-only file system")
            || said.contains("file too large")
            || said.contains("permission denied");
    return new TargetFailed(
        target.toString(),
        what,
        "check that the folder is there, is writable, and takes files of this size",
        lasting ? Retry.POINTLESS : Retry.WORTHWHILE,
        e);
  }
}
