package dev.drover.converters.guard;

import dev.drover.mappings.disk.DiskFormat;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The binary header of a hosted sparse VMDK, little endian: VMware's "Virtual Disk Format 5.0",
 * versions 1 to 3. For streamOptimized the header at the end of the file is the valid one.
 */
final class VmdkSparseHeader {
  /** The bytes {@code KDMV}. */
  static final int MAGIC = 0x564d444b;

  private static final int SIZE = 512;
  private static final long COMPRESSED = 1L << 16;
  private static final long AT_END = -1L;

  /** The format asks for more than 4 KiB, and a power of two; VMware and QEMU write 64 KiB. */
  private static final int MIN_GRAIN_SECTORS = 8;

  private static final int MAX_GRAIN_SECTORS = 1 << 15;
  private static final int MAX_ENTRIES = 512;

  private final ImageBytes bytes;
  private final ByteBuffer header;

  private VmdkSparseHeader(ImageBytes bytes) {
    this.bytes = bytes;
    header = bytes.exactly(0, SIZE, ByteOrder.LITTLE_ENDIAN, "VMDK header");
  }

  /** Reads an image that is one sparse file. */
  static ImageHeader read(ImageBytes bytes) {
    VmdkSparseHeader sparse = new VmdkSparseHeader(bytes);
    long size = sparse.check();
    VmdkDescriptor text = sparse.descriptor();
    String type = sparse.compressed() ? "streamOptimized" : "monolithicSparse";
    if (text != null) {
      VmdkExtents.checkIds(bytes, text);
      sparse.checkEmbedded(text);
      if (!text.createType().isEmpty()) {
        type = text.createType();
      }
    }
    if (sparse.compressed() != type.equals("streamOptimized")) {
      // What the grains are decides; the text is a label that tools get wrong.
      type = sparse.compressed() ? "streamOptimized" : "monolithicSparse";
    }
    return new ImageHeader(DiskFormat.VMDK, type, size);
  }

  /** Reads one extent of a split disk; its virtual size in bytes. */
  static long readExtent(ImageBytes bytes) {
    VmdkSparseHeader sparse = new VmdkSparseHeader(bytes);
    if (sparse.header.getInt(0) != MAGIC) {
      throw bytes.refuse(
          0, "an extent that is no sparse VMDK, as its descriptor says", "export the disk again");
    }
    long size = sparse.check();
    VmdkDescriptor text = sparse.descriptor();
    if (text != null) {
      sparse.checkEmbedded(text);
    }
    return size;
  }

  /** The text inside, or null where there is none. */
  static @Nullable VmdkDescriptor embedded(ImageBytes bytes) {
    return new VmdkSparseHeader(bytes).descriptor();
  }

  private boolean compressed() {
    return (header.getInt(8) & COMPRESSED) != 0;
  }

  private long check() {
    int version = header.getInt(4);
    if (version < 1 || version > 3) {
      throw bytes.refuse(4, "VMDK version " + version, "export it as OVF 1.0 from vSphere");
    }
    checkTransfer();
    long capacity = header.getLong(12);
    // A capacity of zero makes QEMU follow the embedded text to other files.
    MaxDiskSize.check(bytes, 12, MaxDiskSize.ofSectors(capacity));
    checkTables(header, 0);
    int algorithm = Short.toUnsignedInt(header.getShort(77));
    if (algorithm > 1 || (compressed() && algorithm != 1)) {
      throw bytes.refuse(77, "unknown compression " + algorithm, "export the disk again");
    }
    if (header.getLong(56) == AT_END) {
      checkFooter(capacity);
    }
    return capacity * 512;
  }

  /** A transfer in text mode damages these four bytes: that is what they are for. */
  private void checkTransfer() {
    if (header.getInt(73) != 0x0a0d200a) {
      throw bytes.refuse(
          73,
          "the VMDK was damaged by a transfer in text mode, or its header is not whole",
          "copy it again in binary mode");
    }
  }

  private void checkTables(ByteBuffer from, long at) {
    long capacity = from.getLong(12);
    long grain = from.getLong(20);
    long entries = Integer.toUnsignedLong(from.getInt(44));
    if (grain < MIN_GRAIN_SECTORS || grain > MAX_GRAIN_SECTORS || Long.bitCount(grain) != 1) {
      throw bytes.refuse(at + 20, "grains of " + grain + " sectors", "export the disk again");
    }
    if (entries < 1 || entries > MAX_ENTRIES) {
      throw bytes.refuse(at + 44, "grain tables of " + entries + " entries", "export it again");
    }
    long directory = from.getLong(56);
    if (directory == AT_END) {
      return;
    }
    long tables = (capacity - 1) / (grain * entries) + 1;
    long start = MaxDiskSize.ofSectors(directory);
    long length = bytes.length();
    if (start < SIZE || (length >= 0 && start > length - tables * 4)) {
      throw bytes.refuse(
          at + 56,
          "a grain directory at sector " + Long.toUnsignedString(directory) + ", outside the file",
          "copy the file again, it is not whole");
    }
  }

  /** The last sectors are: footer marker, footer, end-of-stream marker. */
  private void checkFooter(long capacity) {
    long length = bytes.length();
    if (length < 0) {
      return; // Behind a compression: whoever inflates it all looks at the footer.
    }
    long at = length - 2 * SIZE;
    if (at < SIZE) {
      throw notWhole(0);
    }
    ByteBuffer footer = bytes.exactly(at, SIZE, ByteOrder.LITTLE_ENDIAN, "VMDK footer");
    if (footer.getInt(0) != MAGIC || footer.getLong(12) != capacity) {
      throw notWhole(at);
    }
    checkTables(footer, at);
    if (footer.getLong(56) == AT_END) {
      throw notWhole(at + 56);
    }
  }

  private RuntimeException notWhole(long at) {
    return bytes.refuse(
        at,
        "the streamOptimized VMDK does not end with its footer",
        "copy or export the file again, it is not whole");
  }

  private @Nullable VmdkDescriptor descriptor() {
    long at = MaxDiskSize.ofSectors(header.getLong(28));
    long size = MaxDiskSize.ofSectors(header.getLong(36));
    if (at == 0 || size == 0) {
      return null;
    }
    long length = bytes.length();
    if (at < 0
        || size < 0
        || size > VmdkDescriptor.LONGEST
        || (length >= 0 && at > length - size)) {
      throw bytes.refuse(28, "an embedded descriptor outside the file", "copy the file again");
    }
    return VmdkDescriptor.parse(bytes, bytes.peek(at, (int) size), at);
  }

  private void checkEmbedded(VmdkDescriptor text) {
    List<VmdkDescriptor.Line> extents = text.extents();
    for (VmdkDescriptor.Line extent : extents) {
      VmdkExtents.plainName(bytes, extent);
      if (!extent.type().equals("SPARSE") || extents.size() > 1) {
        throw bytes.refuse(
            extent.at(),
            "a VMDK whose descriptor names other files: "
                + VmdkDescriptor.shown(extent.type() + " " + extent.name()),
            "export the disk again as one file");
      }
    }
    VmdkExtents.checkDelta(bytes, text);
  }
}
