package dev.drover.importers.ova;

import dev.drover.mappings.failure.HostileInput;
import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import org.apache.commons.compress.compressors.gzip.GzipCompressorInputStream;

/** A file inside gzip; skipping inflates, and only so much of it is done. */
final class GzipInput implements ForwardInput {
  private final Path file;
  private final InputStream in;
  private final long limit;
  private final byte[] waste = new byte[1 << 16];
  private long position;

  /**
   * @param limit bytes that are inflated at most
   */
  GzipInput(Path file, long limit) throws IOException {
    this.file = file;
    this.limit = limit;
    InputStream raw = new BufferedInputStream(Files.newInputStream(file), 1 << 16);
    try {
      in = GzipCompressorInputStream.builder()
          .setInputStream(raw)
          .setDecompressConcatenated(true)
          .get();
    } catch (IOException e) {
      raw.close();
      throw e;
    }
  }

  /** What a file of this size may inflate to unless the user says otherwise. */
  static long defaultLimit(long compressed) {
    return Limits.INFLATED_BYTES
        + Math.min(compressed, Long.MAX_VALUE / Limits.INFLATED_RATIO / 2) * Limits.INFLATED_RATIO;
  }

  @Override
  public long position() {
    return position;
  }

  @Override
  public int read(byte[] into) throws IOException {
    return read(into, into.length);
  }

  private int read(byte[] into, int length) throws IOException {
    int done = 0;
    while (done < length) {
      int count = in.read(into, done, length - done);
      if (count < 0) {
        break;
      }
      done += count;
      position += count;
      refuseBomb();
    }
    return done;
  }

  private void refuseBomb() {
    if (position > limit) {
      throw new HostileInput(
          file,
          -1,
          "the gzip stream inflates to more than " + limit + " bytes, which no appliance does",
          "if you trust it, unpack it with gunzip or set the option maxInflatedGiB of the source");
    }
  }

  @Override
  public void skip(long count) throws IOException {
    if (count > limit - position) {
      position = limit + 1;
      refuseBomb();
    }
    long left = count;
    while (left > 0) {
      int done = read(waste, (int) Math.min(left, waste.length));
      if (done == 0) {
        throw new EOFException(left + " bytes are missing");
      }
      left -= done;
    }
  }

  @Override
  public void close() throws IOException {
    in.close();
  }
}
