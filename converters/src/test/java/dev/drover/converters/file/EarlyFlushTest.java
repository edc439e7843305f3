package dev.drover.converters.file;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.MappedByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.ReadableByteChannel;
import java.nio.channels.WritableByteChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a kernel may do to a write: take a part of it, or fail behind it. */
final class EarlyFlushTest {
  private final Path file;

  EarlyFlushTest(@TempDir Path folder) {
    this.file = folder.resolve("file");
  }

  private FileChannel open() throws IOException {
    return FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
  }

  @Test
  void writesAllWhereACallTakesAPartOnly() throws IOException {
    byte[] bytes = new byte[700_001];
    new Random(3).nextBytes(bytes);
    ByteBuffer data = ByteBuffer.wrap(bytes).position(11).limit(700_000);
    try (FileChannel channel = new Reluctant(open())) {
      new EarlyFlush(channel).write(5, data);
    }
    assertEquals(700_000, data.position());
    assertEquals(700_000, data.limit());
    byte[] want = new byte[5 + 700_000 - 11];
    System.arraycopy(bytes, 11, want, 5, 700_000 - 11);
    assertArrayEquals(want, Files.readAllBytes(file));
  }

  @Test
  void tellsAFlushThatFailedInBetween() throws IOException {
    try (Reluctant channel = new Reluctant(open())) {
      EarlyFlush early = new EarlyFlush(channel);
      channel.failing = true;
      for (int i = 0; i < 65; i++) {
        early.write(0, ByteBuffer.allocate(1 << 20));
      }
      IOException failed = assertThrows(IOException.class, early::force);
      assertTrue(failed.toString().contains("the disk is ill"), failed.toString());
    }
  }

  /** A real file whose calls write at most 65,521 bytes; its first flush may fail. */
  private static final class Reluctant extends FileChannel {
    private final FileChannel real;
    private volatile boolean failing;

    Reluctant(FileChannel real) {
      this.real = real;
    }

    @Override
    public int write(ByteBuffer data, long position) throws IOException {
      int end = data.limit();
      data.limit(Math.min(end, data.position() + 65_521));
      try {
        return real.write(data, position);
      } finally {
        data.limit(end);
      }
    }

    /** As Linux does: an error is told once. */
    @Override
    public void force(boolean metaData) throws IOException {
      if (failing) {
        failing = false;
        throw new IOException("the disk is ill");
      }
      real.force(metaData);
    }

    @Override
    protected void implCloseChannel() throws IOException {
      real.close();
    }

    @Override
    public int read(ByteBuffer into) {
      throw new UnsupportedOperationException();
    }

    @Override
    public long read(ByteBuffer[] into, int offset, int length) {
      throw new UnsupportedOperationException();
    }

    @Override
    public int read(ByteBuffer into, long position) {
      throw new UnsupportedOperationException();
    }

    @Override
    public int write(ByteBuffer data) {
      throw new UnsupportedOperationException();
    }

    @Override
    public long write(ByteBuffer[] data, int offset, int length) {
      throw new UnsupportedOperationException();
    }

    @Override
    public long position() {
      throw new UnsupportedOperationException();
    }

    @Override
    public FileChannel position(long position) {
      throw new UnsupportedOperationException();
    }

    @Override
    public long size() {
      throw new UnsupportedOperationException();
    }

    @Override
    public FileChannel truncate(long size) {
      throw new UnsupportedOperationException();
    }

    @Override
    public long transferTo(long position, long count, WritableByteChannel to) {
      throw new UnsupportedOperationException();
    }

    @Override
    public long transferFrom(ReadableByteChannel from, long position, long count) {
      throw new UnsupportedOperationException();
    }

    @Override
    public MappedByteBuffer map(MapMode mode, long position, long size) {
      throw new UnsupportedOperationException();
    }

    @Override
    public FileLock lock(long position, long size, boolean shared) {
      throw new UnsupportedOperationException();
    }

    @Override
    public FileLock tryLock(long position, long size, boolean shared) {
      throw new UnsupportedOperationException();
    }
  }
}
