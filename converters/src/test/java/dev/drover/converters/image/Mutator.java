package dev.drover.converters.image;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.zip.CRC32C;

/** Changes images where their structure is; checksums are made right again half of the time. */
final class Mutator {
  private static final long[] EXTREMES = {
    0, 1, -1, Integer.MAX_VALUE, Integer.MIN_VALUE, Long.MAX_VALUE, Long.MIN_VALUE, 511, 1 << 20
  };

  private final byte[] seed;
  private final String driver;
  private final List<Integer> heads;
  private long step;

  Mutator(byte[] seed, String driver) {
    this.seed = seed;
    this.driver = driver;
    this.heads = heads();
  }

  /** Where headers and tables begin. */
  private List<Integer> heads() {
    List<Integer> all = new ArrayList<>(List.of(0));
    if (driver.equals("vhdx")) {
      all.addAll(
          List.of(
              64 << 10, 128 << 10, 192 << 10, 256 << 10, 2 << 20, (2 << 20) + (64 << 10), 3 << 20));
    } else if (driver.equals("vpc")) {
      all.addAll(List.of(512, 1536, seed.length - 512));
    } else if (driver.equals("vdi")) {
      all.addAll(List.of(0x140, 512));
    } else if (driver.equals("qcow2")) {
      all.addAll(List.of(64, 1 << 16, 2 << 16, 3 << 16, 4 << 16));
    } else {
      ByteBuffer header = ByteBuffer.wrap(seed).order(ByteOrder.LITTLE_ENDIAN);
      all.addAll(List.of(512, (int) header.getLong(56) * 512, (int) header.getLong(48) * 512));
    }
    all.removeIf(at -> at < 0 || at > seed.length - 512);
    return all;
  }

  /** The next one: in turn a field of the first header at its extremes, and a random change. */
  byte[] next() {
    long turn = step++;
    long number = turn / 2;
    int fields = 128;
    byte[] mutant = seed.clone();
    if (turn % 2 == 0 && number < (long) fields * EXTREMES.length * 2) {
      int field = (int) (number / 2 / EXTREMES.length) * 4;
      long value = EXTREMES[(int) (number / 2 % EXTREMES.length)];
      int head = driver.equals("vpc") && field >= 64 ? 448 : 0;
      put(mutant, head + field, value, number % 2 == 0 ? 4 : 8);
      mend(mutant);
      return mutant;
    }
    Random random = new Random(turn);
    for (int n = 1 + random.nextInt(3); n > 0; n--) {
      change(mutant, random);
    }
    if (random.nextBoolean()) {
      mend(mutant);
    }
    return random.nextInt(12) == 0
        ? Arrays.copyOf(mutant, 1 + random.nextInt(mutant.length))
        : mutant;
  }

  private void change(byte[] mutant, Random random) {
    int head = heads.get(random.nextInt(heads.size()));
    int at = Math.min(mutant.length - 8, head + random.nextInt(512));
    switch (random.nextInt(5)) {
      case 0 -> mutant[at] ^= (byte) (1 << random.nextInt(8));
      case 1 -> put(mutant, at / 4 * 4, EXTREMES[random.nextInt(EXTREMES.length)], 4);
      case 2 -> put(mutant, at / 8 * 8, EXTREMES[random.nextInt(EXTREMES.length)], 8);
      case 3 -> { // an entry takes the value of another one
        int from = Math.min(mutant.length - 8, head + random.nextInt(64) * 8);
        System.arraycopy(mutant, from, mutant, at / 8 * 8, 8);
      }
      default -> mutant[random.nextInt(mutant.length)] ^= (byte) (1 << random.nextInt(8));
    }
  }

  private void put(byte[] mutant, int at, long value, int width) {
    boolean big = driver.equals("qcow2") || driver.equals("vpc");
    for (int i = 0; i < width && at + i < mutant.length; i++) {
      mutant[at + i] = (byte) (value >>> 8 * (big ? width - 1 - i : i));
    }
  }

  /** Checksums that are right let a change through to what is behind them. */
  private void mend(byte[] mutant) {
    if (driver.equals("vpc")) {
      sum(mutant, 0, 512, 64);
      sum(mutant, 512, 1024, 36);
    } else if (driver.equals("vhdx")) {
      crc(mutant, 64 << 10, 4096);
      crc(mutant, 128 << 10, 4096);
      crc(mutant, 192 << 10, 64 << 10);
      crc(mutant, 256 << 10, 64 << 10);
    }
  }

  private static void sum(byte[] mutant, int at, int length, int field) {
    int sum = 0;
    for (int i = 0; i < length; i++) {
      sum += i >= field && i < field + 4 ? 0 : mutant[at + i] & 0xff;
    }
    ByteBuffer.wrap(mutant).putInt(at + field, ~sum);
  }

  private static void crc(byte[] mutant, int at, int length) {
    ByteBuffer all = ByteBuffer.wrap(mutant).order(ByteOrder.LITTLE_ENDIAN).putInt(at + 4, 0);
    CRC32C crc = new CRC32C();
    crc.update(mutant, at, length);
    all.putInt(at + 4, (int) crc.getValue());
  }
}
