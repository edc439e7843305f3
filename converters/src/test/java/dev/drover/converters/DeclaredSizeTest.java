package dev.drover.converters;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.drover.converters.image.ImageReaders;
import dev.drover.converters.qemu.QemuImg;
import dev.drover.mappings.disk.BlockReader;
import dev.drover.mappings.disk.Compression;
import dev.drover.mappings.disk.DiskFormat;
import dev.drover.mappings.disk.DiskSource.ImageFile;
import dev.drover.mappings.model.ByteSize;
import dev.drover.mappings.progress.Progress;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A disk has the size that the source declares, also where its image holds less. */
final class DeclaredSizeTest {
  private static final int MIB = 1 << 20;
  private static final int IMAGE = 5 * MIB + 33_280;

  @TempDir
  @SuppressWarnings("NullAway.Init")
  private Path folder;

  @SuppressWarnings("NullAway.Init")
  private Path raw;

  @BeforeEach
  void makeDisk() throws IOException {
    Images.needQemuImg();
    raw = Images.random(folder.resolve("disk.raw"), 5, 3);
    try (FileChannel out = FileChannel.open(raw, StandardOpenOption.WRITE)) {
      byte[] tail = new byte[33_280];
      new Random(9).nextBytes(tail);
      out.write(ByteBuffer.wrap(tail), 5L * MIB);
    }
    Files.createDirectories(folder.resolve("scratch"));
  }

  @ParameterizedTest
  @CsvSource({
    "raw, '', DROVER",
    "vmdk, subformat=streamOptimized, DROVER",
    "vmdk, subformat=monolithicSparse, DROVER",
    "qcow2, '', DROVER",
    "vhdx, '', QEMU_IMG",
  })
  void isMadeAsLargeAsDeclared(String driver, String options, Engine engine) throws IOException {
    Path image = raw;
    if (!driver.equals("raw")) {
      image = folder.resolve("image." + driver);
      Images.make(raw, image, driver, options.isEmpty() ? new String[0] : new String[] {options});
    }
    DiskCopier copier =
        new LocalDiskCopier(
            QemuImg.find(folder.resolve("scratch")), folder.resolve("scratch"), engine);
    // Within the image's last 4 MiB, at their end, and far behind.
    for (long declared : new long[] {7 * MIB, 8 * MIB, 8 * MIB + 512, 3L << 30}) {
      ImageFile source =
          new ImageFile(
              "vm/disk0",
              List.of(Images.part(image)),
              Compression.NONE,
              null,
              new ByteSize(declared),
              null,
              List.of());
      check(copier, source, DiskFormat.RAW, declared);
      check(copier, source, DiskFormat.QCOW2, declared);
    }
    stream(copier, image);
  }

  private void check(DiskCopier copier, ImageFile source, DiskFormat format, long declared)
      throws IOException {
    Path out = folder.resolve("out." + format);
    DiskDestination.LocalFile to = new DiskDestination.LocalFile(out, format, false);
    AtomicLong told = new AtomicLong();
    CopyResult copied = copier.copy(source, to, counting(told));
    assertEquals(declared, copied.size());
    assertEquals(declared, told.get());
    String said = copied.warnings().toString();
    assertTrue(said.contains(" " + declared + ";") && said.contains("cut off"), said);
    copier.verify(source, copied, to, Progress.NONE);
    try (BlockReader written = ImageReaders.written(to.path(), to.format(), List.of())) {
      assertEquals(declared, written.size());
      ByteBuffer start = ByteBuffer.allocate(7 * MIB);
      written.read(0, start);
      assertEquals(-1, Arrays.mismatch(expected(7 * MIB), start.array()));
    }
    Files.delete(out);
  }

  private byte[] expected(int length) throws IOException {
    byte[] disk = Files.readAllBytes(raw);
    assertEquals(IMAGE, disk.length);
    return Arrays.copyOf(disk, length);
  }

  private void stream(DiskCopier copier, Path image) throws IOException {
    ByteArrayOutputStream sent = new ByteArrayOutputStream();
    DiskDestination to = new DiskDestination.Stream("volume", size -> writer(sent, size));
    ImageFile source =
        new ImageFile(
            "vm/disk0",
            List.of(Images.part(image)),
            Compression.NONE,
            null,
            new ByteSize(9 * MIB),
            null,
            List.of());
    assertEquals(9 * MIB, copier.copy(source, to, Progress.NONE).size());
    assertEquals(-1, Arrays.mismatch(expected(9 * MIB), sent.toByteArray()));
  }

  private static BlockWriter writer(ByteArrayOutputStream sent, long size) {
    assertEquals(9 * MIB, size);
    return new BlockWriter() {
      @Override
      public void write(long offset, ByteBuffer data) {
        zero(sent.size(), offset - sent.size());
        byte[] bytes = new byte[data.remaining()];
        data.get(bytes);
        sent.writeBytes(bytes);
      }

      @Override
      public void zero(long offset, long length) {
        sent.writeBytes(new byte[(int) length]);
      }

      @Override
      public void flush() {}

      @Override
      public void commit() {}

      @Override
      public void close() {}
    };
  }

  private static Progress counting(AtomicLong told) {
    return new Progress() {
      @Override
      public Progress child(String label, long units) {
        return this;
      }

      @Override
      public void advance(long units) {
        told.addAndGet(units);
      }

      @Override
      public boolean cancelled() {
        return false;
      }

      @Override
      public void close() {}
    };
  }
}
