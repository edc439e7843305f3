package dev.drover.converters;

import dev.drover.converters.image.ScratchFiles;
import dev.drover.converters.qemu.QemuImg;
import dev.drover.mappings.failure.EnvironmentFailed;
import dev.drover.mappings.failure.Retry;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Opens the copier. */
public final class DiskCopiers {
  private DiskCopiers() {}

  /**
   * A copier that uses programs of this machine.
   *
   * @param scratch a folder for what cannot be read in place; created where it is missing, and left
   *     empty
   * @throws dev.drover.mappings.failure.EnvironmentFailed when a program is missing
   */
  public static DiskCopier open(Path scratch) {
    return open(scratch, Engine.DROVER);
  }

  /** As {@link #open(Path)}, and says who reads images. */
  public static DiskCopier open(Path scratch, Engine engine) {
    Path folder = scratch.toAbsolutePath().normalize();
    tidy(folder);
    return new LocalDiskCopier(QemuImg.find(folder), folder, engine);
  }

  /** Removes what a killed process left, however young; only names that Drover gives. */
  private static void tidy(Path folder) {
    try {
      Files.createDirectories(folder);
      for (String kind : List.of("disk", "jail")) {
        try (DirectoryStream<Path> left = Files.newDirectoryStream(folder, kind + "-*")) {
          for (Path one : left) {
            // What is this process's own may belong to another copier.
            if (!ScratchFiles.isOwn(one, kind)) {
              Files.deleteIfExists(one);
            }
          }
        }
      }
    } catch (IOException e) {
      throw new EnvironmentFailed(
          folder.toString(),
          "cannot be used for scratch files",
          "make the folder writable, or choose another state directory",
          Retry.POINTLESS,
          e);
    }
  }

  /** Versions of the programs that take part, by name, for the evidence. */
  public static Map<String, String> tools() {
    Map<String, String> tools = new TreeMap<>();
    String drover = DiskCopiers.class.getPackage().getImplementationVersion();
    tools.put("drover", drover == null ? "development" : drover);
    String qemu = QemuImg.installedVersion();
    tools.put("qemu-img", qemu == null ? "not installed" : qemu);
    return tools;
  }
}
