package dev.drover.mappings.plan;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.snakeyaml.engine.v2.api.Dump;
import org.snakeyaml.engine.v2.api.DumpSettings;
import org.snakeyaml.engine.v2.api.DumpSettingsBuilder;
import org.snakeyaml.engine.v2.common.FlowStyle;
import org.snakeyaml.engine.v2.common.NonPrintableStyle;
import org.snakeyaml.engine.v2.schema.CoreSchema;

/** Writes any text so that it is one scalar on one line, wherever in a document it stands. */
final class YamlText {
  private static final int LONGEST_COMMENT = 120;

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
  String scalar(String text) {
    // Inside a flow list the emitter quotes whatever means something in flow or in block style.
    Dump dump = text.codePoints().allMatch(YamlText::isHarmless) ? plain : escaping;
    String list = dump.dumpToString(List.of(text)).strip();
    return list.substring(1, list.length() - 1);
  }

  /** {@code {a: b, c: d}} in the order of the keys. */
  String map(Map<String, String> map) {
    return new TreeMap<>(map)
        .entrySet().stream()
            .map(e -> scalar(e.getKey()) + ": " + scalar(e.getValue()))
            .collect(Collectors.joining(", ", "{", "}"));
  }

  /** Text for a comment: one line, no tricks. */
  static String comment(String text) {
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
