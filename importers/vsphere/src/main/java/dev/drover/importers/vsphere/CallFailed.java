package dev.drover.importers.vsphere;

import java.io.IOException;
import java.rmi.RemoteException;

/**
 * No usable answer came to a call. A {@link RemoteException} since yavijava's stub declares that.
 */
final class CallFailed extends RemoteException {
  private static final long serialVersionUID = 1L;

  private final boolean sent;

  /**
   * @param sent whether the server may have carried the call out all the same
   */
  CallFailed(String message, boolean sent, IOException cause) {
    super(message, cause);
    this.sent = sent;
  }

  CallFailed(String message, boolean sent) {
    super(message);
    this.sent = sent;
  }

  boolean mayBeDone() {
    return sent;
  }
}
