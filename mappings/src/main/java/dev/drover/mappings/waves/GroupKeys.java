package dev.drover.mappings.waves;

import dev.drover.mappings.model.SourceDisk;
import dev.drover.mappings.model.SourceVm;
import dev.drover.mappings.policy.MigrationPolicy;
import dev.drover.mappings.policy.WavesPolicy.Together.By;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** What binds a VM to others. */
public final class GroupKeys {
  private GroupKeys() {}

  /** Texts that are equal for all members of a group, in the order of the policy. */
  public static List<String> of(SourceVm vm, MigrationPolicy policy) {
    Set<String> keys = new LinkedHashSet<>();
    policy
        .waves()
        .together()
        .forEach(
            rule -> {
              if (rule.by() == By.sharedDisk) {
                vm.disks().stream()
                    .filter(GroupKeys::shared)
                    .filter(d -> d.backing().path() != null)
                    .forEach(d -> keys.add("shared disk " + d.backing().path()));
              } else if (rule.by() == By.appliance && vm.placement().appliance() != null) {
                keys.add("vApp " + vm.placement().appliance());
              } else if (rule.by() == By.affinity) {
                vm.placement().affinity().stream()
                    .filter(a -> a.together())
                    .forEach(a -> keys.add("rule " + a.name()));
              }
            });
    return List.copyOf(keys);
  }

  private static boolean shared(SourceDisk disk) {
    return disk.sharing() == SourceDisk.Sharing.MULTI_WRITER
        || disk.sharing() == SourceDisk.Sharing.SHARED_BUS;
  }
}
