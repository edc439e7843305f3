package dev.drover.converters;

import dev.drover.converters.engine.CopyEngine;
import dev.drover.converters.guard.GuardedImage;
import dev.drover.converters.image.ImageReaders;
import dev.drover.mappings.disk.DiskFormat;
import dev.drover.mappings.disk.FilePart;
import java.util.List;
import java.util.function.Predicate;

/**
 * The table of ways: what a disk is and where it stands decides how its bytes travel. The first
 * line that fits counts. Every way of Drover's writes straight to a file or to a stream; qemu-img
 * reaches a stream by a raw file in the scratch folder. What a source serves or gives once is
 * Drover's to read, whichever engine reads images.
 */
public final class CopyPaths {
  private static final List<Line> IMAGES =
      List.of(
          new Line(
              "raw, or flat VMDK",
              "in files or tars, no digest promised",
              CopyPath.IN_PLACE,
              i -> i.header().format() == DiskFormat.RAW && i.isBare()),
          new Line(
              "raw, or flat VMDK",
              "anywhere else: compressed, or with a digest to check",
              CopyPath.ONE_PASS,
              i -> i.header().format() == DiskFormat.RAW && i.inOnePass()),
          new Line(
              "streamOptimized VMDK",
              "anywhere; out of order, or resumed, as below",
              CopyPath.ONE_PASS,
              Image::inOnePass),
          new Line(
              "sparse and split VMDK, qcow2, VHD, VHDX, VDI, and deltas",
              "in files or tars",
              CopyPath.IN_PLACE,
              Image::inPlace),
          new Line(
              "sparse and split VMDK, qcow2, VHD, VHDX, VDI, and deltas",
              "compressed, or in a compressed archive",
              CopyPath.UNPACKED,
              i -> true));

  private CopyPaths() {}

  /**
   * A line of the table, for people.
   *
   * @param source what the disk is
   * @param place where it stands
   */
  public record Way(String source, String place, CopyPath path) {}

  private record Line(String source, String place, CopyPath path, Predicate<Image> fits) {}

  /** The whole table. */
  public static List<Way> table(Engine engine) {
    List<Way> all = new java.util.ArrayList<>();
    all.add(new Way("a disk without a file", "the source declares it", CopyPath.ZEROS));
    all.add(new Way("blocks", "the source serves them", CopyPath.BLOCKS));
    all.add(new Way("a disk that a server gives out", "NBD, or HTTP in ranges", CopyPath.REMOTE));
    all.add(
        new Way(
            "raw, or streamOptimized VMDK",
            "the source gives it once, from its first byte (NFC)",
            CopyPath.ONE_PASS));
    if (engine == Engine.QEMU_IMG) {
      all.add(new Way("every image", "anywhere", CopyPath.QEMU_IMG));
    } else {
      IMAGES.forEach(line -> all.add(new Way(line.source, line.place, line.path)));
    }
    return List.copyOf(all);
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
