package dev.drover.converters.engine;

import dev.drover.converters.BlockWriter;
import dev.drover.converters.CopyCheckpoint;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;

/**
 * Saves how far a copy has come: first what was written is made durable, then the place is told.
 * After a kill what is read again is what was on the line and at most {@link #LEAST} bytes or,
 * where that is more, the lesser of a fiftieth of the disk and a twenty-fifth of what this process
 * has read: of a disk that is mostly holes a fiftieth may be most of its data.
 */
public final class Checkpoints {
  private static final String FORMAT = "drover copy 3";
  private static final long SHARE_OF_DISK = 50;
  private static final long SHARE_OF_READ = 25;
  private static final long LEAST = 16L << 20;
  private static final long MOST = 8L << 30;

  private final CopyCheckpoint store;
  private final String identity;
  private final long least;
  private final long most;
  private long read;
  private long since;
  private boolean stale;

  /**
   * @param identity of the source as it is now and of the destination: what is saved for another is
   *     not believed
   * @param size bytes of the disk, or -1
   */
  public Checkpoints(CopyCheckpoint store, String identity, long size) {
    this.store = store;
    this.identity = identity;
    this.least = Long.getLong("drover.checkpoint.bytes", LEAST);
    this.most = Math.min(MOST, size < 0 ? MOST : size / SHARE_OF_DISK);
  }

  /**
   * How far an earlier process has come.
   *
   * @param at everything before it is durable at the target
   * @param digest of all before it
   * @param writer what the writer needs to go on
   */
  @SuppressWarnings("ArrayRecordComponent") // carried, never compared
  record Saved(Cursor at, TreeDigest digest, byte[] writer) {}

  /** What was saved for this very copy, or null; anything odd counts as nothing. */
  @Nullable Saved load() {
    byte[] bytes = store.load();
    Saved saved = bytes == null ? null : parse(bytes);
    stale = bytes != null && saved == null;
    return saved;
  }

  /** Whether the last {@link #load} met what was saved for something else. */
  boolean stale() {
    return stale;
  }

  private @Nullable Saved parse(byte[] bytes) {
    if (bytes.length < Long.BYTES) {
      return null;
    }
    try (DataInputStream from = new DataInputStream(new ByteArrayInputStream(bytes))) {
      if (from.readLong() != sum(bytes, Long.BYTES)
          || !from.readUTF().equals(FORMAT)
          || !from.readUTF().equals(identity)) {
        return null;
      }
      Cursor at = new Cursor(from.readLong(), from.readLong(), from.readLong());
      TreeDigest digest = TreeDigest.read(from);
      if (digest.size() != at.offset()) {
        return null;
      }
      return new Saved(at, digest, from.readNBytes(from.readInt()));
    } catch (IOException | IllegalArgumentException e) {
      return null;
    }
  }

  /** Whether an earlier process has begun this very copy. */
  public boolean begun() {
    return load() != null;
  }

  /** Forgets what was saved. */
  void clear() {
    store.clear();
  }

  /** So many bytes more were read, and are at the writer or zeros; saves where it is time. */
  void written(long bytes, Cursor at, TreeDigest digest, BlockWriter to) throws IOException {
    read += bytes;
    since += bytes;
    if (since < Math.max(least, Math.min(most, read / SHARE_OF_READ))
        || !(to instanceof ResumableWriter writer)) {
      return;
    }
    save(at, digest, writer);
    since = 0;
  }

  private void save(Cursor at, TreeDigest digest, ResumableWriter writer) throws IOException {
    byte[] state = writer.checkpoint();
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    DataOutputStream out = new DataOutputStream(all);
    out.writeLong(0);
    out.writeUTF(FORMAT);
    out.writeUTF(identity);
    out.writeLong(at.offset());
    out.writeLong(at.dataBytes());
    out.writeLong(at.mark());
    digest.write(out);
    out.writeInt(state.length);
    out.write(state);
    byte[] bytes = all.toByteArray();
    java.nio.ByteBuffer.wrap(bytes).putLong(0, sum(bytes, Long.BYTES));
    writer.keep(true);
    store.save(bytes);
  }

  private static long sum(byte[] bytes, int from) {
    CRC32C crc = new CRC32C();
    crc.update(bytes, from, bytes.length - from);
    return crc.getValue();
  }
}
