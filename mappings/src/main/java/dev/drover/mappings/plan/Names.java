package dev.drover.mappings.plan;

import dev.drover.mappings.model.DnsLabel;

/**
 * Names as Kubernetes takes them. A VM's name becomes its objects' name here and nowhere else, so
 * that what the plan reader calls a collision is one.
 */
public final class Names {
  private Names() {}

  /**
   * What a VM is called on the target if nobody says otherwise: prefix, name, suffix. The name is
   * cut where the three are too long, never the prefix or suffix.
   *
   * @param sourceName any text
   */
  public static String derived(Naming naming, String sourceName) {
    int room = Math.max(1, DnsLabel.LONGEST - naming.prefix().length() - naming.suffix().length());
    return DnsLabel.of(naming.prefix() + DnsLabel.of(sourceName, room) + naming.suffix());
  }

  /** The VM's {@code targetName}, or the derived name. */
  public static String of(Naming naming, VmPlan vm) {
    String chosen = vm.targetName();
    return chosen != null ? chosen : derived(naming, vm.sourceName());
  }
}
