package dev.drover.converters.engine;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.Arrays;

/**
 * SHA-256 (FIPS 180-4) that can be put down and taken up by another process, which Java's own
 * cannot. Slower than that: for the 32 bytes of each chunk, not for the disk.
 */
final class Sha256 {
  private static final int BLOCK = 64;

  /** FIPS 180-4, 4.2.2. */
  private static final int[] K = {
    0x428a2f98, 0x71374491, 0xb5c0fbcf, 0xe9b5dba5, 0x3956c25b, 0x59f111f1, 0x923f82a4, 0xab1c5ed5,
    0xd807aa98, 0x12835b01, 0x243185be, 0x550c7dc3, 0x72be5d74, 0x80deb1fe, 0x9bdc06a7, 0xc19bf174,
    0xe49b69c1, 0xefbe4786, 0x0fc19dc6, 0x240ca1cc, 0x2de92c6f, 0x4a7484aa, 0x5cb0a9dc, 0x76f988da,
    0x983e5152, 0xa831c66d, 0xb00327c8, 0xbf597fc7, 0xc6e00bf3, 0xd5a79147, 0x06ca6351, 0x14292967,
    0x27b70a85, 0x2e1b2138, 0x4d2c6dfc, 0x53380d13, 0x650a7354, 0x766a0abb, 0x81c2c92e, 0x92722c85,
    0xa2bfe8a1, 0xa81a664b, 0xc24b8b70, 0xc76c51a3, 0xd192e819, 0xd6990624, 0xf40e3585, 0x106aa070,
    0x19a4c116, 0x1e376c08, 0x2748774c, 0x34b0bcb5, 0x391c0cb3, 0x4ed8aa4a, 0x5b9cca4f, 0x682e6ff3,
    0x748f82ee, 0x78a5636f, 0x84c87814, 0x8cc70208, 0x90befffa, 0xa4506ceb, 0xbef9a3f7, 0xc67178f2
  };

  /** FIPS 180-4, 5.3.3. */
  private final int[] hash = {
    0x6a09e667, 0xbb67ae85, 0x3c6ef372, 0xa54ff53a, 0x510e527f, 0x9b05688c, 0x1f83d9ab, 0x5be0cd19
  };

  private final int[] words = new int[BLOCK];
  private final byte[] pending = new byte[BLOCK];
  private long length;

  void update(byte[] data, int from, int count) {
    int end = from + count;
    for (int at = from; at < end; ) {
      int within = (int) (length % BLOCK);
      int n = Math.min(BLOCK - within, end - at);
      System.arraycopy(data, at, pending, within, n);
      at += n;
      length += n;
      if (within + n == BLOCK) {
        block();
      }
    }
  }

  /** The digest of all that came. To be called once. */
  byte[] digest() {
    long bits = length * Byte.SIZE;
    byte[] end = new byte[(int) (BLOCK - (length + Long.BYTES) % BLOCK) + Long.BYTES];
    end[0] = (byte) 0x80;
    java.nio.ByteBuffer.wrap(end).putLong(end.length - Long.BYTES, bits);
    update(end, 0, end.length);
    java.nio.ByteBuffer all = java.nio.ByteBuffer.allocate(hash.length * Integer.BYTES);
    Arrays.stream(hash).forEach(all::putInt);
    return all.array();
  }

  /** FIPS 180-4, 6.2.2; the names are its own. */
  private void block() {
    schedule();
    int a = hash[0];
    int b = hash[1];
    int c = hash[2];
    int d = hash[3];
    int e = hash[4];
    int f = hash[5];
    int g = hash[6];
    int h = hash[7];
    for (int t = 0; t < BLOCK; t++) {
      int sum1 =
          Integer.rotateRight(e, 6) ^ Integer.rotateRight(e, 11) ^ Integer.rotateRight(e, 25);
      int t1 = h + sum1 + (e & f ^ ~e & g) + K[t] + words[t];
      int sum0 =
          Integer.rotateRight(a, 2) ^ Integer.rotateRight(a, 13) ^ Integer.rotateRight(a, 22);
      int t2 = sum0 + (a & b ^ a & c ^ b & c);
      h = g;
      g = f;
      f = e;
      e = d + t1;
      d = c;
      c = b;
      b = a;
      a = t1 + t2;
    }
    int[] next = {a, b, c, d, e, f, g, h};
    for (int i = 0; i < hash.length; i++) {
      hash[i] += next[i];
    }
  }

  private void schedule() {
    java.nio.ByteBuffer.wrap(pending).asIntBuffer().get(words, 0, 16);
    for (int t = 16; t < BLOCK; t++) {
      int two = words[t - 2];
      int fifteen = words[t - 15];
      int sigma1 = Integer.rotateRight(two, 17) ^ Integer.rotateRight(two, 19) ^ two >>> 10;
      int sigma0 =
          Integer.rotateRight(fifteen, 7) ^ Integer.rotateRight(fifteen, 18) ^ fifteen >>> 3;
      words[t] = sigma1 + words[t - 7] + sigma0 + words[t - 16];
    }
  }

  void write(DataOutputStream to) throws IOException {
    to.writeLong(length);
    for (int word : hash) {
      to.writeInt(word);
    }
    to.write(pending);
  }

  static Sha256 read(DataInputStream from) throws IOException {
    Sha256 digest = new Sha256();
    digest.length = from.readLong();
    for (int i = 0; i < digest.hash.length; i++) {
      digest.hash[i] = from.readInt();
    }
    from.readFully(digest.pending);
    return digest;
  }
}
