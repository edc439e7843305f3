package dev.drover.mappings.inventory;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Where a file of the user's, as {@code -o} names it, really goes. Links are followed, and stay. A
 * file, or nothing, is replaced as a whole by what was written beside it; a device or a pipe stays
 * what it is and is written into. Not thread-safe.
 */
public final class OutputPlace {
  private static final int MOST_LINKS = 40;

  private final Path file;
  private final @Nullable Path part;

  private OutputPlace(Path file, @Nullable Path part) {
    this.file = file;
    this.part = part;
  }

  /**
   * Looks, and touches nothing.
   *
   * @throws IOException when links go round in a circle, or cannot be read
   */
  public static OutputPlace of(Path given) throws IOException {
    Path file = given.toAbsolutePath();
    if (Files.exists(file) && !Files.isRegularFile(file) && !Files.isDirectory(file)) {
      return new OutputPlace(file, null);
    }
    for (int links = 0; Files.isSymbolicLink(file); links++) {
      if (links == MOST_LINKS) {
        throw new FileSystemException(given.toString(), null, "too many symbolic links");
      }
      file = file.resolveSibling(Files.readSymbolicLink(file));
    }
    String name = "." + file.getFileName() + "." + UUID.randomUUID() + ".part";
    return new OutputPlace(file, file.resolveSibling(name));
  }

  /** Begins: once. Waits for a reader where a pipe has none yet. */
  public OutputStream open() throws IOException {
    if (part == null) {
      return Channels.newOutputStream(FileChannel.open(file, StandardOpenOption.WRITE));
    }
    return Channels.newOutputStream(
        FileChannel.open(part, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE));
  }

  /** What was written, and closed, is whole: it is on the disk under its name afterwards. */
  public void commit() throws IOException {
    if (part == null) {
      return;
    }
    try (FileChannel channel = FileChannel.open(part, StandardOpenOption.WRITE)) {
      channel.force(true);
    }
    Files.move(part, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    sync(file.getParent());
  }

  /** The new name itself must outlive a power cut. Not every system opens folders. */
  private static void sync(@Nullable Path folder) {
    if (folder == null) {
      return;
    }
    try (FileChannel channel = FileChannel.open(folder)) {
      channel.force(true);
    } catch (IOException e) {
      // The bytes are safe; only the name may be lost with the power, and the user then sees it.
    }
  }

  /** Removes what was begun and not committed; what went into a device or a pipe is gone. */
  public void discard() throws IOException {
    if (part != null) {
      Files.deleteIfExists(part);
    }
  }
}
