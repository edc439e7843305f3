package dev.drover.converters.qemu;

import dev.drover.converters.guard.AllocationTables;
import dev.drover.converters.guard.GuardedExtent;
import dev.drover.converters.guard.GuardedImage;
import dev.drover.converters.guard.HeaderGuard;
import dev.drover.converters.guard.ImageHeader;
import dev.drover.converters.image.ScratchFiles;
import dev.drover.mappings.disk.Compression;
import dev.drover.mappings.disk.DiskFormat;
import dev.drover.mappings.disk.DiskSource.ImageFile;
import dev.drover.mappings.disk.FilePart;
import dev.drover.mappings.failure.HostileInput;
import dev.drover.mappings.progress.Progress;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A guarded image as QEMU is to open it: in place where it can be, from a scratch file where it is
 * chunked or compressed. Closing removes the scratch files.
 */
public final class SourceNode implements AutoCloseable {
  private static final int SECTOR = 512;

  /** QEMU reads names of up to 511 bytes from a descriptor. */
  private static final int LONGEST_NAME = 500;

  private final ScratchFiles scratch;
  private final Progress progress;
  private @Nullable BlockNode node;
  private long size;

  private SourceNode(Path folder, Progress progress) {
    scratch = new ScratchFiles(folder);
    this.progress = progress;
  }

  /**
   * Makes the tree for an image and its parents.
   *
   * @param folder for scratch files
   */
  public static SourceNode open(GuardedImage image, Path folder, Progress progress) {
    SourceNode source = new SourceNode(folder, progress);
    try {
      source.node = source.tree(image);
      return source;
    } catch (RuntimeException e) {
      source.close();
      throw e;
    }
  }

  /** The tree. */
  public BlockNode node() {
    return java.util.Objects.requireNonNull(node);
  }

  /** Bytes of the disk. */
  public long size() {
    return size;
  }

  /** Whether something had to be unpacked. */
  public boolean unpacked() {
    return scratch.used();
  }

  private BlockNode tree(GuardedImage image) {
    // The delta last: its size is the disk's.
    BlockNode backing = image.parent() == null ? null : tree(image.parent());
    size = image.header().virtualSize();
    if (!image.extents().isEmpty()) {
      return split(image, backing);
    }
    Where where = where(image);
    ImageHeader header = where.header();
    where.checkTables(image);
    size = header.virtualSize();
    if (isBare(header)) {
      return BlockNode.format("raw", range(where, header), null);
    }
    return BlockNode.format(QemuImg.driver(header.format()), range(where, header), backing);
  }

  /** A fixed VHD is the disk with a footer behind it. */
  private static boolean isBare(ImageHeader header) {
    return header.format() == DiskFormat.RAW
        || (header.format() == DiskFormat.VHD && header.detail().equals("fixed"));
  }

  /** Where an image's bytes are, in one file without layers. */
  private record Where(FilePart part, boolean wholeFile, ImageHeader header) {
    void checkTables(GuardedImage image) {
      FilePart first = image.image().parts().get(0);
      try {
        AllocationTables.check(image.image().label(), List.of(part), header);
      } catch (HostileInput e) {
        throw part.file().equals(first.file()) ? e : inOriginal(first, e);
      }
    }
  }

  /** A scratch file is gone when the user reads its name: what it was made of is named instead. */
  private static HostileInput inOriginal(FilePart original, HostileInput e) {
    String place = e.offset() < 0 ? "" : " (at byte " + e.offset() + " of the unpacked image)";
    HostileInput told = new HostileInput(original.file(), -1, e.what() + place, e.remedy());
    told.addSuppressed(e);
    return told;
  }

  private static BlockNode range(Where where, ImageHeader header) {
    FilePart part = where.part();
    if (isBare(header) && header.format() == DiskFormat.VHD) {
      return BlockNode.window(part.file(), part.offset(), header.virtualSize());
    }
    return where.wholeFile()
        ? BlockNode.file(part.file())
        : BlockNode.window(part.file(), part.offset(), part.length());
  }

  private Where where(GuardedImage guarded) {
    ImageFile image = guarded.image();
    FilePart first = image.parts().get(0);
    boolean plain =
        image.parts().size() == 1
            && image.compression() == Compression.NONE
            && first.wrapping() == Compression.NONE;
    boolean whole = plain && first.offset() == 0 && first.length() == sizeOf(first.file());
    boolean aligned = first.offset() % SECTOR == 0 && first.length() % SECTOR == 0;
    if (plain && (whole || aligned)) {
      return new Where(first, whole, guarded.header());
    }
    Path file = scratch.unpack(image, guarded.header(), progress);
    FilePart unpacked = new FilePart(file, Compression.NONE, 0, sizeOf(file), first.name(), null);
    return new Where(unpacked, true, again(guarded, unpacked));
  }

  /** Looks at the unpacked file once more: behind a compression, ends could not be seen. */
  private static ImageHeader again(GuardedImage guarded, FilePart unpacked) {
    ImageFile image = guarded.image();
    ImageFile alone =
        new ImageFile(
            image.label(),
            List.of(unpacked),
            Compression.NONE,
            guarded.header().format(),
            image.declaredSize(),
            image.parent(),
            List.of());
    try {
      return HeaderGuard.check(alone).header();
    } catch (HostileInput e) {
      throw inOriginal(image.parts().get(0), e);
    }
  }

  /**
   * A split disk is opened by a descriptor of Drover's own, with nothing in it of the source's. No
   * line of it is empty: QEMU 7.2 reads an extent twice that follows an empty line.
   */
  private BlockNode split(GuardedImage image, @Nullable BlockNode backing) {
    StringBuilder text = new StringBuilder("# Disk DescriptorFile\nversion=1\nCID=fffffffe\n");
    text.append("parentCID=ffffffff\ncreateType=\"")
        .append(allFlat(image) ? "twoGbMaxExtentFlat" : "twoGbMaxExtentSparse")
        .append("\"\n");
    List<Path> files = new ArrayList<>();
    for (GuardedExtent extent : image.extents()) {
      Piece piece = piece(image, extent);
      checkTables(image, extent, piece);
      files.add(piece.file());
      text.append("RW ").append(extent.size() / SECTOR).append(' ').append(extent.kind());
      text.append(" \"").append(piece.file()).append('"');
      if (extent.kind() == GuardedExtent.Kind.FLAT) {
        text.append(' ').append(piece.start() / SECTOR);
      }
      text.append('\n');
    }
    Path descriptor = scratch.fresh(".vmdk");
    try {
      Files.write(descriptor, text.toString().getBytes(StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return BlockNode.format("vmdk", BlockNode.file(descriptor), backing).alsoOpening(files);
  }

  private static void checkTables(GuardedImage image, GuardedExtent extent, Piece piece) {
    if (extent.kind() == GuardedExtent.Kind.SPARSE) {
      FilePart part = extent.part();
      FilePart there =
          new FilePart(piece.file(), Compression.NONE, 0, sizeOf(piece.file()), part.name(), null);
      try {
        AllocationTables.check(image.image().label(), List.of(there), image.header());
      } catch (HostileInput e) {
        throw piece.file().equals(part.file()) ? e : inOriginal(part, e);
      }
    }
  }

  private static boolean allFlat(GuardedImage image) {
    return image.extents().stream().allMatch(e -> e.kind() == GuardedExtent.Kind.FLAT);
  }

  private record Piece(Path file, long start) {}

  private Piece piece(GuardedImage image, GuardedExtent extent) {
    FilePart part = extent.part();
    Path file = part.file().toAbsolutePath().normalize();
    String name = file.toString();
    boolean speakable =
        name.chars().noneMatch(c -> c == '"' || c < ' ')
            && name.getBytes(StandardCharsets.UTF_8).length < LONGEST_NAME;
    boolean flat = extent.kind() == GuardedExtent.Kind.FLAT;
    boolean aligned = (part.offset() + extent.start()) % SECTOR == 0;
    boolean whole = part.offset() == 0 && part.length() == sizeOf(file);
    if (part.wrapping() == Compression.NONE && speakable && (flat ? aligned : whole)) {
      return new Piece(file, part.offset() + extent.start());
    }
    return new Piece(scratch.unpack(image.image().label(), part, progress), extent.start());
  }

  private static long sizeOf(Path file) {
    try {
      return Files.size(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() {
    scratch.close();
  }
}
