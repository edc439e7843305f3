package dev.drover.converters.image;

import com.github.luben.zstd.Zstd;
import com.github.luben.zstd.ZstdException;
import java.io.IOException;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;

/** Takes the compression of a single piece away. */
final class Unpacking {
  private static final ThreadLocal<Inflater> RAW =
      ThreadLocal.withInitial(() -> new Inflater(true));
  private static final ThreadLocal<Inflater> ZLIB = ThreadLocal.withInitial(Inflater::new);

  private Unpacking() {}

  /**
   * Deflate without a header, as qcow2 has it: ends where the piece is full, whatever follows.
   *
   * @return how many bytes of the piece there are
   */
  static int rawDeflate(byte[] packed, int from, int length, byte[] into) throws IOException {
    Inflater inflater = RAW.get();
    inflater.reset();
    inflater.setInput(packed, from, length);
    return inflate(inflater, into);
  }

  /**
   * Zlib, as VMDK has it: the stream must end with its checksum.
   *
   * @return how many bytes of the piece there are
   */
  static int zlib(byte[] packed, int from, int length, byte[] into) throws IOException {
    Inflater inflater = ZLIB.get();
    inflater.reset();
    inflater.setInput(packed, from, length);
    int n = inflate(inflater, into);
    try {
      if (!inflater.finished() && inflater.inflate(new byte[1]) > 0) {
        throw new IOException("it inflates to more than " + into.length + " bytes");
      }
    } catch (DataFormatException e) {
      throw new IOException(e.getMessage(), e);
    }
    if (!inflater.finished()) {
      throw new IOException("its compressed data ends too early");
    }
    return n;
  }

  private static int inflate(Inflater inflater, byte[] into) throws IOException {
    int n = 0;
    try {
      while (n < into.length && !inflater.finished()) {
        int more = inflater.inflate(into, n, into.length - n);
        if (more == 0 && (inflater.needsInput() || inflater.needsDictionary())) {
          break;
        }
        n += more;
      }
    } catch (DataFormatException e) {
      throw new IOException(String.valueOf(e.getMessage()), e);
    }
    return n;
  }

  /**
   * One zstd frame; what follows it belongs to a neighbour.
   *
   * @return how many bytes of the piece there are
   */
  static int zstd(byte[] packed, int from, int length, byte[] into) throws IOException {
    long n;
    try {
      long frame = Zstd.findFrameCompressedSize(packed, from, length);
      n = Zstd.decompressByteArray(into, 0, into.length, packed, from, (int) frame);
    } catch (ZstdException e) {
      throw new IOException(String.valueOf(e.getMessage()), e);
    }
    if (Zstd.isError(n)) {
      throw new IOException(Zstd.getErrorName(n));
    }
    return (int) n;
  }
}
