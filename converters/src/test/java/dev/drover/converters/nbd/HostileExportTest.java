package dev.drover.converters.nbd;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.drover.mappings.failure.Retry;
import dev.drover.mappings.failure.TargetFailed;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A server that breaks its promises to a writer ends the copy with a word. */
@Timeout(value = 20, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
final class HostileExportTest {
  private static final int NO_ZEROES = 1 | 4;
  private static final int NO_FLUSH = 1 | 64;

  private static NbdExport open(HostileServer server) {
    return NbdExport.open(server.address().within(Duration.ofSeconds(1)));
  }

  private static void says(String word, HostileServer.Answer answer) throws IOException {
    try (HostileServer server = new HostileServer(HostileServer.WRITABLE, answer);
        NbdExport export = open(server)) {
      IOException failure =
          assertThrows(
              IOException.class,
              () -> {
                export.write(4096, ByteBuffer.allocate(8192));
                export.flush();
              });
      assertTrue(failure.toString().contains("NBD export"), failure.toString());
      assertTrue(failure.toString().contains(word), failure.toString());
    }
  }

  @Test
  void takesBothKindsOfAnswerOfAnHonestOne() throws IOException {
    AtomicInteger asked = new AtomicInteger();
    HostileServer.Answer honest =
        (cookie, offset, length, out) -> {
          if (asked.incrementAndGet() % 2 == 0) {
            HostileServer.simple(out, cookie, 0);
          } else {
            HostileServer.chunk(out, cookie, true, 0, 0);
          }
        };
    try (HostileServer server = new HostileServer(HostileServer.WRITABLE, honest);
        NbdExport export = open(server)) {
      export.write(4096, ByteBuffer.allocate(8192));
      export.zero(16384, 512);
      export.flush();
      assertEquals(3, asked.get());
    }
  }

  @Test
  void tellsAnErrorThatComesAfterTheCall() throws IOException {
    says(
        "cannot write 8192 bytes at byte 4096 (error 5)",
        (cookie, offset, length, out) -> HostileServer.simple(out, cookie, 5));
    says(
        "cannot write 8192 bytes at byte 4096 (error 28: no space left: the pool?is full)",
        (cookie, offset, length, out) -> {
          byte[] words = "the pool\nis full".getBytes();
          HostileServer.chunk(out, cookie, true, 0x8001, 6 + words.length);
          out.writeInt(28);
          out.writeShort(words.length);
          out.write(words);
        });
  }

  @Test
  void tellsThatAFlushFailed() throws IOException {
    says(
        "cannot make durable what was written (error 5)",
        (cookie, offset, length, out) -> HostileServer.simple(out, cookie, length == 0 ? 5 : 0));
  }

  /** A flush counts for what was answered before it came, and for nothing else. */
  @Test
  void asksForAFlushWhenAllWritesAreAnswered() throws IOException {
    AtomicInteger open = new AtomicInteger();
    AtomicInteger openAtFlush = new AtomicInteger(-1);
    HostileServer.Answer slow =
        (cookie, offset, length, out) -> {
          if (length == 0) {
            openAtFlush.compareAndSet(-1, open.get());
          }
          open.incrementAndGet();
          CompletableFuture<Void> unused =
              CompletableFuture.runAsync(
                  () -> {
                    open.decrementAndGet();
                    answer(out, cookie);
                  },
                  CompletableFuture.delayedExecutor(200, TimeUnit.MILLISECONDS));
        };
    try (HostileServer server = new HostileServer(HostileServer.WRITABLE, slow);
        NbdExport export = open(server)) {
      for (int i = 0; i < 5; i++) {
        export.write(i * 4096, ByteBuffer.allocate(4096));
      }
      export.flush();
      assertEquals(0, openAtFlush.get());
    }
  }

  private static void answer(DataOutputStream out, long cookie) {
    synchronized (out) {
      try {
        HostileServer.simple(out, cookie, 0);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }

  @Test
  void refusesAnswersToWhatWasNotAsked() throws IOException {
    says("not asked", (cookie, offset, length, out) -> HostileServer.simple(out, cookie + 9, 0));
    says(
        "not asked for",
        (cookie, offset, length, out) -> {
          HostileServer.chunk(out, cookie, true, 1, 8 + length);
          out.writeLong(offset);
          out.write(new byte[length]);
        });
    says(
        "block status",
        (cookie, offset, length, out) -> {
          HostileServer.chunk(out, cookie, true, 5, 12);
          out.writeInt(1);
          out.writeInt(512);
          out.writeInt(0);
        });
    says("nonsense", (cookie, offset, length, out) -> out.writeInt(77));
  }

  @Test
  void endsWithACutConnection() throws IOException {
    says("closed", (cookie, offset, length, out) -> out.close());
  }

  @Test
  void doesNotWaitForEverForOneThatHangs() throws IOException {
    says("no answer within 1 s", (cookie, offset, length, out) -> Thread.sleep(15_000));
  }

  /** It answers the first request, and reads nothing more: the connection fills up. */
  @Test
  void doesNotWriteForEverToOneThatTakesNothing() throws IOException {
    HostileServer.Answer deaf =
        (cookie, offset, length, out) -> {
          HostileServer.simple(out, cookie, 0);
          Thread.sleep(15_000);
        };
    try (HostileServer server = new HostileServer(HostileServer.WRITABLE, deaf);
        NbdExport export = open(server)) {
      IOException failure =
          assertThrows(
              IOException.class,
              () -> {
                for (int i = 0; i < 100; i++) {
                  export.write(0, ByteBuffer.allocate(HostileServer.SIZE));
                }
              });
      assertTrue(failure.toString().contains(" 1 s"), failure.toString());
    }
  }

  @Test
  void writesZerosWhereTheServerCannotZero() throws IOException {
    HostileServer.Answer plain =
        (cookie, offset, length, out) -> HostileServer.simple(out, cookie, 0);
    try (HostileServer server = new HostileServer(NO_ZEROES, plain);
        NbdExport export = open(server)) {
      export.zero(0, HostileServer.SIZE);
      export.flush();
      assertEquals(HostileServer.SIZE, server.received.get());
    }
  }

  @Test
  void refusesOneWithoutAFlush() throws IOException {
    try (HostileServer server =
        new HostileServer(NO_FLUSH, (cookie, offset, length, out) -> out.close())) {
      TargetFailed refused = assertThrows(TargetFailed.class, () -> open(server));
      assertEquals(Retry.POINTLESS, refused.retry());
      assertTrue(refused.toString().contains("no flush"), refused.toString());
    }
  }
}
