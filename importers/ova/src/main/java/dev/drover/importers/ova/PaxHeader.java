package dev.drover.importers.ova;

import dev.drover.mappings.failure.HostileInput;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * What a PAX extended header says of the next entry (POSIX.1-2001: records of {@code "length
 * key=value\n"}). Other keys (times, owners) do not matter here.
 *
 * @param path null where it says nothing
 * @param declaredSize -1 where it says nothing
 */
record PaxHeader(@Nullable String path, long declaredSize) {
  static final PaxHeader NONE = new PaxHeader(null, -1);

  /** The size that holds for an entry whose own header says {@code size}. */
  long size(long size) {
    return declaredSize < 0 ? size : declaredSize;
  }

  /**
   * @throws HostileInput when it is malformed or announces a sparse file
   */
  static PaxHeader parse(Path file, long at, byte[] bytes) {
    String path = null;
    long size = -1;
    int start = 0;
    while (start < bytes.length && bytes[start] != 0) {
      int space = start;
      while (space < bytes.length && bytes[space] != ' ') {
        space++;
      }
      int length = (int) number(file, at, text(bytes, start, space), Limits.TAR_META_BYTES);
      int end = start + length;
      if (length < 4 || end > bytes.length || space + 1 >= end - 1) {
        throw broken(file, at);
      }
      String record = text(bytes, space + 1, end - 1);
      int equals = record.indexOf('=');
      if (equals < 1) {
        throw broken(file, at);
      }
      String key = record.substring(0, equals);
      String value = record.substring(equals + 1);
      if (key.startsWith("GNU.sparse.") || key.equals("SCHILY.realsize")) {
        throw sparse(file, at);
      } else if (key.equals("path")) {
        path = value;
      } else if (key.equals("size")) {
        size = number(file, at, value, Long.MAX_VALUE);
      }
      start = end;
    }
    return new PaxHeader(path, size);
  }

  private static String text(byte[] bytes, int from, int to) {
    return new String(bytes, from, to - from, StandardCharsets.UTF_8);
  }

  private static long number(Path file, long at, String digits, long max) {
    if (!digits.matches("[0-9]{1,18}") || Long.parseLong(digits) > max) {
      throw broken(file, at);
    }
    return Long.parseLong(digits);
  }

  private static HostileInput broken(Path file, long at) {
    return new HostileInput(
        file, at, "a malformed extended header", "copy or export the appliance again");
  }

  private static HostileInput sparse(Path file, long at) {
    return new HostileInput(
        file,
        at,
        "the archive holds a sparse file",
        "pack the appliance again with plain files only (tar --format=ustar, without --sparse)");
  }
}
