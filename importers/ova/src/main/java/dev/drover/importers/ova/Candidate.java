package dev.drover.importers.ova;

import dev.drover.mappings.failure.Retry;
import dev.drover.mappings.failure.SourceFailed;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;

/**
 * A file that may hold VMs.
 *
 * @param id its path from the source's location, with slashes; the first half of a VM's id
 */
record Candidate(Path file, String id, Kind kind) {
  /** What its first bytes, or its name, show. */
  enum Kind {
    DESCRIPTOR,
    ARCHIVE,
    GZIP_ARCHIVE
  }

  /** Whether a search of a folder looks at a file of this name. */
  static boolean isInteresting(String name) {
    String lower = name.toLowerCase(Locale.ROOT);
    return lower.endsWith(".ovf") || lower.endsWith(".ova") || lower.endsWith(".ova.gz");
  }

  /**
   * Looks into a file.
   *
   * @throws SourceFailed when it cannot be read or is of no kind that Drover knows
   */
  static Candidate of(Path file, String id) {
    if (Files.exists(file) && !Files.isRegularFile(file)) {
      throw notAFile(file, "is no regular file");
    }
    if (String.valueOf(file.getFileName()).toLowerCase(Locale.ROOT).endsWith(".ovf")) {
      return new Candidate(file, id, Kind.DESCRIPTOR);
    }
    byte[] head = head(file);
    int first = head.length > 0 ? head[0] & 0xff : -1;
    int second = head.length > 1 ? head[1] & 0xff : -1;
    if (first == 0x1f && second == 0x8b) {
      return new Candidate(file, id, Kind.GZIP_ARCHIVE);
    }
    if (first < 0) {
      throw new SourceFailed(
          file.toString(), "this is no OVA but an empty file", "fetch or export it again");
    }
    String other = otherKind(first, second);
    if (!other.isEmpty()) {
      throw new SourceFailed(
          file.toString(),
          "this is no OVA but " + other,
          "unpack it and give Drover the OVA or OVF inside");
    }
    return new Candidate(file, id, first == '<' ? Kind.DESCRIPTOR : Kind.ARCHIVE);
  }

  private static String otherKind(int first, int second) {
    if (first == 'P' && second == 'K') {
      return "a zip archive";
    } else if (first == 0xfd && second == '7') {
      return "an xz stream";
    } else if (first == 0x28 && second == 0xb5) {
      return "a zstd stream";
    } else if (first == 'B' && second == 'Z') {
      return "a bzip2 stream";
    }
    return "";
  }

  private static byte[] head(Path file) {
    try (InputStream in = Files.newInputStream(file)) {
      return in.readNBytes(2);
    } catch (IOException e) {
      throw unreadable(file, e);
    }
  }

  /** What is answered where something else lies in the place of a file; none of it is opened. */
  static SourceFailed notAFile(Path file, String what) {
    return new SourceFailed(
        file.toString(), what, "put the OVA or OVF itself there, or take this away");
  }

  /** What a file that cannot be read is answered with. */
  static SourceFailed unreadable(Path file, IOException cause) {
    return new SourceFailed(
        file.toString(),
        "the file cannot be read",
        "check that it is there, its permissions, and the disk it is on",
        Retry.POINTLESS,
        cause);
  }
}
