package dev.drover.kube.cluster;

import com.github.luben.zstd.ZstdOutputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;

/**
 * A raw disk as a sequence of zstd frames (RFC 8878, section 3: frames that follow each other
 * decode to their contents one after the other). Long runs of zeros are sent as copies of a frame
 * that was made once, a few hundred bytes for {@link #ZEROS} of disk, so that the empty part of a
 * disk costs neither time nor line. Not thread-safe.
 */
final class ZstdDisk {
  /** Disk bytes of a frame of zeros; what is shorter goes through the compressor. */
  static final int ZEROS = 4 << 20;

  /** The lowest: disks compress well already here, and the line is seldom faster than this. */
  private static final int LEVEL = 1;

  private static final int BUFFER = 128 * 1024;
  private static final byte[] NOTHING = new byte[BUFFER];
  private static final byte[] ZERO_FRAME = zeroFrame();

  private final OutputStream to;
  private final ZstdOutputStream compressor;
  private final byte[] buffer = new byte[BUFFER];

  ZstdDisk(OutputStream to) throws IOException {
    this.to = to;
    this.compressor = compressor(to);
  }

  /** The next bytes of the disk. */
  void data(ByteBuffer data) throws IOException {
    while (data.hasRemaining()) {
      int part = Math.min(BUFFER, data.remaining());
      data.get(buffer, 0, part);
      compressor.write(buffer, 0, part);
    }
  }

  /** The next bytes of the disk are zeros. */
  void zeros(long length) throws IOException {
    long left = length;
    if (left >= ZEROS) {
      compressor.flush();
      for (; left >= ZEROS; left -= ZEROS) {
        to.write(ZERO_FRAME);
      }
    }
    while (left > 0) {
      int part = (int) Math.min(BUFFER, left);
      compressor.write(NOTHING, 0, part);
      left -= part;
    }
  }

  /** Ends the last frame; the underlying stream stays open. */
  void end() throws IOException {
    compressor.flush();
  }

  /** Frees the compressor's native memory; what was not ended is lost. */
  void free() {
    try {
      compressor.close();
    } catch (IOException e) {
      // It tried to write its last frame to a body that was given up.
    }
  }

  /** A flush ends the frame; each frame carries its checksum. */
  private static ZstdOutputStream compressor(OutputStream to) throws IOException {
    return new ZstdOutputStream(new Unclosed(to), LEVEL)
        .setCloseFrameOnFlush(true)
        .setChecksum(true);
  }

  private static byte[] zeroFrame() {
    ByteArrayOutputStream frame = new ByteArrayOutputStream();
    try (ZstdOutputStream compressor = compressor(frame)) {
      for (int i = 0; i < ZEROS; i += BUFFER) {
        compressor.write(NOTHING, 0, BUFFER);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return frame.toByteArray();
  }

  /** Keeps a close from reaching the body, which ends in its own way. */
  private static final class Unclosed extends OutputStream {
    private final OutputStream to;

    Unclosed(OutputStream to) {
      this.to = to;
    }

    @Override
    public void write(int b) throws IOException {
      to.write(b);
    }

    @Override
    public void write(byte[] from, int offset, int length) throws IOException {
      to.write(from, offset, length);
    }
  }
}
