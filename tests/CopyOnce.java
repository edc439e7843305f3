import dev.drover.converters.CopyResult;
import dev.drover.converters.DiskCopier;
import dev.drover.converters.DiskCopiers;
import dev.drover.converters.DiskDestination;
import dev.drover.mappings.disk.Compression;
import dev.drover.mappings.disk.DiskFormat;
import dev.drover.mappings.disk.DiskSource;
import dev.drover.mappings.disk.FileDigest;
import dev.drover.mappings.disk.FilePart;
import dev.drover.mappings.progress.Progress;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Copies one disk, as the benchmark wants it: FORMAT IMAGE SHA256|none OUT OUT-FORMAT SCRATCH. */
final class CopyOnce {
  public static void main(String[] words) throws Exception {
    DiskSource source;
    if (words[0].equals("REMOTE")) {
      source = new DiskSource.Remote("bench", URI.create(words[1]), null);
    } else {
      Path image = Path.of(words[1]);
      FileDigest digest = words[2].equals("none") ? null : new FileDigest("SHA-256", words[2]);
      FilePart part =
          new FilePart(image, Compression.NONE, 0, Files.size(image), words[1], digest);
      source =
          new DiskSource.ImageFile(
              "bench",
              List.of(part),
              Compression.NONE,
              DiskFormat.valueOf(words[0]),
              null,
              null,
              List.of());
    }
    DiskCopier copier = DiskCopiers.open(Path.of(words[5]));
    DiskDestination to =
        new DiskDestination.LocalFile(Path.of(words[3]), DiskFormat.valueOf(words[4]), false);
    CopyResult copied = copier.copy(source, to, Progress.NONE);
    System.out.println(copied.path() + " " + copied.dataBytes());
  }
}
