package dev.drover.converters.guard;

import dev.drover.mappings.disk.Compression;
import dev.drover.mappings.disk.DiskSource.ImageFile;
import dev.drover.mappings.disk.DiskSource.Streamed;
import dev.drover.mappings.disk.FilePart;
import dev.drover.mappings.failure.HostileInput;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;

/**
 * The first bytes of an image that comes once. Where a header refers to what is behind them, the
 * image ends for it.
 */
final class HeadBytes implements ImageBytes {
  private final ImageFile image;
  private final byte[] head;

  HeadBytes(Streamed source, byte[] head) {
    this.head = head;
    FilePart none = new FilePart(Path.of(""), Compression.NONE, 0, 0, source.label(), null);
    this.image =
        new ImageFile(
            source.label(),
            List.of(none),
            Compression.NONE,
            source.declaredFormat(),
            source.declaredSize(),
            null,
            List.of());
  }

  @Override
  public ImageFile image() {
    return image;
  }

  @Override
  public long length() {
    return -1;
  }

  @Override
  public byte[] some(long offset, int count) {
    int from = (int) Math.min(offset, head.length);
    return Arrays.copyOfRange(head, from, (int) Math.min((long) from + count, head.length));
  }

  /** Nobody knows the last ones before they come. */
  @Override
  public byte[] tail(int count) {
    return new byte[0];
  }

  @Override
  public HostileInput refuse(long offset, String what, String remedy) {
    return new HostileInput(image.label(), offset, what, remedy);
  }

  @Override
  public void close() {}
}
