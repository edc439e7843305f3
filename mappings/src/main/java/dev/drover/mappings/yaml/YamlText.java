package dev.drover.mappings.yaml;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.snakeyaml.engine.v2.api.Dump;
import org.snakeyaml.engine.v2.api.DumpSettings;
import org.snakeyaml.engine.v2.api.DumpSettingsBuilder;
import org.snakeyaml.engine.v2.common.FlowStyle;
import org.snakeyaml.engine.v2.common.NonPrintableStyle;
import org.snakeyaml.engine.v2.schema.CoreSchema;

/** Writes any text so that it is one scalar on one line, wherever in a document it stands. */
public final class YamlText {
  private static final int LONGEST_COMMENT = 120;

  /** Words that YAML, or an older version of it, takes for something else. */
  private static final Set<String> WORDS =
      Set.of("null", "true", "false", "yes", "no", "on", "off", "y", "n");

  private final Dump plain = new Dump(settings(true));
  private final Dump escaping = new Dump(settings(false));

  private static DumpSettings settings(boolean unicode) {
    DumpSettingsBuilder settings =
        DumpSettings.builder()
            .setSchema(new CoreSchema())
            .setDefaultFlowStyle(FlowStyle.FLOW)
            .setNonPrintableStyle(NonPrintableStyle.ESCAPE)
            .setUseUnicodeEncoding(unicode)
            .setSplitLines(false)
            .setWidth(Integer.MAX_VALUE)
            .setMultiLineFlow(false);
    return settings.build();
  }

  /**
   * Quoted where it must be; direction marks and the like are escaped, so that a diff shows them.
   */
  public String scalar(String text) {
    if (isPlain(text)) {
      return text;
    }
    // Inside a flow list the emitter quotes whatever means something in flow or in block style.
    Dump dump = text.codePoints().allMatch(YamlText::isHarmless) ? plain : escaping;
    String list = dump.dumpToString(List.of(text)).strip();
    return list.substring(1, list.length() - 1);
  }

  /** What nearly all names are: nothing in it means anything in YAML. It saves the emitter. */
  private static boolean isPlain(String text) {
    if (text.isEmpty() || !isLetter(text.charAt(0)) || text.endsWith(" ")) {
      return false;
    }
    for (int i = 1; i < text.length(); i++) {
      char c = text.charAt(i);
      boolean comment = c == '#' && text.charAt(i - 1) == ' ';
      if (comment || !(isLetter(c) || (c >= '0' && c <= '9') || "_./-# ".indexOf(c) >= 0)) {
        return false;
      }
    }
    return text.length() > 5 || !WORDS.contains(text.toLowerCase(Locale.ROOT));
  }

  private static boolean isLetter(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
  }

  /** {@code {a: b, c: d}} in the order of the keys. */
  public String map(Map<String, String> map) {
    return new TreeMap<>(map)
        .entrySet().stream()
            .map(e -> scalar(e.getKey()) + ": " + scalar(e.getValue()))
            .collect(Collectors.joining(", ", "{", "}"));
  }

  /** Text for a comment: one line, no tricks. */
  public static String comment(String text) {
    String line =
        text.codePoints()
            .limit(LONGEST_COMMENT)
            .map(c -> isHarmless(c) && c >= ' ' ? c : '?')
            .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
            .toString();
    return text.length() > LONGEST_COMMENT ? line + "…" : line;
  }

  private static boolean isHarmless(int point) {
    return switch (Character.getType(point)) {
      case Character.CONTROL,
          Character.FORMAT,
          Character.SURROGATE,
          Character.PRIVATE_USE,
          Character.UNASSIGNED,
          Character.LINE_SEPARATOR,
          Character.PARAGRAPH_SEPARATOR ->
          false;
      default -> true;
    };
  }
}
