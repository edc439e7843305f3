package dev.drover.converters.qemu;

import dev.drover.mappings.disk.Extent;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import tools.jackson.databind.JsonNode;

/**
 * Asks {@code qemu-img map} where a disk holds data. Of a disk in many pieces the answer is longer
 * than what is kept of a program's output; then it is asked for again from where it was cut off.
 */
final class DiskMap {
  private final List<Extent> extents = new ArrayList<>();
  private long covered;

  private DiskMap() {}

  /**
   * The extents of a disk in order; those of a kind that touch are one.
   *
   * @param program runs qemu-img with words and returns at most {@link Program#STDOUT_LIMIT} bytes
   *     of what it prints
   */
  static List<Extent> of(Function<List<String>, String> program, BlockNode image, String subject) {
    DiskMap map = new DiskMap();
    // Never more than about what fits: the program goes on to the end of what it is asked for.
    long window = Long.MAX_VALUE;
    while (true) {
      List<String> words = new ArrayList<>(List.of("map", "--output=json"));
      words.add("--start-offset=" + map.covered);
      if (window < Long.MAX_VALUE) {
        words.add("--max-length=" + window);
      }
      words.add(image.argument());
      String said = program.apply(words);
      long before = map.covered;
      boolean cut = said.length() >= Program.STDOUT_LIMIT;
      map.take(QemuImg.parse(subject, cut ? wholeLines(said) : said));
      long more = map.covered - before;
      if (more == 0 || (!cut && window == Long.MAX_VALUE)) {
        return map.extents;
      }
      window = cut ? more : 2 * more;
    }
  }

  /** One extent stands in each line; the last that is whole ends in a comma. */
  private static String wholeLines(String said) {
    return said.substring(0, said.lastIndexOf("},") + 1) + "]";
  }

  private void take(JsonNode pieces) {
    for (JsonNode piece : pieces) {
      boolean zero = piece.path("zero").asBoolean(false);
      boolean data = piece.path("data").asBoolean(true);
      add(
          piece.path("start").asLong(),
          piece.path("length").asLong(),
          !zero ? Extent.Kind.DATA : data ? Extent.Kind.ZERO : Extent.Kind.HOLE);
    }
  }

  private void add(long start, long length, Extent.Kind kind) {
    if (length == 0) {
      return; // what qemu-img says of the end
    }
    Extent last = extents.isEmpty() ? null : extents.get(extents.size() - 1);
    if (last != null && last.kind() == kind && last.end() == start) {
      extents.set(extents.size() - 1, new Extent(last.offset(), last.length() + length, kind));
    } else {
      extents.add(new Extent(start, length, kind));
    }
    covered = start + length;
  }
}
