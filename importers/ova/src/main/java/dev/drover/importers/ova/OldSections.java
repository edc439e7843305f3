package dev.drover.importers.ova;

import org.jspecify.annotations.Nullable;

/**
 * OVF 0.9 names a section by its type ({@code <Section xsi:type="ovf:DiskSection_Type">}, {@code
 * <Content xsi:type="ovf:VirtualSystem_Type">}), 1.0 by its element. This gives the former the
 * names of the latter, so that one reader does for both.
 */
final class OldSections {
  private OldSections() {}

  /** The name that OVF 1.0 has for an element. */
  static String modernName(String name, @Nullable String type) {
    if (type == null || !(name.equals("Section") || name.equals("Content"))) {
      return name;
    }
    String local = type.substring(type.indexOf(':') + 1).strip();
    return local.endsWith("_Type") ? local.substring(0, local.length() - 5) : name;
  }
}
