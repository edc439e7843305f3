package dev.drover.converters.engine;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Java's own SHA-256 is the judge. */
final class Sha256Test {
  private static final byte[] DATA = new byte[100_000];

  static {
    new Random(1).nextBytes(DATA);
  }

  private static byte[] want(int length) throws NoSuchAlgorithmException {
    MessageDigest digest = MessageDigest.getInstance("SHA-256");
    digest.update(DATA, 0, length);
    return digest.digest();
  }

  @Test
  void isThatOfJavaForEveryLengthAroundItsBlocks() throws NoSuchAlgorithmException {
    for (int length = 0; length < 400; length++) {
      Sha256 digest = new Sha256();
      digest.update(DATA, 0, length);
      assertArrayEquals(want(length), digest.digest(), "of " + length + " bytes");
    }
  }

  @Test
  void isTheSameWhereverItIsPutDownAndTakenUp() throws Exception {
    Random random = new Random(2);
    for (int i = 0; i < 50; i++) {
      int length = random.nextInt(DATA.length);
      Sha256 digest = new Sha256();
      for (int at = 0; at < length; ) {
        int n = Math.min(length - at, 1 + random.nextInt(5000));
        digest.update(DATA, at, n);
        at += n;
        digest = takenUp(digest);
      }
      assertArrayEquals(want(length), digest.digest(), "of " + length + " bytes");
    }
  }

  private static Sha256 takenUp(Sha256 digest) throws IOException {
    ByteArrayOutputStream saved = new ByteArrayOutputStream();
    digest.write(new DataOutputStream(saved));
    return Sha256.read(new DataInputStream(new ByteArrayInputStream(saved.toByteArray())));
  }
}
