package dev.drover.converters.guard;

import dev.drover.mappings.disk.DiskFormat;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Optional;

/** QEMU's docs/interop/qcow2.txt, big endian; versions 2 and 3. */
final class Qcow2Header {
  static final int MAGIC = 0x514649fb;

  private static final long DIRTY = 1;
  private static final long CORRUPT = 1 << 1;
  private static final long EXTERNAL_DATA_FILE = 1 << 2;
  private static final long COMPRESSION_TYPE = 1 << 3;
  private static final long EXTENDED_L2 = 1 << 4;
  private static final long KNOWN =
      DIRTY | CORRUPT | EXTERNAL_DATA_FILE | COMPRESSION_TYPE | EXTENDED_L2;

  private static final int END_OF_EXTENSIONS = 0;
  private static final int DATA_FILE_NAME = 0x44415441;
  private static final int ENCRYPTION = 0x0537be77;

  /** QEMU's own limit on the active L1 table. */
  private static final long L1_BYTES = 32 << 20;

  /** QEMU's own limit. */
  private static final int MOST_SNAPSHOTS = 65_536;

  private static final int SNAPSHOT_LEAST = 40;

  private static final String FLATTEN =
      "flatten it where it was made: qemu-img convert -O qcow2 IMAGE FLAT.qcow2";

  private final ImageBytes bytes;
  private final ByteBuffer header;
  private final int version;

  private Qcow2Header(ImageBytes bytes) {
    this.bytes = bytes;
    ByteBuffer start = bytes.exactly(0, 72, ByteOrder.BIG_ENDIAN, "qcow2 header");
    version = start.getInt(4);
    header = version >= 3 ? bytes.exactly(0, 104, ByteOrder.BIG_ENDIAN, "qcow2 header") : start;
  }

  static ImageHeader read(ImageBytes bytes) {
    return new Qcow2Header(bytes).check();
  }

  /** What to say of states that the image keeps beside the current one. */
  static Optional<String> snapshots(ImageBytes bytes) {
    int count = bytes.exactly(60, 4, ByteOrder.BIG_ENDIAN, "qcow2 header").getInt(0);
    return count == 0
        ? Optional.empty()
        : Optional.of(
            bytes.image().label()
                + ": the qcow2 holds "
                + Integer.toUnsignedLong(count)
                + " internal snapshot(s); only its current state is copied");
  }

  private ImageHeader check() {
    if (version != 2 && version != 3) {
      throw bytes.refuse(4, "qcow2 version " + version, "convert it with a current qemu-img");
    }
    int clusterBits = header.getInt(20);
    if (clusterBits < 9 || clusterBits > 21) {
      throw bytes.refuse(20, "a qcow2 with " + clusterBits + " cluster bits", "export it again");
    }
    checkBacking();
    MaxDiskSize.check(bytes, 24, header.getLong(24));
    if (header.getInt(32) != 0) {
      throw encrypted(32);
    }
    long features = version == 3 ? header.getLong(72) : 0;
    checkFeatures(features);
    checkL1(clusterBits, (features & EXTENDED_L2) != 0);
    checkExtensions(clusterBits);
    checkSnapshots(clusterBits);
    return new ImageHeader(DiskFormat.QCOW2, "v" + version, header.getLong(24));
  }

  private void checkBacking() {
    boolean backed = header.getLong(8) != 0 || header.getInt(16) != 0;
    if (backed && bytes.image().parent() == null) {
      throw bytes.refuse(8, "the qcow2 has a backing file, which Drover never opens", FLATTEN);
    }
  }

  private dev.drover.mappings.failure.HostileInput encrypted(long offset) {
    return bytes.refuse(
        offset, "the qcow2 is encrypted", "decrypt it where the key is: qemu-img convert");
  }

  private void checkFeatures(long features) {
    if ((features & EXTERNAL_DATA_FILE) != 0) {
      throw bytes.refuse(
          72, "the qcow2 keeps its data in an external file, which Drover never opens", FLATTEN);
    }
    if ((features & CORRUPT) != 0) {
      throw bytes.refuse(
          72, "the qcow2 is marked as corrupt", "repair a copy: qemu-img check -r all COPY");
    }
    if ((features & ~KNOWN) != 0) {
      throw bytes.refuse(
          72,
          "the qcow2 needs features that Drover does not know: 0x"
              + Long.toHexString(features & ~KNOWN),
          "convert it with a current qemu-img");
    }
    if ((features & COMPRESSION_TYPE) != 0) {
      int type = bytes.exactly(104, 1, ByteOrder.BIG_ENDIAN, "qcow2 header").get(0);
      if (type != 0 && type != 1) {
        throw bytes.refuse(104, "an unknown qcow2 compression type " + type, "use zlib or zstd");
      }
    }
  }

  private void checkL1(int clusterBits, boolean extendedL2) {
    long entries = Integer.toUnsignedLong(header.getInt(36));
    long offset = header.getLong(40);
    long cluster = 1L << clusterBits;
    long perEntry = cluster * (cluster / (extendedL2 ? 16 : 8));
    long size = header.getLong(24);
    long needed = size / perEntry + (size % perEntry == 0 ? 0 : 1);
    if (entries * 8 > L1_BYTES || entries < needed) {
      throw bytes.refuse(
          36,
          "an L1 table of " + entries + " entries, where the size asks for " + needed,
          "export the disk again");
    }
    long length = bytes.length();
    boolean outside = offset < 0 || (length >= 0 && offset + entries * 8 > length);
    if (outside || offset % cluster != 0) {
      throw bytes.refuse(
          40,
          "an L1 table at byte " + Long.toUnsignedString(offset) + ", which is no place for it",
          "copy the file again, it is not whole");
    }
  }

  /** Nobody reads the snapshots; but a table that cannot be one tells that the file is damaged. */
  private void checkSnapshots(int clusterBits) {
    long count = Integer.toUnsignedLong(header.getInt(60));
    long at = header.getLong(64);
    long length = bytes.length();
    if (count == 0) {
      return;
    }
    boolean outside = at <= 0 || (length >= 0 && at > length - count * SNAPSHOT_LEAST);
    if (count > MOST_SNAPSHOTS || outside || at % (1L << clusterBits) != 0) {
      throw bytes.refuse(
          60, "a table of " + count + " snapshots that cannot be one", "copy the file again");
    }
  }

  /** Header extensions follow the header: type, length, data padded to eight bytes. */
  private void checkExtensions(int clusterBits) {
    long cluster = 1L << clusterBits;
    long at = version == 3 ? Integer.toUnsignedLong(header.getInt(100)) : 72;
    if (at % 8 != 0 || at > cluster || (version == 3 && at < 104)) {
      throw bytes.refuse(100, "a qcow2 header of " + at + " bytes", "export the disk again");
    }
    long end = Math.min(cluster, 1 << 20);
    while (at + 8 <= end) {
      ByteBuffer extension = bytes.exactly(at, 8, ByteOrder.BIG_ENDIAN, "qcow2 header extensions");
      int type = extension.getInt(0);
      long length = Integer.toUnsignedLong(extension.getInt(4));
      if (type == END_OF_EXTENSIONS) {
        return;
      }
      if (type == DATA_FILE_NAME) {
        throw bytes.refuse(at, "the qcow2 names an external data file", FLATTEN);
      }
      if (type == ENCRYPTION) {
        throw encrypted(at);
      }
      if (length > cluster - at) {
        throw bytes.refuse(at, "a header extension of " + length + " bytes", "export it again");
      }
      at += 8 + (length + 7) / 8 * 8;
    }
  }
}
