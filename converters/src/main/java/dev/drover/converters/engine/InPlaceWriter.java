package dev.drover.converters.engine;

import dev.drover.mappings.failure.TargetFailed;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Writes a disk over what a {@link Medium} held. No second name can be given to what is not whole
 * yet, so the first {@link #HEAD} bytes come last, until then they are zeros: boot code, partition
 * tables, and the signatures of file systems, LVM and LUKS stand there, and without them nobody
 * takes half a disk for one. Closed without a commit it stays like that: what the medium held
 * before is gone.
 *
 * <p>What the medium has behind the disk is left as it is.
 */
final class InPlaceWriter implements ResumableWriter {
  /** Btrfs has its signature the farthest back: at 64 KiB. */
  static final int HEAD = 128 << 10;

  /** Zeros that gather before the medium is told: a cancelled copy ends after so many at most. */
  private static final long GATHERED = 256 << 20;

  /** What is read back before an interrupted copy goes on: whether it is still there. */
  private static final int PROBE = 64 << 10;

  private final Medium medium;
  private final Ascending written;
  private final byte[] head;
  private long done;
  private Probe last = new Probe(0, 0, 0);

  /**
   * The end of the last data behind the head.
   *
   * @param sum {@link Fingerprint} of its bytes
   */
  private record Probe(long offset, int length, long sum) {
    static Probe of(long offset, ByteBuffer data) {
      byte[] bytes = new byte[Math.min(PROBE, data.remaining())];
      int skipped = data.remaining() - bytes.length;
      data.duplicate().position(data.position() + skipped).get(bytes);
      return new Probe(offset + skipped, bytes.length, sum(bytes));
    }

    private static long sum(byte[] bytes) {
      Fingerprint print = new Fingerprint();
      print.add(bytes, 0, bytes.length);
      return print.value();
    }

    boolean isThere(Medium medium) throws IOException {
      ByteBuffer there = ByteBuffer.allocate(length);
      if (length > 0) {
        medium.read(offset, there);
      }
      return length == 0 || sum(there.array()) == sum;
    }
  }

  private InPlaceWriter(Medium medium, long size) {
    this.medium = medium;
    this.written = new Ascending(size);
    this.head = new byte[(int) Math.min(HEAD, size)];
    this.done = head.length;
  }

  /**
   * Begins at the first byte; from here on the medium's old bytes are lost.
   *
   * @param size bytes of the disk, made whole sectors
   * @throws TargetFailed where the medium is smaller than the disk; nothing is written then
   */
  static InPlaceWriter create(Medium medium, long size) throws IOException {
    InPlaceWriter writer = fitting(medium, size);
    medium.zero(0, writer.head.length);
    medium.flush();
    return writer;
  }

  /**
   * Goes on with what an earlier process left; null where it is not there any more.
   *
   * @param begun bytes of the disk that are done
   * @param state as {@link #checkpoint} gave it
   */
  static @Nullable InPlaceWriter reopen(Medium medium, long size, long begun, byte[] state)
      throws IOException {
    InPlaceWriter writer = fitting(medium, size);
    try (DataInputStream from = new DataInputStream(new ByteArrayInputStream(state))) {
      from.readNBytes(writer.head, 0, from.readInt());
      writer.last = new Probe(from.readLong(), from.readInt(), from.readLong());
    }
    writer.written.skip(begun);
    writer.done = Math.max(writer.done, begun);
    return writer.last.isThere(medium) ? writer : null;
  }

  private static InPlaceWriter fitting(Medium medium, long size) {
    long whole = Sectors.roundUp(size);
    if (whole > medium.size()) {
      throw new TargetFailed(
          medium.toString(),
          "it holds " + medium.size() + " bytes and the disk has " + whole,
          "give a target of at least " + whole + " bytes");
    }
    return new InPlaceWriter(medium, whole);
  }

  @Override
  public void write(long offset, ByteBuffer data) throws IOException {
    written.advance(offset, data.remaining());
    int first = (int) Math.max(0, Math.min(data.remaining(), head.length - offset));
    if (first > 0) {
      data.get(head, (int) offset, first);
    }
    if (data.hasRemaining()) {
      long at = offset + first;
      zerosTo(at);
      last = Probe.of(at, data);
      done = at + data.remaining();
      medium.write(at, data);
      data.position(data.limit());
    }
  }

  @Override
  public void zero(long offset, long length) throws IOException {
    written.advance(offset, length);
    for (long end = offset + length; end - done >= GATHERED; ) {
      zerosTo(done + GATHERED);
    }
  }

  /** What nobody wrote is zeros as well. */
  private void zerosTo(long end) throws IOException {
    if (end > done) {
      medium.zero(done, end - done);
      done = end;
    }
  }

  @Override
  public void flush() throws IOException {
    written.open();
    zerosTo(written.end());
    medium.flush();
  }

  @Override
  public byte[] checkpoint() throws IOException {
    flush();
    boolean empty = Arrays.equals(head, new byte[head.length]);
    ByteArrayOutputStream state = new ByteArrayOutputStream();
    DataOutputStream to = new DataOutputStream(state);
    to.writeInt(empty ? 0 : head.length);
    to.write(head, 0, empty ? 0 : head.length);
    to.writeLong(last.offset);
    to.writeInt(last.length);
    to.writeLong(last.sum);
    return state.toByteArray();
  }

  /** Nothing can be taken back, so nothing is. */
  @Override
  public void keep(boolean whether) {}

  @Override
  public void commit() throws IOException {
    written.open();
    zerosTo(written.size());
    medium.flush();
    medium.write(0, ByteBuffer.wrap(head));
    medium.flush();
  }

  @Override
  public void close() throws IOException {
    written.close();
    medium.close();
  }
}
