package dev.drover.mappings.policy;

import org.jspecify.annotations.Nullable;

/**
 * Picks VMs. Every member that is there must match; {@code *} matches any run of characters. One
 * with no member at all picks every VM.
 *
 * @param source the name of the source
 * @param id what the source calls it: the second half of its {@code VmRef}
 * @param tag {@code category=name} or {@code name}
 * @param attribute {@code key=value}
 * @param notes a pattern over the annotation
 */
public record VmSelector(
    @Nullable String source,
    @Nullable String id,
    @Nullable String name,
    @Nullable String folder,
    @Nullable String tag,
    @Nullable String attribute,
    @Nullable String notes,
    @Nullable String cluster,
    @Nullable String datacenter) {
  /** Every VM. */
  public static final VmSelector ALL =
      new VmSelector(null, null, null, null, null, null, null, null, null);
}
