package dev.drover.mappings.assess;

import dev.drover.mappings.model.Identity;
import dev.drover.mappings.model.SourceVm;
import dev.drover.mappings.policy.VmSelector;
import dev.drover.mappings.target.Wildcard;
import org.jspecify.annotations.Nullable;

/** Whether a selector of a policy picks a VM. */
final class Selectors {
  private Selectors() {}

  static boolean picks(VmSelector by, SourceVm vm) {
    return one(by.source(), vm.ref().source())
        && one(by.id(), vm.ref().id())
        && one(by.name(), vm.name())
        && one(by.folder(), vm.identity().folder())
        && one(by.notes(), vm.identity().notes())
        && one(by.cluster(), vm.placement().cluster())
        && one(by.datacenter(), vm.placement().datacenter())
        && (by.tag() == null
            || vm.identity().tags().stream().anyMatch(tag -> tagged(by.tag(), tag)))
        && (by.attribute() == null
            || vm.identity().attributes().entrySet().stream()
                .anyMatch(e -> Wildcard.matches(by.attribute(), e.getKey() + "=" + e.getValue())));
  }

  private static boolean tagged(String pattern, Identity.Tag tag) {
    return Wildcard.matches(pattern, tag.name())
        || tag.category() != null && Wildcard.matches(pattern, tag.category() + "=" + tag.name());
  }

  private static boolean one(@Nullable String pattern, @Nullable String text) {
    return pattern == null || Wildcard.matches(pattern, text);
  }
}
