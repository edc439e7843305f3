package dev.drover.converters.archive;

import dev.drover.mappings.disk.FilePart;
import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.ClosedByInterruptException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Reads a compressed archive on behind the part that was wanted: its checksum stands at its end,
 * and a reader that stops before never learns of damage. Once for each file of this process is
 * enough.
 */
public final class WholeFiles {
  private static final Set<Key> WHOLE = ConcurrentHashMap.newKeySet();

  private WholeFiles() {}

  private record Key(Path file, long size, FileTime modified) {
    static Key of(Path file) throws IOException {
      return new Key(
          file.toAbsolutePath().normalize(), Files.size(file), Files.getLastModifiedTime(file));
    }
  }

  /**
   * Reads what is left, unless it was read before and was right.
   *
   * @param part that was read to its end
   * @param rest of the unpacked archive
   * @throws IOException when the archive is damaged or ends too early
   */
  public static void finish(FilePart part, InputStream rest) throws IOException {
    Key key = Key.of(part.file());
    if (WHOLE.contains(key)) {
      return;
    }
    byte[] dropped = new byte[64 << 10];
    while (rest.read(dropped) >= 0) {
      if (Thread.interrupted()) {
        throw new ClosedByInterruptException();
      }
    }
    WHOLE.add(key);
  }
}
