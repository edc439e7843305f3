package dev.drover.kube.directory;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;

/** Writes small files so that each is whole or as it was before. */
final class WholeFile {
  private WholeFile() {}

  /** Beside the file, under the name of a disk that is under way too. */
  static Path partial(Path file) {
    return file.resolveSibling(file.getFileName() + ".partial");
  }

  /** Leaves a file alone that holds this text already. */
  static void write(Path file, String text) throws IOException {
    write(file, partial(file), text);
  }

  /**
   * The same for a file that nothing depends on: after a loss of power it may be empty, and is not
   * waited for. A flush to the disk takes milliseconds, and a VM has a dozen of small files.
   */
  static void writeInPassing(Path file, String text) throws IOException {
    write(file, partial(file), text, false);
  }

  static void write(Path file, Path beside, String text) throws IOException {
    write(file, beside, text, true);
  }

  private static void write(Path file, Path beside, String text, boolean flush) throws IOException {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    if (Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)
        && Files.size(file) == bytes.length
        && Arrays.equals(Files.readAllBytes(file), bytes)) {
      return;
    }
    try {
      // Deleted first, so that a link that somebody laid there is not written through.
      Files.deleteIfExists(beside);
      try (FileChannel channel =
          FileChannel.open(beside, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
        ByteBuffer buffer = ByteBuffer.wrap(bytes);
        while (buffer.hasRemaining()) {
          channel.write(buffer);
        }
        if (flush) {
          channel.force(true);
        }
      }
      Files.move(beside, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    } catch (IOException e) {
      deleteAfter(e, beside);
      throw e;
    }
  }

  private static void deleteAfter(IOException failure, Path beside) {
    try {
      Files.deleteIfExists(beside);
    } catch (IOException e) {
      failure.addSuppressed(e);
    }
  }
}
