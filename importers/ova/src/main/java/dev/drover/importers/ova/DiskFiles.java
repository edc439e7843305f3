package dev.drover.importers.ova;

import dev.drover.mappings.disk.Compression;
import dev.drover.mappings.disk.DiskFormat;
import dev.drover.mappings.disk.DiskSource;
import dev.drover.mappings.disk.FileDigest;
import dev.drover.mappings.disk.FilePart;
import dev.drover.mappings.failure.SourceFailed;
import dev.drover.mappings.model.ByteSize;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Finds the files of a package's disks. A listing asks it in order to report what is missing, an
 * opened VM in order to read; so both say the same.
 */
final class DiskFiles {
  private final PackageFiles files;
  private final Envelope envelope;
  private final @Nullable Manifest manifest;

  DiskFiles(PackageFiles files, Envelope envelope, @Nullable Manifest manifest) {
    this.files = files;
    this.envelope = envelope;
    this.manifest = manifest;
  }

  /**
   * The image of a disk that has a file, with its parents.
   *
   * @throws dev.drover.mappings.failure.Failure when a file is missing or must not be read
   */
  DiskSource.ImageFile image(OvfDisk disk, ByteSize size, String vm, Properties properties) {
    return image(disk, size, vm, properties, new HashSet<>());
  }

  /**
   * Looks for the files of a disk and its parents and does nothing else.
   *
   * @return number of parents
   * @throws dev.drover.mappings.failure.Failure as {@link #image} does
   */
  int check(OvfDisk disk) {
    Set<String> seen = new HashSet<>();
    OvfDisk current = disk;
    while (current != null) {
      if (!seen.add(current.id()) || seen.size() > Limits.DEPTH) {
        throw circle(current);
      }
      OvfFile file = file(current);
      compression(file);
      if (files.complete()) {
        parts(file);
      }
      current = parent(current);
    }
    return seen.size() - 1;
  }

  private static OvfInvalid circle(OvfDisk disk) {
    return new OvfInvalid(
        "OVF-105",
        disk.place(),
        "the parents of the disk \"" + SafeName.shown(disk.id()) + "\" go in a circle",
        "get the appliance from its publisher again");
  }

  private DiskSource.ImageFile image(
      OvfDisk disk, ByteSize size, String vm, Properties properties, Set<String> below) {
    if (!below.add(disk.id()) || below.size() > Limits.DEPTH) {
      throw circle(disk);
    }
    OvfFile file = file(disk);
    List<FilePart> parts = parts(file);
    OvfDisk parent = parent(disk);
    DiskFormat byUri = Formats.byUri(disk.format());
    return new DiskSource.ImageFile(
        vm + "/" + disk.id() + " (" + files.shown(file.href()) + ")",
        parts,
        compression(file),
        byUri != null ? byUri : Formats.byName(file.href()),
        size,
        parent == null
            ? null
            : image(parent, Capacity.of(parent, properties), vm, properties, below),
        siblings(file));
  }

  /** The parent of a delta, or null. */
  @Nullable OvfDisk parent(OvfDisk disk) {
    if (disk.parentRef() == null) {
      return null;
    }
    OvfDisk parent = envelope.disk(disk.parentRef());
    if (parent == null) {
      throw new OvfInvalid(
          "OVF-105",
          disk.place(),
          "the disk \""
              + SafeName.shown(disk.id())
              + "\" is a delta of \""
              + SafeName.shown(disk.parentRef())
              + "\", which is not described",
          "export the appliance with all its disks");
    }
    return parent;
  }

  /** The File that holds a disk. */
  OvfFile file(OvfDisk disk) {
    OvfFile file = disk.fileRef() == null ? null : envelope.file(disk.fileRef());
    if (file == null) {
      throw new OvfInvalid(
          "OVF-105",
          disk.place(),
          "the disk \""
              + SafeName.shown(disk.id())
              + "\" refers to the file \""
              + SafeName.shown(String.valueOf(disk.fileRef()))
              + "\", which the References do not have",
          "correct ovf:fileRef there, or export the appliance again");
    }
    return file;
  }

  /** The bytes of a file in order. */
  List<FilePart> parts(OvfFile file) {
    String chunk = file.chunkSize();
    if (chunk == null || chunk.isBlank()) {
      return List.of(whole(file));
    }
    Long chunkSize = Units.whole(Units.number(chunk), Long.MAX_VALUE / 2);
    if (chunkSize == null || chunkSize == 0) {
      throw new OvfInvalid(
          "OVF-105",
          file.place(),
          "ovf:chunkSize is no positive number: " + SafeName.shown(chunk),
          "correct it there, or export the appliance again");
    }
    return chunks(file, chunkSize);
  }

  /** A file that is smaller than a chunk may have its plain name; that is how ovftool writes it. */
  private List<FilePart> chunks(OvfFile file, long chunkSize) {
    Long size = file.size() == null ? null : Units.whole(Units.number(file.size()), Long.MAX_VALUE);
    long count = size == null ? Limits.ENTRIES : Math.max(1, (size + chunkSize - 1) / chunkSize);
    List<FilePart> parts = new ArrayList<>();
    for (long i = 0; i < count; i++) {
      FilePart part = i >= Limits.ENTRIES ? null : find(chunkName(file, i), file);
      if (part == null && i == 0) {
        return List.of(whole(file));
      } else if (part == null && size != null) {
        throw missing(file, chunkName(file, i));
      } else if (part == null) {
        return parts;
      }
      parts.add(part);
    }
    return parts;
  }

  private static String chunkName(OvfFile file, long number) {
    return String.format(Locale.ROOT, "%s.%09d", file.href(), number);
  }

  private FilePart whole(OvfFile file) {
    FilePart part = find(file.href(), file);
    if (part == null) {
      throw missing(file, file.href());
    }
    return part;
  }

  private SourceFailed missing(OvfFile file, String name) {
    return new SourceFailed(
        files.shown(SafeName.shown(name)),
        "the file is missing; " + file.place() + " refers to it",
        "put it beside the descriptor, or leave the disk out with skip in the plan");
  }

  private @Nullable FilePart find(String href, OvfFile file) {
    if (isUrl(href)) {
      throw new OvfInvalid(
          "OVF-105",
          file.place(),
          "the file is elsewhere: " + SafeName.shown(href.replaceFirst("//[^/@]*@", "//")),
          "download it beside the descriptor and write its name into ovf:href");
    }
    FilePart exact = findNamed(href, file);
    String decoded = exact == null && href.indexOf('%') >= 0 ? decoded(href) : href;
    return exact != null || decoded.equals(href) ? exact : findNamed(decoded, file);
  }

  private static boolean isUrl(String href) {
    return href.matches("(?is)[a-z][a-z0-9+.-]+:/.*");
  }

  private @Nullable FilePart findNamed(String name, OvfFile file) {
    String objection = SafeName.objection(name);
    if (objection != null) {
      throw new OvfInvalid(
          "OVF-105",
          file.place(),
          "the descriptor refers to " + objection + ": " + SafeName.shown(name),
          "put the file beside the descriptor and write its bare name into ovf:href");
    }
    FileDigest expected = manifest == null ? null : manifest.of(name);
    return files.find(name, expected);
  }

  /** An href is a URI; {@code +} is no blank in its path. */
  private static String decoded(String href) {
    try {
      return URLDecoder.decode(href.replace("+", "%2B"), StandardCharsets.UTF_8);
    } catch (IllegalArgumentException e) {
      return href;
    }
  }

  /** How the joined parts are compressed. */
  Compression compression(OvfFile file) {
    String written = file.compression() == null ? "" : file.compression().strip();
    if (written.isEmpty()) {
      return Formats.compression(file.href());
    }
    if (written.equalsIgnoreCase("gzip") || written.equalsIgnoreCase("identity")) {
      return written.equalsIgnoreCase("gzip") ? Compression.GZIP : Compression.NONE;
    }
    throw new OvfInvalid(
        "OVF-105",
        file.place(),
        "the file is compressed with " + SafeName.shown(written) + ", which Drover does not read",
        "unpack it beside the descriptor and remove ovf:compression");
  }

  /** Files of the References that are there and that no disk has for its own. */
  private List<FilePart> siblings(OvfFile own) {
    List<FilePart> siblings = new ArrayList<>();
    for (OvfFile other : envelope.files()) {
      if (other != own
          && envelope.diskOfFile(other.id()) == null
          && other.chunkSize() == null
          && !isUrl(other.href())
          && SafeName.objection(other.href()) == null) {
        FilePart part = find(other.href(), other);
        if (part != null) {
          siblings.add(part);
        }
      }
    }
    return siblings;
  }

  PackageFiles files() {
    return files;
  }

  @Nullable Manifest manifest() {
    return manifest;
  }
}
