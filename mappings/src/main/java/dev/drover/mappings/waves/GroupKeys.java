package dev.drover.mappings.waves;

import dev.drover.mappings.model.Identity;
import dev.drover.mappings.model.Placement;
import dev.drover.mappings.model.SourceDisk;
import dev.drover.mappings.model.SourceVm;
import dev.drover.mappings.policy.MigrationPolicy;
import dev.drover.mappings.policy.MigrationPolicy.Label;
import dev.drover.mappings.policy.WavesPolicy.Together;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What a VM moves together with, by the policy: a text for each group, equal for all its members
 * and readable by people. What the source names within itself (folders, vApps, disks, rules) holds
 * within that source; tags, attributes and what names and notes say hold across sources.
 */
public final class GroupKeys {
  private GroupKeys() {}

  /** In the order of the policy's rules, without repeats; a group may turn out to have one VM. */
  public static List<String> of(SourceVm vm, MigrationPolicy policy) {
    Set<String> keys = new LinkedHashSet<>();
    for (Together rule : policy.waves().together()) {
      add(keys, rule, vm, policy);
    }
    return List.copyOf(keys);
  }

  private static void add(Set<String> keys, Together rule, SourceVm vm, MigrationPolicy policy) {
    Identity identity = vm.identity();
    String key = rule.key() == null ? "" : rule.key();
    String source = vm.ref().source();
    switch (rule.by()) {
      case tag ->
          identity.tags().stream()
              .filter(t -> key.equals(t.category()))
              .forEach(t -> keys.add("tag " + key + "=" + t.name()));
      case attribute ->
          text(identity.attributes().get(key))
              .ifPresent(v -> keys.add("attribute " + key + "=" + v));
      case folder -> text(identity.folder()).ifPresent(f -> keys.add("folder " + source + ":" + f));
      case name -> found(key, vm.name()).ifPresent(v -> keys.add("name " + v));
      case notes -> found(key, identity.notes()).ifPresent(v -> keys.add("notes " + v));
      case application ->
          label(policy.labels().application(), identity)
              .ifPresent(a -> keys.add("application " + a));
      case appliance ->
          text(vm.placement().appliance()).ifPresent(a -> keys.add("vApp " + source + ":" + a));
      case affinity -> rules(keys, vm);
      case sharedDisk -> vm.disks().forEach(disk -> disk(keys, source, disk));
      // The planner knows the two ends of a dependency; a VM alone does not.
      case dependency -> {}
    }
  }

  /** The value that a label has at a VM: the first tag of the category, or the attribute. */
  public static Optional<String> label(@Nullable Label label, Identity identity) {
    if (label == null) {
      return Optional.empty();
    } else if (label.tag() != null) {
      return identity.tags().stream()
          .filter(t -> label.tag().equals(t.category()))
          .map(Identity.Tag::name)
          .findFirst();
    }
    return label.attribute() == null
        ? Optional.empty()
        : text(identity.attributes().get(label.attribute()));
  }

  private static void rules(Set<String> keys, SourceVm vm) {
    Placement placement = vm.placement();
    for (Placement.AffinityRule rule : placement.affinity()) {
      // Where it is not among the members, these are hosts.
      if (rule.together() && rule.members().contains(vm.name())) {
        String cluster = placement.cluster() == null ? "" : placement.cluster() + ":";
        keys.add("rule " + vm.ref().source() + ":" + cluster + rule.name());
      }
    }
  }

  private static void disk(Set<String> keys, String source, SourceDisk disk) {
    boolean lun =
        disk.backing().kind() == SourceDisk.Kind.RDM_PHYSICAL
            || disk.backing().kind() == SourceDisk.Kind.RDM_VIRTUAL;
    boolean maybe =
        switch (disk.sharing()) {
          case MULTI_WRITER, SHARED_BUS -> true;
          case UNKNOWN -> lun;
          case NONE -> false;
        };
    String path = disk.backing().path() == null ? disk.uuid() : disk.backing().path();
    if (maybe && path != null) {
      String store = disk.backing().datastore();
      String whole = store == null || path.startsWith("[") ? path : "[" + store + "] " + path;
      keys.add("shared disk " + source + ":" + whole);
    }
  }

  private static Optional<String> found(String pattern, @Nullable String text) {
    if (text == null || text.isEmpty()) {
      return Optional.empty();
    }
    Matcher matcher = Pattern.compile(pattern).matcher(new BoundedText(text));
    try {
      return matcher.find() && matcher.groupCount() > 0 ? text(matcher.group(1)) : Optional.empty();
    } catch (BoundedText.TooMuchWork e) {
      return Optional.empty();
    }
  }

  private static Optional<String> text(@Nullable String value) {
    return value == null || value.isBlank() ? Optional.empty() : Optional.of(value.strip());
  }
}
