package dev.drover.importers.ova;

/** Namespaces of OVF. */
final class OvfNames {
  /** OVF 0.9, before the DMTF took it over. */
  static final String VMWARE_09 = "http://www.vmware.com/schema/ovf/1/envelope";

  private OvfNames() {}

  /** OVF 0.9, 1.x, 2.x, and the drafts between them. */
  static boolean isOvf(String namespace) {
    return namespace.startsWith("http://schemas.dmtf.org/ovf/") || namespace.equals(VMWARE_09);
  }
}
