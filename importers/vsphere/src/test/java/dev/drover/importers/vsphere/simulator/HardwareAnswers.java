package dev.drover.importers.vsphere.simulator;

import java.util.function.UnaryOperator;

/** What a proxy makes of the VMs' hardware on its way: for {@link FaultProxy#changing}. */
public final class HardwareAnswers {
  private HardwareAnswers() {}

  /** The simulator's disks all have 10 GiB on paper, and hold what a test puts there. */
  public static UnaryOperator<String> sized(long bytes) {
    String size =
        "<capacityInKB>"
            + (bytes >> 10)
            + "</capacityInKB><capacityInBytes>"
            + bytes
            + "</capacityInBytes>";
    return text ->
        text.replaceAll("<capacityInBytes>[0-9]+</capacityInBytes>", "")
            .replaceAll("<capacityInKB>[0-9]+</capacityInKB>", size);
  }

  /** Lays every disk on a chain: one that is no flat file is exported. */
  public static String onChains(String text) {
    return text.replace(
        "<diskMode>persistent</diskMode>",
        "<diskMode>persistent</diskMode><parent><fileName>[x] y.vmdk</fileName>"
            + "<diskMode>persistent</diskMode></parent>");
  }
}
