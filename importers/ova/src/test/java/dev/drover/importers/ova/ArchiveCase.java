package dev.drover.importers.ova;

import dev.drover.mappings.disk.Compression;
import dev.drover.mappings.disk.FilePart;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.io.TempDir;

/** An archive in a folder of the test. */
abstract class ArchiveCase {
  static final byte[] DISK = "KDMV and the rest of a disk".getBytes();

  @SuppressWarnings("NullAway.Init") // JUnit sets it.
  @TempDir
  Path folder;

  final Path ova(byte[] bytes) {
    return Listing.write(folder.resolve("web.ova"), bytes);
  }

  static byte[] slice(FilePart part) throws IOException {
    byte[] all = Files.readAllBytes(part.file());
    byte[] plain =
        part.wrapping() == Compression.GZIP
            ? new GZIPInputStream(new ByteArrayInputStream(all)).readAllBytes()
            : all;
    return Arrays.copyOfRange(plain, (int) part.offset(), (int) (part.offset() + part.length()));
  }
}
