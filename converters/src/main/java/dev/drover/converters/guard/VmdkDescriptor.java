package dev.drover.converters.guard;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The text of a VMDK: VMware's "Virtual Disk Format 5.0". Parsing judges the text alone; whose
 * files the extents are is judged by {@link VmdkExtents}.
 *
 * @param keys lower case, values without quotes
 */
record VmdkDescriptor(Map<String, String> keys, List<Line> extents) {
  /** VMware's own are under 4 KiB; QEMU reads at most 20 sectors of an embedded one. */
  static final int LONGEST = 1 << 20;

  private static final Pattern EXTENT =
      Pattern.compile("^(RW|RDONLY|NOACCESS)\\s+(\\d{1,19})\\s+([A-Z0-9]+)(?:\\s+(.*))?$");
  private static final Pattern FILE = Pattern.compile("^\"([^\"]*)\"(?:\\s+(\\d{1,19}))?\\s*.*$");
  private static final Pattern KEY = Pattern.compile("^([A-Za-z][A-Za-z0-9._]*)\\s*=\\s*(.*)$");
  private static final String BASE = "ffffffff";

  /**
   * A line that names an extent.
   *
   * @param at byte in the image where the line begins
   * @param sectors of the disk that it holds
   * @param name as written, empty where the type has none
   * @param offset first sector in the file
   */
  record Line(long at, String access, long sectors, String type, String name, long offset) {}

  static boolean startsWith(byte[] text, byte[] with) {
    return text.length >= with.length
        && java.util.Arrays.equals(text, 0, with.length, with, 0, with.length);
  }

  /** Whether bytes are the text of a descriptor. */
  static boolean isText(byte[] head) {
    String start = new String(head, 0, Math.min(head.length, 512), StandardCharsets.ISO_8859_1);
    return start.stripLeading().toLowerCase(Locale.ROOT).startsWith("# disk descriptorfile");
  }

  /**
   * Parses a text.
   *
   * @param at where it begins in the image
   */
  static VmdkDescriptor parse(ImageBytes bytes, byte[] text, long at) {
    Map<String, String> keys = new HashMap<>();
    List<Line> extents = new ArrayList<>();
    int start = 0;
    // Offsets count bytes, so the text is taken byte for byte; names are read as UTF-8 later.
    String all = new String(text, StandardCharsets.ISO_8859_1);
    int end = all.indexOf('\0') < 0 ? all.length() : all.indexOf('\0');
    while (start < end) {
      int newline = all.indexOf('\n', start);
      int stop = newline < 0 || newline > end ? end : newline;
      line(bytes, all.substring(start, stop).strip(), at + start, keys, extents);
      start = stop + 1;
    }
    return new VmdkDescriptor(Map.copyOf(keys), List.copyOf(extents));
  }

  private static void line(
      ImageBytes bytes, String line, long at, Map<String, String> keys, List<Line> extents) {
    if (line.isEmpty() || line.startsWith("#")) {
      return;
    }
    Matcher extent = EXTENT.matcher(line);
    if (extent.matches()) {
      extents.add(extent(bytes, extent, at));
      return;
    }
    if (line.matches("^(RW|RDONLY|NOACCESS)\\s.*")) {
      throw bytes.refuse(
          at, "an extent line that means nothing: " + shown(line), "export it again");
    }
    Matcher key = KEY.matcher(line);
    if (key.matches()) {
      String value = key.group(2).strip();
      boolean quoted = value.length() >= 2 && value.startsWith("\"") && value.endsWith("\"");
      keys.put(
          key.group(1).toLowerCase(Locale.ROOT),
          quoted ? value.substring(1, value.length() - 1) : value);
    }
  }

  private static Line extent(ImageBytes bytes, Matcher line, long at) {
    String rest = line.group(4) == null ? "" : line.group(4);
    Matcher file = FILE.matcher(rest);
    if (!rest.isEmpty() && !file.matches()) {
      throw bytes.refuse(
          at, "an extent without a name in quotes: " + shown(rest), "export it again");
    }
    try {
      String raw = rest.isEmpty() ? "" : file.group(1);
      String name = new String(raw.getBytes(StandardCharsets.ISO_8859_1), StandardCharsets.UTF_8);
      String offset = rest.isEmpty() ? null : file.group(2);
      return new Line(
          at,
          line.group(1),
          Long.parseLong(line.group(2)),
          line.group(3),
          name,
          offset == null ? 0 : Long.parseLong(offset));
    } catch (NumberFormatException e) {
      throw bytes.refuse(at, "an absurd number of sectors in an extent line", "export it again");
    }
  }

  /** Text of a stranger as it may stand in a message: short, and without control characters. */
  static String shown(String text) {
    String clean = text.replaceAll("[\\p{Cntrl}]", "?");
    return clean.length() > 120 ? clean.substring(0, 120) + "…" : clean;
  }

  /** The text of a VMDK, wherever it stands, or null where it has none. */
  static @Nullable VmdkDescriptor of(ImageBytes bytes) {
    byte[] head = bytes.peek(0, 512);
    return isText(head)
        ? parse(bytes, bytes.peek(0, LONGEST), 0)
        : VmdkSparseHeader.embedded(bytes);
  }

  /**
   * Why this delta does not belong to a parent, or null where it does: the content of a disk has an
   * id, which changes when somebody writes to it, and a delta names that of the disk below.
   */
  @Nullable String strangerTo(VmdkDescriptor parent) {
    String wanted = id("parentcid");
    String found = parent.id("cid");
    boolean known = !wanted.isEmpty() && !found.isEmpty();
    return known && !wanted.equals(found)
        ? "the delta was made on a disk with CID " + wanted + ", its parent now has CID " + found
        : null;
  }

  private String id(String key) {
    return keys.getOrDefault(key, "").toLowerCase(Locale.ROOT).replaceFirst("^0+(?=.)", "");
  }

  /** The subformat, empty where the text does not tell. */
  String createType() {
    return keys.getOrDefault("createtype", "");
  }

  /** Whether the disk is a delta of another one. */
  boolean isDelta() {
    String parent = keys.getOrDefault("parentcid", BASE).toLowerCase(Locale.ROOT);
    return keys.containsKey("parentfilenamehint") || !parent.equals(BASE);
  }
}
