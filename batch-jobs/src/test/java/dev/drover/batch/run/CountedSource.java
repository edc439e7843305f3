package dev.drover.batch.run;

import dev.drover.converters.DiskCopiers;
import dev.drover.converters.SharedReader;
import dev.drover.importers.api.Discovery;
import dev.drover.importers.api.VmSnapshot;
import dev.drover.importers.api.VmSource;
import dev.drover.kube.MigrationTargets;
import dev.drover.mappings.disk.DiskSource;
import dev.drover.mappings.disk.Extent;
import dev.drover.mappings.model.SourceVm;
import dev.drover.mappings.model.VmRef;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.MappedByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.stream.Stream;

/**
 * The VMs of a world with disks that are served block by block: noise by a seed, all of it data.
 * How many bytes were read of them is kept in a file that a kill does not harm.
 */
final class CountedSource implements VmSource {
  private final VmSource world;
  private final Path seed;
  private final MappedByteBuffer read;

  private CountedSource(VmSource world, Path folder) {
    this.world = world;
    this.seed = folder.resolve("seed");
    try (FileChannel file =
        FileChannel.open(
            folder.resolve("read"),
            StandardOpenOption.CREATE,
            StandardOpenOption.READ,
            StandardOpenOption.WRITE)) {
      this.read = file.map(FileChannel.MapMode.READ_WRITE, 0, Long.BYTES);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** A world with such disks, the real copier and a real folder as its target. */
  static Ports ports(World world) {
    Ports own = world.ports();
    return new Ports(
        own.plans(),
        spec -> new CountedSource(own.sources().apply(spec), world.folder),
        MigrationTargets::open,
        DiskCopiers::open,
        own.mapping(),
        own.collisions(),
        own.renderer(),
        own.tools());
  }

  /** Bytes that were read so far, in all processes. */
  static long bytesRead(World world) {
    Path file = world.folder.resolve("read");
    try {
      byte[] kept = Files.exists(file) ? Files.readAllBytes(file) : new byte[0];
      return kept.length < Long.BYTES ? 0 : ByteBuffer.wrap(kept).getLong(); // made a moment ago
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** What the disk has at a place. */
  static void fill(long seed, long offset, ByteBuffer into) {
    ByteBuffer words = into.order(ByteOrder.LITTLE_ENDIAN);
    for (long at = offset; words.hasRemaining(); at += Long.BYTES) {
      words.putLong((at + seed) * 0x9e3779b97f4a7c15L ^ 0x5555);
    }
  }

  private long seed() {
    try {
      return Files.exists(seed) ? Long.parseLong(Files.readString(seed)) : 0;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public Stream<Discovery> list() {
    return world.list();
  }

  @Override
  public VmSnapshot open(VmRef ref) {
    VmSnapshot snapshot = world.open(ref);
    return new VmSnapshot() {
      @Override
      public SourceVm vm() {
        return snapshot.vm();
      }

      @Override
      public DiskSource disk(String diskId) {
        long size = snapshot.vm().disks().get(0).size().bytes();
        String label = ref.id() + "/" + diskId;
        return new DiskSource.Blocks(label, "seed " + seed(), () -> new Noise(size, seed()));
      }

      @Override
      public void close() {
        snapshot.close();
      }
    };
  }

  @Override
  public void close() {
    world.close();
  }

  private final class Noise implements SharedReader {
    private final long size;
    private final long number;

    Noise(long size, long number) {
      this.size = size;
      this.number = number;
    }

    @Override
    public long size() {
      return size;
    }

    @Override
    public List<Extent> extents(long offset, long length) {
      return List.of(new Extent(offset, length, Extent.Kind.DATA));
    }

    @Override
    public void read(long offset, ByteBuffer into) {
      synchronized (read) {
        read.putLong(0, read.getLong(0) + into.remaining());
      }
      fill(number, offset, into);
    }

    @Override
    public void close() {}
  }
}
