package dev.drover.converters.archive;

import dev.drover.mappings.disk.DiskSource.ImageFile;
import dev.drover.mappings.disk.FilePart;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;

/** Opens the bytes of a part or an image as a stream, with the layers around them removed. */
public final class Layers {
  private static final int BUFFER = 256 << 10;

  private Layers() {}

  /** The bytes of a part; where the file ends before it, the stream throws. */
  public static InputStream open(FilePart part) {
    return open(List.of(part));
  }

  private static InputStream open(List<FilePart> parts) {
    return new BufferedInputStream(new PartsInput(parts), BUFFER);
  }

  /** The image as its format's reader wants it: chunks joined, outer compression removed. */
  public static InputStream open(ImageFile image) throws IOException {
    InputStream parts = open(image.parts());
    try {
      return Decompression.open(image.compression(), parts);
    } catch (IOException | RuntimeException e) {
      parts.close();
      throw e;
    }
  }
}
