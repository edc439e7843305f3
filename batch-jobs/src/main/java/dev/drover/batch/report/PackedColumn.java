package dev.drover.batch.report;

import java.io.BufferedOutputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.zip.GZIPOutputStream;

/**
 * One column of the page's table of VMs, compressed while it is written: little-endian 32-bit
 * integers, or texts with a line feed between them. Not thread-safe.
 */
final class PackedColumn {
  private final ByteArrayOutputStream packed = new ByteArrayOutputStream();
  private final OutputStream zip;
  private final byte[] four = new byte[4];
  private boolean begun;
  private boolean ended;

  PackedColumn() {
    try {
      zip = new BufferedOutputStream(new GZIPOutputStream(packed, 1 << 13), 1 << 13);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Adds a number; one that is too large for the column becomes the largest that fits. */
  void number(long value) {
    int bits = (int) Math.max(Integer.MIN_VALUE, Math.min(Integer.MAX_VALUE, value));
    for (int i = 0; i < four.length; i++) {
      four[i] = (byte) (bits >>> (8 * i));
    }
    write(four);
  }

  /** Adds a text without line feeds, as {@link ReportText} makes them. */
  void text(String text) {
    write((begun ? "\n" + text : text).getBytes(StandardCharsets.UTF_8));
    begun = true;
  }

  private void write(byte[] bytes) {
    try {
      zip.write(bytes);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Ends the column, and writes it in base64. */
  void writeTo(OutputStream to) throws IOException {
    if (!ended) {
      zip.close();
      ended = true;
    }
    // The wrapping stream must be closed for the padding, and must not close what it wraps.
    try (OutputStream base64 = Base64.getEncoder().wrap(new Open(to))) {
      packed.writeTo(base64);
    }
  }

  /** Stays open. */
  private static final class Open extends java.io.FilterOutputStream {
    Open(OutputStream to) {
      super(to);
    }

    @Override
    public void write(byte[] bytes, int from, int length) throws IOException {
      out.write(bytes, from, length);
    }

    @Override
    public void close() throws IOException {
      flush();
    }
  }
}
