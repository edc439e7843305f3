package dev.drover.importers.vsphere;

import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * yavijava's types by the names of the API. They are plain classes with public fields, so nothing
 * is made accessible that is not.
 */
final class DataTypes {
  private static final String PACKAGE = "com.vmware.vim25.";
  private static final int MOST_UNKNOWN = 4096;
  private static final Map<String, Class<?>> SIMPLE =
      Map.ofEntries(
          Map.entry("string", String.class),
          Map.entry("String", String.class),
          Map.entry("Calendar", java.util.Calendar.class),
          Map.entry("anyURI", String.class),
          Map.entry("boolean", Boolean.class),
          Map.entry("byte", Byte.class),
          Map.entry("short", Short.class),
          Map.entry("unsignedShort", Integer.class),
          Map.entry("int", Integer.class),
          Map.entry("unsignedInt", Long.class),
          Map.entry("integer", Long.class),
          Map.entry("long", Long.class),
          Map.entry("float", Float.class),
          Map.entry("double", Double.class),
          Map.entry("dateTime", java.util.Calendar.class));

  private final Map<String, Optional<Class<?>>> classes = new ConcurrentHashMap<>();
  private final Map<Class<?>, Map<String, Field>> fields = new ConcurrentHashMap<>();

  /** A type without {@code []}; null where this yavijava has none of that name. */
  @Nullable Class<?> find(String name) {
    Optional<Class<?>> known = classes.get(name);
    if (known == null) {
      known = Optional.ofNullable(load(name));
      if (known.isPresent() || classes.size() < MOST_UNKNOWN) {
        classes.put(name, known);
      }
    }
    return known.orElse(null);
  }

  private static @Nullable Class<?> load(String name) {
    Class<?> simple = SIMPLE.get(name);
    if (simple != null) {
      return simple;
    }
    // Only a plain name of that one package is ever asked for.
    if (!name.matches("[A-Z][A-Za-z0-9_]{0,199}")) {
      return null;
    }
    try {
      return Class.forName(PACKAGE + name, true, DataTypes.class.getClassLoader());
    } catch (ClassNotFoundException | LinkageError e) {
      return null;
    }
  }

  /** Public fields by the names of their elements. */
  Map<String, Field> fields(Class<?> type) {
    return fields.computeIfAbsent(
        type,
        each -> {
          Map<String, Field> map = new HashMap<>();
          for (Field field : each.getFields()) {
            if (!Modifier.isStatic(field.getModifiers())) {
              // Words that Java keeps for itself have an underscore before them in yavijava.
              map.put(field.getName().replaceFirst("^_(?=[a-z])", ""), field);
            }
          }
          return map;
        });
  }
}
