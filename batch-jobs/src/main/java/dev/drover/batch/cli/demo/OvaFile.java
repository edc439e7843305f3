package dev.drover.batch.cli.demo;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;

/**
 * Packs an appliance: a tar of POSIX 1003.1-1988 (ustar) with the descriptor first, its manifest
 * second, the disks behind (DSP0243, "OVF packaging").
 */
final class OvaFile {
  private static final int BLOCK = 512;
  private static final int CHECKSUM_AT = 148;

  private OvaFile() {}

  static void write(Path ova, String name, String descriptor, List<Path> disks) throws IOException {
    byte[] ovf = descriptor.getBytes(StandardCharsets.UTF_8);
    StringBuilder manifest = new StringBuilder(manifestLine(name + ".ovf", sha256().digest(ovf)));
    for (Path disk : disks) {
      manifest.append(manifestLine(disk.getFileName().toString(), digest(disk)));
    }
    try (OutputStream out = Files.newOutputStream(ova)) {
      entry(out, name + ".ovf", ovf);
      entry(out, name + ".mf", manifest.toString().getBytes(StandardCharsets.US_ASCII));
      for (Path disk : disks) {
        long size = Files.size(disk);
        out.write(header(disk.getFileName().toString(), size));
        Files.copy(disk, out);
        out.write(new byte[padding(size)]);
      }
      out.write(new byte[2 * BLOCK]);
    }
  }

  private static void entry(OutputStream out, String name, byte[] content) throws IOException {
    out.write(header(name, content.length));
    out.write(content);
    out.write(new byte[padding(content.length)]);
  }

  private static int padding(long size) {
    return (int) (-size & (BLOCK - 1));
  }

  private static byte[] header(String name, long size) {
    byte[] header = new byte[BLOCK];
    put(header, 0, name);
    put(header, 100, "0000644\0");
    put(header, 108, "0000000\0");
    put(header, 116, "0000000\0");
    put(header, 124, String.format(Locale.ROOT, "%011o\0", size));
    put(header, 136, String.format(Locale.ROOT, "%011o\0", 0));
    // The checksum counts its own field as spaces.
    Arrays.fill(header, CHECKSUM_AT, CHECKSUM_AT + 8, (byte) ' ');
    header[156] = '0';
    put(header, 257, "ustar\00000");
    int sum = 0;
    for (byte b : header) {
      sum += b & 0xff;
    }
    put(header, CHECKSUM_AT, String.format(Locale.ROOT, "%06o\0 ", sum));
    return header;
  }

  private static void put(byte[] header, int at, String text) {
    byte[] bytes = text.getBytes(StandardCharsets.US_ASCII);
    System.arraycopy(bytes, 0, header, at, bytes.length);
  }

  private static String manifestLine(String file, byte[] digest) {
    return "SHA256(" + file + ")= " + HexFormat.of().formatHex(digest) + "\n";
  }

  private static byte[] digest(Path file) throws IOException {
    MessageDigest digest = sha256();
    try (var in = Files.newInputStream(file)) {
      byte[] buffer = new byte[1 << 16];
      for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
        digest.update(buffer, 0, n);
      }
    }
    return digest.digest();
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }
}
