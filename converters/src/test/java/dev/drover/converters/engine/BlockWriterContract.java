package dev.drover.converters.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.drover.converters.BlockWriter;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;

/** What every writer of a disk holds to. */
public abstract class BlockWriterContract {
  /** Ends within a cluster, and within a page. */
  protected static final int SIZE = 5_000_000 / 512 * 512;

  /** A writer of a disk of {@link #SIZE} bytes. */
  protected abstract BlockWriter open() throws Exception;

  /** The disk, as somebody else than Drover reads it. */
  protected abstract byte[] written() throws Exception;

  /** Whether somebody may take for a disk what is at the target now. */
  protected abstract boolean looksLikeADisk() throws Exception;

  private static byte[] noise(int length, long seed) {
    byte[] bytes = new byte[length];
    new Random(seed).nextBytes(bytes);
    return bytes;
  }

  private void isWritten(byte[] disk) throws Exception {
    byte[] there = written();
    assertEquals(SIZE, there.length);
    assertEquals(-1, Arrays.mismatch(disk, there));
  }

  @Test
  void takesDataZerosAndGapsOfAnySizeAtAnyPlace() throws Exception {
    byte[] disk = new byte[SIZE];
    Random random = new Random(8);
    try (BlockWriter writer = open()) {
      for (int at = 0; at < SIZE; ) {
        int n = Math.min(SIZE - at, 1 + random.nextInt(1 << (1 + random.nextInt(20))));
        switch (random.nextInt(3)) {
          case 0 -> writer.zero(at, n);
          case 1 -> {
            byte[] data = noise(n, at);
            System.arraycopy(data, 0, disk, at, n);
            writer.write(at, ByteBuffer.wrap(data));
          }
          default -> {
            // a gap
          }
        }
        at += n;
      }
      writer.commit();
    }
    isWritten(disk);
  }

  @Test
  void givesTheBufferBackWithItsPositionAtItsLimit() throws Exception {
    byte[] disk = noise(SIZE, 3);
    int piece = 700_001;
    ByteBuffer buffer = ByteBuffer.allocate(piece + 20);
    try (BlockWriter writer = open()) {
      for (int at = 0; at < SIZE; at += piece) {
        int n = Math.min(piece, SIZE - at);
        buffer.clear().position(10).put(disk, at, n).flip().position(10);
        writer.write(at, buffer);
        assertEquals(10 + n, buffer.position());
        assertEquals(10 + n, buffer.limit());
        Arrays.fill(buffer.array(), (byte) 0x55); // who still needs it would write this
      }
      writer.commit();
    }
    isWritten(disk);
  }

  @Test
  void readsAsZerosWhereNothingWasWritten() throws Exception {
    try (BlockWriter writer = open()) {
      writer.commit();
    }
    isWritten(new byte[SIZE]);
  }

  @Test
  void keepsWhatOnlyItsEndsHold() throws Exception {
    byte[] disk = new byte[SIZE];
    disk[0] = 1;
    disk[SIZE - 1] = 2;
    try (BlockWriter writer = open()) {
      writer.write(0, ByteBuffer.wrap(new byte[] {1}));
      writer.zero(1, SIZE - 2);
      writer.write(SIZE - 1, ByteBuffer.wrap(new byte[] {2}));
      writer.commit();
    }
    isWritten(disk);
  }

  @Test
  void goesOnAfterAFlush() throws Exception {
    byte[] disk = noise(SIZE, 5);
    try (BlockWriter writer = open()) {
      writer.write(0, ByteBuffer.wrap(disk, 0, 1_000_001));
      writer.flush();
      writer.flush();
      writer.write(1_000_001, ByteBuffer.wrap(disk, 1_000_001, SIZE - 1_000_001));
      writer.flush();
      writer.commit();
    }
    isWritten(disk);
  }

  @Test
  void refusesWhatLiesBackwardsOrBeyondTheEnd() throws Exception {
    byte[] disk = new byte[SIZE];
    Arrays.fill(disk, 0, 1024, (byte) 7);
    byte[] data = Arrays.copyOf(disk, 1024);
    try (BlockWriter writer = open()) {
      writer.write(0, ByteBuffer.wrap(data));
      assertThrows(Exception.class, () -> writer.write(0, ByteBuffer.wrap(data)));
      assertThrows(Exception.class, () -> writer.write(1023, ByteBuffer.wrap(data)));
      assertThrows(Exception.class, () -> writer.write(SIZE - 1023, ByteBuffer.wrap(data)));
      assertThrows(Exception.class, () -> writer.write(SIZE, ByteBuffer.wrap(data)));
      assertThrows(Exception.class, () -> writer.write(Long.MAX_VALUE, ByteBuffer.wrap(data)));
      assertThrows(Exception.class, () -> writer.zero(1023, 1));
      assertThrows(Exception.class, () -> writer.zero(SIZE, 1));
      assertThrows(Exception.class, () -> writer.zero(1024, Long.MAX_VALUE));
      assertThrows(Exception.class, () -> writer.zero(1024, -1));
      writer.commit();
    }
    isWritten(disk);
  }

  @Test
  void leavesNothingThatLooksLikeADiskWithoutACommit() throws Exception {
    try (BlockWriter writer = open()) {
      writer.write(0, ByteBuffer.wrap(noise(SIZE, 6)));
      writer.flush();
      assertFalse(looksLikeADisk());
    }
    assertFalse(looksLikeADisk());
  }

  @Test
  void refusesEverythingAfterItIsClosed() throws Exception {
    BlockWriter writer = open();
    writer.write(0, ByteBuffer.wrap(noise(4096, 7)));
    writer.close();
    writer.close();
    refused(() -> writer.write(4096, ByteBuffer.allocate(512)));
    refused(() -> writer.zero(4096, 512));
    refused(writer::flush);
    refused(writer::commit);
    assertFalse(looksLikeADisk());
  }

  private static void refused(Executable call) {
    assertThrows(Exception.class, call);
  }
}
