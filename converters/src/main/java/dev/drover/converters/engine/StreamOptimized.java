package dev.drover.converters.engine;

import dev.drover.mappings.failure.HostileInput;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.jspecify.annotations.Nullable;

/**
 * Reads a streamOptimized VMDK in one forward pass, by the markers. Two forms exist: VMware and
 * VirtualBox write each grain table behind its grains, then the directory, a footer and an
 * end-of-stream marker; qemu-img writes all tables in front and no more than zeros behind the
 * grains.
 */
final class StreamOptimized implements ChunkSource {
  private static final int END = 0;
  private static final int TABLE = 1;
  private static final int DIRECTORY = 2;
  private static final int FOOTER = 3;

  /** The compressed bytes of a grain follow its address and their number. */
  private static final int GRAIN_HEAD = 12;

  private final ImageStream in;
  private final long size;
  private final byte[] sector = new byte[Sectors.SECTOR];

  /**
   * @param size of the disk that was promised, in bytes
   */
  StreamOptimized(ImageStream in, long size) {
    this.in = in;
    this.size = size;
  }

  @Override
  public void produce(Sink sink) throws IOException, InterruptedException {
    in.readFully(sector, 0, sector.length, "the VMDK header");
    SparseHeader header = SparseHeader.parse(sector, in, 0);
    if (header.size() != size) {
      throw in.hostile(
          12, "VMDK header: " + header.size() + " bytes, where " + size + " were promised");
    }
    new Pass(sink, header).run();
  }

  /** One run over the file. */
  private final class Pass {
    private final Sink sink;
    private final SparseHeader header;
    private final GrainTables tables;
    private final int grainBytes;
    private final boolean tablesInFront;
    private @Nullable Chunk chunk;
    private @Nullable PackedGrains pack;
    private long lastLba = -1;
    private long directoryAt = -1;
    private boolean footerSeen;
    private @Nullable HostileInput disorder;
    private final Fingerprint seen = new Fingerprint();
    private boolean begun;

    Pass(Sink sink, SparseHeader header) {
      this.sink = sink;
      this.header = header;
      this.tables = new GrainTables(header, in);
      this.grainBytes = header.grain() * Sectors.SECTOR;
      this.tablesInFront =
          header.directory() != SparseHeader.AT_END && header.directory() < header.overhead();
    }

    void run() throws IOException, InterruptedException {
      if (tablesInFront) {
        new FrontTables(in, header, tables).read();
      }
      in.skip(header.overhead() * Sectors.SECTOR - in.position(), "the space before the grains");
      while (step()) {
        if (Thread.interrupted()) {
          throw new InterruptedException();
        }
      }
      putChunk();
      begin();
      tables.finish();
      end();
      if (disorder != null) {
        throw new GrainsOutOfOrder(disorder);
      }
    }

    /** Reads a marker and what belongs to it; false at the end of the stream. */
    private boolean step() throws IOException, InterruptedException {
      long at = in.position();
      int n = in.read(sector, 0, sector.length);
      if (n == 0 && tablesInFront) {
        return false;
      }
      if (n < sector.length) {
        throw in.ended(at + n, "the image ends without its end-of-stream marker");
      }
      ByteBuffer marker = ByteBuffer.wrap(sector).order(ByteOrder.LITTLE_ENDIAN);
      long value = marker.getLong(0);
      long length = Integer.toUnsignedLong(marker.getInt(8));
      if (length > 0) {
        grain(at, value, length);
        return true;
      }
      return metadata(at, value, marker.getInt(GRAIN_HEAD));
    }

    private void grain(long at, long lba, long length) throws IOException, InterruptedException {
      if (lba < 0 || lba >= header.capacity() || lba % header.grain() != 0) {
        throw in.hostile(at, "a grain for sector " + Long.toUnsignedString(lba));
      }
      if (lba == lastLba) {
        throw in.hostile(at, "a second grain for sector " + lba);
      }
      if (length > 2L * grainBytes) {
        throw in.hostile(at + 8, "a grain of " + length + " compressed bytes");
      }
      if (footerSeen || directoryAt >= 0) {
        throw in.hostile(at, "a grain behind the grain directory");
      }
      if (lba < lastLba && disorder == null) {
        disorder =
            in.hostile(at, "a grain for sector " + lba + " behind that for sector " + lastLba);
        if (in.comesOnce()) {
          throw new GrainsOutOfOrder(disorder);
        }
      }
      lastLba = lba;
      tables.grain(lba, at / Sectors.SECTOR);
      if (disorder != null) {
        // Only looked through, to see whether the tables can be trusted.
        in.skip(Sectors.roundUp(GRAIN_HEAD + length) - sector.length, "a grain");
      } else if (lba * Sectors.SECTOR < sink.begin().offset()) {
        seen.add(sector, 0, sector.length);
        in.skip(Sectors.roundUp(GRAIN_HEAD + length) - sector.length, "a grain", seen);
      } else {
        begin();
        store(at, lba, (int) length);
      }
    }

    /** What comes now is still wanted: was what came before it what was copied? */
    private void begin() {
      if (!begun) {
        begun = true;
        sink.begin().check(in.label(), seen);
      }
    }

    private void store(long at, long lba, int length) throws IOException, InterruptedException {
      long target = lba * Sectors.SECTOR;
      PackedGrains to = packFor(target);
      int stored = (int) Sectors.roundUp((long) GRAIN_HEAD + length);
      int inTarget = (int) (target % TreeDigest.CHUNK);
      int start = to.add(length, stored - GRAIN_HEAD, inTarget, at);
      int first = sector.length - GRAIN_HEAD;
      System.arraycopy(sector, GRAIN_HEAD, to.bytes(), start, first);
      in.readFully(to.bytes(), start + first, stored - sector.length, "a grain");
      seen.add(sector, 0, sector.length);
      seen.add(to.bytes(), start + first, stored - sector.length);
    }

    private PackedGrains packFor(long target) throws InterruptedException {
      Chunk current = chunk;
      PackedGrains to = pack;
      if (current == null || to == null || target >= current.offset + TreeDigest.CHUNK) {
        putChunk();
        long offset = target - target % TreeDigest.CHUNK;
        current = sink.take(offset, (int) Math.min(TreeDigest.CHUNK, size - offset));
        to = current.packed == null ? new PackedGrains(in, grainBytes) : current.packed;
        to.clear();
        current.packed = to;
        current.fill = to;
        chunk = current;
        pack = to;
      }
      return to;
    }

    private void putChunk() throws InterruptedException {
      Chunk done = chunk;
      chunk = null;
      if (done != null) {
        done.mark = seen.value();
        sink.put(done);
      }
    }

    private boolean metadata(long at, long sectors, int type) throws IOException {
      if (type == END && sectors == 0) {
        return false;
      }
      if (tablesInFront || type < TABLE || type > FOOTER) {
        throw in.hostile(at, "a marker of type " + Integer.toUnsignedString(type));
      }
      long expected =
          type == TABLE
              ? GrainTables.TABLE_SECTORS
              : type == DIRECTORY ? tables.directorySectors() : 1;
      if (sectors != expected) {
        throw in.hostile(
            at, "a marker of type " + type + " for " + Long.toUnsignedString(sectors) + " sectors");
      }
      byte[] bytes = new byte[(int) expected * Sectors.SECTOR];
      in.readFully(bytes, 0, bytes.length, "a table");
      take(type, bytes, at / Sectors.SECTOR + 1);
      return true;
    }

    private void take(int type, byte[] bytes, long sectorAt) {
      if (type == TABLE) {
        tables.confirmed(bytes, sectorAt);
      } else if (type == DIRECTORY) {
        tables.directory(bytes, sectorAt);
        directoryAt = sectorAt;
      } else {
        footer(SparseHeader.parse(bytes, in, sectorAt * Sectors.SECTOR), sectorAt);
      }
    }

    private void footer(SparseHeader footer, long sectorAt) {
      if (!footer.sameDisk(header) || footer.directory() != directoryAt) {
        throw in.hostile(
            sectorAt * Sectors.SECTOR, "the footer contradicts the header or the grain directory");
      }
      footerSeen = true;
    }

    private void end() throws IOException {
      if (tablesInFront) {
        restIsZero();
        return;
      }
      if (in.read(sector, 0, 1) > 0) {
        throw in.hostile(in.position(), "the image goes on behind its end-of-stream marker");
      }
      boolean known =
          header.directory() == SparseHeader.AT_END
              ? footerSeen
              : header.directory() == directoryAt;
      if (directoryAt < 0 || !known) {
        throw in.hostile(in.position(), "the image has no grain directory or no footer");
      }
    }

    private void restIsZero() throws IOException {
      byte[] rest = new byte[ZeroScan.STEP];
      for (int n = rest.length; n == rest.length; ) {
        long at = in.position();
        n = in.read(rest, 0, rest.length);
        if (!ZeroScan.isZero(rest, 0, n)) {
          throw in.hostile(at, "the image goes on behind the last grain");
        }
      }
    }
  }
}
