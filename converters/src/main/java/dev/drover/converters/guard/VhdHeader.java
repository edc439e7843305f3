package dev.drover.converters.guard;

import dev.drover.mappings.disk.DiskFormat;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/**
 * Microsoft's "Virtual Hard Disk Image Format Specification" 1.0, big endian. A footer of 512 bytes
 * ends the file; dynamic disks carry a copy of it at their start.
 */
final class VhdHeader {
  static final byte[] COOKIE = "conectix".getBytes(StandardCharsets.US_ASCII);
  static final int FOOTER = 512;

  private static final byte[] DYNAMIC_COOKIE = "cxsparse".getBytes(StandardCharsets.US_ASCII);
  private static final int FIXED = 2;
  private static final int DYNAMIC = 3;
  private static final int DIFFERENCING = 4;

  private VhdHeader() {}

  /**
   * Reads a footer.
   *
   * @param at where it stands in the image
   */
  static ImageHeader read(ImageBytes bytes, ByteBuffer footer, long at) {
    footer.order(ByteOrder.BIG_ENDIAN);
    checkSum(bytes, footer, at, 64, "VHD footer");
    long size = footer.getLong(48);
    int type = footer.getInt(60);
    MaxDiskSize.check(bytes, at < 0 ? at : at + 48, size);
    switch (type) {
      case FIXED:
        if (at == 0 || (at > 0 && size > at)) {
          throw bytes.refuse(
              at, "a fixed VHD whose footer declares " + size + " bytes", "copy the file again");
        }
        return new ImageHeader(DiskFormat.VHD, "fixed", size);
      case DYNAMIC:
        checkDynamic(bytes, footer.getLong(16), size);
        return new ImageHeader(DiskFormat.VHD, "dynamic", size);
      case DIFFERENCING:
        throw bytes.refuse(
            at < 0 ? at : at + 60,
            "a differencing VHD, which is only half a disk",
            "merge it into its parent in Hyper-V (Edit Disk, Merge) and export again");
      default:
        throw bytes.refuse(at < 0 ? at : at + 60, "a VHD of type " + type, "export it again");
    }
  }

  private static void checkDynamic(ImageBytes bytes, long at, long size) {
    if (at < FOOTER || at % 512 != 0 || (bytes.length() >= 0 && at > bytes.length() - 1024)) {
      throw bytes.refuse(
          16, "a dynamic VHD header at byte " + Long.toUnsignedString(at), "copy the file again");
    }
    ByteBuffer header = bytes.exactly(at, 1024, ByteOrder.BIG_ENDIAN, "dynamic VHD header");
    if (!VmdkDescriptor.startsWith(header.array(), DYNAMIC_COOKIE)) {
      throw bytes.refuse(at, "no dynamic VHD header stands there", "copy the file again");
    }
    checkSum(bytes, header, at, 36, "dynamic VHD header");
    long entries = Integer.toUnsignedLong(header.getInt(28));
    long block = Integer.toUnsignedLong(header.getInt(32));
    if (block < 512 || Long.bitCount(block) != 1 || block > 256 << 20) {
      throw bytes.refuse(at + 32, "a VHD with blocks of " + block + " bytes", "export it again");
    }
    if (entries < (size - 1) / block + 1 || entries > MaxDiskSize.bytes() / block) {
      throw bytes.refuse(
          at + 28,
          "a VHD table of " + entries + " blocks for a disk of " + size + " bytes",
          "export it again");
    }
    long table = header.getLong(16);
    long length = bytes.length();
    if (table < FOOTER || (length >= 0 && table > length - entries * 4)) {
      throw bytes.refuse(
          at + 16,
          "a VHD block table at byte " + Long.toUnsignedString(table),
          "copy the file again, it is not whole");
    }
  }

  /** The checksum is the one's complement of the sum of all other bytes. */
  private static void checkSum(
      ImageBytes bytes, ByteBuffer header, long at, int field, String what) {
    int sum = 0;
    for (int i = 0; i < header.limit(); i++) {
      if (i < field || i >= field + 4) {
        sum += header.get(i) & 0xff;
      }
    }
    if (~sum != header.getInt(field)) {
      throw bytes.refuse(
          at < 0 ? at : at + field, "the checksum of the " + what + " is wrong", "copy it again");
    }
  }
}
