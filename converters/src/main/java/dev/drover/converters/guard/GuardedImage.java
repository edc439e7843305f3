package dev.drover.converters.guard;

import dev.drover.mappings.disk.DiskSource.ImageFile;
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
  public GuardedImage {
    extents = List.copyOf(extents);
    warnings = List.copyOf(warnings);
  }
}
