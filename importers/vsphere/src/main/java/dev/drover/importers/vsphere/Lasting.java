package dev.drover.importers.vsphere;

import dev.drover.mappings.failure.Failure;
import java.io.IOException;

/** A request's failure that no second request mends. */
final class Lasting extends IOException {
  private static final long serialVersionUID = 1L;

  private final transient Failure failure;

  Lasting(Failure failure) {
    super(failure);
    this.failure = failure;
  }

  Failure failure() {
    return failure;
  }
}
