package dev.drover.importers.vsphere;

import dev.drover.mappings.failure.Failure;
import java.io.IOException;

/** A way to one server, and whom it believes there. */
record HostLink(Address address, Trust trust, Transport transport) {
  Failure failure(String subject, String doing, IOException cause) {
    return Refusal.of(address, trust, subject, doing, cause);
  }
}
