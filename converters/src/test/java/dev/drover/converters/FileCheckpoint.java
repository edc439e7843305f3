package dev.drover.converters;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** Keeps a checkpoint in a file, as a job repository would. */
final class FileCheckpoint implements CopyCheckpoint {
  private final Path file;
  final AtomicInteger saves = new AtomicInteger();

  FileCheckpoint(Path file) {
    this.file = file;
  }

  @Override
  public byte @Nullable [] load() {
    try {
      return Files.exists(file) ? Files.readAllBytes(file) : null;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void save(byte[] state) {
    try {
      Path next = Files.write(file.resolveSibling(file.getFileName() + ".next"), state);
      Files.move(next, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
      saves.incrementAndGet();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void clear() {
    try {
      Files.deleteIfExists(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
