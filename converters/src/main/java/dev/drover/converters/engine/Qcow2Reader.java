package dev.drover.converters.engine;

import com.github.luben.zstd.Zstd;
import dev.drover.mappings.disk.BlockReader;
import dev.drover.mappings.disk.Extent;
import dev.drover.mappings.disk.Extent.Kind;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Reads back what {@link Qcow2Writer} wrote, and nothing else that calls itself qcow2. */
final class Qcow2Reader implements BlockReader {
  private final Path path;
  private final FileChannel file;
  private final long size;
  private final ByteBuffer l1;
  private final boolean zstd;
  private final ByteBuffer l2 = ByteBuffer.allocate(Qcow2Format.CLUSTER);
  private int l2Number = -1;
  private final byte[] cluster = new byte[Qcow2Format.CLUSTER];
  private long clusterAt = -1;

  private Qcow2Reader(Path path, FileChannel file) throws IOException {
    this.path = path;
    this.file = file;
    ByteBuffer header = ByteBuffer.allocate(Qcow2Format.HEADER);
    readAt(0, header);
    long incompatible = header.getLong(72);
    this.zstd = incompatible == Qcow2Format.INCOMPATIBLE_COMPRESSION;
    boolean own =
        header.getInt(0) == Qcow2Format.MAGIC
            && header.getInt(4) == 3
            && header.getLong(8) == 0
            && header.getInt(20) == Qcow2Format.CLUSTER_BITS
            && header.getInt(32) == 0
            && (incompatible == 0 || zstd)
            && header.get(104) == (zstd ? Qcow2Format.ZSTD : Qcow2Format.ZLIB);
    this.size = header.getLong(24);
    if (!own || size < 0 || size > Sectors.MAX_DISK) {
      throw new IOException(path + " is not a qcow2 file as Drover writes it");
    }
    this.l1 = ByteBuffer.allocate(Qcow2Format.tables(size) * Long.BYTES);
    if (header.getInt(36) < Qcow2Format.tables(size)) {
      throw new IOException(path + ": the L1 table is too short for the disk");
    }
    readAt(header.getLong(40), l1);
  }

  static Qcow2Reader open(Path path) throws IOException {
    FileChannel file = FileChannel.open(path);
    try {
      return new Qcow2Reader(path, file);
    } catch (IOException | RuntimeException e) {
      file.close();
      throw e;
    }
  }

  @Override
  public long size() {
    return size;
  }

  @Override
  public List<Extent> extents(long offset, long length) throws IOException {
    List<Extent> extents = new ArrayList<>();
    long end = offset + length;
    for (long at = offset; at < end; ) {
      long next = at;
      Kind kind = kind(at);
      while (next < end && kind(next) == kind) {
        next =
            hasTable(next) ? next(next, Qcow2Format.CLUSTER) : next(next, Qcow2Format.TABLE_SPAN);
      }
      next = Math.min(next, end);
      extents.add(new Extent(at, next - at, kind));
      at = next;
    }
    return extents;
  }

  private static long next(long at, long step) {
    return (at / step + 1) * step;
  }

  private Kind kind(long at) throws IOException {
    long entry = entry(at);
    if (entry == 0) {
      return Kind.HOLE;
    }
    boolean zero = (entry & Qcow2Format.COMPRESSED) == 0 && (entry & Qcow2Format.READS_ZERO) != 0;
    return zero ? Kind.ZERO : Kind.DATA;
  }

  private boolean hasTable(long at) {
    int number = (int) (at / Qcow2Format.TABLE_SPAN);
    return l1.getLong(number * Long.BYTES) != 0;
  }

  private long entry(long at) throws IOException {
    int number = (int) (at / Qcow2Format.TABLE_SPAN);
    if (!hasTable(at)) {
      return 0;
    }
    if (number != l2Number) {
      l2.clear();
      readAt(l1.getLong(number * Long.BYTES) & Qcow2Format.OFFSET_MASK, l2);
      l2Number = number;
    }
    return l2.getLong((int) (at % Qcow2Format.TABLE_SPAN / Qcow2Format.CLUSTER) * Long.BYTES);
  }

  @Override
  public void read(long offset, ByteBuffer into) throws IOException {
    long at = offset;
    while (into.hasRemaining()) {
      int within = (int) (at % Qcow2Format.CLUSTER);
      int n = Math.min(Qcow2Format.CLUSTER - within, into.remaining());
      long entry = entry(at);
      if (kind(at) != Kind.DATA) {
        into.put(new byte[n]);
      } else if ((entry & Qcow2Format.COMPRESSED) != 0) {
        into.put(unpacked(entry), within, n);
      } else {
        ByteBuffer part = into.slice().limit(n);
        readAt((entry & Qcow2Format.OFFSET_MASK) + within, part);
        into.position(into.position() + n);
      }
      at += n;
    }
  }

  private byte[] unpacked(long entry) throws IOException {
    long at = entry & (1L << Qcow2Format.PLACE_BITS) - 1;
    if (at == clusterAt) {
      return cluster;
    }
    if (!zstd) {
      throw new IOException(path + " has clusters behind zlib, which Drover does not write");
    }
    long sectors = (entry & ~Qcow2Format.COMPRESSED) >>> Qcow2Format.PLACE_BITS;
    int most = (int) ((sectors + 1) * Sectors.SECTOR - at % Sectors.SECTOR);
    byte[] packed = new byte[(int) Math.min(most, Math.max(0, file.size() - at))];
    readAt(at, ByteBuffer.wrap(packed));
    long length = Zstd.findFrameCompressedSize(packed, 0, packed.length);
    long n =
        Zstd.isError(length)
            ? length
            : Zstd.decompressByteArray(cluster, 0, cluster.length, packed, 0, (int) length);
    if (n != cluster.length) {
      throw new IOException(path + " at byte " + at + ": a cluster does not unpack");
    }
    clusterAt = at;
    return cluster;
  }

  private void readAt(long at, ByteBuffer into) throws IOException {
    for (long from = at; into.hasRemaining(); ) {
      int n = file.read(into, from);
      if (n < 0) {
        throw new EOFException(path + " ends at byte " + from);
      }
      from += n;
    }
  }

  @Override
  public void close() throws IOException {
    file.close();
  }
}
