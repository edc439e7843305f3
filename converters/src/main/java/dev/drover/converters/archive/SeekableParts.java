package dev.drover.converters.archive;

import dev.drover.mappings.disk.Compression;
import dev.drover.mappings.disk.DiskSource.ImageFile;
import dev.drover.mappings.disk.FilePart;
import dev.drover.mappings.failure.HostileInput;
import java.io.Closeable;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The bytes of parts that stand in files as they are, joined, to be read at any place. Nothing
 * outside of the parts is ever read. Safe for use by several threads.
 */
public final class SeekableParts implements Closeable {
  /** All files stay open; what is cut into more is unpacked first. */
  private static final int MOST_FILES = 256;

  private static final String AGAIN =
      "the image is not whole or is damaged: copy the file again from where it came";

  private final List<FilePart> parts;
  private final long[] starts;
  private final Map<Path, FileChannel> channels = new HashMap<>();

  private SeekableParts(List<FilePart> parts) throws IOException {
    this.parts = List.copyOf(parts);
    this.starts = new long[parts.size() + 1];
    for (int i = 0; i < parts.size(); i++) {
      starts[i + 1] = Math.addExact(starts[i], parts.get(i).length());
    }
    for (FilePart part : parts) {
      if (!channels.containsKey(part.file())) {
        channels.put(part.file(), FileChannel.open(part.file()));
      }
    }
  }

  /** Whether an image is neither compressed nor in a compressed archive. */
  public static boolean holds(ImageFile image) {
    return image.compression() == Compression.NONE && holds(image.parts());
  }

  /** Whether parts stand in their files as they are. */
  public static boolean holds(List<FilePart> parts) {
    return parts.stream().allMatch(p -> p.wrapping() == Compression.NONE)
        && parts.stream().map(FilePart::file).distinct().count() <= MOST_FILES;
  }

  /**
   * Opens all files of the parts.
   *
   * @param parts of which {@link #holds} is true
   */
  public static SeekableParts open(List<FilePart> parts) throws IOException {
    return new SeekableParts(parts);
  }

  /** How many bytes there are. */
  public long length() {
    return starts[parts.size()];
  }

  /**
   * Fills a buffer from its position to its limit.
   *
   * @throws HostileInput when the range is not inside
   * @throws EOFException when a file has become shorter than it was
   */
  public void read(long at, ByteBuffer into) throws IOException {
    if (at < 0 || at > length() - into.remaining()) {
      throw hostile(
          Math.max(0, Math.min(at, length())),
          into.remaining() + " bytes at byte " + at + " of the image lie outside the file");
    }
    long from = at;
    int limit = into.limit();
    for (int i = partAt(at); into.position() < limit; i++) {
      long inPart = from - starts[i];
      int n = (int) Math.min(limit - into.position(), parts.get(i).length() - inPart);
      into.limit(into.position() + n);
      readPart(parts.get(i), inPart, into);
      into.limit(limit);
      from += n;
    }
  }

  private void readPart(FilePart part, long inPart, ByteBuffer into) throws IOException {
    FileChannel channel = channels.get(part.file());
    long from = part.offset() + inPart;
    while (channel != null && into.hasRemaining()) {
      int n = channel.read(into, from);
      if (n < 0) {
        throw new EOFException(part.file() + " ends at byte " + from + ", it was longer before");
      }
      from += n;
    }
  }

  private int partAt(long at) {
    int low = 0;
    int high = parts.size() - 1;
    while (low < high) {
      int middle = (low + high + 1) >>> 1;
      if (starts[middle] <= at) {
        low = middle;
      } else {
        high = middle - 1;
      }
    }
    return low;
  }

  /** The refusal of what stands at a byte of the image. */
  public HostileInput hostile(long at, String what) {
    return hostile(at, what, AGAIN);
  }

  /** As {@link #hostile(long, String)}, with another remedy. */
  public HostileInput hostile(long at, String what, String remedy) {
    int i = partAt(Math.max(0, at));
    FilePart part = parts.get(i);
    return new HostileInput(
        part.file(), part.offset() + at - starts[i], part.name() + ": " + what, remedy);
  }

  @Override
  public void close() throws IOException {
    IOException first = null;
    for (FileChannel channel : channels.values()) {
      try {
        channel.close();
      } catch (IOException e) {
        first = e;
      }
    }
    if (first != null) {
      throw first;
    }
  }
}
