package dev.drover.mappings.waves;

import dev.drover.mappings.model.Identity;
import dev.drover.mappings.model.SourceVm;
import dev.drover.mappings.policy.VmSelector;
import dev.drover.mappings.target.Wildcard;
import org.jspecify.annotations.Nullable;

/** Which VMs a policy's selector picks. */
public final class Selection {
  private Selection() {}

  /** Whether every member of the selector that is there matches. */
  public static boolean matches(VmSelector selector, SourceVm vm) {
    Identity identity = vm.identity();
    return fits(selector.source(), vm.ref().source())
        && fits(selector.id(), vm.ref().id())
        && fits(selector.name(), vm.name())
        && fits(selector.folder(), identity.folder())
        && fits(selector.notes(), identity.notes())
        && fits(selector.cluster(), vm.placement().cluster())
        && fits(selector.datacenter(), vm.placement().datacenter())
        && hasTag(selector.tag(), identity)
        && hasAttribute(selector.attribute(), identity);
  }

  /** What is not known is picked by nothing, not even by {@code *}. */
  private static boolean fits(@Nullable String pattern, @Nullable String text) {
    return pattern == null || (text != null && Wildcard.matches(pattern, text));
  }

  private static boolean hasTag(@Nullable String pattern, Identity identity) {
    if (pattern == null) {
      return true;
    }
    boolean withCategory = pattern.contains("=");
    return identity.tags().stream()
        .map(t -> withCategory ? t.category() + "=" + t.name() : t.name())
        .anyMatch(tag -> Wildcard.matches(pattern, tag));
  }

  private static boolean hasAttribute(@Nullable String pattern, Identity identity) {
    return pattern == null
        || identity.attributes().entrySet().stream()
            .anyMatch(e -> Wildcard.matches(pattern, e.getKey() + "=" + e.getValue()));
  }
}
