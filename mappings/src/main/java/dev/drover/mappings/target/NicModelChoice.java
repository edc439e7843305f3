package dev.drover.mappings.target;

import dev.drover.mappings.model.SourceNic;
import dev.drover.mappings.plan.VmPlan.NicOverride;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The model of a NIC: what the plan says, else virtio where the guest has its driver, else a card
 * that is emulated. A NIC's driver is loaded late, so that it need not be in the initramfs.
 */
final class NicModelChoice {
  /** What KubeVirt's API names. */
  private static final Set<String> MODELS =
      Set.of("virtio", "e1000", "e1000e", "igb", "ne2k_pci", "pcnet", "rtl8139");

  private NicModelChoice() {}

  static String of(Mapping m, SourceNic nic, @Nullable NicOverride override) {
    String wanted =
        override != null && override.model() != null ? override.model() : m.settings().nicModel();
    if (wanted == null) {
      return m.virtioInKernel() ? "virtio" : m.os().nic();
    }
    if (!MODELS.contains(wanted)) {
      m.blocker(
          "NIC-005",
          "the plan wants a NIC model that KubeVirt does not have",
          PlanLines.nic(m.vmPlan(), nic.id(), "model: virtio")
              + ", or another of "
              + MODELS.stream().sorted().toList(),
          wanted);
    } else if (wanted.equals("virtio") && !m.virtioInKernel()) {
      m.warning(
          "NIC-006",
          "the plan wants virtio, but nobody knows that the guest has the driver",
          "see that it has virtio drivers before the move: without them it has no network",
          nic.label() + ", " + m.os().name());
    }
    return wanted;
  }
}
