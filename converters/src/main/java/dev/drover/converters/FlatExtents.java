package dev.drover.converters;

import dev.drover.converters.guard.GuardedExtent;
import dev.drover.converters.guard.GuardedImage;
import dev.drover.converters.guard.ImageHeader;
import dev.drover.mappings.disk.Compression;
import dev.drover.mappings.disk.DiskFormat;
import dev.drover.mappings.disk.DiskSource.ImageFile;
import dev.drover.mappings.disk.FilePart;
import java.util.ArrayList;
import java.util.List;

/** A VMDK whose pieces lie as on the disk is a raw disk in chunks. */
final class FlatExtents {
  private FlatExtents() {}

  /** The same disk as a raw image where it is one; otherwise the image as it is. */
  static GuardedImage asRaw(GuardedImage image) {
    if (image.extents().isEmpty() || image.parent() != null) {
      return image;
    }
    List<FilePart> pieces = new ArrayList<>();
    for (GuardedExtent extent : image.extents()) {
      FilePart part = extent.part();
      boolean whole = extent.start() == 0 && extent.size() == part.length();
      if (extent.kind() != GuardedExtent.Kind.FLAT || (part.expected() != null && !whole)) {
        return image;
      }
      pieces.add(
          new FilePart(
              part.file(),
              part.wrapping(),
              part.offset() + extent.start(),
              extent.size(),
              part.name(),
              part.expected()));
    }
    ImageFile raw =
        new ImageFile(
            image.image().label(),
            pieces,
            Compression.NONE,
            DiskFormat.RAW,
            image.image().declaredSize(),
            null,
            List.of());
    ImageHeader header = new ImageHeader(DiskFormat.RAW, "", image.header().virtualSize());
    return new GuardedImage(raw, header, List.of(), null, image.warnings());
  }

  /** The parts of the text, whose digest nobody checks who reads the pieces alone. */
  static List<FilePart> descriptorOnly(GuardedImage image) {
    return image.extents().isEmpty() ? List.of() : image.image().parts();
  }
}
