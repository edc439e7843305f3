package dev.drover.converters.nbd;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.ByteBuffer;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A server that breaks its promises ends the copy with a word, never with wrong bytes. */
@Timeout(20)
final class HostileNbdTest {
  private static String refused(HostileServer.Answer answer) throws IOException {
    try (HostileServer server = new HostileServer(answer);
        NbdDisk disk = NbdDisk.open(server.address().within(Duration.ofSeconds(1)))) {
      IOException failure =
          assertThrows(IOException.class, () -> disk.read(4096, ByteBuffer.allocate(8192)));
      assertTrue(failure.toString().contains("NBD export"), failure.toString());
      return failure.toString();
    }
  }

  private static void says(String word, HostileServer.Answer answer) throws IOException {
    String said = refused(answer);
    assertTrue(said.contains(word), said);
  }

  @Test
  void readsWhatAnHonestOneSendsInPiecesAndHoles() throws IOException {
    try (HostileServer server =
            new HostileServer(
                (cookie, offset, length, out) -> {
                  HostileServer.chunk(out, cookie, false, 1, 8 + length - 100);
                  out.writeLong(offset + 100);
                  out.write(new byte[length - 100]);
                  HostileServer.chunk(out, cookie, true, 2, 12);
                  out.writeLong(offset);
                  out.writeInt(100);
                });
        NbdDisk disk = NbdDisk.open(server.address())) {
      ByteBuffer into = ByteBuffer.wrap("x".repeat(8192).getBytes());
      disk.read(4096, into);
      assertArrayEquals(new byte[8192], into.array());
    }
  }

  @Test
  void refusesACookieThatWasNotAsked() throws IOException {
    says(
        "not asked",
        (cookie, offset, length, out) -> {
          HostileServer.chunk(out, cookie + 9, true, 1, 8 + length);
          out.writeLong(offset);
          out.write(new byte[length]);
        });
  }

  @Test
  void refusesMoreThanWasAskedFor() throws IOException {
    says(
        "not asked for",
        (cookie, offset, length, out) -> {
          HostileServer.chunk(out, cookie, true, 1, 8 + length + 1);
          out.writeLong(offset);
          out.write(new byte[length + 1]);
        });
    says(
        "not asked for",
        (cookie, offset, length, out) -> {
          HostileServer.chunk(out, cookie, true, 1, -1); // 4 GiB
          out.writeLong(offset);
        });
    says(
        "not asked for",
        (cookie, offset, length, out) -> {
          HostileServer.chunk(out, cookie, true, 2, 12);
          out.writeLong(offset - 1);
          out.writeInt(length);
        });
    says(
        "type 1 with 8 bytes",
        (cookie, offset, length, out) -> {
          HostileServer.chunk(out, cookie, true, 1, 8);
          out.writeLong(offset);
        });
  }

  @Test
  void refusesBytesThatAreLeftOutOrComeTwice() throws IOException {
    says(
        "left bytes out",
        (cookie, offset, length, out) -> {
          HostileServer.chunk(out, cookie, true, 1, 8 + length - 1);
          out.writeLong(offset + 1);
          out.write(new byte[length - 1]);
        });
    says(
        "a second time",
        (cookie, offset, length, out) -> {
          for (int i = 0; i < 2; i++) {
            HostileServer.chunk(out, cookie, i == 1, 1, 8 + length / 2);
            out.writeLong(offset);
            out.write(new byte[length / 2]);
          }
        });
  }

  @Test
  void tellsAnErrorInTheMiddleOfAReply() throws IOException {
    says(
        "error 5: the disk?is ill",
        (cookie, offset, length, out) -> {
          HostileServer.chunk(out, cookie, false, 1, 8 + 512);
          out.writeLong(offset);
          out.write(new byte[512]);
          byte[] words = "the disk\nis ill".getBytes();
          HostileServer.chunk(out, cookie, true, 0x8001, 6 + words.length);
          out.writeInt(5);
          out.writeShort(words.length);
          out.write(words);
        });
    says(
        "error 5",
        (cookie, offset, length, out) -> {
          out.writeInt(0x67446698);
          out.writeInt(5);
          out.writeLong(cookie);
        });
  }

  @Test
  void doesNotWaitForEverForOneThatHangs() throws IOException {
    says("no answer within 1 s", (cookie, offset, length, out) -> Thread.sleep(15_000));
    says(
        "no answer within 1 s",
        (cookie, offset, length, out) -> {
          HostileServer.chunk(out, cookie, true, 1, 8 + length);
          out.writeLong(offset);
          out.write(new byte[10]);
          Thread.sleep(15_000);
        });
    // One that answers for ever and says nothing.
    says(
        "no answer within 1 s",
        (cookie, offset, length, out) -> {
          while (true) {
            HostileServer.chunk(out, cookie, false, 0, 0);
            Thread.sleep(1);
          }
        });
  }

  @Test
  void refusesNonsenseAndACutConnection() throws IOException {
    says("nonsense", (cookie, offset, length, out) -> out.writeInt(77));
    says("closed", (cookie, offset, length, out) -> out.close());
  }

  @Test
  void doesNotWaitForEverForAGreeting() throws IOException {
    try (ServerSocket silent = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      NbdAddress address =
          NbdAddress.tcp("127.0.0.1", silent.getLocalPort(), "").within(Duration.ofSeconds(1));
      IOException failure = assertThrows(IOException.class, () -> NbdDisk.open(address));
      assertTrue(failure.toString().contains("no answer within 1 s"), failure.toString());
    }
  }

  @Test
  void refusesABlockStatusThatGoesNowhere() throws IOException {
    try (HostileServer server =
            new HostileServer(
                (cookie, offset, length, out) -> {
                  HostileServer.chunk(out, cookie, true, 5, 12);
                  out.writeInt(1);
                  out.writeInt(0);
                  out.writeInt(0);
                });
        NbdDisk disk = NbdDisk.open(server.address().within(Duration.ofSeconds(1)))) {
      assertThrows(IOException.class, () -> disk.extents(0, 8192));
    }
  }
}
