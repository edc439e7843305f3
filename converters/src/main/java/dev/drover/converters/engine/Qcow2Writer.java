package dev.drover.converters.engine;

import dev.drover.converters.file.PartialFile;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.zip.DeflaterOutputStream;
import java.util.zip.InflaterInputStream;
import org.jspecify.annotations.Nullable;

/**
 * Writes a qcow2 file from its first byte to its last: data first, then the tables, the header when
 * all of it is there. Zeros, known or found, are clusters that do not exist.
 */
final class Qcow2Writer implements ResumableWriter {
  private final PartialFile file;
  private final Ascending written;
  private final Qcow2Space space;
  private final Qcow2Tables tables;
  private final Qcow2Clusters clusters;
  private final boolean compress;
  private final byte[] pending = new byte[Qcow2Format.CLUSTER];
  private long pendingAt = -1;

  private Qcow2Writer(PartialFile file, long size, boolean compress, Qcow2Space space) {
    this.file = file;
    this.written = new Ascending(size);
    this.compress = compress;
    this.space = space;
    this.tables = new Qcow2Tables(file, space, Qcow2Format.tables(Math.max(0, size)));
    this.clusters =
        compress
            ? new CompressedClusters(file, space, tables)
            : new PlainClusters(file, space, tables);
  }

  /**
   * @param size bytes, made whole sectors; -1 where the last byte that is written or zeroed decides
   * @param compress clusters with zstd
   */
  static Qcow2Writer create(Path path, long size, boolean compress) {
    PartialFile file = PartialFile.create(path, size);
    Qcow2Space space = new Qcow2Space(file);
    Qcow2Writer writer =
        new Qcow2Writer(file, size < 0 ? -1 : Sectors.roundUp(size), compress, space);
    space.allocate(); // the header
    return writer;
  }

  /**
   * Goes on with what an earlier process left; null where it is not there.
   *
   * @param done bytes of the disk that are in it
   * @param state as {@link #checkpoint} gave it
   */
  static @Nullable Qcow2Writer reopen(
      Path path, long size, boolean compress, long done, byte[] state) {
    try (DataInputStream from =
        new DataInputStream(new InflaterInputStream(new ByteArrayInputStream(state)))) {
      PartialFile left = PartialFile.reopen(path, size, from.readLong());
      if (left == null) {
        return null;
      }
      Qcow2Space space = new Qcow2Space(left);
      Qcow2Writer writer =
          new Qcow2Writer(left, size < 0 ? -1 : Sectors.roundUp(size), compress, space);
      space.read(from);
      writer.tables.read(from);
      writer.written.skip(done);
      return writer;
    } catch (IOException e) {
      throw new IllegalStateException("a checkpoint that was whole does not unpack", e);
    }
  }

  @Override
  public void write(long offset, ByteBuffer data) throws IOException {
    written.advance(offset, data.remaining());
    while (data.hasRemaining()) {
      long at = offset;
      int within = (int) (at % Qcow2Format.CLUSTER);
      int whole = data.remaining() / Qcow2Format.CLUSTER * Qcow2Format.CLUSTER;
      int n;
      if (within == 0 && whole > 0) {
        flushPending();
        n = whole;
        clusters.write(at, data.slice().limit(n));
      } else {
        n = Math.min(Qcow2Format.CLUSTER - within, data.remaining());
        pend(at - within);
        data.duplicate().get(pending, within, n);
      }
      data.position(data.position() + n);
      offset += n;
    }
  }

  private void pend(long clusterAt) throws IOException {
    if (pendingAt != clusterAt) {
      flushPending();
      Arrays.fill(pending, (byte) 0);
      pendingAt = clusterAt;
    }
  }

  private void flushPending() throws IOException {
    if (pendingAt >= 0) {
      clusters.write(pendingAt, ByteBuffer.wrap(pending));
      pendingAt = -1;
    }
  }

  @Override
  public void zero(long offset, long length) throws IOException {
    written.advance(offset, length);
  }

  @Override
  public void flush() throws IOException {
    written.open();
    file.force();
  }

  @Override
  public byte[] checkpoint() throws IOException {
    flushPending();
    clusters.finish();
    ByteArrayOutputStream state = new ByteArrayOutputStream();
    try (DataOutputStream to = new DataOutputStream(new DeflaterOutputStream(state))) {
      long end = space.end();
      file.setLength(end); // the header's place, and the rest of a cluster that still fills
      to.writeLong(end);
      space.write(to);
      tables.write(to);
    }
    file.force();
    return state.toByteArray();
  }

  @Override
  public void keep(boolean whether) {
    file.keep(whether);
  }

  @Override
  public void commit() throws IOException {
    written.open();
    flushPending();
    clusters.finish();
    long disk = written.size();
    long l1 = tables.finish(Qcow2Format.tables(disk));
    Qcow2Space.Table refcounts = space.finish();
    byte[] header =
        Qcow2Format.header(disk, l1, refcounts.offset(), refcounts.clusters(), compress);
    file.write(0, ByteBuffer.wrap(header));
    file.commit();
  }

  @Override
  public void close() throws IOException {
    written.close();
    file.close();
  }
}
