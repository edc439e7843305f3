package dev.drover.converters;

import dev.drover.converters.archive.Layers;
import dev.drover.converters.guard.MaxDiskSize;
import dev.drover.mappings.disk.DiskSource;
import dev.drover.mappings.failure.ConversionFailed;
import dev.drover.mappings.failure.Retry;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;

/** Counts the bytes of a compressed raw image that says nowhere how large it is. */
final class StreamSize {
  private StreamSize() {}

  static long of(DiskSource.ImageFile image) {
    byte[] block = new byte[256 << 10];
    long size = 0;
    try (InputStream in = Layers.open(image)) {
      int got;
      while ((got = in.read(block)) >= 0) {
        size += got;
        if (size > MaxDiskSize.bytes()) {
          throw new ConversionFailed(
              image.label(),
              "inflates to more than the largest disk that Drover believes",
              "do not trust this image");
        }
      }
      return size;
    } catch (IOException | UncheckedIOException e) {
      throw new ConversionFailed(
          image.label(),
          "cannot be unpacked",
          "copy the file again, it is not whole",
          Retry.POINTLESS,
          e);
    }
  }
}
