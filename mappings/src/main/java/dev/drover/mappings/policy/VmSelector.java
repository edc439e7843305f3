package dev.drover.mappings.policy;

import dev.drover.mappings.model.Identity;
import dev.drover.mappings.model.SourceVm;
import dev.drover.mappings.target.Wildcard;
import org.jspecify.annotations.Nullable;

/**
 * Picks VMs. Every member that is there must match; {@code *} matches any run of characters, but
 * nothing that is not known. One with no member at all picks every VM.
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

  /** Whether every member that is there matches the VM. */
  public boolean picks(SourceVm vm) {
    Identity identity = vm.identity();
    return fits(source, vm.ref().source())
        && fits(id, vm.ref().id())
        && fits(name, vm.name())
        && fits(folder, identity.folder())
        && fits(notes, identity.notes())
        && fits(cluster, vm.placement().cluster())
        && fits(datacenter, vm.placement().datacenter())
        && (tag == null || identity.tags().stream().anyMatch(this::isTagged))
        && (attribute == null
            || identity.attributes().entrySet().stream()
                .anyMatch(e -> Wildcard.matches(attribute, e.getKey() + "=" + e.getValue())));
  }

  /** What nobody knows is picked by nothing, not even by {@code *}. */
  private static boolean fits(@Nullable String pattern, @Nullable String text) {
    return pattern == null || (text != null && Wildcard.matches(pattern, text));
  }

  /** Without a category in the pattern, the name counts in every category. */
  private boolean isTagged(Identity.Tag has) {
    String pattern = String.valueOf(tag);
    return Wildcard.matches(pattern, has.name())
        || (pattern.contains("=")
            && has.category() != null
            && Wildcard.matches(pattern, has.category() + "=" + has.name()));
  }
}
