package dev.drover.converters.archive;

import dev.drover.mappings.disk.Compression;
import dev.drover.mappings.disk.FilePart;
import java.io.BufferedInputStream;
import java.io.Closeable;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedByInterruptException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The file that the current part is in. Plain files are read at an offset; a compressed one is
 * unpacked up to the part, and stays open for a part behind it.
 */
final class PartFiles implements Closeable {
  private static final int STORED_BUFFER = 1 << 18;

  private @Nullable FilePart part;
  private @Nullable FileChannel channel;
  private @Nullable InputStream unpacked;
  private @Nullable Path unpackedFile;
  private long unpackedAt;

  /** The part that is read next. */
  void open(FilePart next) throws IOException {
    FileChannel old = channel;
    channel = null;
    if (old != null) {
      old.close();
    }
    part = next;
    if (next.wrapping() == Compression.NONE) {
      channel = FileChannel.open(next.file());
    } else {
      unpackTo(next);
    }
  }

  private void unpackTo(FilePart next) throws IOException {
    InputStream in = unpacked;
    if (in == null || !next.file().equals(unpackedFile) || unpackedAt > next.offset()) {
      if (in != null) {
        in.close();
      }
      in =
          Decompression.open(
              next.wrapping(),
              new BufferedInputStream(Files.newInputStream(next.file()), STORED_BUFFER));
      unpacked = in;
      unpackedFile = next.file();
      unpackedAt = 0;
    }
    byte[] dropped = new byte[STORED_BUFFER];
    while (unpackedAt < next.offset()) {
      int n = in.read(dropped, 0, (int) Math.min(dropped.length, next.offset() - unpackedAt));
      if (n < 0) {
        throw new EOFException(next.file() + " ends at byte " + unpackedAt + " after unpacking");
      }
      unpackedAt += n;
      if (Thread.interrupted()) {
        throw new ClosedByInterruptException();
      }
    }
  }

  /**
   * The last part is read: looks at the end of the archive that it came from.
   *
   * @throws IOException when the archive is damaged behind the part
   */
  void finish() throws IOException {
    FilePart last = part;
    InputStream in = unpacked;
    if (last != null && in != null) {
      WholeFiles.finish(last, in);
    }
  }

  /** Reads bytes of the part; -1 where the file has no more. */
  int read(long at, byte[] into, int offset, int wanted) throws IOException {
    FilePart current = Objects.requireNonNull(part);
    FileChannel plain = channel;
    if (plain != null) {
      return readPlain(plain, current.offset() + at, ByteBuffer.wrap(into, offset, wanted));
    }
    InputStream in = Objects.requireNonNull(unpacked);
    int n = in.readNBytes(into, offset, wanted);
    unpackedAt += n;
    return n == 0 ? -1 : n;
  }

  /** Passes over bytes where that is cheap; how many. */
  long skip(long at, long count) throws IOException {
    FileChannel plain = channel;
    if (plain == null) {
      return 0;
    }
    FilePart current = Objects.requireNonNull(part);
    return Math.max(0, Math.min(count, plain.size() - current.offset() - at));
  }

  private static int readPlain(FileChannel file, long from, ByteBuffer into) throws IOException {
    int n = 0;
    while (into.hasRemaining()) {
      int more = file.read(into, from + n);
      if (more < 0) {
        break;
      }
      n += more;
    }
    return n == 0 ? -1 : n;
  }

  @Override
  public void close() throws IOException {
    FileChannel plain = channel;
    InputStream in = unpacked;
    channel = null;
    unpacked = null;
    try {
      if (plain != null) {
        plain.close();
      }
    } finally {
      if (in != null) {
        in.close();
      }
    }
  }
}
