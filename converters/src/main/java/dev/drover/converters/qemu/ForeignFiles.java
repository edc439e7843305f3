package dev.drover.converters.qemu;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Whether root reads a file only because it is root. */
final class ForeignFiles {
  private static final int OTHERS_READ = 04;
  private static final int OTHERS_SEARCH = 01;

  private ForeignFiles() {}

  /**
   * True when this process is root, and a file or a folder on the way to it is closed to others.
   */
  static boolean among(List<Path> files) {
    try {
      return uid(Path.of("/proc/self")) == 0 && files.stream().anyMatch(ForeignFiles::closed);
    } catch (IOException | UnsupportedOperationException | IllegalArgumentException e) {
      return false;
    }
  }

  private static boolean closed(Path file) {
    try {
      if (uid(file) != 0 && (mode(file) & OTHERS_READ) == 0) {
        return true;
      }
      for (Path folder = file.getParent(); folder != null; folder = folder.getParent()) {
        if (uid(folder) != 0 && (mode(folder) & OTHERS_SEARCH) == 0) {
          return true;
        }
      }
      return false;
    } catch (IOException e) {
      return false;
    }
  }

  private static int uid(Path path) throws IOException {
    return (Integer) Files.getAttribute(path, "unix:uid");
  }

  private static int mode(Path path) throws IOException {
    return (Integer) Files.getAttribute(path, "unix:mode");
  }
}
