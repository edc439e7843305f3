package dev.drover.importers.ova;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * An Item, StorageItem or EthernetPortItem: an allocation setting of CIM (rasd, sasd, epasd). OVF
 * 0.9 spells two of its fields otherwise: {@code InstanceId} and {@code Caption}.
 */
record HardwareItem(XmlElement element) {
  /** CIM_ResourceAllocationSettingData.ResourceType, as far as Drover knows what to do with it. */
  static final int CPU = 3;

  static final int MEMORY = 4;
  static final int IDE = 5;
  static final int SCSI = 6;
  static final int ETHERNET = 10;
  static final int FLOPPY = 14;
  static final int CDROM = 15;
  static final int DVD = 16;
  static final int DISK = 17;
  static final int OTHER_STORAGE = 20;
  static final int SERIAL = 21;
  static final int PARALLEL = 22;
  static final int USB = 23;
  static final int GRAPHICS = 24;
  static final int LOGICAL_DISK = 31;
  static final int SOUND = 35;

  static boolean is(XmlElement element) {
    return element.name().equals("Item")
        || element.name().equals("StorageItem")
        || element.name().equals("EthernetPortItem");
  }

  /** A field's text, or null where it is missing or empty. */
  @Nullable String field(String name) {
    return element.textOf(name);
  }

  /** Without one, the empty text. */
  String instance() {
    String id = field("InstanceID");
    String old = id == null ? field("InstanceId") : id;
    return old == null ? "" : old;
  }

  /** -1 where it is missing or no number. */
  int type() {
    String text = field("ResourceType");
    return text != null && text.matches("[0-9]{1,5}") ? Integer.parseInt(text) : -1;
  }

  /** Alternatives in the order of preference, in lower case. */
  List<String> subtypes() {
    String text = field("ResourceSubType");
    return text == null
        ? List.of()
        : Arrays.stream(text.toLowerCase(Locale.ROOT).split("[,\\s]+"))
            .filter(word -> !word.isEmpty())
            .toList();
  }

  /** The subtypes as one text, for a look at a part of it. */
  String subtype() {
    return String.join(" ", subtypes());
  }

  /** What people call it. */
  String label() {
    for (String name : List.of("ElementName", "Caption", "Description")) {
      String text = field(name);
      if (text != null) {
        return SafeName.shown(text);
      }
    }
    return "item " + instance();
  }

  /** {@code normal}, {@code min} or {@code max}. */
  String bound() {
    String bound = element.attribute("bound");
    return bound == null || bound.isBlank() ? "normal" : bound.strip();
  }

  /** Deployment options that it belongs to; empty for all. */
  List<String> configurations() {
    String text = element.attribute("configuration");
    return text == null || text.isBlank() ? List.of() : List.of(text.strip().split("\\s+"));
  }

  Place place() {
    return element.place();
  }

  /** A whole number from 0 on that fits an int, or null. */
  @Nullable Integer number(String name) {
    String text = field(name);
    Long value = text == null ? null : Units.whole(Units.number(text), Integer.MAX_VALUE);
    return value == null ? null : (Integer) value.intValue();
  }
}
