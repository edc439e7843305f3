package dev.drover.importers.vsphere;

import com.vmware.vim25.DynamicData;
import com.vmware.vim25.DynamicProperty;
import org.jspecify.annotations.Nullable;

/**
 * What servers tell that yavijava's types have no field or name for: {@link AnswerReader} keeps it
 * beside the fields.
 */
final class Newer {
  private Newer() {}

  /** An element's value, or null: a text, or another {@link DynamicData}. */
  static @Nullable Object value(@Nullable DynamicData data, String name) {
    if (data != null && data.dynamicProperty != null) {
      for (DynamicProperty each : data.dynamicProperty) {
        if (each != null && name.equals(each.name)) {
          return each.val;
        }
      }
    }
    return null;
  }

  /** An element's text, or null. */
  static @Nullable String text(@Nullable DynamicData data, String name) {
    Object value = value(data, name);
    return value instanceof DynamicData || value == null ? null : value.toString().strip();
  }

  /** Null where it is not there or neither of both. */
  static @Nullable Boolean flag(@Nullable DynamicData data, String name) {
    String text = text(data, name);
    return text == null ? null : (Boolean) Simple.parse(Boolean.class, text);
  }

  /** Null where it is not there or no whole number. */
  static @Nullable Integer number(@Nullable DynamicData data, String name) {
    String text = text(data, name);
    return text == null ? null : (Integer) Simple.parse(Integer.class, text);
  }

  /** The type as the server spells it, also where yavijava lacks it. */
  static String type(DynamicData data) {
    return data.dynamicType != null ? data.dynamicType : data.getClass().getSimpleName();
  }
}
