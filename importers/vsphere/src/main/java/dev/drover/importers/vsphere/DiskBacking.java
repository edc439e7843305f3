package dev.drover.importers.vsphere;

import com.vmware.vim25.DatastoreSummary;
import com.vmware.vim25.VirtualDeviceBackingInfo;
import com.vmware.vim25.VirtualDeviceFileBackingInfo;
import com.vmware.vim25.VirtualDisk;
import com.vmware.vim25.VirtualDiskFlatVer1BackingInfo;
import com.vmware.vim25.VirtualDiskFlatVer2BackingInfo;
import com.vmware.vim25.VirtualDiskPartitionedRawDiskVer2BackingInfo;
import com.vmware.vim25.VirtualDiskRawDiskMappingVer1BackingInfo;
import com.vmware.vim25.VirtualDiskRawDiskVer2BackingInfo;
import com.vmware.vim25.VirtualDiskSeSparseBackingInfo;
import com.vmware.vim25.VirtualDiskSparseVer1BackingInfo;
import com.vmware.vim25.VirtualDiskSparseVer2BackingInfo;
import dev.drover.mappings.disk.DiskFormat;
import dev.drover.mappings.model.Answer;
import dev.drover.mappings.model.SourceDisk;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** What holds a disk's bytes, over the kinds of backing that vSphere has. */
final class DiskBacking {
  private static final int LONGEST_CHAIN = 1000;

  private final @Nullable VirtualDeviceBackingInfo info;
  private final Surroundings around;

  DiskBacking(VirtualDisk disk, Surroundings around) {
    this.info = disk.backing;
    this.around = around;
  }

  SourceDisk.Backing backing() {
    SourceDisk.Kind kind = kind();
    return new SourceDisk.Backing(
        kind,
        kind == SourceDisk.Kind.FILE || kind == SourceDisk.Kind.OBJECT ? DiskFormat.VMDK : null,
        path(),
        datastore(),
        thin(),
        info == null ? null : depth());
  }

  /** {@code [datastore1] web/web.vmdk}; of a raw device its name. */
  @Nullable String path() {
    if (info instanceof VirtualDeviceFileBackingInfo file && file.fileName != null) {
      return file.fileName;
    }
    return info instanceof VirtualDiskRawDiskVer2BackingInfo raw ? raw.deviceName : null;
  }

  /** Tells datastores of one name apart; empty where nobody tells it. */
  String datastoreId() {
    return info instanceof VirtualDeviceFileBackingInfo file && file.datastore != null
        ? file.datastore.val
        : String.valueOf(datastore());
  }

  /** What vSphere changes with the disk's content, or null. */
  @Nullable String contentId() {
    if (info instanceof VirtualDiskFlatVer2BackingInfo flat) {
      return flat.contentId;
    } else if (info instanceof VirtualDiskSeSparseBackingInfo sparse) {
      return sparse.contentId;
    }
    return info instanceof VirtualDiskSparseVer2BackingInfo sparse ? sparse.contentId : null;
  }

  private @Nullable String datastore() {
    if (info instanceof VirtualDeviceFileBackingInfo file) {
      String name = around.tree().name(file.datastore);
      if (name != null) {
        return name;
      }
      String path = file.fileName;
      int end = path == null ? -1 : path.indexOf("] ");
      return end > 1 && path.startsWith("[") ? path.substring(1, end) : null;
    }
    return null;
  }

  private SourceDisk.Kind kind() {
    if (info instanceof VirtualDiskRawDiskMappingVer1BackingInfo mapping) {
      return "virtualMode".equals(mapping.compatibilityMode)
          ? SourceDisk.Kind.RDM_VIRTUAL
          : SourceDisk.Kind.RDM_PHYSICAL;
    } else if (info instanceof VirtualDiskPartitionedRawDiskVer2BackingInfo
        || info instanceof VirtualDiskRawDiskVer2BackingInfo) {
      return SourceDisk.Kind.BLOCK;
    } else if (info instanceof VirtualDeviceFileBackingInfo file) {
      return isObject(file) ? SourceDisk.Kind.OBJECT : SourceDisk.Kind.FILE;
    }
    return SourceDisk.Kind.UNKNOWN;
  }

  /** vSAN and vVol keep no flat file. */
  private boolean isObject(VirtualDeviceFileBackingInfo file) {
    DatastoreSummary summary = around.datastore(file.datastore);
    String type = summary == null || summary.type == null ? "" : summary.type;
    String lower = type.toLowerCase(Locale.ROOT);
    return lower.startsWith("vsan") || lower.equals("vvol");
  }

  boolean isPassedThrough() {
    return kind() == SourceDisk.Kind.RDM_PHYSICAL || kind() == SourceDisk.Kind.BLOCK;
  }

  /** Whether one flat file of its datastore is all of it. */
  boolean isFlat() {
    return kind() == SourceDisk.Kind.FILE
        && (info instanceof VirtualDiskFlatVer2BackingInfo two
                && two.parent == null
                && !Boolean.TRUE.equals(two.split)
            || info instanceof VirtualDiskFlatVer1BackingInfo one
                && one.parent == null
                && !Boolean.TRUE.equals(one.split));
  }

  private Answer thin() {
    if (info instanceof VirtualDiskFlatVer2BackingInfo flat) {
      return Answer.of(flat.thinProvisioned);
    } else if (info instanceof VirtualDiskSeSparseBackingInfo
        || info instanceof VirtualDiskSparseVer2BackingInfo
        || info instanceof VirtualDiskSparseVer1BackingInfo) {
      return Answer.YES;
    }
    return Answer.UNKNOWN;
  }

  private static @Nullable Object parent(@Nullable Object info) {
    if (info instanceof VirtualDiskFlatVer2BackingInfo flat) {
      return flat.parent;
    } else if (info instanceof VirtualDiskSeSparseBackingInfo sparse) {
      return sparse.parent;
    } else if (info instanceof VirtualDiskSparseVer2BackingInfo sparse) {
      return sparse.parent;
    } else if (info instanceof VirtualDiskFlatVer1BackingInfo flat) {
      return flat.parent;
    } else if (info instanceof VirtualDiskSparseVer1BackingInfo sparse) {
      return sparse.parent;
    }
    return info instanceof VirtualDiskRawDiskMappingVer1BackingInfo mapping ? mapping.parent : null;
  }

  private int depth() {
    int depth = 0;
    for (Object up = parent(info); up != null && depth < LONGEST_CHAIN; up = parent(up)) {
      depth++;
    }
    return depth;
  }

  SourceDisk.Mode mode() {
    String mode = field(Field.MODE);
    return switch (mode == null ? "" : mode) {
      case "persistent" -> SourceDisk.Mode.PERSISTENT;
      case "independent_persistent" -> SourceDisk.Mode.INDEPENDENT_PERSISTENT;
      case "independent_nonpersistent" -> SourceDisk.Mode.INDEPENDENT_NONPERSISTENT;
      default -> SourceDisk.Mode.UNKNOWN;
    };
  }

  @Nullable String uuid() {
    String uuid = field(Field.UUID);
    return uuid == null || uuid.isBlank() ? null : uuid.toLowerCase(Locale.ROOT);
  }

  @Nullable String changeId() {
    String id = field(Field.CHANGE_ID);
    return id == null || id.isBlank() ? null : id;
  }

  boolean isMultiWriter() {
    return "sharingMultiWriter".equals(field(Field.SHARING));
  }

  private enum Field {
    MODE,
    UUID,
    CHANGE_ID,
    SHARING
  }

  /** The kinds of backing have these fields in common, but no type that has them. */
  private @Nullable String field(Field which) {
    if (info instanceof VirtualDiskFlatVer2BackingInfo flat) {
      return pick(which, flat.diskMode, flat.uuid, flat.changeId, flat.sharing);
    } else if (info instanceof VirtualDiskRawDiskMappingVer1BackingInfo mapping) {
      return pick(which, mapping.diskMode, mapping.uuid, mapping.changeId, mapping.sharing);
    } else if (info instanceof VirtualDiskSeSparseBackingInfo sparse) {
      return pick(which, sparse.diskMode, sparse.uuid, sparse.changeId, null);
    } else if (info instanceof VirtualDiskSparseVer2BackingInfo sparse) {
      return pick(which, sparse.diskMode, sparse.uuid, sparse.changeId, null);
    } else if (info instanceof VirtualDiskRawDiskVer2BackingInfo raw) {
      return pick(which, null, raw.uuid, raw.changeId, raw.sharing);
    } else if (info instanceof VirtualDiskFlatVer1BackingInfo flat) {
      return pick(which, flat.diskMode, null, null, null);
    } else if (info instanceof VirtualDiskSparseVer1BackingInfo sparse) {
      return pick(which, sparse.diskMode, null, null, null);
    }
    return null;
  }

  private static @Nullable String pick(
      Field which,
      @Nullable String mode,
      @Nullable String uuid,
      @Nullable String changeId,
      @Nullable String sharing) {
    return switch (which) {
      case MODE -> mode;
      case UUID -> uuid;
      case CHANGE_ID -> changeId;
      case SHARING -> sharing;
    };
  }
}
