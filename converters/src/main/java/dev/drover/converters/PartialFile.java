package dev.drover.converters;

import dev.drover.mappings.failure.Retry;
import dev.drover.mappings.failure.TargetFailed;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;

/** {@code NAME.partial} while a disk is written; becomes NAME when it is whole, or goes away. */
final class PartialFile implements AutoCloseable {
  private final Path target;
  private final Path partial;
  private boolean committed;

  private PartialFile(Path target) {
    this.target = target.toAbsolutePath();
    this.partial = this.target.resolveSibling(this.target.getFileName() + ".partial");
  }

  /** An empty file; what an earlier crash left there is replaced. */
  static PartialFile create(Path target) {
    PartialFile file = new PartialFile(target);
    try {
      // Not truncated but made anew: the old one may be a link that somebody put there.
      Files.deleteIfExists(file.partial);
      Files.createFile(file.partial);
      return file;
    } catch (IOException e) {
      throw file.failed("cannot be created", e);
    }
  }

  Path path() {
    return partial;
  }

  /** Makes the bytes durable, then the name. */
  void commit() {
    try {
      sync(partial, StandardOpenOption.WRITE);
      Files.move(partial, target, StandardCopyOption.ATOMIC_MOVE);
      committed = true;
      sync(java.util.Objects.requireNonNull(target.getParent()), StandardOpenOption.READ);
    } catch (IOException e) {
      throw failed("cannot be made durable", e);
    }
  }

  private static void sync(Path path, StandardOpenOption how) throws IOException {
    try (FileChannel channel = FileChannel.open(path, how)) {
      channel.force(true);
    }
  }

  private TargetFailed failed(String what, IOException e) {
    boolean denied = e instanceof AccessDeniedException;
    return new TargetFailed(
        partial.toString(),
        what + (denied ? ": permission denied" : ""),
        "check that the folder is there, is writable and has room",
        Retry.POINTLESS,
        e);
  }

  @Override
  public void close() {
    if (!committed) {
      try {
        Files.deleteIfExists(partial);
      } catch (IOException e) {
        throw failed("is left over and cannot be removed", e);
      }
    }
  }
}
