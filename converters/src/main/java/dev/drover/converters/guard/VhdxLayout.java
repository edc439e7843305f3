package dev.drover.converters.guard;

import dev.drover.mappings.disk.Compression;
import dev.drover.mappings.disk.DiskFormat;
import dev.drover.mappings.disk.DiskSource.ImageFile;
import dev.drover.mappings.disk.FilePart;
import java.util.List;

/** Where the tables of a VHDX stand, in bytes of the image. */
public record VhdxLayout(
    long bat,
    long batLength,
    long metadata,
    long metadataLength,
    long log,
    long logLength,
    long block,
    long sector,
    long size) {
  /**
   * Reads headers, regions and metadata.
   *
   * @param parts hold the image without any wrapping
   * @throws dev.drover.mappings.failure.HostileInput as {@link HeaderGuard} does
   */
  public static VhdxLayout of(String label, List<FilePart> parts) {
    return VhdxHeader.layout(
        new PlainBytes(
            new ImageFile(label, parts, Compression.NONE, DiskFormat.VHDX, null, null, List.of())));
  }
}
