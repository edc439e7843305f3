package dev.drover.converters.image;

import dev.drover.converters.archive.SeekableParts;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * The active tables of a qcow2, versions 2 and 3 (QEMU's docs/interop/qcow2.txt): clusters of any
 * size, zlib and zstd, subclusters.
 */
final class Qcow2Map implements PieceMap {
  private static final long OFFSET = 0x00fffffffffffe00L;
  private static final long COMPRESSED = 1L << 62;
  private static final long COPIED = 1L << 63;
  private static final long ZERO = 1;
  private static final long EXTENDED_L2 = 1 << 4;
  private static final long COMPRESSION_TYPE = 1 << 3;
  private static final int SUBCLUSTERS = 32;
  private static final int SECTOR = 512;

  private final SeekableParts image;
  private final TableCache tables;
  private final int clusterBits;
  private final int cluster;
  private final long size;
  private final long l1;
  private final long l1Entries;
  private final boolean extended;
  private final boolean zstd;
  private final long perTable;

  Qcow2Map(SeekableParts image) throws IOException {
    this.image = image;
    this.tables = new TableCache(image, ByteOrder.BIG_ENDIAN);
    boolean third = tables.four(4) >= 3;
    long features = third ? tables.eight(72) : 0;
    clusterBits = (int) tables.four(20);
    if (clusterBits < 9 || clusterBits > 21) {
      throw image.hostile(20, "a qcow2 with " + clusterBits + " cluster bits");
    }
    cluster = 1 << clusterBits;
    size = tables.eight(24);
    l1Entries = tables.four(36);
    l1 = tables.eight(40);
    extended = (features & EXTENDED_L2) != 0;
    zstd = (features & COMPRESSION_TYPE) != 0 && tables.one(104) == 1;
    perTable = cluster / (extended ? 16 : 8);
  }

  @Override
  public long size() {
    return size;
  }

  @Override
  public Run run(long offset) throws IOException {
    long number = offset >>> clusterBits;
    long index = number / perTable;
    if (index >= l1Entries) {
      throw image.hostile(36, "an L1 table of " + l1Entries + " entries, which is too short");
    }
    long table = tables.eight(l1 + index * 8) & OFFSET;
    if (table == 0) {
      return new Run.Below(Math.min(size, (index + 1) * perTable * cluster) - offset);
    }
    long entryAt = table + number % perTable * (extended ? 16 : 8);
    long entry = tables.eight(entryAt);
    int within = (int) (offset & (cluster - 1));
    long left = Math.min(cluster - within, size - offset);
    if ((entry & COMPRESSED) != 0) {
      return new Run.Packed(
          left, within, cluster, (target, at) -> unpack(entry, entryAt, target, at));
    }
    long place = entry & OFFSET;
    if (extended) {
      return sub(tables.eight(entryAt + 8), entryAt, place, within, left);
    }
    if ((entry & ZERO) != 0) {
      return new Run.Zeros(left, place != 0);
    }
    return place == 0 ? new Run.Below(left) : new Run.Plain(left, place + within);
  }

  /** Bit n of the bitmap: subcluster n is there; bit 32 + n: it reads as zeros. */
  private Run sub(long bitmap, long entryAt, long place, int within, long left) throws IOException {
    int bytes = cluster / SUBCLUSTERS;
    int first = within / bytes;
    int kind = kind(bitmap, first);
    int next = first + 1;
    while (next < SUBCLUSTERS && kind(bitmap, next) == kind) {
      next++;
    }
    long length = Math.min(left, (long) next * bytes - within);
    if (kind == 1 && place == 0) {
      throw image.hostile(entryAt + 8, "a subcluster that is there in a cluster that is not");
    }
    return switch (kind) {
      case 0 -> new Run.Below(length);
      case 1 -> new Run.Plain(length, place + within);
      case 2 -> new Run.Zeros(length, place != 0);
      default -> throw image.hostile(entryAt + 8, "a subcluster that is there and is zeros");
    };
  }

  private static int kind(long bitmap, int sub) {
    return (int) (bitmap >>> sub & 1) | (int) (bitmap >>> (SUBCLUSTERS + sub) & 1) << 1;
  }

  private void unpack(long entry, long entryAt, byte[] target, int at) throws IOException {
    int bits = 62 - (clusterBits - 8);
    long place = entry & (1L << bits) - 1;
    long sectors = (entry & ~(COMPRESSED | COPIED)) >>> bits;
    long most = (sectors + 1) * SECTOR - place % SECTOR;
    long there = Math.min(most, image.length() - place);
    if (there <= 0 || there > 2L * cluster + SECTOR) {
      throw image.hostile(entryAt, "a compressed cluster that lies outside the file");
    }
    int length = (int) there;
    byte[] packed = Unpacking.room(length);
    image.read(place, ByteBuffer.wrap(packed, 0, length));
    try {
      int n =
          zstd
              ? Unpacking.zstd(packed, length, target, at, cluster)
              : Unpacking.rawDeflate(packed, length, target, at, cluster);
      if (n != cluster) {
        throw new IOException("it unpacks to " + n + " bytes");
      }
    } catch (IOException e) {
      throw image.hostile(place, "a compressed cluster is damaged: " + e.getMessage());
    }
  }
}
