package dev.drover.converters.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.drover.converters.BlockWriter;
import dev.drover.converters.CopyResult;
import dev.drover.converters.KeptCheckpoint;
import dev.drover.converters.RateLimit;
import dev.drover.mappings.disk.BlockReader;
import dev.drover.mappings.disk.DiskFormat;
import dev.drover.mappings.failure.Retry;
import dev.drover.mappings.failure.TargetFailed;
import dev.drover.mappings.progress.Progress;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A disk that is written over another, which no rename makes whole at once. */
final class InPlaceWriterTest extends BlockWriterContract {
  private static final int MIB = 1 << 20;
  private static final int DISK = 37 * MIB + 1536;

  private final Path raw;
  private final KeptCheckpoint kept = new KeptCheckpoint();
  private @Nullable String anew;
  private MemoryMedium medium = new MemoryMedium(SIZE + 3 * 512);
  private byte[] disk = new byte[0];

  InPlaceWriterTest(@TempDir Path folder) {
    this.raw = folder.resolve("disk.raw");
  }

  @Override
  protected BlockWriter open() {
    return CopyEngine.writer(medium, SIZE);
  }

  @Override
  protected byte[] written() {
    return Arrays.copyOf(medium.durable(), SIZE);
  }

  @Override
  protected boolean looksLikeADisk() {
    return !Arrays.equals(new byte[InPlaceWriter.HEAD], Arrays.copyOf(medium.durable(), 131072));
  }

  @BeforeEach
  void checkpointOften() {
    System.setProperty("drover.checkpoint.bytes", Integer.toString(4 * MIB));
  }

  @AfterEach
  void checkpointAsUsual() {
    System.clearProperty("drover.checkpoint.bytes");
  }

  private void makeDisk() throws IOException {
    Disks.random(raw, DISK, 31);
    disk = Files.readAllBytes(raw);
    Arrays.fill(disk, 0, 4096, (byte) 'b'); // something in the head
    Arrays.fill(disk, 9 * MIB, 22 * MIB, (byte) 'd'); // data at the places where power is cut
    Files.write(raw, disk);
    medium = new MemoryMedium(DISK + MIB);
  }

  private CopyResult copy() throws IOException {
    Checkpoints checkpoints = new Checkpoints(kept, "this disk", DISK);
    try (BlockReader reader = Disks.readBack(Disks.to(raw, DiskFormat.RAW, false));
        CopyTarget to = CopyTarget.of(medium, DISK, RateLimit.NONE, checkpoints)) {
      anew = to.anew();
      return CopyEngine.copy("vm/disk0", reader, DISK, "blocks", to, List::of, Progress.NONE);
    }
  }

  private void isThere() {
    assertEquals(-1, Arrays.mismatch(disk, Arrays.copyOf(medium.durable(), DISK)));
    byte[] behind = new byte[MIB];
    Arrays.fill(behind, MemoryMedium.OLD);
    assertEquals(
        -1, Arrays.mismatch(behind, Arrays.copyOfRange(medium.durable(), DISK, DISK + MIB)));
  }

  @Test
  void copiesAndSaysWhatItMeansToWriteInPlace() throws IOException {
    makeDisk();
    CopyResult copied = copy();
    isThere();
    assertFalse(medium.tooEarly);
    assertTrue(medium.closed);
    assertNull(kept.load());
    assertTrue(copied.warnings().toString().contains("a medium in memory was written over"));
    assertTrue(copied.warnings().toString().contains("first bytes were written last"));
  }

  @Test
  void goesOnWhereThePowerWasCutWithWhatWasFlushed() throws IOException {
    makeDisk();
    medium.cutAfter(16 * MIB);
    TargetFailed cut = assertThrows(TargetFailed.class, this::copy);
    assertEquals(Retry.WORTHWHILE, cut.retry());
    medium = medium.again();
    assertFalse(looksLikeADisk());
    copy();
    isThere();
    assertNull(anew);
    assertTrue(medium.taken < 24 * MIB, "written again: " + medium.taken);
  }

  @Test
  void goesOnFromEveryPlaceWhereThePowerMayBeCut() throws IOException {
    makeDisk();
    long all = 0;
    boolean whole = false;
    int cuts = 0;
    while (!whole) {
      medium.cutAfter(9 * MIB); // whatever holds data: one checkpoint at least
      try {
        copy();
        whole = true;
      } catch (TargetFailed cut) {
        cuts++;
        assertTrue(cuts < 30, "it does not come to an end");
        all += medium.taken;
        medium = medium.again();
      }
    }
    assertTrue(cuts >= 2, "cut only " + cuts + " times");
    isThere();
    assertTrue(all < 3L * DISK, "written in all: " + all);
  }

  @Test
  void beginsAgainWhereWhatWasWrittenIsGone() throws IOException {
    makeDisk();
    medium.cutAfter(16 * MIB);
    assertThrows(TargetFailed.class, this::copy);
    medium = medium.again();
    medium.wipe();
    copy();
    assertEquals(-1, Arrays.mismatch(disk, Arrays.copyOf(medium.durable(), DISK)));
    assertTrue(String.valueOf(anew).contains("not there any more"), anew);
  }

  @Test
  void refusesAMediumThatIsSmallerThanTheDiskAndLeavesItAsItWas() {
    medium = new MemoryMedium(SIZE - 512);
    TargetFailed refused = assertThrows(TargetFailed.class, this::open);
    assertEquals(Retry.POINTLESS, refused.retry());
    assertTrue(refused.toString().contains("at least " + SIZE + " bytes"), refused.toString());
    assertEquals(0, medium.taken);
    assertEquals(Long.MAX_VALUE, medium.lowest);
    assertTrue(medium.closed);
  }

  @Test
  void saysThatAMediumCannotBeWrittenAtAll() {
    medium.cutAfter(-1);
    TargetFailed refused = assertThrows(TargetFailed.class, this::open);
    assertTrue(refused.toString().contains("a medium in memory"), refused.toString());
    assertTrue(medium.closed);
  }
}
