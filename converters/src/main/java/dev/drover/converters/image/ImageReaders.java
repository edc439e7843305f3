package dev.drover.converters.image;

import dev.drover.converters.SharedReader;
import dev.drover.converters.archive.SeekableParts;
import dev.drover.converters.guard.AllocationTables;
import dev.drover.converters.guard.GuardedExtent;
import dev.drover.converters.guard.GuardedImage;
import dev.drover.converters.guard.HeaderGuard;
import dev.drover.converters.guard.ImageHeader;
import dev.drover.converters.guard.VhdxLayout;
import dev.drover.mappings.disk.Compression;
import dev.drover.mappings.disk.DiskFormat;
import dev.drover.mappings.disk.DiskSource.ImageFile;
import dev.drover.mappings.disk.Extent;
import dev.drover.mappings.disk.FilePart;
import dev.drover.mappings.failure.ConversionFailed;
import dev.drover.mappings.failure.Retry;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Opens Drover's own readers. */
public final class ImageReaders {
  private ImageReaders() {}

  /** Whether all of an image, its pieces and what it is a delta of can be read in place. */
  public static boolean inPlace(GuardedImage image) {
    return SeekableParts.holds(image.image())
        && image.extents().stream().allMatch(e -> SeekableParts.holds(List.of(e.part())))
        && (image.parent() == null || inPlace(image.parent()));
  }

  /**
   * A reader of a guarded image and its parents; their tables are walked first.
   *
   * @param image that can be read in place
   * @throws dev.drover.mappings.failure.HostileInput naming the file and the entry
   */
  public static SharedReader open(GuardedImage image) throws IOException {
    SharedReader below = image.parent() == null ? null : open(image.parent());
    try {
      return image.extents().isEmpty()
          ? open(image.image().label(), image.image().parts(), image.header(), below)
          : split(image, below);
    } catch (IOException | RuntimeException e) {
      if (below != null) {
        below.close();
      }
      throw e;
    }
  }

  /**
   * As {@link #open(GuardedImage)} for a raw image, with what is known of its holes.
   *
   * @param known extents in ascending order; what they do not cover is read
   */
  public static SharedReader open(GuardedImage raw, List<Extent> known) throws IOException {
    return new KnownHoles(open(raw), known);
  }

  /**
   * Reads back a disk that stands alone in a file of Drover's own.
   *
   * @param format RAW or QCOW2
   * @param known of a raw file's holes, as {@code qemu-img map -f raw} tells them; may be empty
   * @throws ConversionFailed when the file cannot be opened or is not as it was written
   */
  public static SharedReader written(Path path, DiskFormat format, List<Extent> known) {
    try {
      FilePart part =
          new FilePart(path, Compression.NONE, 0, Files.size(path), path.toString(), null);
      ImageFile image =
          new ImageFile(
              path.toString(), List.of(part), Compression.NONE, format, null, null, List.of());
      SharedReader reader = open(HeaderGuard.check(image));
      return format == DiskFormat.RAW ? new KnownHoles(reader, known) : reader;
    } catch (IOException e) {
      throw new ConversionFailed(
          path.toString(),
          "cannot be read back",
          "check that nothing else changed the file, then copy the disk again",
          Retry.WORTHWHILE,
          e);
    }
  }

  private static SharedReader open(
      String label, List<FilePart> parts, ImageHeader header, @Nullable SharedReader below)
      throws IOException {
    AllocationTables.check(label, parts, header);
    SeekableParts bytes = SeekableParts.open(parts);
    try {
      return new PieceReader(map(label, parts, header, bytes), bytes, below);
    } catch (IOException | RuntimeException e) {
      bytes.close();
      throw e;
    }
  }

  private static PieceMap map(
      String label, List<FilePart> parts, ImageHeader header, SeekableParts bytes)
      throws IOException {
    boolean fixed = header.format() == DiskFormat.VHD && header.detail().equals("fixed");
    if (fixed) {
      return new FlatMap(0, header.virtualSize());
    }
    return switch (header.format()) {
      case RAW -> new FlatMap(0, bytes.length());
      case QCOW2 -> new Qcow2Map(bytes);
      case VMDK -> new VmdkMap(bytes);
      case VHD -> new VhdMap(bytes, header.virtualSize());
      case VHDX -> new VhdxMap(bytes, VhdxLayout.of(label, parts));
      case VDI -> new VdiMap(bytes);
    };
  }

  /** A disk in extents; each is a delta of the same place of what is below. */
  private static SharedReader split(GuardedImage image, @Nullable SharedReader below)
      throws IOException {
    List<JoinedReader.Piece> pieces = new ArrayList<>();
    long start = 0;
    try {
      for (GuardedExtent extent : image.extents()) {
        SharedReader under = below == null ? null : new Window(below, start);
        pieces.add(new JoinedReader.Piece(start, extent.size(), extent(image, extent, under)));
        start += extent.size();
      }
    } catch (IOException | RuntimeException e) {
      for (JoinedReader.Piece piece : pieces) {
        piece.reader().close();
      }
      throw e;
    }
    return new JoinedReader(pieces);
  }

  private static SharedReader extent(
      GuardedImage image, GuardedExtent extent, @Nullable SharedReader under) throws IOException {
    List<FilePart> parts = List.of(extent.part());
    if (extent.kind() == GuardedExtent.Kind.SPARSE) {
      return open(image.image().label(), parts, image.header(), under);
    }
    SeekableParts bytes = SeekableParts.open(parts);
    return new PieceReader(new FlatMap(extent.start(), extent.size()), bytes, under);
  }
}
