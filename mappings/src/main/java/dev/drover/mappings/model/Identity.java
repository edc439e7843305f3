package dev.drover.mappings.model;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Who a VM is, beside its {@link VmRef}.
 *
 * @param name as the source shows it; may hold any character
 * @param biosUuid the SMBIOS UUID that the guest sees (licences are bound to it), or null
 * @param instanceUuid the management system's own UUID, or null
 * @param hardwareVersion {@code vmx-19}, {@code pc-q35-7.2}, or null
 * @param folder the path of folders from the root, {@code /} between them, or null
 * @param notes the annotation, or null
 * @param tags in the source's order
 * @param attributes custom attributes and product properties
 * @param template whether it is a template and no VM
 * @param placeholder whether a replication product keeps its place (SRM)
 */
public record Identity(
    String name,
    @Nullable String biosUuid,
    @Nullable String instanceUuid,
    @Nullable String hardwareVersion,
    @Nullable String folder,
    @Nullable String notes,
    List<Tag> tags,
    Map<String, String> attributes,
    Answer template,
    Answer placeholder) {
  public Identity {
    tags = List.copyOf(tags);
    attributes = Map.copyOf(attributes);
  }

  /** All that a bare name tells. */
  public static Identity ofName(String name) {
    return new Identity(
        name, null, null, null, null, null, List.of(), Map.of(), Answer.UNKNOWN, Answer.UNKNOWN);
  }

  /**
   * A tag.
   *
   * @param category null where the source has flat tags
   */
  public record Tag(@Nullable String category, String name) {}
}
