package dev.drover.converters.engine;

import dev.drover.converters.BlockWriter;
import dev.drover.converters.DiskDigest;
import dev.drover.converters.RateLimit;
import dev.drover.converters.file.FullDisk;
import dev.drover.mappings.failure.ConversionFailed;
import dev.drover.mappings.failure.Retry;
import dev.drover.mappings.failure.TargetFailed;
import dev.drover.mappings.progress.Progress;
import java.io.IOException;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/**
 * Takes the chunks of a disk off the line: writes what is data, zeros the rest, chains the leaves,
 * saves how far it has come.
 */
final class DiskPass {
  private static final long ZEROS = 256 << 20;

  private final String label;
  private final long size;
  private final @Nullable BlockWriter to;
  private final RateLimit limit;
  private final @Nullable Checkpoints checkpoints;
  private final Progress progress;
  private final Pace pace;
  private final TreeDigest digest;
  private long position;
  private long dataBytes;

  /**
   * @param size of the disk in whole sectors, or -1 where its end decides
   * @param to where the bytes go, or null where only the digest is wanted
   * @param pace told of all that is done
   */
  DiskPass(String label, long size, @Nullable CopyTarget to, Pace pace, Progress progress) {
    this.label = label;
    this.size = size;
    this.to = to == null ? null : to.writer();
    this.limit = to == null ? RateLimit.NONE : to.limit();
    this.checkpoints = to == null ? null : to.checkpoints();
    this.progress = progress;
    this.pace = pace;
    Checkpoints.Saved saved = to == null ? null : to.saved();
    this.digest = saved == null ? new TreeDigest() : saved.digest();
    if (saved != null) {
      position = saved.at().offset();
      dataBytes = saved.at().dataBytes();
      pace.done(position);
    }
  }

  /**
   * Takes everything off the line.
   *
   * @throws ConversionFailed when the source fails
   * @throws TargetFailed when the writer does
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
    pace.end(digest.size());
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
        wait(end - from);
        write(chunk.offset + from, ByteBuffer.wrap(chunk.data, from, end - from));
        dataBytes += end - from;
      }
      from = end;
    }
    digest.add(chunk.leaf, chunk.length);
    position = chunk.offset + chunk.length;
    if (checkpoints != null && to != null && chunk.length == TreeDigest.CHUNK) {
      save(checkpoints, to, chunk.length, chunk.mark);
    }
    pace.data(chunk.length);
  }

  private void save(Checkpoints to, BlockWriter writer, long bytes, long mark) {
    try {
      to.written(bytes, new Cursor(position, dataBytes, mark), digest, writer);
    } catch (IOException e) {
      throw notWritten(position, e);
    }
  }

  private void wait(int bytes) {
    if (limit == RateLimit.NONE) {
      return;
    }
    try {
      limit.take(bytes, progress::cancelled);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw interrupted();
    }
  }

  private ConversionFailed interrupted() {
    return new ConversionFailed(label, "was interrupted", "go on with \"drover resume\"");
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
      pace.zeros(end - position);
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

  /** A target without holes writes zeros: in pieces, so that the user can stop it. */
  private void zero(long from, long length) {
    if (to == null) {
      return;
    }
    long end = from + length;
    for (long at = from; at < end; at += ZEROS) {
      if (progress.cancelled()) {
        throw interrupted();
      }
      try {
        to.zero(at, Math.min(ZEROS, end - at));
      } catch (IOException e) {
        throw notWritten(at, e);
      }
    }
  }

  private TargetFailed notWritten(long at, IOException cause) {
    return new TargetFailed(
        label,
        "the target failed at byte " + at + " of the disk",
        "make room at the target or check its connection, then run again",
        FullDisk.causes(cause) ? Retry.POINTLESS : Retry.WORTHWHILE,
        cause);
  }
}
