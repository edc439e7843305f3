package dev.drover.converters.engine;

import dev.drover.converters.BlockWriter;
import dev.drover.converters.DiskDigest;
import dev.drover.mappings.failure.ConversionFailed;
import dev.drover.mappings.failure.Retry;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.function.LongConsumer;
import org.jspecify.annotations.Nullable;

/**
 * Takes the chunks of a disk off the line: writes what is data, zeros the rest, chains the leaves.
 */
final class DiskPass {
  private final String label;
  private final long size;
  private final @Nullable BlockWriter to;
  private final LongConsumer advanced;
  private final TreeDigest digest = new TreeDigest();
  private long position;
  private long dataBytes;

  /**
   * @param size of the disk in whole sectors, or -1 where its end decides
   * @param to where the bytes go, or null where only the digest is wanted
   * @param advanced told of each run of the disk that is done
   */
  DiskPass(String label, long size, @Nullable BlockWriter to, LongConsumer advanced) {
    this.label = label;
    this.size = size;
    this.to = to;
    this.advanced = advanced;
  }

  /**
   * Takes everything off the line.
   *
   * @throws ConversionFailed when the source or the writer fails
   */
  DiskDigest run(ChunkLine line) {
    ChunkLine.Stop stop = line.next();
    while (!stop.end()) {
      zeroTo(stop.upTo());
      Chunk chunk = stop.chunk();
      if (chunk != null) {
        take(chunk);
        line.recycle(chunk);
      }
      stop = line.next();
    }
    if (size >= 0) {
      zeroTo(size);
    }
    return digest.finish();
  }

  /** Bytes that were not zeros, in steps of 64 KiB. */
  long dataBytes() {
    return dataBytes;
  }

  private void take(Chunk chunk) {
    for (int from = 0; from < chunk.length; ) {
      int end = runEnd(chunk, from);
      if ((chunk.dataSteps >>> (from / ZeroScan.STEP) & 1) == 0) {
        zero(chunk.offset + from, end - from);
      } else {
        write(chunk.offset + from, ByteBuffer.wrap(chunk.data, from, end - from));
        dataBytes += end - from;
      }
      from = end;
    }
    digest.add(chunk.leaf, chunk.length);
    position = chunk.offset + chunk.length;
    advanced.accept(chunk.length);
  }

  /** The end of the run of equal steps that begins at a step. */
  private static int runEnd(Chunk chunk, int from) {
    int step = from / ZeroScan.STEP;
    long rest = chunk.dataSteps >>> step;
    int run = Long.numberOfTrailingZeros((rest & 1) == 0 ? rest : ~rest);
    return Math.min(chunk.length, (step + Math.min(run, Long.SIZE - step)) * ZeroScan.STEP);
  }

  private void zeroTo(long end) {
    if (end > position) {
      zero(position, end - position);
      digest.addZeros(end - position);
      advanced.accept(end - position);
      position = end;
    }
  }

  private void write(long at, ByteBuffer data) {
    if (to != null) {
      try {
        to.write(at, data);
      } catch (IOException e) {
        throw notWritten(at, e);
      }
    }
  }

  private void zero(long at, long length) {
    if (to != null) {
      try {
        to.zero(at, length);
      } catch (IOException e) {
        throw notWritten(at, e);
      }
    }
  }

  private ConversionFailed notWritten(long at, IOException cause) {
    return new ConversionFailed(
        label,
        "the target failed at byte " + at + " of the disk",
        "make room at the target or check its connection, then run again",
        Retry.WORTHWHILE,
        cause);
  }
}
