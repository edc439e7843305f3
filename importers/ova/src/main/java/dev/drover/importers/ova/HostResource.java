package dev.drover.importers.ova;

import org.jspecify.annotations.Nullable;

/**
 * What a drive refers to: {@code ovf:/disk/ID}, {@code ovf:/file/ID}, in OVF 0.9 {@code /disk/ID};
 * {@code disk:ID} and a bare id or {@code fileRef} are seen too.
 */
final class HostResource {
  private HostResource() {}

  /** The text that refers to something, or null. */
  static @Nullable String written(HardwareItem item) {
    return item.field("HostResource");
  }

  /** The disk, or null where the text names none. */
  static @Nullable OvfDisk disk(HardwareItem item, Envelope envelope) {
    String text = written(item);
    if (text == null) {
      return null;
    }
    String path = withoutScheme(text);
    if (path.startsWith("disk/") || path.startsWith("disk:")) {
      return envelope.disk(path.substring(5).strip());
    }
    if (path.startsWith("file/")) {
      return null;
    }
    OvfDisk byId = envelope.disk(path);
    return byId != null ? byId : envelope.diskOfFile(path);
  }

  /** The file, or null where the text names none. */
  static @Nullable OvfFile file(HardwareItem item, Envelope envelope) {
    String text = written(item);
    String path = text == null ? "" : withoutScheme(text);
    return path.startsWith("file/") || path.startsWith("file:")
        ? envelope.file(path.substring(5).strip())
        : null;
  }

  private static String withoutScheme(String text) {
    return text.strip().replaceFirst("^(?i)ovf:", "").replaceFirst("^/+", "");
  }
}
