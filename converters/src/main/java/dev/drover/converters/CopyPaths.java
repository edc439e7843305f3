package dev.drover.converters;

import dev.drover.converters.engine.CopyEngine;
import dev.drover.converters.guard.GuardedImage;
import dev.drover.converters.image.ImageReaders;
import dev.drover.mappings.disk.DiskFormat;
import dev.drover.mappings.disk.FilePart;
import dev.drover.mappings.model.SourceDisk;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * The table of ways: what a disk is and where it stands decides how its bytes travel. The first
 * line that fits counts. Every way of Drover's writes straight to a file or to a stream; qemu-img
 * reaches a stream by a raw file in the scratch folder. What a source serves or gives once is
 * Drover's to read, whichever engine reads images.
 */
public final class CopyPaths {
  private static final Set<DiskFormat> FLAT = EnumSet.of(DiskFormat.RAW, DiskFormat.VMDK);
  private static final Set<DiskFormat> TABLES = EnumSet.complementOf(EnumSet.of(DiskFormat.RAW));
  private static final List<Line> IMAGES =
      List.of(
          new Line(
              "raw, or flat VMDK",
              "in files or tars, no digest promised",
              CopyPath.IN_PLACE,
              FLAT,
              i -> i.header().format() == DiskFormat.RAW && i.isBare()),
          new Line(
              "raw, or flat VMDK",
              "anywhere else: compressed, or with a digest to check",
              CopyPath.ONE_PASS,
              FLAT,
              i -> i.header().format() == DiskFormat.RAW && i.inOnePass()),
          new Line(
              "streamOptimized VMDK",
              "anywhere; out of order, or resumed, as below",
              CopyPath.ONE_PASS,
              EnumSet.of(DiskFormat.VMDK),
              Image::inOnePass),
          new Line(
              "sparse and split VMDK, qcow2, VHD, VHDX, VDI, and deltas",
              "in files or tars",
              CopyPath.IN_PLACE,
              TABLES,
              Image::inPlace),
          new Line(
              "sparse and split VMDK, qcow2, VHD, VHDX, VDI, and deltas",
              "compressed, or in a compressed archive",
              CopyPath.UNPACKED,
              TABLES,
              i -> true));

  private CopyPaths() {}

  /**
   * A line of the table, for people.
   *
   * @param source what the disk is
   * @param place where it stands
   */
  public record Way(String source, String place, CopyPath path) {}

  private record Line(
      String source, String place, CopyPath path, Set<DiskFormat> formats, Predicate<Image> fits) {
    Way way() {
      return new Way(source, place, path);
    }
  }

  private static final Way ZEROS =
      new Way("a disk without a file", "the source declares it", CopyPath.ZEROS);
  private static final List<Way> SERVED =
      List.of(
          new Way("blocks", "the source serves them", CopyPath.BLOCKS),
          new Way("a disk that a server gives out", "NBD, or HTTP in ranges", CopyPath.REMOTE),
          new Way(
              "raw, or streamOptimized VMDK",
              "the source gives it once, from its first byte (NFC)",
              CopyPath.ONE_PASS));
  private static final Way BY_QEMU = new Way("every image", "anywhere", CopyPath.QEMU_IMG);

  /** The whole table. */
  public static List<Way> table(Engine engine) {
    List<Way> all = new ArrayList<>(List.of(ZEROS));
    all.addAll(SERVED);
    all.addAll(images(engine, null));
    return List.copyOf(all);
  }

  /**
   * The lines that a disk can take, as far as its description tells; the first bytes of the image,
   * and its manifest, decide among several.
   *
   * @param inFiles whether its source has images in files, and serves nothing itself
   */
  public static List<Way> possible(Engine engine, SourceDisk disk, boolean inFiles) {
    if (disk.backing().kind() == SourceDisk.Kind.BLANK) {
      return List.of(ZEROS);
    }
    return inFiles ? images(engine, disk.backing().format()) : SERVED;
  }

  private static List<Way> images(Engine engine, @Nullable DiskFormat format) {
    if (engine == Engine.QEMU_IMG) {
      return List.of(BY_QEMU);
    }
    return IMAGES.stream()
        .filter(line -> format == null || line.formats.contains(format))
        .map(Line::way)
        .toList();
  }

  /** The way of an image. */
  static CopyPath of(Engine engine, GuardedImage image) {
    if (engine == Engine.QEMU_IMG) {
      return CopyPath.QEMU_IMG;
    }
    Image what = new Image(image);
    return IMAGES.stream()
        .filter(line -> line.fits.test(what))
        .map(Line::path)
        .findFirst()
        .orElseThrow();
  }

  /** The way of one whose grains are not in the order of the disk, or that is resumed. */
  static CopyPath byTables(GuardedImage image) {
    return ImageReaders.inPlace(image) ? CopyPath.IN_PLACE : CopyPath.UNPACKED;
  }

  /** Whether the source promises a digest of a file that would have to be read for it. */
  static boolean promises(GuardedImage image) {
    return ManifestCheck.files(image).stream().map(FilePart::expected).anyMatch(d -> d != null);
  }

  /** What the table asks about. */
  private record Image(GuardedImage guarded) {
    dev.drover.converters.guard.ImageHeader header() {
      return guarded.header();
    }

    boolean inPlace() {
      return ImageReaders.inPlace(guarded);
    }

    boolean isBare() {
      return inPlace() && !promises(guarded);
    }

    boolean inOnePass() {
      return guarded.extents().isEmpty()
          && guarded.parent() == null
          && CopyEngine.readsInOnePass(guarded.image(), header());
    }
  }
}
