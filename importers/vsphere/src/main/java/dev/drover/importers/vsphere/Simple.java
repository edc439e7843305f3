package dev.drover.importers.vsphere;

import java.time.DateTimeException;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Calendar;
import java.util.GregorianCalendar;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Values that are written as a text. */
final class Simple {
  private static final Map<Class<?>, Class<?>> BOXES =
      Map.of(
          boolean.class, Boolean.class,
          byte.class, Byte.class,
          short.class, Short.class,
          int.class, Integer.class,
          long.class, Long.class,
          float.class, Float.class,
          double.class, Double.class,
          char.class, Character.class);

  private Simple() {}

  static Class<?> boxed(Class<?> type) {
    return BOXES.getOrDefault(type, type);
  }

  static boolean isSimple(Class<?> type) {
    Class<?> boxed = boxed(type);
    return boxed == String.class
        || boxed == Boolean.class
        || Number.class.isAssignableFrom(boxed)
        || boxed == Calendar.class
        || boxed.isEnum();
  }

  /** Null for a text that is no such value: a newer server may have widened the type. */
  static @Nullable Object parse(Class<?> type, String raw) {
    Class<?> boxed = boxed(type);
    if (boxed == String.class) {
      return raw;
    }
    String text = raw.strip();
    try {
      if (boxed == Boolean.class) {
        return switch (text) {
          case "true", "1" -> true;
          case "false", "0" -> false;
          default -> null;
        };
      } else if (boxed == Calendar.class) {
        return calendar(text);
      } else if (boxed.isEnum()) {
        return constant(boxed, text);
      }
      return number(boxed, text);
    } catch (NumberFormatException | DateTimeException e) {
      return null;
    }
  }

  private static @Nullable Object number(Class<?> boxed, String text) {
    if (boxed == Integer.class) {
      return Integer.valueOf(text);
    } else if (boxed == Long.class) {
      return Long.valueOf(text);
    } else if (boxed == Short.class) {
      return Short.valueOf(text);
    } else if (boxed == Byte.class) {
      return Byte.valueOf(text);
    } else if (boxed == Float.class) {
      return Float.valueOf(text);
    }
    return boxed == Double.class ? Double.valueOf(text) : null;
  }

  private static @Nullable Object constant(Class<?> type, String text) {
    for (Object constant : type.getEnumConstants()) {
      // yavijava puts an underscore before words that Java keeps for itself.
      if (((Enum<?>) constant).name().replaceFirst("^_", "").equals(text)) {
        return constant;
      }
    }
    return null;
  }

  /** A time without a zone is taken for UTC, in which vCenter keeps its own. */
  private static Calendar calendar(String text) {
    OffsetDateTime time =
        text.matches(".*(Z|[+-][0-9]{2}:[0-9]{2})")
            ? OffsetDateTime.parse(text)
            : LocalDateTime.parse(text).atOffset(ZoneOffset.UTC);
    return GregorianCalendar.from(time.toZonedDateTime());
  }
}
