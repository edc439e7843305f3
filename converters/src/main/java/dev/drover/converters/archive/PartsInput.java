package dev.drover.converters.archive;

import dev.drover.mappings.disk.FilePart;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.util.Iterator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The bytes of parts, one after the other, on the caller's own thread. Where a file ends before its
 * part it throws; at the end it looks at the end of a compressed archive as well.
 */
final class PartsInput extends InputStream {
  private final Iterator<FilePart> next;
  private final PartFiles files = new PartFiles();
  private @Nullable FilePart part;
  private long at;
  private boolean finished;

  PartsInput(List<FilePart> parts) {
    this.next = parts.iterator();
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
  }

  @Override
  public int read(byte[] into, int offset, int length) throws IOException {
    if (length == 0) {
      return 0;
    }
    FilePart current = part;
    while (current == null || at == current.length()) {
      if (!next.hasNext()) {
        finish();
        return -1;
      }
      current = next.next();
      part = current;
      at = 0;
      files.open(current);
    }
    int n = files.read(at, into, offset, (int) Math.min(length, current.length() - at));
    if (n <= 0) {
      throw new EOFException("the file ends " + (current.length() - at) + " bytes too early");
    }
    at += n;
    return n;
  }

  private void finish() throws IOException {
    if (!finished) {
      finished = true;
      files.finish();
    }
  }

  @Override
  public long skip(long count) throws IOException {
    FilePart current = part;
    if (current == null) {
      return super.skip(count);
    }
    long n = files.skip(at, Math.min(count, current.length() - at));
    at += n;
    return n > 0 ? n : super.skip(count);
  }

  @Override
  public void close() throws IOException {
    files.close();
  }
}
