package dev.drover.importers.vsphere;

import com.vmware.vim25.ManagedObjectReference;
import com.vmware.vim25.ws.Argument;
import com.vmware.vim25.ws.VimStub;
import java.rmi.RemoteException;

/** A call that is newer than yavijava's stub. */
final class ExportSnapshot {
  private ExportSnapshot() {}

  static ManagedObjectReference call(VimStub vim, ManagedObjectReference snapshot)
      throws RemoteException {
    Argument self = new Argument("_this", "ManagedObjectReference", snapshot);
    return (ManagedObjectReference)
        vim.getWsc().invoke("ExportSnapshot", new Argument[] {self}, "ManagedObjectReference");
  }
}
