package dev.drover.importers.ova;

import dev.drover.mappings.disk.Compression;
import dev.drover.mappings.disk.FileDigest;
import dev.drover.mappings.disk.FilePart;
import dev.drover.mappings.failure.HostileInput;
import dev.drover.mappings.failure.Retry;
import dev.drover.mappings.failure.SourceFailed;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** A descriptor in a folder, with its files in the same folder or below. */
final class FolderFiles implements PackageFiles {
  private final Path descriptor;
  private final Path folder;

  /**
   * @param descriptor an existing file
   */
  FolderFiles(Path descriptor) {
    this.descriptor = descriptor;
    this.folder =
        Objects.requireNonNull(descriptor.toAbsolutePath().normalize().getParent(), "a file");
  }

  @Override
  public Path file() {
    return descriptor;
  }

  private String own() {
    return String.valueOf(descriptor.getFileName());
  }

  @Override
  public String shown(String name) {
    Path parent = descriptor.getParent();
    return parent == null ? name : parent.resolve(name).toString();
  }

  @Override
  public List<String> descriptors() {
    return List.of(own());
  }

  @Override
  public byte @Nullable [] small(String name, int limit) {
    Path path = folder.resolve(name);
    try (InputStream in = Files.newInputStream(path)) {
      byte[] bytes = in.readNBytes(limit + 1);
      if (bytes.length > limit) {
        throw TarFiles.tooLarge(Path.of(shown(name)), -1, "it", limit);
      }
      return bytes;
    } catch (NoSuchFileException e) {
      return null;
    } catch (IOException e) {
      throw unreadable(name, e);
    }
  }

  private SourceFailed unreadable(String name, IOException cause) {
    return new SourceFailed(
        shown(name),
        "the file cannot be read",
        "check its permissions and the disk it is on",
        Retry.POINTLESS,
        cause);
  }

  @Override
  public @Nullable String companion(String descriptorName, String extension) {
    String name = descriptorName.replaceFirst("(?i)\\.ovf$", "") + extension;
    return Files.isRegularFile(folder.resolve(name)) ? name : null;
  }

  @Override
  public @Nullable FilePart find(String name, @Nullable FileDigest expected) {
    try {
      Path path = folder.resolve(name);
      if (!Files.exists(path)) {
        return null;
      }
      Path real = path.toRealPath();
      if (!real.startsWith(folder.toRealPath())) {
        throw new HostileInput(
            Path.of(shown(name)),
            -1,
            "a symbolic link leads out of the appliance's folder to " + real,
            "move the file beside the descriptor");
      }
      if (!Files.isRegularFile(real)) {
        throw new HostileInput(
            Path.of(shown(name)), -1, "this is no plain file", "put the file itself there");
      }
      return new FilePart(path, Compression.NONE, 0, Files.size(real), shown(name), expected);
    } catch (InvalidPathException e) {
      return null;
    } catch (IOException e) {
      throw unreadable(name, e);
    }
  }

  @Override
  public boolean complete() {
    return true;
  }
}
