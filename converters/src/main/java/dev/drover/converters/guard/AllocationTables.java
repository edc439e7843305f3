package dev.drover.converters.guard;

import dev.drover.mappings.disk.FilePart;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;

/**
 * Walks the tables of an image that tell where each piece of the disk stands, before another
 * program reads it: QEMU takes what lies behind the end of a file for zeros, so that a file that
 * was cut off converts without a complaint, and compares as equal with itself. Every piece must lie
 * inside the file, and no place of the file may hold two.
 *
 * <p>What tables cannot tell stays unseen: an entry that was damaged to say "nothing here", which
 * honest images are full of, and damage inside the data, which only a manifest finds.
 */
public final class AllocationTables {
  private AllocationTables() {}

  /**
   * Checks an image that passed {@link HeaderGuard}.
   *
   * @param label of the disk, for messages
   * @param parts hold the image without any wrapping
   * @throws dev.drover.mappings.failure.HostileInput naming the file and the entry
   */
  public static void check(String label, List<FilePart> parts, ImageHeader header) {
    try (TableBytes bytes = TableBytes.open(label, parts)) {
      switch (header.format()) {
        case QCOW2 -> new Qcow2Walk(bytes).run();
        case VMDK -> new VmdkWalk(bytes).run();
        case VHD -> VhdWalk.run(bytes, header);
        case VHDX -> new VhdxWalk(bytes, VhdxLayout.of(label, parts)).run();
        case VDI -> VdiWalk.run(bytes);
        case RAW -> {}
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
