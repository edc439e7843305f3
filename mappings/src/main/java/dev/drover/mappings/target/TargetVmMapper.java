package dev.drover.mappings.target;

import dev.drover.mappings.model.PowerState;
import dev.drover.mappings.model.SourceVm;
import dev.drover.mappings.plan.MigrationPlan;
import dev.drover.mappings.plan.SourceRule;
import dev.drover.mappings.plan.VmPlan;
import dev.drover.mappings.plan.VmSettings.Power;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Makes of a VM at the source, and of what the plan says of it, the VM at the target. */
public final class TargetVmMapper {
  private TargetVmMapper() {}

  /**
   * Pure; what cannot be mapped is a finding. The VM is there wherever name, namespace and size
   * are, also beside blockers, so that people see what it would become.
   */
  public static MappedVm map(SourceVm vm, VmPlan vmPlan, MigrationPlan plan) {
    Mapping m = Mapping.of(vm, vmPlan, plan);
    SourceChecks.apply(m);
    NameMapping.marks(m);
    Optional<String> namespace = NameMapping.namespace(m);
    Optional<String> name = NameMapping.name(m);
    Optional<Sizing> sizing = SizingMapping.map(m);
    Platform platform = PlatformMapping.map(m);
    List<TargetDisk> disks = DiskMapping.map(m, name.orElse("unnamed"));
    List<TargetNic> nics = NicMapping.map(m);
    BootOrder order = BootOrder.of(m, disks, nics);
    if (namespace.isEmpty() || name.isEmpty() || sizing.isEmpty()) {
      return new MappedVm(null, m.findings());
    }
    return new MappedVm(
        new TargetVm(
            vm.ref(),
            vm.name(),
            namespace.get(),
            name.get(),
            sizing.get(),
            platform,
            disks.stream().map(order::on).toList(),
            nics.stream().map(order::on).toList(),
            running(m),
            m.settings().labels(),
            annotations(m)),
        m.findings());
  }

  private static boolean running(Mapping m) {
    Power power = m.settings().power();
    if (power == Power.running || power == Power.stopped) {
      return power == Power.running;
    }
    return m.vm().power() == PowerState.ON && !rehearsal(m);
  }

  /** Two of one VM at a time would answer to one address. */
  private static boolean rehearsal(Mapping m) {
    return m.settings().source().rehearses(m.vm().power());
  }

  private static Map<String, String> annotations(Mapping m) {
    Map<String, String> all = new HashMap<>(m.settings().annotations());
    if (rehearsal(m)) {
      all.put(SourceRule.REHEARSAL_ANNOTATION, "true");
    }
    return all;
  }
}
