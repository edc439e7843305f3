package dev.drover.importers.ova;

import dev.drover.mappings.disk.Compression;
import dev.drover.mappings.disk.DiskFormat;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Image formats by the URIs that OVF writers use for them, and by file names. */
final class Formats {
  private static final Map<String, DiskFormat> EXTENSIONS =
      Map.of(
          "vmdk", DiskFormat.VMDK,
          "vhd", DiskFormat.VHD,
          "vhdx", DiskFormat.VHDX,
          "vdi", DiskFormat.VDI,
          "qcow2", DiskFormat.QCOW2,
          "qcow", DiskFormat.QCOW2,
          "img", DiskFormat.RAW,
          "raw", DiskFormat.RAW,
          "dd", DiskFormat.RAW);

  private Formats() {}

  /**
   * By {@code ovf:format}: {@code http://www.vmware.com/interfaces/specifications/vmdk.html#…},
   * {@code http://www.gnome.org/~markmc/qcow-image-format.html}, Microsoft's page for VHD (which
   * VirtualBox writes as a number), and any URI that names a format.
   *
   * @return null where it says nothing
   */
  static @Nullable DiskFormat byUri(@Nullable String uri) {
    String text = uri == null ? "" : uri.toLowerCase(Locale.ROOT);
    if (text.contains("vmdk")) {
      return DiskFormat.VMDK;
    } else if (text.contains("vhdx")) {
      return DiskFormat.VHDX;
    } else if (text.contains("vhd") || text.contains("technet.microsoft.com/en-us/library/bb676673")) {
      return DiskFormat.VHD;
    } else if (text.contains("qcow")) {
      return DiskFormat.QCOW2;
    } else if (text.contains("vdi")) {
      return DiskFormat.VDI;
    }
    return text.equals("raw") || text.endsWith("#raw") || text.endsWith("/raw")
        ? DiskFormat.RAW
        : null;
  }

  /** By the extension, behind that of a compression; null where it says nothing. */
  static @Nullable DiskFormat byName(String name) {
    String plain = name.toLowerCase(Locale.ROOT).replaceFirst("\\.(gz|xz|zst)$", "");
    return EXTENSIONS.get(plain.substring(plain.lastIndexOf('.') + 1));
  }

  /** The compression that a file name shows. */
  static Compression compression(String name) {
    String lower = name.toLowerCase(Locale.ROOT);
    if (lower.endsWith(".gz")) {
      return Compression.GZIP;
    } else if (lower.endsWith(".xz")) {
      return Compression.XZ;
    }
    return lower.endsWith(".zst") ? Compression.ZSTD : Compression.NONE;
  }
}
