package dev.drover.mappings.target;

import dev.drover.mappings.disk.DiskFormat;
import dev.drover.mappings.model.Finding;
import dev.drover.mappings.model.SourceVm;
import dev.drover.mappings.plan.Hooks;
import dev.drover.mappings.plan.MigrationPlan;
import dev.drover.mappings.plan.Naming;
import dev.drover.mappings.plan.NetworkMapping;
import dev.drover.mappings.plan.RetryPolicy;
import dev.drover.mappings.plan.StorageMapping;
import dev.drover.mappings.plan.TargetSpec;
import dev.drover.mappings.plan.VmPlan;
import dev.drover.mappings.plan.VmSettings;
import dev.drover.mappings.target.Platform.GuestFamily;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What the mapping would say of a VM if a plan mapped all its networks and datastores and said
 * nothing else: so an assessment and a dry run tell one problem in one way.
 *
 * @param family null where nobody says what the guest is
 * @param system for people; null the same
 * @param virtio whether the guest boots from virtio as it is: {@code yes}, {@code late} (its
 *     initramfs has to be made anew), {@code no}, {@code unknown}
 * @param findings of the VM alone, none that only a plan can mend
 */
public record SourceOutlook(
    @Nullable GuestFamily family, @Nullable String system, String virtio, List<Finding> findings) {
  /** A time zone, a UUID in another notation: of a plan's writing, not of a VM. */
  private static final Set<String> OF_THE_PLAN = Set.of("FW-007", "FW-008");

  private static final MigrationPlan NEUTRAL =
      new MigrationPlan(
          "assessment",
          "",
          List.of(),
          new TargetSpec.Directory("."),
          List.of(new NetworkMapping("*", new NetworkMapping.Multus("default", "any"))),
          List.of(new StorageMapping("*", null, null, null, DiskFormat.RAW, false)),
          Naming.PLAIN,
          VmSettings.NONE,
          List.of(),
          Hooks.NONE,
          RetryPolicy.DEFAULT);

  public SourceOutlook {
    findings = List.copyOf(findings);
  }

  /** Pure. */
  public static SourceOutlook of(SourceVm vm) {
    GuestOs os = GuestOsTable.of(vm.guest());
    List<Finding> findings =
        TargetVmMapper.map(vm, VmPlan.of(vm.ref(), vm.name()), NEUTRAL).findings().stream()
            .filter(f -> !OF_THE_PLAN.contains(f.code()))
            .toList();
    boolean known = os != GuestOs.UNKNOWN;
    return new SourceOutlook(
        known ? os.family() : null, known ? os.name() : null, virtio(vm, os), findings);
  }

  private static String virtio(SourceVm vm, GuestOs os) {
    return switch (vm.guest().virtioDrivers()) {
      case YES -> "yes";
      case NO -> "no";
      case UNKNOWN ->
          switch (os.virtio()) {
            case BOOT -> "yes";
            case LATE -> "late";
            case NO -> "no";
            case UNKNOWN -> "unknown";
          };
    };
  }

  /** What a word for a system says; null for one that nobody knows. */
  public static @Nullable GuestFamily family(@Nullable String word) {
    return GuestOsTable.find(word).map(GuestOs::family).orElse(null);
  }

  /** A MAC as the target takes it; null for what is none of a card. */
  public static @Nullable String mac(@Nullable String mac) {
    return mac == null ? null : MacAddress.parse(mac).orElse(null);
  }
}
