package dev.drover.importers.rvtools;

import dev.drover.mappings.failure.UsageFailed;
import dev.drover.mappings.plan.SourceSpec;
import java.time.DateTimeException;
import java.time.ZoneId;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * The options of a source of the type {@code rvtools}.
 *
 * @param decimal {@code decimal: comma} or {@code point}: how texts that are numbers are written;
 *     null decides for each file by what it holds
 * @param zone {@code timezone: Europe/Berlin}: the zone of the times in the export, which it does
 *     not tell; null leaves times unknown
 * @param maxInflated {@code maxInflatedGiB} in bytes: what a workbook may unpack to, or null for a
 *     bound by its size
 */
record Options(@Nullable NumberStyle decimal, @Nullable ZoneId zone, @Nullable Long maxInflated) {
  private static final Set<String> KNOWN = Set.of("decimal", "timezone", "maxInflatedGiB");

  /**
   * @throws UsageFailed for an unknown option or value
   */
  static Options of(SourceSpec spec) {
    for (String key : new TreeSet<>(spec.options().keySet())) {
      if (!KNOWN.contains(key)) {
        throw wrong(spec, "there is no option \"" + key + "\"", "use " + new TreeSet<>(KNOWN));
      }
    }
    return new Options(decimal(spec), zone(spec), maxInflated(spec));
  }

  private static @Nullable NumberStyle decimal(SourceSpec spec) {
    String text = spec.options().get("decimal");
    if (text == null) {
      return null;
    }
    return switch (text) {
      case "comma" -> NumberStyle.COMMA;
      case "point" -> NumberStyle.POINT;
      default -> throw wrong(spec, "the option decimal is \"" + text + "\"", "use comma or point");
    };
  }

  private static @Nullable ZoneId zone(SourceSpec spec) {
    String text = spec.options().get("timezone");
    try {
      return text == null ? null : ZoneId.of(text);
    } catch (DateTimeException e) {
      throw wrong(
          spec, "the option timezone is \"" + text + "\"", "use an IANA name like Europe/Berlin");
    }
  }

  private static @Nullable Long maxInflated(SourceSpec spec) {
    String text = spec.options().get("maxInflatedGiB");
    if (text == null) {
      return null;
    }
    if (!text.matches("[1-9][0-9]{0,6}")) {
      throw wrong(
          spec, "the option maxInflatedGiB is \"" + text + "\"", "use a number from 1 to 9999999");
    }
    return Long.parseLong(text) << 30;
  }

  private static UsageFailed wrong(SourceSpec spec, String what, String remedy) {
    return new UsageFailed("source \"" + spec.name() + "\"", what, remedy);
  }
}
