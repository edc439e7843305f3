package dev.drover.importers.vsphere;

import java.rmi.RemoteException;
import org.jspecify.annotations.Nullable;

/**
 * The server refused a call, with a fault of a named type. A {@link RemoteException} since
 * yavijava's stub declares that; none of its own fault classes is thrown.
 */
final class FaultAnswer extends RemoteException {
  private static final long serialVersionUID = 1L;

  private final String type;
  private final transient @Nullable Object fault;

  /**
   * @param type the fault's type as the server spells it: {@code InvalidLogin}; empty where it
   *     gives none
   * @param text what the server says, perhaps empty
   * @param fault the fault in yavijava's types, or what is nearest to it
   */
  FaultAnswer(String type, String text, @Nullable Object fault) {
    super(text.isBlank() ? type : type.isEmpty() ? text : type + ": " + text);
    this.type = type;
    this.fault = fault;
  }

  String type() {
    return type;
  }

  boolean is(String... types) {
    for (String each : types) {
      if (each.equals(type)) {
        return true;
      }
    }
    return false;
  }

  @Nullable Object fault() {
    return fault;
  }
}
