package dev.drover.importers.rvtools;

import dev.drover.mappings.disk.DiskFormat;
import dev.drover.mappings.model.ByteSize;
import dev.drover.mappings.model.DiskAddress;
import dev.drover.mappings.model.DiskAddress.Bus;
import dev.drover.mappings.model.SourceDisk;
import java.util.HashSet;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The disks of one VM. */
final class DiskRows {
  private static final Pattern DATASTORE = Pattern.compile("^\\[([^\\]]+)\\]\\s*(.*)$");
  private static final Pattern BARE_LABEL =
      Pattern.compile("(?i)(?:scsi|ide|sata|ahci|nvme)(?: controller)?[ #-]*\\d*");
  private static final Pattern LAST_NUMBER = Pattern.compile("(\\d+)\\D*$");

  private final VmRows vm;
  private final Set<String> ids = new HashSet<>();
  private int position;

  DiskRows(VmRows vm) {
    this.vm = vm;
  }

  /**
   * @param used of the whole VM, which is the disk's where there is no other
   */
  SourceDisk read(RowView row, @Nullable ByteSize used) {
    String label = row.text(Field.DISK);
    String uuid = row.text(Field.DISK_UUID);
    ByteSize size = row.size(Field.CAPACITY);
    String shown = label == null ? "disk " + (position + 1) : label;
    if (size == null || size.bytes() == 0) {
      vm.block(
          "RVT-032",
          "the export gives no usable capacity for a disk",
          "look at the disk in vCenter; a size of 0 or below is an error there",
          row.place() + " " + shown + ": " + row.text(Field.CAPACITY));
    }
    String path = row.text(Field.PATH) == null ? row.text(Field.DISK_PATH) : row.text(Field.PATH);
    Matcher datastore = DATASTORE.matcher(path == null ? "" : path);
    String store = datastore.matches() ? datastore.group(1) : null;
    SourceDisk.Kind kind = kind(row, store, shown);
    ByteSize whole = size == null ? ByteSize.ZERO : size;
    SourceDisk disk =
        new SourceDisk(
            id(row, shown),
            shown,
            whole,
            used == null || used.compareTo(whole) < 0 ? used : whole,
            address(row),
            new SourceDisk.Backing(
                kind, DiskFormat.VMDK, path, store, row.answer(Field.THIN), null),
            sharing(row),
            mode(row.word(Field.DISK_MODE)),
            vm.info().answer(Field.ENABLE_UUID).isYes() ? serial(uuid) : null,
            uuid,
            vm.info().answer(Field.CBT),
            null);
    position++;
    return disk;
  }

  private String id(RowView row, String label) {
    String key = row.key(Field.DISK_KEY);
    String id =
        key != null ? key : label.toLowerCase(Locale.ROOT).replaceAll("[^\\p{L}\\p{N}]+", "-");
    String unique = id;
    for (int i = 2; !ids.add(unique); i++) {
      unique = id + "~" + i;
    }
    return unique;
  }

  /** With disk.EnableUUID the guest reads the disk's UUID without dashes as its serial number. */
  private static @Nullable String serial(@Nullable String uuid) {
    return uuid == null ? null : uuid.replaceAll("[^0-9A-Fa-f]", "").toLowerCase(Locale.ROOT);
  }

  private SourceDisk.Kind kind(RowView row, @Nullable String store, String label) {
    if (row.answer(Field.RAW).isYes() || row.text(Field.RAW_LUN) != null) {
      String mode = row.word(Field.RAW_MODE);
      if (mode.contains("virtual")) {
        return SourceDisk.Kind.RDM_VIRTUAL;
      } else if (!mode.contains("physical")) {
        vm.warn(
            "RVT-034",
            "a disk is a raw device, and the export does not tell whether in physical or virtual"
                + " mode; physical is assumed",
            "look it up in vCenter; a raw device in virtual mode can be copied as a disk",
            row.place() + " " + label);
      }
      return SourceDisk.Kind.RDM_PHYSICAL;
    }
    String type = vm.estate().datastoreType(vm.vcenter(), store);
    return type.contains("vsan") || type.contains("vvol")
        ? SourceDisk.Kind.OBJECT
        : store == null ? SourceDisk.Kind.UNKNOWN : SourceDisk.Kind.FILE;
  }

  private DiskAddress address(RowView row) {
    String controller = row.text(Field.CONTROLLER);
    String label = row.text(Field.LABEL);
    String both = (controller + " " + label).toLowerCase(Locale.ROOT);
    String model =
        controller == null || BARE_LABEL.matcher(controller).matches() ? null : controller;
    Integer unit = row.count(Field.UNIT);
    Integer scsiUnit = unit == null ? row.count(Field.SCSI_UNIT) : unit;
    Integer number = number(label);
    if (number == null && model == null) {
      number = number(controller);
    }
    return new DiskAddress(
        bus(both), model, number == null ? 0 : number, scsiUnit == null ? position : scsiUnit);
  }

  private static Bus bus(String words) {
    if (words.contains("nvme")) {
      return Bus.NVME;
    } else if (words.contains("sata") || words.contains("ahci")) {
      return Bus.SATA;
    } else if (words.contains("scsi") || words.contains("lsi") || words.contains("buslogic")) {
      return Bus.SCSI;
    } else if (words.matches(".*\\bide\\b.*")) {
      return Bus.IDE;
    }
    return words.contains("usb") ? Bus.USB : Bus.UNKNOWN;
  }

  private static @Nullable Integer number(@Nullable String text) {
    Matcher match = LAST_NUMBER.matcher(text == null ? "" : text);
    return match.find() && match.group(1).length() < 6 ? Integer.valueOf(match.group(1)) : null;
  }

  private static SourceDisk.Sharing sharing(RowView row) {
    String mode = row.word(Field.SHARING_MODE);
    String bus = row.word(Field.SHARED_BUS);
    if (mode.contains("multiwriter")) {
      return SourceDisk.Sharing.MULTI_WRITER;
    } else if (bus.contains("physical") || bus.contains("virtual")) {
      return SourceDisk.Sharing.SHARED_BUS;
    }
    return mode.isEmpty() && bus.isEmpty() ? SourceDisk.Sharing.UNKNOWN : SourceDisk.Sharing.NONE;
  }

  private static SourceDisk.Mode mode(String word) {
    String mode = word.replace("_", "").replace(" ", "").replace("-", "");
    return switch (mode) {
      case "persistent" -> SourceDisk.Mode.PERSISTENT;
      case "independentpersistent" -> SourceDisk.Mode.INDEPENDENT_PERSISTENT;
      case "independentnonpersistent", "nonpersistent" -> SourceDisk.Mode.INDEPENDENT_NONPERSISTENT;
      default -> SourceDisk.Mode.UNKNOWN;
    };
  }
}
