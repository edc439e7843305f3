package dev.drover.importers.vsphere;

import dev.drover.importers.api.VmSourceContract;
import dev.drover.importers.vsphere.simulator.Vcsim;
import dev.drover.mappings.plan.SourceSpec;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.MethodSource;

@ParameterizedClass
@MethodSource("dev.drover.importers.vsphere.simulator.Vcsim#versions")
final class VsphereSourceContractTest extends VmSourceContract {
  private final Vcsim peer;

  VsphereSourceContractTest(Vcsim.Version version) {
    peer = Vcsim.furnished(version);
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
