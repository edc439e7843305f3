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

  private static final ThreadLocal<byte[]> PACKED = ThreadLocal.withInitial(() -> new byte[0]);

  private Unpacking() {}

  /** Room for packed bytes, used again by the next piece of the same thread. */
  static byte[] room(int length) {
    byte[] room = PACKED.get();
    if (room.length < length) {
      room = new byte[Math.max(length, 128 << 10)];
      PACKED.set(room);
    }
    return room;
  }

  /**
   * Deflate without a header, as qcow2 has it: ends where the piece is full, whatever follows.
   *
   * @return how many bytes of the piece there are
   */
  static int rawDeflate(byte[] packed, int length, byte[] into, int at, int whole)
      throws IOException {
    Inflater inflater = RAW.get();
    inflater.reset();
    inflater.setInput(packed, 0, length);
    return inflate(inflater, into, at, whole);
  }

  /**
   * Zlib, as VMDK has it: the stream must end with its checksum.
   *
   * @return how many bytes of the piece there are
   */
  static int zlib(byte[] packed, int length, byte[] into, int at, int whole) throws IOException {
    Inflater inflater = ZLIB.get();
    inflater.reset();
    inflater.setInput(packed, 0, length);
    int n = inflate(inflater, into, at, whole);
    try {
      if (!inflater.finished() && inflater.inflate(new byte[1]) > 0) {
        throw new IOException("it inflates to more than " + whole + " bytes");
      }
    } catch (DataFormatException e) {
      throw new IOException(e.getMessage(), e);
    }
    if (!inflater.finished()) {
      throw new IOException("its compressed data ends too early");
    }
    return n;
  }

  private static int inflate(Inflater inflater, byte[] into, int at, int whole) throws IOException {
    int n = 0;
    try {
      while (n < whole && !inflater.finished()) {
        int more = inflater.inflate(into, at + n, whole - n);
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
  static int zstd(byte[] packed, int length, byte[] into, int at, int whole) throws IOException {
    long n;
    try {
      long frame = Zstd.findFrameCompressedSize(packed, 0, length);
      n = Zstd.decompressByteArray(into, at, whole, packed, 0, (int) frame);
    } catch (ZstdException e) {
      throw new IOException(String.valueOf(e.getMessage()), e);
    }
    if (Zstd.isError(n)) {
      throw new IOException(Zstd.getErrorName(n));
    }
    return (int) n;
  }
}
