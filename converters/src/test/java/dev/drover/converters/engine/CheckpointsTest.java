package dev.drover.converters.engine;

import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.drover.converters.CopyCheckpoint;
import java.io.IOException;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** How much a kill costs at worst. */
class CheckpointsTest {
  private static final long GIB = 1L << 30;
  private static final int CHUNK = TreeDigest.CHUNK;

  private int saved;

  @ParameterizedTest
  @CsvSource({"4, 4", "1024, 2", "1024, 40"})
  void atMostATwentiethOfWhatWasReadIsReadAgain(long diskGib, long readGib) throws IOException {
    Checkpoints checkpoints = new Checkpoints(new Counted(), "this disk", diskGib * GIB);
    TreeDigest digest = new TreeDigest();
    long kept = 0;
    int before = 0;
    for (long read = CHUNK; read <= readGib * GIB; read += CHUNK) {
      digest.addZeros(CHUNK);
      checkpoints.written(CHUNK, new Cursor(read, 0, 0), digest, new Nowhere());
      if (saved > before) {
        before = saved;
        kept = read;
      }
      assertTrue(read - kept <= Math.max(16L << 20, read / 20), read + " read, kept " + kept);
    }
    assertTrue(saved < 400, saved + " times everything waits for the disk");
  }

  private final class Counted implements CopyCheckpoint {
    @Override
    public byte @Nullable [] load() {
      return null;
    }

    @Override
    public void save(byte[] state) {
      saved++;
    }

    @Override
    public void clear() {
      saved = 0;
    }
  }

  private static final class Nowhere implements ResumableWriter {
    @Override
    public byte[] checkpoint() {
      return new byte[0];
    }

    @Override
    public void keep(boolean whether) {}

    @Override
    public void write(long offset, ByteBuffer data) {}

    @Override
    public void zero(long offset, long length) {}

    @Override
    public void flush() {}

    @Override
    public void commit() {}

    @Override
    public void close() {}
  }
}
