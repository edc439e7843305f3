package dev.drover.converters.guard;

import dev.drover.mappings.disk.Compression;
import dev.drover.mappings.disk.DiskFormat;
import dev.drover.mappings.disk.FilePart;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Tells formats by their first bytes, or by a VHD's last. */
final class Magic {
  /** Names that honest tools give to raw disks. */
  private static final Set<String> RAW_EXTENSIONS = Set.of("raw", "img", "bin", "dd");

  /** What is no disk image that Drover reads, with what to do about it. */
  private record Other(int at, byte[] magic, String what, String remedy) {
    Other(int at, String magic, String what, String remedy) {
      this(at, magic.getBytes(StandardCharsets.ISO_8859_1), what, remedy);
    }
  }

  private static final String UNPACK = "unpack it first";
  private static final String EXPORT = "convert it to qcow2 or raw where it was made";
  private static final List<Other> OTHERS =
      List.of(
          new Other(0x8001, "CD001", "an ISO 9660 image, which is no hard disk", "skip this disk"),
          new Other(
              0, "\u001f\u008b", "a gzip file that the source does not declare as one", UNPACK),
          new Other(
              0, "\u00fd7zXZ\0", "an xz file that the source does not declare as one", UNPACK),
          new Other(
              0, "(\u00b5/\u00fd", "a zstd file that the source does not declare as one", UNPACK),
          new Other(0, "BZh", "a bzip2 file", UNPACK),
          new Other(0, "PK\u0003\u0004", "a zip archive", UNPACK),
          new Other(0, "7z\u00bc\u00af'\u001c", "a 7z archive", UNPACK),
          new Other(257, "ustar", "a tar archive", UNPACK),
          new Other(0, "QED\0", "a QED image", EXPORT),
          new Other(0, "WithoutFreeSpace", "a Parallels image", EXPORT),
          new Other(0, "WithouFreSpacExt", "a Parallels image", EXPORT),
          new Other(0, "Bochs Virtual HD", "a Bochs image", EXPORT),
          new Other(0, "LUKS\u00ba\u00be", "an encrypted LUKS container", "declare it as raw"));

  private Magic() {}

  /** Whether programs that look at the first bytes take it for qcow2. */
  static boolean isQcow2(ImageBytes bytes) {
    byte[] head = bytes.peek(0, Integer.BYTES);
    return head.length == Integer.BYTES && ByteBuffer.wrap(head).getInt() == Qcow2Header.MAGIC;
  }

  /** The format of an image, or null where no magic number tells. */
  static @Nullable DiskFormat format(ImageBytes bytes) {
    byte[] head = bytes.peek(0, 512);
    if (head.length >= 72) {
      ByteBuffer buffer = ByteBuffer.wrap(head).order(ByteOrder.BIG_ENDIAN);
      if (buffer.getInt(0) == Qcow2Header.MAGIC) {
        return DiskFormat.QCOW2;
      }
      if (buffer.order(ByteOrder.LITTLE_ENDIAN).getInt(0) == VmdkSparseHeader.MAGIC) {
        return DiskFormat.VMDK;
      }
      if (buffer.getInt(VdiHeader.SIGNATURE_AT) == VdiHeader.SIGNATURE) {
        return DiskFormat.VDI;
      }
      refuseEsx(bytes, head);
    }
    if (VmdkDescriptor.isText(head)) {
      return DiskFormat.VMDK;
    }
    if (VmdkDescriptor.startsWith(head, VhdxHeader.IDENTIFIER)) {
      return DiskFormat.VHDX;
    }
    if (VmdkDescriptor.startsWith(head, VhdHeader.COOKIE) || endsAsVhd(bytes)) {
      return DiskFormat.VHD;
    }
    return null;
  }

  private static void refuseEsx(ImageBytes bytes, byte[] head) {
    boolean cowd = VmdkDescriptor.startsWith(head, "COWD".getBytes(StandardCharsets.US_ASCII));
    boolean sesparse =
        ByteBuffer.wrap(head).order(ByteOrder.LITTLE_ENDIAN).getLong(0) == 0xcafebabeL;
    if (cowd || sesparse) {
      throw bytes.refuse(
          0,
          "an ESX snapshot file (" + (cowd ? "COWD, vmfsSparse" : "seSparse") + "), half a disk",
          "consolidate the snapshots of the VM and export it as OVF");
    }
  }

  /** A fixed VHD shows itself only at its end; a compressed one is read for that if declared. */
  private static boolean endsAsVhd(ImageBytes bytes) {
    boolean declared = bytes.image().declaredFormat() == DiskFormat.VHD;
    boolean cheap =
        bytes.image().compression() == Compression.NONE
            && bytes.image().parts().stream().allMatch(p -> p.wrapping() == Compression.NONE);
    boolean named = Set.of("vhd", "vpc").contains(extension(bytes));
    return (declared || named || (cheap && !RAW_EXTENSIONS.contains(extension(bytes))))
        && VmdkDescriptor.startsWith(bytes.last(VhdHeader.FOOTER), VhdHeader.COOKIE);
  }

  /** An image without a magic number is raw only where its name says so. */
  static void refuseOthers(ImageBytes bytes) {
    for (Other other : OTHERS) {
      byte[] there = bytes.peek(other.at(), other.magic().length);
      if (Arrays.equals(there, other.magic())) {
        throw bytes.refuse(other.at(), "it is " + other.what(), other.remedy());
      }
    }
    if (!RAW_EXTENSIONS.contains(extension(bytes))) {
      throw bytes.refuse(
          0,
          "no format that Drover knows is in its first bytes, and nothing says that it is raw",
          "declare its format at the source, or give a raw image the extension .raw or .img");
    }
  }

  private static String extension(ImageBytes bytes) {
    FilePart first = bytes.image().parts().get(0);
    String name = first.name().toLowerCase(Locale.ROOT);
    for (String packed : List.of(".gz", ".xz", ".zst")) {
      if (name.endsWith(packed)) {
        name = name.substring(0, name.length() - packed.length());
      }
    }
    if (name.endsWith("-flat.vmdk")) {
      return "raw";
    }
    return name.substring(name.lastIndexOf('.') + 1);
  }
}
