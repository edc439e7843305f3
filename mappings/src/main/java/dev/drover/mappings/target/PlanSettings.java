package dev.drover.mappings.target;

import dev.drover.mappings.plan.VmSettings;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What a VM's own settings and the plan's defaults say together; the VM's own win. */
final class PlanSettings {
  private PlanSettings() {}

  static VmSettings merge(VmSettings own, VmSettings defaults) {
    return new VmSettings(
        first(own.namespace(), defaults.namespace()),
        first(own.diskBus(), defaults.diskBus()),
        first(own.nicModel(), defaults.nicModel()),
        first(own.instanceType(), defaults.instanceType()),
        first(own.preference(), defaults.preference()),
        first(own.power(), defaults.power()),
        own.source().or(defaults.source()),
        first(own.guestConversion(), defaults.guestConversion()),
        first(own.machineType(), defaults.machineType()),
        first(own.firmware(), defaults.firmware()),
        first(own.secureBoot(), defaults.secureBoot()),
        first(own.timezone(), defaults.timezone()),
        both(own.labels(), defaults.labels()),
        both(own.annotations(), defaults.annotations()));
  }

  private static <T> @Nullable T first(@Nullable T own, @Nullable T general) {
    return own != null ? own : general;
  }

  private static Map<String, String> both(Map<String, String> own, Map<String, String> defaults) {
    Map<String, String> all = new HashMap<>(defaults);
    all.putAll(own);
    return all;
  }
}
