package dev.drover.converters.image;

import dev.drover.converters.archive.SeekableParts;
import dev.drover.converters.guard.GuardedExtent;
import dev.drover.converters.guard.GuardedImage;
import dev.drover.converters.guard.HeaderGuard;
import dev.drover.mappings.disk.Compression;
import dev.drover.mappings.disk.DiskSource.ImageFile;
import dev.drover.mappings.disk.FilePart;
import dev.drover.mappings.failure.HostileInput;
import dev.drover.mappings.progress.Progress;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * An image that can be read at any place: what is compressed, or in a compressed archive, is
 * unpacked to the scratch folder. Closing removes that.
 */
public final class PlainImage implements AutoCloseable {
  private final Path folder;
  private final ScratchFiles scratch;
  private final Progress progress;
  private final Path original;
  private final GuardedImage image;

  private PlainImage(GuardedImage packed, Path folder, Progress progress) {
    this.folder = folder.toAbsolutePath().normalize();
    this.scratch = new ScratchFiles(folder);
    this.progress = progress;
    this.original = packed.image().parts().get(0).file();
    try {
      this.image = HeaderGuard.check(plain(packed));
    } catch (HostileInput e) {
      scratch.close();
      throw inOriginal(e);
    } catch (RuntimeException e) {
      scratch.close();
      throw e;
    }
  }

  /**
   * Unpacks what has to be, and looks at it once more: behind a compression, ends could not be
   * seen.
   *
   * @param folder for scratch files
   * @param progress counts unpacked bytes
   */
  public static PlainImage of(GuardedImage packed, Path folder, Progress progress) {
    return new PlainImage(packed, folder, progress);
  }

  /** The image, to be read in place. */
  public GuardedImage image() {
    return image;
  }

  private ImageFile plain(GuardedImage guarded) {
    ImageFile file = guarded.image();
    ImageFile parent = guarded.parent() == null ? null : plain(guarded.parent());
    List<FilePart> parts = file.parts();
    if (!SeekableParts.holds(file)) {
      Path unpacked = scratch.unpack(file, guarded.header(), progress);
      parts = List.of(whole(unpacked, file.parts().get(0).name()));
    }
    return new ImageFile(
        file.label(),
        parts,
        Compression.NONE,
        guarded.header().format(),
        file.declaredSize(),
        parent,
        siblings(guarded));
  }

  private List<FilePart> siblings(GuardedImage guarded) {
    Map<FilePart, FilePart> plain = new LinkedHashMap<>();
    for (GuardedExtent extent : guarded.extents()) {
      FilePart part = extent.part();
      if (SeekableParts.holds(List.of(part))) {
        plain.put(part, part);
      } else if (!plain.containsKey(part)) {
        Path unpacked = scratch.unpack(guarded.image().label(), part, progress);
        plain.put(part, whole(unpacked, part.name()));
      }
    }
    return List.copyOf(plain.values());
  }

  private static FilePart whole(Path file, String name) {
    try {
      return new FilePart(file, Compression.NONE, 0, Files.size(file), name, null);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** A scratch file is gone when the user reads its name: what it was made of is named instead. */
  public HostileInput inOriginal(HostileInput e) {
    if (!e.file().toAbsolutePath().normalize().startsWith(folder)) {
      return e;
    }
    String place = e.offset() < 0 ? "" : " (at byte " + e.offset() + " of the unpacked image)";
    HostileInput told = new HostileInput(original, -1, e.what() + place, e.remedy());
    told.addSuppressed(e);
    return told;
  }

  @Override
  public void close() {
    scratch.close();
  }
}
