package dev.drover.converters.guard;

import dev.drover.mappings.disk.DiskSource.ImageFile;
import dev.drover.mappings.disk.FilePart;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.StandardOpenOption;

/** Reads where it is told to, over the chunks of an image without compression. */
record PlainBytes(ImageFile image) implements ImageBytes {
  @Override
  public long length() {
    long sum = 0;
    for (FilePart part : image.parts()) {
      sum = Math.addExact(sum, part.length());
    }
    return sum;
  }

  @Override
  public byte[] some(long offset, int count) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream(Math.min(count, 1 << 20));
    long before = 0;
    for (FilePart part : image.parts()) {
      long from = offset + out.size() - before;
      if (from < part.length() && out.size() < count) {
        int want = (int) Math.min(count - out.size(), part.length() - from);
        if (!read(part, from, want, out)) {
          break;
        }
      }
      before += part.length();
    }
    return out.toByteArray();
  }

  /** False where the file is shorter than the part. */
  private static boolean read(FilePart part, long from, int want, ByteArrayOutputStream out)
      throws IOException {
    ByteBuffer buffer = ByteBuffer.allocate(want);
    try (FileChannel channel = FileChannel.open(part.file(), StandardOpenOption.READ)) {
      while (buffer.hasRemaining()) {
        if (channel.read(buffer, part.offset() + from + buffer.position()) < 0) {
          break;
        }
      }
    }
    out.write(buffer.array(), 0, buffer.position());
    return !buffer.hasRemaining();
  }

  @Override
  public byte[] tail(int count) throws IOException {
    long length = length();
    int want = (int) Math.min(count, length);
    return some(length - want, want);
  }

  @Override
  public void close() {}
}
