package dev.drover.mappings.disk;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * A run of bytes inside a file: a whole file, or an entry of an archive that is read in place.
 *
 * @param file the file on disk
 * @param wrapping compression of the whole {@code file}; {@code offset} and {@code length} count
 *     bytes after it is removed
 * @param offset first byte
 * @param length number of bytes
 * @param name what the user calls it: {@code web.ova!disk1.vmdk}
 * @param expected the manifest's digest over exactly these bytes, or null where there is none
 */
public record FilePart(
    Path file,
    Compression wrapping,
    long offset,
    long length,
    String name,
    @Nullable FileDigest expected) {
  public FilePart {
    if (offset < 0 || length < 0 || offset > Long.MAX_VALUE - length) {
      throw new IllegalArgumentException("no such range: " + offset + "+" + length);
    }
  }
}
