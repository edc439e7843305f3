package dev.drover.converters.guard;

import dev.drover.converters.archive.Decompression;
import dev.drover.converters.archive.WholeFiles;
import dev.drover.mappings.disk.Compression;
import dev.drover.mappings.disk.DiskSource.ImageFile;
import dev.drover.mappings.disk.FilePart;
import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.io.UncheckedIOException;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.StandardOpenOption;
import java.util.Enumeration;
import java.util.Iterator;
import java.util.List;

/** Opens the bytes of a part or an image as a stream, with the layers around them removed. */
public final class Layers {
  private static final int BUFFER = 256 << 10;

  private Layers() {}

  /** The bytes of a part; where the file ends before it, the stream throws. */
  public static InputStream open(FilePart part) throws IOException {
    FileChannel channel = FileChannel.open(part.file(), StandardOpenOption.READ);
    try {
      if (part.wrapping() == Compression.NONE) {
        channel.position(part.offset());
        InputStream raw = new BufferedInputStream(Channels.newInputStream(channel), BUFFER);
        return new Bounded(raw, part);
      }
      InputStream unwrapped =
          unwrap(
              part.wrapping(), new BufferedInputStream(Channels.newInputStream(channel), BUFFER));
      unwrapped.skipNBytes(part.offset());
      return new Bounded(unwrapped, part);
    } catch (IOException | RuntimeException e) {
      channel.close();
      throw e;
    }
  }

  /** The image as its format's reader wants it: chunks joined, outer compression removed. */
  public static InputStream open(ImageFile image) throws IOException {
    return unwrap(image.compression(), join(image.parts()));
  }

  private static InputStream join(List<FilePart> parts) throws IOException {
    if (parts.size() == 1) {
      return open(parts.get(0));
    }
    Iterator<FilePart> left = parts.iterator();
    // Opened one after the other: an image may have more chunks than a process may have files.
    return new SequenceInputStream(
        new Enumeration<>() {
          @Override
          public boolean hasMoreElements() {
            return left.hasNext();
          }

          @Override
          public InputStream nextElement() {
            try {
              return open(left.next());
            } catch (IOException e) {
              throw new UncheckedIOException(e);
            }
          }
        });
  }

  private static InputStream unwrap(Compression compression, InputStream in) throws IOException {
    try {
      return Decompression.open(compression, in);
    } catch (IOException | RuntimeException e) {
      in.close();
      throw e;
    }
  }

  /** Ends where a part does; behind a wrapping, not before the end of the file was looked at. */
  private static final class Bounded extends FilterInputStream {
    private final FilePart part;
    private long left;
    private boolean finished;

    Bounded(InputStream in, FilePart part) {
      super(in);
      this.part = part;
      left = part.length();
    }

    private int end() throws IOException {
      if (!finished && part.wrapping() != Compression.NONE) {
        WholeFiles.finish(part, in);
      }
      finished = true;
      return -1;
    }

    @Override
    public int read() throws IOException {
      if (left == 0) {
        return end();
      }
      int value = in.read();
      if (value < 0) {
        throw tooShort();
      }
      left--;
      return value;
    }

    @Override
    public int read(byte[] into, int offset, int length) throws IOException {
      if (length == 0) {
        return 0;
      }
      if (left == 0) {
        return end();
      }
      int got = in.read(into, offset, (int) Math.min(length, left));
      if (got < 0) {
        throw tooShort();
      }
      left -= got;
      return got;
    }

    private EOFException tooShort() {
      return new EOFException("the file ends " + left + " bytes too early");
    }

    @Override
    public long skip(long count) throws IOException {
      long skipped = in.skip(Math.min(count, left));
      left -= skipped;
      return skipped;
    }

    @Override
    public int available() throws IOException {
      return (int) Math.min(in.available(), left);
    }

    @Override
    public boolean markSupported() {
      return false;
    }
  }
}
