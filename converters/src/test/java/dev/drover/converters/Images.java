package dev.drover.converters;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.drover.mappings.disk.Compression;
import dev.drover.mappings.disk.DiskFormat;
import dev.drover.mappings.disk.DiskSource.ImageFile;
import dev.drover.mappings.disk.FilePart;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/** Makes images with the real qemu-img. */
public final class Images {
  private Images() {}

  /** Skips the test where the program is missing. */
  public static void needQemuImg() {
    assumeTrue(has("qemu-img"), "qemu-img is missing: apt-get install qemu-utils");
  }

  /** Whether a program is on the PATH. */
  public static boolean has(String program) {
    return Arrays.stream(System.getenv("PATH").split(":"))
        .anyMatch(folder -> Files.isExecutable(Path.of(folder, program)));
  }

  /** A raw disk with data, zeros and holes at random places. */
  public static Path random(Path file, int mib, long seed) {
    Random random = new Random(seed);
    try (FileChannel out =
        FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
      out.write(ByteBuffer.allocate(1), (long) mib * (1 << 20) - 1);
      for (int i = 0; i < mib * 2; i++) {
        byte[] data = new byte[512 + random.nextInt(200 << 10)];
        random.nextBytes(data);
        long most = (long) mib * (1 << 20) - data.length;
        out.write(ByteBuffer.wrap(data), (long) (random.nextDouble() * most) / 512 * 512);
      }
      return file;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Converts with qemu-img itself. */
  public static Path make(Path raw, Path to, String format, String... options) {
    List<String> words = new ArrayList<>(List.of("qemu-img", "convert", "-f", "raw", "-O", format));
    for (String option : options) {
      words.addAll(option.equals("-c") ? List.of(option) : List.of("-o", option));
    }
    words.addAll(List.of(raw.toString(), to.toString()));
    run(words.toArray(new String[0]));
    return to;
  }

  /** The format that a driver of qemu-img writes. */
  public static DiskFormat format(String driver) {
    return driver.equals("vpc") ? DiskFormat.VHD : DiskFormat.valueOf(driver.toUpperCase());
  }

  /**
   * {@link #make} with options as tests write them: {@code -c,compression_type=zstd} compresses.
   */
  public static Path makeAs(Path raw, Path to, String driver, String options) {
    if (options.isEmpty()) {
      return make(raw, to, driver);
    }
    return options.startsWith("-c,")
        ? make(raw, to, driver, "-c", options.substring(3))
        : make(raw, to, driver, options);
  }

  /** Runs a program that must succeed; its output. */
  public static String run(String... words) {
    try {
      Process process = new ProcessBuilder(words).redirectErrorStream(true).start();
      String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      assertEquals(0, process.waitFor(), () -> String.join(" ", words) + ": " + out);
      return out;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  /** A whole file as a part. */
  public static FilePart part(Path file) {
    try {
      return new FilePart(
          file, Compression.NONE, 0, Files.size(file), file.getFileName().toString(), null);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** An image in one file, nothing declared. */
  public static ImageFile image(Path file) {
    return image(List.of(part(file)), Compression.NONE, null, List.of());
  }

  /** An image with everything that tests vary. */
  public static ImageFile image(
      List<FilePart> parts,
      Compression compression,
      @Nullable DiskFormat declared,
      List<FilePart> siblings) {
    return new ImageFile("vm/disk0", parts, compression, declared, null, null, siblings);
  }

  /** Changes bytes of a file. */
  public static void patch(Path file, long at, byte[] bytes) {
    try (FileChannel out = FileChannel.open(file, StandardOpenOption.WRITE)) {
      out.write(ByteBuffer.wrap(bytes), at);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
