package dev.drover.importers.rvtools;

import dev.drover.mappings.model.Answer;
import dev.drover.mappings.model.ByteSize;
import dev.drover.mappings.model.DiskAddress;
import dev.drover.mappings.model.SourceDisk;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Disks of a plain CSV: the sizes in one cell, {@code 40+200}, each of a thing not known further.
 */
final class PlainDisks {
  private PlainDisks() {}

  static List<SourceDisk> read(VmRows vm, @Nullable ByteSize used) {
    String text = vm.info().text(Field.PLAIN_DISKS);
    List<SourceDisk> disks = new ArrayList<>();
    if (text == null) {
      return disks;
    }
    String[] sizes = text.split("[+|;\\s]+");
    for (String each : sizes) {
      ByteSize size = each.isEmpty() ? null : vm.info().sizeOf(Field.PLAIN_DISKS, each);
      int number = disks.size() + 1;
      if (size == null || size.bytes() == 0) {
        vm.block(
            "RVT-032",
            "the table gives no usable capacity for a disk",
            "write sizes like 40+200, in the unit that the column's name tells",
            vm.info().place() + " disk " + number + ": " + each);
        size = ByteSize.ZERO;
      }
      disks.add(
          new SourceDisk(
              "disk" + number,
              "disk " + number,
              size,
              sizes.length > 1 || used == null ? null : used.compareTo(size) < 0 ? used : size,
              new DiskAddress(DiskAddress.Bus.UNKNOWN, null, 0, number - 1),
              new SourceDisk.Backing(
                  SourceDisk.Kind.UNKNOWN,
                  null,
                  null,
                  vm.info().text(Field.PLAIN_DATASTORE),
                  Answer.UNKNOWN,
                  null),
              SourceDisk.Sharing.UNKNOWN,
              SourceDisk.Mode.UNKNOWN,
              null,
              null,
              Answer.UNKNOWN,
              null));
    }
    return disks;
  }
}
