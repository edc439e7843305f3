package dev.drover.converters.guard;

import dev.drover.mappings.disk.Compression;
import dev.drover.mappings.disk.DiskFormat;
import dev.drover.mappings.disk.DiskSource.ImageFile;
import dev.drover.mappings.disk.FilePart;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;

/** Resolves what a VMDK's text names to files that the source allows it, and to no others. */
final class VmdkExtents {
  private static final int MOST = 4096;

  private final ImageBytes bytes;
  private final VmdkDescriptor text;
  private final List<GuardedExtent> extents = new ArrayList<>();

  private VmdkExtents(ImageBytes bytes, VmdkDescriptor text) {
    this.bytes = bytes;
    this.text = text;
  }

  /** Reads an image that is only a text. */
  static Guarded read(ImageBytes bytes) {
    byte[] all = bytes.peek(0, VmdkDescriptor.LONGEST + 1);
    if (all.length > VmdkDescriptor.LONGEST) {
      throw bytes.refuse(
          VmdkDescriptor.LONGEST, "a VMDK descriptor of more than 1 MiB", "export the disk again");
    }
    VmdkDescriptor text = VmdkDescriptor.parse(bytes, all, 0);
    checkIds(bytes, text);
    checkDelta(bytes, text);
    checkEnd(bytes, text, all.length);
    VmdkExtents resolved = new VmdkExtents(bytes, text);
    long size = resolved.resolve();
    MaxDiskSize.check(bytes, 0, size);
    return new Guarded(new ImageHeader(DiskFormat.VMDK, text.createType(), size), resolved.extents);
  }

  /** What reading a descriptor gives. */
  record Guarded(ImageHeader header, List<GuardedExtent> extents) {}

  /** Every writer ends with the disk data base; without it, extents may be missing. */
  private static void checkEnd(ImageBytes bytes, VmdkDescriptor text, int length) {
    if (text.keys().keySet().stream().noneMatch(key -> key.startsWith("ddb."))) {
      throw bytes.refuse(
          length,
          "the VMDK descriptor ends without its disk data base (ddb. lines): it may be cut off",
          "copy the file again; where it was written by hand, add ddb.adapterType = \"lsilogic\"");
    }
  }

  /** Without its ids, as QEMU asks for them, nobody knows whether a disk is a delta. */
  static void checkIds(ImageBytes bytes, VmdkDescriptor text) {
    if (!text.keys().containsKey("cid") || !text.keys().containsKey("parentcid")) {
      throw bytes.refuse(
          -1,
          "a VMDK whose descriptor does not say what it is a delta of (CID and parentCID)",
          "copy the file again: its descriptor is damaged");
    }
  }

  /** Refuses deltas without a parent; with one, the parent's place is the source's to tell. */
  static void checkDelta(ImageBytes bytes, VmdkDescriptor text) {
    if (text.isDelta() && bytes.image().parent() == null) {
      throw bytes.refuse(
          -1,
          "a VMDK that is a delta of \""
              + VmdkDescriptor.shown(text.keys().getOrDefault("parentfilenamehint", "another disk"))
              + "\", which Drover never looks for",
          "consolidate the snapshots of the VM and export it again");
    }
  }

  /** Refuses every name that is more than a file's name. */
  static void plainName(ImageBytes bytes, VmdkDescriptor.Line extent) {
    String name = extent.name();
    boolean plain =
        name.chars().noneMatch(c -> c == '/' || c == '\\' || c == ':' || c < ' ')
            && !name.equals("..")
            && !name.equals(".");
    if (!plain) {
      throw bytes.refuse(
          extent.at(),
          "the VMDK names a file outside its own folder as an extent: \""
              + VmdkDescriptor.shown(name)
              + "\"",
          "do not trust this image; export the disk again from its hypervisor");
    }
  }

  private long resolve() {
    if (text.extents().isEmpty() || text.extents().size() > MOST) {
      throw bytes.refuse(
          0, "a VMDK descriptor with " + text.extents().size() + " extents", "export it again");
    }
    long total = 0;
    for (VmdkDescriptor.Line line : text.extents()) {
      long size = MaxDiskSize.ofSectors(line.sectors());
      MaxDiskSize.check(bytes, line.at(), size);
      plainName(bytes, line);
      extents.add(extent(line, size));
      total += size;
      MaxDiskSize.check(bytes, line.at(), total);
    }
    return total;
  }

  private GuardedExtent extent(VmdkDescriptor.Line line, long size) {
    if (line.access().equals("NOACCESS")) {
      throw bytes.refuse(line.at(), "an extent that may not be read", "export the disk again");
    }
    switch (line.type()) {
      case "ZERO":
        throw bytes.refuse(line.at(), "a VMDK with a ZERO extent", "export it as one file");
      case "FLAT", "VMFS":
        return flat(line, size);
      case "SPARSE":
        return sparse(line, size);
      case "VMFSSPARSE", "SESPARSE":
        throw bytes.refuse(
            line.at(),
            "an ESX snapshot extent (" + line.type() + ")",
            "consolidate the snapshots of the VM and export it as OVF");
      default:
        throw bytes.refuse(
            line.at(),
            "an extent of type " + VmdkDescriptor.shown(line.type()) + ", which is no file",
            "export the VM as OVF, or give a raw copy of the device");
    }
  }

  private GuardedExtent flat(VmdkDescriptor.Line line, long size) {
    FilePart part = sibling(line);
    long start = MaxDiskSize.ofSectors(line.offset());
    if (start < 0 || start > part.length() - size) {
      throw bytes.refuse(
          line.at(),
          "extent \""
              + line.name()
              + "\" has "
              + part.length()
              + " bytes, fewer than its descriptor says",
          "copy " + part.name() + " again, it is not whole");
    }
    return new GuardedExtent(GuardedExtent.Kind.FLAT, part, start, size);
  }

  private GuardedExtent sparse(VmdkDescriptor.Line line, long size) {
    FilePart part = sibling(line);
    ImageFile alone =
        new ImageFile(
            bytes.image().label(),
            List.of(part),
            Compression.NONE,
            DiskFormat.VMDK,
            null,
            bytes.image().parent(),
            List.of());
    try (ImageBytes inside = ImageBytes.of(alone)) {
      long found = VmdkSparseHeader.readExtent(inside);
      // A sparse extent is rounded up to whole grains.
      if (found < size || found - size > 64 << 20) {
        throw inside.refuse(
            12, "an extent of " + found + " bytes, declared as " + size, "export the disk again");
      }
      return new GuardedExtent(GuardedExtent.Kind.SPARSE, part, 0, size);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private FilePart sibling(VmdkDescriptor.Line line) {
    for (FilePart part : bytes.image().siblings()) {
      if (fileName(part).equals(line.name())) {
        HeaderGuard.checkRange(bytes.image(), part);
        return part;
      }
    }
    List<String> there = bytes.image().siblings().stream().map(VmdkExtents::fileName).toList();
    throw bytes.refuse(
        line.at(),
        "the VMDK names the extent \""
            + VmdkDescriptor.shown(line.name())
            + "\", which the source does not have among its files "
            + there,
        "put the file beside the descriptor and list it in the OVF's References");
  }

  /** The name of a part without the archive or folder that holds it. */
  private static String fileName(FilePart part) {
    String name = part.name();
    int cut =
        Math.max(name.lastIndexOf('!'), Math.max(name.lastIndexOf('/'), name.lastIndexOf('\\')));
    return name.substring(cut + 1);
  }
}
