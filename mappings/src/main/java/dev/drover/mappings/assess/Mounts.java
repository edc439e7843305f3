package dev.drover.mappings.assess;

import dev.drover.mappings.model.Guest.Filesystem;
import java.util.Locale;
import java.util.Set;

/** Which file systems hold data, and which the system. */
final class Mounts {
  private static final Set<String> READ_ONLY =
      Set.of(
          "squashfs", "iso9660", "udf", "cdfs", "tmpfs", "devtmpfs", "overlay", "swap", "autofs");

  private Mounts() {}

  /** Whether somebody writes to it, so that its free space means something. */
  static boolean written(Filesystem fs) {
    String type = fs.type() == null ? "" : fs.type().strip().toLowerCase(Locale.ROOT);
    String mount = fs.mount().strip();
    return fs.capacity().bytes() > 0
        && !READ_ONLY.contains(type)
        && !mount.startsWith("/snap/")
        && !mount.startsWith("/run")
        && !mount.startsWith("/dev")
        && !mount.startsWith("/media");
  }

  /** {@code /} or {@code C:}. */
  static boolean system(Filesystem fs) {
    String mount = fs.mount().strip();
    return mount.equals("/")
        || mount.equalsIgnoreCase("c:")
        || mount.equalsIgnoreCase("c:\\")
        || mount.equalsIgnoreCase("c:/");
  }
}
