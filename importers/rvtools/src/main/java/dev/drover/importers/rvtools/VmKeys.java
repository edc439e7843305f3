package dev.drover.importers.rvtools;

/** By what a row names its VM. */
final class VmKeys {
  private VmKeys() {}

  /** The VM ID, else the vCenter's UUID of the VM, else the guest's, else the name. */
  static Field field(Export export, int[] row) {
    for (Field field : new Field[] {Field.VM_ID, Field.VM_UUID, Field.SMBIOS_UUID}) {
      if (export.cell(Topic.INFO, row, field) != 0) {
        return field;
      }
    }
    return Field.VM;
  }
}
