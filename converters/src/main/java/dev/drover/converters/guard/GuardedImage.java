package dev.drover.converters.guard;

import dev.drover.mappings.disk.DiskSource.ImageFile;
import dev.drover.mappings.model.ByteSize;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * An image that may be shown to other programs, with an explicit driver and explicit children.
 *
 * @param extents where the image is a VMDK's text: its pieces in order; otherwise empty
 * @param parent where the source says that the image is a delta
 * @param warnings for the user
 */
public record GuardedImage(
    ImageFile image,
    ImageHeader header,
    List<GuardedExtent> extents,
    @Nullable GuardedImage parent,
    List<String> warnings) {
  private static final int SECTOR = 512;

  public GuardedImage {
    extents = List.copyOf(extents);
    warnings = List.copyOf(warnings);
  }

  /**
   * Bytes of the disk to write: of the image, or what the source declares where that is more, as a
   * hypervisor makes a disk of the declared capacity when it imports one.
   *
   * @param own bytes that the image holds, or -1 where nobody knows
   */
  public long sized(long own) {
    ByteSize declared = image.declaredSize();
    if (own < 0 || declared == null) {
      return own;
    }
    return Math.max(own, declared.bytes() / SECTOR * SECTOR);
  }

  /** {@link #sized} of what the header says. */
  public long size() {
    return sized(header.virtualSize());
  }
}
