package dev.drover.converters.guard;

import dev.drover.mappings.disk.DiskFormat;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.UUID;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;

/** Microsoft's [MS-VHDX], little endian: identifier, two headers, two region tables, metadata. */
final class VhdxHeader {
  static final byte[] IDENTIFIER = "vhdxfile".getBytes(StandardCharsets.US_ASCII);

  private static final int HEADER_SIZE = 4096;
  private static final int REGION_TABLE_SIZE = 64 << 10;
  private static final long[] HEADERS = {64 << 10, 128 << 10};
  private static final long[] REGIONS = {192 << 10, 256 << 10};
  private static final int MAX_REGIONS = 2047;
  private static final int METADATA_TABLE_SIZE = 64 << 10;

  private static final UUID BAT = UUID.fromString("2dc27766-f623-4200-9d64-115e9bfd4a08");
  private static final UUID METADATA = UUID.fromString("8b7ca206-4790-4b9a-b8fe-575f050f886e");
  private static final UUID PARAMETERS = UUID.fromString("caa16737-fa36-4d43-b3b6-33f0aa44e76b");
  private static final UUID SIZE = UUID.fromString("2fa54224-cd1b-4876-b211-5dbed83bf4b8");
  private static final UUID SECTOR = UUID.fromString("8141bf1d-a96f-4709-ba47-f233a8faab5f");
  private static final UUID LOCATOR = UUID.fromString("a8d35f2d-b30b-454d-abf7-d3d84834ab0c");

  private final ImageBytes bytes;
  private long metadata = -1;
  private long metadataLength;
  private long bat = -1;
  private long batLength;
  private long log;
  private long logLength;
  private long block;
  private long sector = 512;
  private boolean fixed;
  private long size = -1;

  private VhdxHeader(ImageBytes bytes) {
    this.bytes = bytes;
  }

  static ImageHeader read(ImageBytes bytes) {
    VhdxHeader header = all(bytes);
    return new ImageHeader(DiskFormat.VHDX, header.fixed ? "fixed" : "dynamic", header.size);
  }

  private static VhdxHeader all(ImageBytes bytes) {
    VhdxHeader header = new VhdxHeader(bytes);
    header.checkLog();
    header.readRegions();
    header.readMetadata();
    return header;
  }

  static VhdxLayout layout(ImageBytes bytes) {
    VhdxHeader all = all(bytes);
    return new VhdxLayout(
        all.bat,
        all.batLength,
        all.metadata,
        all.metadataLength,
        all.log,
        all.logLength,
        all.block,
        all.sector,
        all.size);
  }

  /**
   * A log that is not replayed yet makes the disk differ from what its tables say, and replaying
   * writes to the image; Drover never writes to a source.
   */
  private void checkLog() {
    ByteBuffer current = null;
    long at = -1;
    for (long offset : HEADERS) {
      ByteBuffer header = valid(offset, HEADER_SIZE, "head");
      if (header != null && (current == null || header.getLong(8) > current.getLong(8))) {
        current = header;
        at = offset;
      }
    }
    if (current == null) {
      throw bytes.refuse(
          HEADERS[0], "neither of the two VHDX headers is valid", "copy the file again");
    }
    if (current.getLong(48) != 0 || current.getLong(56) != 0) {
      throw bytes.refuse(
          at + 48,
          "the VHDX has a log that is not replayed: the VM was not shut down cleanly or still runs",
          "shut the VM down, or mount the disk once in Windows and unmount it, then export again");
    }
    logLength = Integer.toUnsignedLong(current.getInt(68));
    log = current.getLong(72);
  }

  /** A structure with its signature and CRC-32C right, or null. */
  private @Nullable ByteBuffer valid(long offset, int length, String signature) {
    byte[] got = bytes.peek(offset, length);
    if (got.length < length
        || !VmdkDescriptor.startsWith(got, signature.getBytes(StandardCharsets.US_ASCII))) {
      return null;
    }
    ByteBuffer buffer = ByteBuffer.wrap(got).order(ByteOrder.LITTLE_ENDIAN);
    int expected = buffer.getInt(4);
    buffer.putInt(4, 0);
    CRC32C crc = new CRC32C();
    crc.update(got);
    return (int) crc.getValue() == expected ? buffer : null;
  }

  private void readRegions() {
    ByteBuffer table = valid(REGIONS[0], REGION_TABLE_SIZE, "regi");
    if (table == null) {
      table = valid(REGIONS[1], REGION_TABLE_SIZE, "regi");
    }
    if (table == null) {
      throw bytes.refuse(
          REGIONS[0], "neither of the two VHDX region tables is valid", "copy the file again");
    }
    int count = table.getInt(8);
    if (count < 0 || count > MAX_REGIONS) {
      throw bytes.refuse(REGIONS[0] + 8, "a VHDX with " + count + " regions", "export it again");
    }
    for (int i = 0; i < count; i++) {
      readRegion(table, 16 + 32 * i);
    }
    if (metadata < 0 || bat < 0) {
      throw bytes.refuse(
          REGIONS[0], "the VHDX lacks its metadata or its block table", "export it again");
    }
  }

  private void readRegion(ByteBuffer table, int at) {
    UUID id = uuid(table, at);
    long offset = table.getLong(at + 16);
    long length = Integer.toUnsignedLong(table.getInt(at + 24));
    long file = bytes.length();
    if (offset < 1 << 20 || (file >= 0 && offset > file - length)) {
      throw bytes.refuse(
          REGIONS[0] + at + 16,
          "a VHDX region at byte " + Long.toUnsignedString(offset) + ", outside the file",
          "copy the file again, it is not whole");
    }
    if (id.equals(METADATA)) {
      metadata = offset;
      metadataLength = length;
    } else if (id.equals(BAT)) {
      bat = offset;
      batLength = length;
    } else if (table.getInt(at + 28) != 0) {
      throw bytes.refuse(
          REGIONS[0] + at, "the VHDX needs an unknown region " + id, "export it again");
    }
  }

  private void readMetadata() {
    ByteBuffer table =
        bytes.exactly(metadata, METADATA_TABLE_SIZE, ByteOrder.LITTLE_ENDIAN, "VHDX metadata");
    int count = Short.toUnsignedInt(table.getShort(10));
    if (table.getLong(0) != 0x617461646174656dL || count > 2047) {
      throw bytes.refuse(metadata, "the VHDX metadata table is damaged", "copy the file again");
    }
    for (int i = 0; i < count; i++) {
      int entry = 32 + 32 * i;
      UUID id = uuid(table, entry);
      long at = metadata + Integer.toUnsignedLong(table.getInt(entry + 16));
      if (id.equals(LOCATOR)) {
        throw differencing(at);
      } else if (id.equals(PARAMETERS)) {
        readParameters(at);
      } else if (id.equals(SIZE)) {
        size = bytes.exactly(at, 8, ByteOrder.LITTLE_ENDIAN, "VHDX metadata").getLong(0);
        MaxDiskSize.check(bytes, at, size);
      } else if (id.equals(SECTOR)) {
        sector = readSector(at);
      }
    }
    if (size < 0 || block == 0) {
      throw bytes.refuse(
          metadata, "the VHDX does not tell its size, or that of its blocks", "export it again");
    }
  }

  private long readSector(long at) {
    int length = bytes.exactly(at, 4, ByteOrder.LITTLE_ENDIAN, "VHDX metadata").getInt(0);
    if (length != 512 && length != 4096) {
      throw bytes.refuse(at, "a VHDX with sectors of " + length + " bytes", "export it again");
    }
    return length;
  }

  private void readParameters(long at) {
    ByteBuffer parameters = bytes.exactly(at, 8, ByteOrder.LITTLE_ENDIAN, "VHDX metadata");
    block = Integer.toUnsignedLong(parameters.getInt(0));
    if (block < 1 << 20 || block > 256 << 20 || Long.bitCount(block) != 1) {
      throw bytes.refuse(at, "a VHDX with blocks of " + block + " bytes", "export it again");
    }
    int flags = parameters.getInt(4);
    fixed = (flags & 1) != 0;
    if ((flags & 2) != 0) {
      throw differencing(at + 4);
    }
  }

  private RuntimeException differencing(long at) {
    return bytes.refuse(
        at,
        "a differencing VHDX, which is only half a disk",
        "merge the checkpoint in Hyper-V (delete it, wait for the merge) and export again");
  }

  /** Microsoft's mixed-endian GUID. */
  private static UUID uuid(ByteBuffer from, int at) {
    long high =
        (Integer.toUnsignedLong(from.getInt(at)) << 32)
            | (Short.toUnsignedLong(from.getShort(at + 4)) << 16)
            | Short.toUnsignedLong(from.getShort(at + 6));
    return new UUID(high, Long.reverseBytes(from.getLong(at + 8)));
  }
}
