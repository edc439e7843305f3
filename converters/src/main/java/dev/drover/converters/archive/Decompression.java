package dev.drover.converters.archive;

import com.github.luben.zstd.ZstdInputStreamNoFinalizer;
import dev.drover.mappings.disk.Compression;
import java.io.IOException;
import java.io.InputStream;
import org.apache.commons.compress.compressors.gzip.GzipCompressorInputStream;
import org.tukaani.xz.XZInputStream;

/**
 * Removes the compression of a whole file. Gzip members, xz streams and zstd frames that follow one
 * another are one file, as their own programs have it.
 */
public final class Decompression {
  /** {@code xz -9} takes 65 MiB; what asks for more than twice that is refused. */
  private static final int XZ_MEMORY_KIB = 128 * 1024;

  /** Windows up to 128 MiB, the most that {@code zstd} itself takes without being asked. */
  private static final int ZSTD_WINDOW_LOG = 27;

  private Decompression() {}

  /**
   * The bytes behind a compression. The stream throws {@link IOException} where the input is
   * damaged or ends too early, and closes {@code stored}.
   */
  public static InputStream open(Compression compression, InputStream stored) throws IOException {
    if (compression == Compression.GZIP) {
      return GzipCompressorInputStream.builder()
          .setInputStream(stored)
          .setDecompressConcatenated(true)
          .get();
    }
    if (compression == Compression.XZ) {
      return new XZInputStream(stored, XZ_MEMORY_KIB);
    }
    if (compression == Compression.ZSTD) {
      return new ZstdInputStreamNoFinalizer(stored).setLongMax(ZSTD_WINDOW_LOG);
    }
    return stored;
  }
}
