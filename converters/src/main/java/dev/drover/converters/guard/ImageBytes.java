package dev.drover.converters.guard;

import dev.drover.mappings.disk.Compression;
import dev.drover.mappings.disk.DiskSource.ImageFile;
import dev.drover.mappings.disk.FilePart;
import dev.drover.mappings.failure.ConversionFailed;
import dev.drover.mappings.failure.HostileInput;
import dev.drover.mappings.failure.Retry;
import java.io.Closeable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** The bytes of one image after all layers are removed, for reading headers. Not thread-safe. */
interface ImageBytes extends Closeable {
  /** The image that these bytes are of. */
  ImageFile image();

  /** How many there are, or -1 where only reading all of it would tell. */
  long length();

  /**
   * Bytes at an offset; fewer than asked for only where the image ends.
   *
   * @param offset at least 0
   */
  byte[] some(long offset, int count) throws IOException;

  /** The last bytes; may read everything. Fewer than asked for where the image is shorter. */
  byte[] tail(int count) throws IOException;

  static ImageBytes of(ImageFile image) {
    boolean plain =
        image.compression() == Compression.NONE
            && image.parts().stream().allMatch(p -> p.wrapping() == Compression.NONE);
    return plain ? new PlainBytes(image) : new StreamedBytes(image);
  }

  /** Exactly that many bytes, to read numbers from. */
  default ByteBuffer exactly(long offset, int count, ByteOrder order, String what) {
    byte[] got = peek(offset, count);
    if (got.length < count) {
      throw new ConversionFailed(
          image().label(),
          "the image ends in the middle of its " + what + ", at byte " + (offset + got.length),
          "copy the file again, it is not whole",
          Retry.POINTLESS,
          null);
    }
    return ByteBuffer.wrap(got).order(order);
  }

  /** Like {@link #some}, with the failure that the user reads. */
  default byte[] peek(long offset, int count) {
    try {
      return some(offset, count);
    } catch (IOException | UncheckedIOException e) {
      throw unreadable(e);
    }
  }

  /** Like {@link #tail}, with the failure that the user reads. */
  default byte[] last(int count) {
    try {
      return tail(count);
    } catch (IOException | UncheckedIOException e) {
      throw unreadable(e);
    }
  }

  private ConversionFailed unreadable(Exception e) {
    FilePart first = image().parts().get(0);
    return new ConversionFailed(
        image().label(),
        "cannot read the header of " + first.name(),
        "check that the file is whole and that you may read it",
        Retry.POINTLESS,
        e);
  }

  /**
   * The refusal of what stands at an offset of the image, told as file and byte.
   *
   * @param offset after all layers are removed, or -1
   */
  default HostileInput refuse(long offset, String what, String remedy) {
    long before = 0;
    for (FilePart part : image().parts()) {
      boolean plain =
          image().compression() == Compression.NONE && part.wrapping() == Compression.NONE;
      boolean here = image().parts().size() == 1 || offset < before + part.length();
      if (here && plain && offset >= 0) {
        return new HostileInput(
            part.file(), part.offset() + offset - before, named(part, what), remedy);
      }
      if (here) {
        String place = offset < 0 ? "" : " (at byte " + offset + " of the decompressed image)";
        return new HostileInput(part.file(), -1, named(part, what) + place, remedy);
      }
      before += part.length();
    }
    return new HostileInput(
        image().parts().get(0).file(), -1, image().label() + ": " + what, remedy);
  }

  private static String named(FilePart part, String what) {
    return part.name() + ": " + what;
  }
}
