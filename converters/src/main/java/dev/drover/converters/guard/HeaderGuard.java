package dev.drover.converters.guard;

import dev.drover.mappings.disk.Compression;
import dev.drover.mappings.disk.DiskFormat;
import dev.drover.mappings.disk.DiskSource.ImageFile;
import dev.drover.mappings.disk.DiskSource.Streamed;
import dev.drover.mappings.disk.FilePart;
import dev.drover.mappings.failure.ConversionFailed;
import dev.drover.mappings.failure.Retry;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Reads an image's header in this process, before any other program sees the file, and refuses
 * images that would lead a program to other files, or that no honest writer makes.
 */
public final class HeaderGuard {
  private static final int LONGEST_CHAIN = 64;

  private HeaderGuard() {}

  /**
   * Checks an image and its parents.
   *
   * @throws dev.drover.mappings.failure.HostileInput with the file and the byte
   * @throws ConversionFailed when the image is not whole, or is not what the source declares
   */
  public static GuardedImage check(ImageFile image) {
    return check(image, 0);
  }

  /**
   * Checks an image that comes once by its first bytes: it is raw, or a streamOptimized VMDK, and
   * the disk is as large as the source promises.
   *
   * @param head as many bytes as a header and its descriptor take, or all there are
   * @throws HostileInput with the byte
   * @throws ConversionFailed when the image is not what the source declares, or none that can be
   *     read in one pass
   */
  public static ImageHeader check(Streamed source, byte[] head) {
    HeadBytes bytes = new HeadBytes(source, head);
    long declared = source.declaredSize().bytes();
    if (source.declaredFormat() == DiskFormat.RAW) {
      MaxDiskSize.check(bytes, -1, declared);
      return new ImageHeader(DiskFormat.RAW, "", declared);
    }
    DiskFormat found = Magic.format(bytes);
    ImageHeader header = found == DiskFormat.VMDK ? vmdk(bytes, new ArrayList<>()) : null;
    if (found != source.declaredFormat()) {
      throw new ConversionFailed(
          source.label(),
          "its source declares it as "
              + source.declaredFormat()
              + ", its header is "
              + (found == null ? "of no format that Drover knows" : "that of " + found),
          "look at the disk at its source, or export the VM to files and give Drover those");
    }
    if (header == null || !header.detail().equals("streamOptimized")) {
      throw new ConversionFailed(
          source.label(),
          (header == null ? found : header.detail() + " " + found)
              + " cannot be read from its first byte to its last",
          "export the VM to files, and give Drover those");
    }
    if (header.virtualSize() != declared) {
      throw new ConversionFailed(
          source.label(),
          "it holds a disk of " + header.virtualSize() + " bytes, its source declares " + declared,
          "look whether the disk is being resized at its source, then run again");
    }
    return header;
  }

  private static GuardedImage check(ImageFile image, int depth) {
    if (depth > LONGEST_CHAIN) {
      throw new ConversionFailed(
          image.label(),
          "a chain of more than " + LONGEST_CHAIN + " deltas",
          "consolidate the snapshots at the source");
    }
    image.parts().forEach(part -> checkRange(image, part));
    try (ImageBytes bytes = ImageBytes.of(image)) {
      List<GuardedExtent> extents = new ArrayList<>();
      List<String> warnings = new ArrayList<>();
      ImageHeader header = read(bytes, extents, warnings);
      header = checkDeclaredSize(image, header, warnings);
      if (header.format() == DiskFormat.QCOW2) {
        Qcow2Header.snapshots(bytes).ifPresent(warnings::add);
      }
      GuardedImage parent = image.parent() == null ? null : check(image.parent(), depth + 1);
      if (parent != null) {
        checkParent(bytes, header, parent);
        warnings.addAll(parent.warnings());
      }
      return new GuardedImage(image, header, extents, parent, warnings);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static ImageHeader read(
      ImageBytes bytes, List<GuardedExtent> extents, List<String> warnings) {
    ImageFile image = bytes.image();
    if (image.declaredFormat() == DiskFormat.RAW) {
      // Whatever stands inside belongs to the guest, and is copied as it is.
      if (Magic.isQcow2(bytes)) {
        warnings.add(
            image.label()
                + " is declared and copied as RAW, but begins as a QCOW2 image does: a program that"
                + " guesses formats may follow what the guest wrote there; always name raw to it");
      }
      return raw(bytes);
    }
    DiskFormat found = Magic.format(bytes);
    if (image.declaredFormat() != null && found != image.declaredFormat()) {
      warnings.add(contradiction(bytes, image.declaredFormat(), found));
    }
    if (found == null) {
      Magic.refuseOthers(bytes);
      return raw(bytes);
    }
    return switch (found) {
      case QCOW2 -> Qcow2Header.read(bytes);
      case VMDK -> vmdk(bytes, extents);
      case VHD -> vhd(bytes);
      case VHDX -> VhdxHeader.read(bytes);
      case VDI -> VdiHeader.read(bytes);
      case RAW -> raw(bytes);
    };
  }

  private static ImageHeader vmdk(ImageBytes bytes, List<GuardedExtent> extents) {
    if (!VmdkDescriptor.isText(bytes.peek(0, 512))) {
      return VmdkSparseHeader.read(bytes);
    }
    VmdkExtents.Guarded guarded = VmdkExtents.read(bytes);
    extents.addAll(guarded.extents());
    return guarded.header();
  }

  private static ImageHeader vhd(ImageBytes bytes) {
    byte[] head = bytes.peek(0, VhdHeader.FOOTER);
    if (VmdkDescriptor.startsWith(head, VhdHeader.COOKIE)) {
      ByteBuffer copy = bytes.exactly(0, VhdHeader.FOOTER, ByteOrder.BIG_ENDIAN, "VHD footer");
      return VhdHeader.read(bytes, copy, 0);
    }
    byte[] footer = bytes.last(VhdHeader.FOOTER);
    long at = bytes.length() < 0 ? -1 : bytes.length() - footer.length;
    return VhdHeader.read(bytes, ByteBuffer.wrap(footer), at);
  }

  private static ImageHeader raw(ImageBytes bytes) {
    long size = bytes.length();
    if (size < 0 && bytes.image().declaredSize() != null) {
      size = bytes.image().declaredSize().bytes();
    }
    if (size >= 0) {
      MaxDiskSize.check(bytes, -1, size);
    }
    return new ImageHeader(DiskFormat.RAW, "", size);
  }

  /**
   * A declaration that a header proves wrong is corrected: OVF tools write the VMDK's URI for any
   * disk. Its own checks follow, as for every image. Without a known header nothing is guessed.
   */
  private static String contradiction(
      ImageBytes bytes, DiskFormat declared, @Nullable DiskFormat found) {
    String name = bytes.image().parts().get(0).name();
    if (found == null) {
      throw new ConversionFailed(
          bytes.image().label(),
          name
              + " is declared as "
              + declared
              + ", but it has no header of any format that Drover knows",
          "correct the declaration at the source, or export the disk again");
    }
    return bytes.image().label()
        + ": "
        + name
        + " is declared as "
        + declared
        + ", but its header is that of "
        + found
        + "; it is read as "
        + found;
  }

  private static ImageHeader checkDeclaredSize(
      ImageFile image, ImageHeader header, List<String> warnings) {
    if (image.declaredSize() == null || header.virtualSize() < 0) {
      return header;
    }
    long declared = image.declaredSize().bytes();
    if (header.virtualSize() > declared) {
      throw new ConversionFailed(
          image.label(),
          "the image holds a disk of "
              + header.virtualSize()
              + " bytes, the source declares "
              + declared,
          "correct the capacity at the source, or export the disk again");
    }
    // An incomplete last sector is continued with zeros as well, and nothing to talk about.
    if (header.virtualSize() <= declared - 512) {
      warnings.add(shorter(image.label(), header.virtualSize(), declared));
    }
    return header;
  }

  /** What to say of an image that holds less than its source declares. */
  public static String shorter(String label, long held, long declared) {
    return label
        + ": the image holds a disk of "
        + held
        + " bytes, the source declares "
        + declared
        + "; the disk is made as large as declared, with zeros behind what the image holds."
        + " An export that was cut off looks the same: compare the size at the source";
  }

  private static void checkParent(ImageBytes bytes, ImageHeader header, GuardedImage parent) {
    boolean stacks = header.format() == DiskFormat.QCOW2 || header.format() == DiskFormat.VMDK;
    if (!stacks) {
      throw bytes.refuse(
          -1,
          "a delta in format " + header.format() + ", which Drover cannot put on its parent",
          "merge the snapshots at the source and export again");
    }
    if (parent.header().virtualSize() > header.virtualSize()) {
      throw new ConversionFailed(
          bytes.image().label(),
          "the delta is smaller than its parent " + parent.image().label(),
          "consolidate the snapshots at the source");
    }
    if (header.format() == DiskFormat.VMDK && parent.header().format() == DiskFormat.VMDK) {
      checkContentId(bytes, parent.image());
    }
  }

  private static void checkContentId(ImageBytes bytes, ImageFile parent) {
    VmdkDescriptor child = VmdkDescriptor.of(bytes);
    try (ImageBytes below = ImageBytes.of(parent)) {
      VmdkDescriptor text = VmdkDescriptor.of(below);
      String stranger = child == null || text == null ? null : child.strangerTo(text);
      if (stranger != null) {
        throw bytes.refuse(
            -1,
            stranger,
            "the disk below was changed after the snapshot: consolidate the snapshots at the"
                + " source and export again");
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** A part must be in its file; behind a compression only reading tells. */
  static void checkRange(ImageFile image, FilePart part) {
    long size;
    try {
      if (!Files.isRegularFile(part.file())) {
        throw new ConversionFailed(
            image.label(),
            part.name() + " is not there, or is no file: " + part.file(),
            "put the file where the source names it");
      }
      size = Files.size(part.file());
    } catch (IOException e) {
      throw new ConversionFailed(
          image.label(),
          "cannot look at " + part.file(),
          "check that you may read it",
          Retry.WORTHWHILE,
          e);
    }
    if (part.wrapping() == Compression.NONE && part.offset() + part.length() > size) {
      throw new ConversionFailed(
          image.label(),
          part.file()
              + " ends at byte "
              + size
              + ", before the end of "
              + part.name()
              + " at byte "
              + (part.offset() + part.length()),
          "copy the file again, it is not whole");
    }
  }
}
