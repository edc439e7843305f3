package dev.drover.converters.engine;

import com.github.luben.zstd.ZstdCompressCtx;
import dev.drover.converters.file.PartialFile;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;

/** Clusters behind zstd, compressed by the workers and packed without gaps. */
final class CompressedClusters implements Qcow2Clusters {
  /** What qemu-img uses. */
  private static final int LEVEL = 3;

  /** Saving less than a sector is not worth the decompression. */
  private static final int MOST = Qcow2Format.CLUSTER - Sectors.SECTOR;

  private static final int AT_WORK = 32;

  private static final ThreadLocal<ZstdCompressCtx> COMPRESSOR =
      ThreadLocal.withInitial(() -> new ZstdCompressCtx().setLevel(LEVEL));

  private final PartialFile file;
  private final Qcow2Space space;
  private final Qcow2Tables tables;
  private final Deque<Future<Packed>> atWork = new ArrayDeque<>();
  private long packAt;

  @SuppressWarnings("ArrayRecordComponent") // carried, never compared
  private record Packed(long offset, byte[] plain, byte[] packed) {}

  CompressedClusters(PartialFile file, Qcow2Space space, Qcow2Tables tables) {
    this.file = file;
    this.space = space;
    this.tables = tables;
  }

  @Override
  public void write(long offset, ByteBuffer data) throws IOException {
    for (int from = 0; from < data.limit(); from += Qcow2Format.CLUSTER) {
      if (Qcow2Clusters.isZero(data, from)) {
        continue;
      }
      byte[] plain = new byte[Qcow2Format.CLUSTER];
      data.get(from, plain);
      long at = offset + from;
      if (atWork.size() == AT_WORK) {
        store(atWork.remove());
      }
      atWork.add(
          Workers.POOL.submit(() -> new Packed(at, plain, COMPRESSOR.get().compress(plain))));
    }
  }

  @Override
  public void finish() throws IOException {
    while (!atWork.isEmpty()) {
      store(atWork.remove());
    }
  }

  private void store(Future<Packed> done) throws IOException {
    try {
      store(done.get());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new InterruptedIOException("compressing was stopped");
    } catch (ExecutionException e) {
      throw new IOException("a cluster cannot be compressed", e.getCause());
    }
  }

  private void store(Packed cluster) throws IOException {
    tables.select(cluster.offset);
    int length = cluster.packed.length;
    if (length > MOST) {
      long at = space.allocate();
      file.write(at, ByteBuffer.wrap(cluster.plain));
      tables.put(cluster.offset, at | Qcow2Format.COPIED);
      return;
    }
    long at = place(length);
    file.write(at, ByteBuffer.wrap(cluster.packed));
    long sectors = (at + length - 1) / Sectors.SECTOR - at / Sectors.SECTOR;
    tables.put(cluster.offset, Qcow2Format.COMPRESSED | sectors << Qcow2Format.PLACE_BITS | at);
    packAt = at + length;
  }

  /** Behind the last one if it can be, across the end of a cluster if the next one is free. */
  private long place(int length) throws IOException {
    long at = packAt;
    long clusterEnd = (at / Qcow2Format.CLUSTER + 1) * Qcow2Format.CLUSTER;
    boolean across = at + length > clusterEnd;
    if (at % Qcow2Format.CLUSTER == 0
        || !space.isOpen(at)
        || (across && !space.isNext(clusterEnd))) {
      return space.allocate();
    }
    space.share(at);
    if (across) {
      space.allocate();
    }
    return at;
  }
}
