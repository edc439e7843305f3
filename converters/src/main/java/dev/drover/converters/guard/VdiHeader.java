package dev.drover.converters.guard;

import dev.drover.mappings.disk.DiskFormat;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** VirtualBox's VDICore.h, little endian; version 1.1. */
final class VdiHeader {
  static final int SIGNATURE_AT = 0x40;
  static final int SIGNATURE = 0xbeda107f;

  private static final int VERSION_1_1 = 0x00010001;
  private static final int DYNAMIC = 1;
  private static final int FIXED = 2;
  private static final int UNDO = 3;
  private static final int DIFFERENCING = 4;

  private VdiHeader() {}

  static ImageHeader read(ImageBytes bytes) {
    ByteBuffer header = bytes.exactly(0, 0x1d8, ByteOrder.LITTLE_ENDIAN, "VDI header");
    int version = header.getInt(0x44);
    if (version != VERSION_1_1) {
      throw bytes.refuse(
          0x44,
          "VDI version " + (version >>> 16) + "." + (version & 0xffff),
          "clone it in VirtualBox: VBoxManage clonemedium");
    }
    int type = header.getInt(0x4c);
    if (type == UNDO || type == DIFFERENCING || linked(header)) {
      throw bytes.refuse(
          0x4c,
          "a differencing VDI, which is only half a disk",
          "clone the VM in VirtualBox, which merges its snapshots, and export the clone");
    }
    if (type != DYNAMIC && type != FIXED) {
      throw bytes.refuse(0x4c, "a VDI of type " + type, "export it again");
    }
    long size = header.getLong(0x170);
    MaxDiskSize.check(bytes, 0x170, size);
    checkBlocks(bytes, header, size);
    return new ImageHeader(DiskFormat.VDI, type == FIXED ? "fixed" : "dynamic", size);
  }

  private static boolean linked(ByteBuffer header) {
    return (header.getLong(0x1a8) | header.getLong(0x1b0)) != 0
        || (header.getLong(0x1b8) | header.getLong(0x1c0)) != 0;
  }

  private static void checkBlocks(ImageBytes bytes, ByteBuffer header, long size) {
    long block = Integer.toUnsignedLong(header.getInt(0x178));
    long blocks = Integer.toUnsignedLong(header.getInt(0x180));
    long allocated = Integer.toUnsignedLong(header.getInt(0x184));
    if (header.getInt(0x168) != 512 || block != 1 << 20) {
      throw bytes.refuse(
          0x168,
          "a VDI with sectors of " + header.getInt(0x168) + " and blocks of " + block + " bytes",
          "clone it in VirtualBox: VBoxManage clonemedium");
    }
    if (blocks < (size - 1) / block + 1 || allocated > blocks) {
      throw bytes.refuse(
          0x180, "a VDI of " + blocks + " blocks for " + size + " bytes", "export it again");
    }
    long map = Integer.toUnsignedLong(header.getInt(0x154));
    long length = bytes.length();
    if (length >= 0 && map > length - blocks * 4) {
      throw bytes.refuse(0x154, "a VDI block map outside the file", "copy the file again");
    }
    long data = Integer.toUnsignedLong(header.getInt(0x158));
    if (data % 512 != 0) {
      throw bytes.refuse(
          0x158, "VDI blocks that begin at byte " + data + ", within a sector", "copy it again");
    }
    // Some writers leave the last block short.
    boolean cut = allocated > 0 && length >= 0 && data + (allocated - 1) * block >= length;
    if (cut) {
      throw bytes.refuse(
          0x184,
          "a VDI of " + allocated + " allocated blocks in a file of " + length + " bytes",
          "copy the file again, it is not whole");
    }
  }
}
