package dev.drover.importers.vsphere;

import dev.drover.importers.api.VmSourceContract;
import dev.drover.mappings.plan.SourceSpec;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;

final class VsphereSourceContractTest extends VmSourceContract {
  @SuppressWarnings("NullAway.Init") // JUnit calls the method below first.
  private static Vcsim peer;

  @BeforeAll
  static void start() {
    peer = Vcsim.start(Vcsim.best(), "-furnish", "-autostart=false");
  }

  @AfterAll
  static void stop() {
    if (peer != null) {
      peer.close();
    }
  }

  @Override
  protected SourceSpec spec() {
    return Specs.of(peer.sdk());
  }

  @Override
  protected boolean hasUnreadable() {
    return false;
  }
}
