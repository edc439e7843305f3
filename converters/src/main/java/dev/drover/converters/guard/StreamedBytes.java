package dev.drover.converters.guard;

import dev.drover.converters.archive.Layers;
import dev.drover.mappings.disk.Compression;
import dev.drover.mappings.disk.DiskSource.ImageFile;
import dev.drover.mappings.disk.FilePart;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Inflates an image as far as a header asks for, keeps that, and refuses to go further than {@link
 * #DEEPEST}: headers stand at the beginning in every format that Drover reads.
 */
final class StreamedBytes implements ImageBytes {
  /** The metadata region of a VHDX stands at 2 MiB as a rule; 64 MiB leave room for odd writers. */
  static final int DEEPEST = 64 << 20;

  private final ImageFile image;
  private byte[] head = new byte[0];
  private int filled;
  private @Nullable InputStream in;

  StreamedBytes(ImageFile image) {
    this.image = image;
  }

  @Override
  public ImageFile image() {
    return image;
  }

  @Override
  public long length() {
    if (image.compression() != Compression.NONE) {
      return -1;
    }
    return image.parts().stream().mapToLong(FilePart::length).sum();
  }

  @Override
  public byte[] some(long offset, int count) throws IOException {
    if (offset > DEEPEST - count) {
      throw new IOException(
          "a header refers to byte " + offset + " of a compressed image, deeper than " + DEEPEST);
    }
    fill((int) offset + count);
    int from = (int) Math.min(offset, filled);
    int to = (int) Math.min(offset + count, filled);
    return Arrays.copyOfRange(head, from, to);
  }

  private void fill(int upTo) throws IOException {
    if (upTo <= filled) {
      return;
    }
    if (in == null) {
      in = Layers.open(image);
      in.skipNBytes(filled);
    }
    head = Arrays.copyOf(head, Math.max(upTo, Math.min(DEEPEST, head.length * 2)));
    filled += in.readNBytes(head, filled, upTo - filled);
  }

  @Override
  public byte[] tail(int count) throws IOException {
    // Two halves of a window that slides over the stream; the last count bytes are always in it.
    byte[] window = new byte[Math.max(64 << 10, count * 2)];
    int held = 0;
    long total = 0;
    try (InputStream all = Layers.open(image)) {
      int got;
      while ((got = all.readNBytes(window, held, window.length - held)) > 0) {
        held += got;
        total += got;
        if (total > MaxDiskSize.bytes()) {
          throw new IOException("it inflates to more than the largest disk that Drover believes");
        }
        if (held == window.length) {
          System.arraycopy(window, held - count, window, 0, count);
          held = count;
        }
      }
    }
    return Arrays.copyOfRange(window, Math.max(0, held - count), held);
  }

  @Override
  public void close() throws IOException {
    if (in != null) {
      in.close();
    }
  }
}
