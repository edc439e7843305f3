package dev.drover.converters;

import dev.drover.mappings.disk.Compression;
import dev.drover.mappings.disk.DiskFormat;
import dev.drover.mappings.disk.DiskSource.ImageFile;
import dev.drover.mappings.disk.FileDigest;
import dev.drover.mappings.disk.FilePart;
import dev.drover.mappings.progress.Progress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** A copy in a process of its own, for a test that kills it. */
final class CopyToKill {
  private CopyToKill() {}

  /**
   * What to copy.
   *
   * @param format of the image, as DiskFormat names it
   * @param sha256 of the image that a manifest promises, or "none"
   * @param to RAW, QCOW2 or PACKED
   */
  record Task(Path image, String format, String sha256, Path out, String to) {
    ImageFile source() throws java.io.IOException {
      FileDigest digest = sha256.equals("none") ? null : new FileDigest("SHA-256", sha256);
      FilePart part =
          new FilePart(image, Compression.NONE, 0, Files.size(image), "disk." + format, digest);
      return Images.image(List.of(part), Compression.NONE, DiskFormat.valueOf(format), List.of());
    }

    DiskDestination.LocalFile destination() {
      DiskFormat raw = to.equals("RAW") ? DiskFormat.RAW : DiskFormat.QCOW2;
      return new DiskDestination.LocalFile(out, raw, to.equals("PACKED"));
    }

    FileCheckpoint checkpoint() {
      return new FileCheckpoint(out.resolveSibling("checkpoint"));
    }
  }

  /** Image, format, digest, output, its kind, bytes a second. Ends by itself when it is done. */
  public static void main(String[] words) throws Exception {
    Task task = new Task(Path.of(words[0]), words[1], words[2], Path.of(words[3]), words[4]);
    RateLimit limit = RateLimit.of(Long.parseLong(words[5]));
    DiskCopiers.open(task.out().resolveSibling("scratch"))
        .copy(
            task.source(),
            task.destination(),
            new CopySettings(limit, task.checkpoint()),
            Progress.NONE);
  }
}
