package dev.drover.converters.device;

import dev.drover.converters.engine.Medium;
import dev.drover.converters.file.EarlyFlush;
import dev.drover.mappings.disk.Extent;
import dev.drover.mappings.failure.Retry;
import dev.drover.mappings.failure.TargetFailed;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;

/**
 * A block device of this machine that nobody else uses: a logical volume, a disk of a SAN, a claim
 * of the mode Block in a pod.
 *
 * <p>Reading, writing and {@code fsync} are Java's own. Two things need a system call that Java
 * does not have, and util-linux, which every distribution has, makes it: see {@link InUse} and
 * {@link PunchHole}.
 */
public final class BlockDevice implements Medium {
  private static final int TYPE = 0xf000; // S_IFMT
  private static final int BLOCK_DEVICE = 0x6000; // S_IFBLK

  /** What a hole begins and ends at: a page, and the largest logical block that Linux takes. */
  private static final long ALIGNED = 4096;

  /** Fewer zeros are written faster than a program starts, and thin volumes have large pieces. */
  private static final long WORTH_A_HOLE = 4 << 20;

  private static final int ZEROS = 256 << 10;

  private final Path path;
  private final FileChannel channel;
  private final long size;
  private final EarlyFlush early;
  private final PunchHole holes;

  private BlockDevice(Path path, FileChannel channel) throws IOException {
    this.path = path;
    this.channel = channel;
    this.size = channel.size();
    this.early = new EarlyFlush(channel);
    this.holes = new PunchHole(path);
  }

  /**
   * Opens a device for writing; nothing is written yet.
   *
   * @param path also a link to it ({@code /dev/disk/by-id/…}, {@code /dev/mapper/…})
   * @throws TargetFailed where it is no block device, somebody uses it, or it cannot be opened
   */
  public static BlockDevice open(Path path) {
    try {
      Path real = path.toRealPath();
      if (((int) Files.getAttribute(real, "unix:mode") & TYPE) != BLOCK_DEVICE) {
        throw new TargetFailed(path.toString(), "it is no block device", "name a block device");
      }
      FileChannel channel =
          FileChannel.open(real, StandardOpenOption.READ, StandardOpenOption.WRITE);
      return free(path, real, channel);
    } catch (IOException e) {
      throw new TargetFailed(
          path.toString(),
          "it cannot be opened for writing",
          "check that the device is there, and that this user may write to it",
          Retry.POINTLESS,
          e);
    }
  }

  /** While the channel is open the device cannot become another one under the same name. */
  private static BlockDevice free(Path path, Path real, FileChannel channel) throws IOException {
    BlockDevice device = null;
    try {
      InUse.refuse(path, real);
      device = new BlockDevice(real, channel);
      return device;
    } finally {
      if (device == null) {
        channel.close();
      }
    }
  }

  @Override
  public long size() {
    return size;
  }

  /** A device does not tell. */
  @Override
  public List<Extent> extents(long offset, long length) {
    return List.of(new Extent(offset, length, Extent.Kind.DATA));
  }

  @Override
  public void read(long offset, ByteBuffer into) throws IOException {
    for (long at = offset; into.hasRemaining(); ) {
      int n = channel.read(into, at);
      if (n < 0) {
        throw new EOFException(this + " ends at byte " + at);
      }
      at += n;
    }
  }

  @Override
  public void write(long offset, ByteBuffer data) throws IOException {
    inside(offset, data.remaining());
    early.write(offset, data);
  }

  @Override
  public void zero(long offset, long length) throws IOException {
    inside(offset, length);
    long end = offset + length;
    long from = (offset + ALIGNED - 1) / ALIGNED * ALIGNED;
    long to = end / ALIGNED * ALIGNED;
    if (to - from >= WORTH_A_HOLE && holes.punched(from, to - from)) {
      writeZeros(offset, from);
      writeZeros(to, end);
    } else {
      writeZeros(offset, end);
    }
  }

  private void writeZeros(long from, long end) throws IOException {
    ByteBuffer zeros = ByteBuffer.allocate((int) Math.min(ZEROS, end - from));
    for (long at = from; at < end; at += zeros.capacity()) {
      early.write(at, zeros.position(0).limit((int) Math.min(zeros.capacity(), end - at)));
    }
  }

  private void inside(long offset, long length) throws IOException {
    if (offset < 0 || length < 0 || offset > size - length) {
      throw new IOException(this + ": no " + length + " bytes at byte " + offset);
    }
  }

  @Override
  public void flush() throws IOException {
    early.force();
  }

  @Override
  public void close() throws IOException {
    channel.close();
  }

  @Override
  public String toString() {
    return "block device " + path;
  }
}
