package dev.drover.importers.vsphere;

import com.vmware.vim25.ManagedObjectReference;
import dev.drover.mappings.failure.SourceFailed;
import dev.drover.mappings.model.VmRef;

/** The managed object behind a VM's id. */
final class VmMoid {
  private VmMoid() {}

  /**
   * Asks nobody.
   *
   * @throws SourceFailed when the id cannot be one
   */
  static ManagedObjectReference of(VmRef ref) {
    if (!ref.id().matches("[A-Za-z0-9._-]{1,100}")) {
      throw new SourceFailed(
          subject(ref), "this is no id of a vSphere VM", "use an id that drover inventory lists");
    }
    return reference("VirtualMachine", ref.id());
  }

  static ManagedObjectReference reference(String type, String value) {
    ManagedObjectReference moid = new ManagedObjectReference();
    moid.type = type;
    moid.val = value;
    return moid;
  }

  static String subject(VmRef ref) {
    return "VM \"" + ref + "\"";
  }
}
