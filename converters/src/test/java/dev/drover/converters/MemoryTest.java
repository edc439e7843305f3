package dev.drover.converters;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * A process with 112 MiB of heap copies disks of any size: 64 of them are the bound of the engine,
 * the rest the JVM takes for itself, as arrays of 4 MiB fill its regions badly.
 */
final class MemoryTest {
  private final Path folder;
  private final Path raw;

  MemoryTest(@TempDir Path folder) {
    this.folder = folder;
    this.raw = folder.resolve("disk.raw");
  }

  @BeforeEach
  void needQemuImg() {
    Images.needQemuImg();
  }

  @ParameterizedTest
  @CsvSource({
    "raw, '', RAW",
    "qcow2, '-c,compression_type=zlib', QCOW2",
    "vmdk, subformat=streamOptimized, PACKED",
  })
  void staysBelowItsBoundForADiskThatIsLarger(String driver, String options, String to)
      throws Exception {
    Images.random(raw, 160, 3);
    Path image = raw;
    if (!driver.equals("raw")) {
      image = folder.resolve("image");
      Images.makeAs(raw, image, driver, options);
    }
    copy(image, driver.toUpperCase(), to);
    String format = to.equals("RAW") ? "raw" : "qcow2";
    String out = folder.resolve("out").toString();
    Images.run("qemu-img", "compare", "-f", "raw", "-F", format, raw.toString(), out);
  }

  @Test
  void copiesATebibyteOfHoles() throws Exception {
    Images.run("truncate", "-s", "1T", raw.toString());
    byte[] sector = new byte[512];
    java.util.Arrays.fill(sector, (byte) 3);
    Images.patch(raw, 700L << 30, sector);
    long start = System.nanoTime();
    copy(raw, "RAW", "RAW");
    long seconds = TimeUnit.NANOSECONDS.toSeconds(System.nanoTime() - start);
    System.out.println("1 TiB with one sector of data copied in " + seconds + " s");
    Path out = folder.resolve("out");
    assertEquals(1L << 40, Files.size(out));
    Images.run("qemu-io", "-f", "raw", "-c", "read -P 3 700G 512", out.toString());
  }

  private void copy(Path image, String format, String to) throws Exception {
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin/java").toString(),
                "-Xmx112m",
                "-XX:MaxDirectMemorySize=24m",
                "-cp",
                System.getProperty("java.class.path"),
                CopyToKill.class.getName(),
                image.toString(),
                format,
                "none",
                folder.resolve("out").toString(),
                to,
                "0")
            .redirectErrorStream(true)
            .redirectOutput(folder.resolve("log").toFile())
            .start();
    int exit = process.waitFor();
    assertEquals(0, exit, Files.readString(folder.resolve("log")));
  }
}
