package dev.drover.importers.vsphere;

import dev.drover.importers.api.CredentialsFinder;
import dev.drover.importers.api.VmSource;
import dev.drover.importers.api.VmSourceProvider;
import dev.drover.mappings.plan.SourceSpec;

/**
 * Sources of the type {@code vsphere}: a vCenter, or an ESXi host of its own. Options: see {@link
 * Options}.
 */
public final class VsphereSourceProvider implements VmSourceProvider {
  /** For {@link java.util.ServiceLoader}. */
  public VsphereSourceProvider() {}

  @Override
  public String type() {
    return "vsphere";
  }

  @Override
  public String description() {
    return "a vCenter or an ESXi host: https://HOST/sdk";
  }

  @Override
  public VmSource open(SourceSpec spec) {
    return open(spec, Limits.USUAL);
  }

  static VsphereSource open(SourceSpec spec, Limits limits) {
    Options options = Options.of(spec);
    Address address = Address.of(spec);
    Trust trust = Trust.of(address.subject(), spec.tls());
    Transport transport =
        new Transport(
            trust,
            ProxyChoice.of(address, options.proxy(), System::getenv),
            spec.options().containsKey("timeoutSeconds")
                ? limits.withAnswer(options.time())
                : limits);
    try {
      Session session = Session.open(address, trust, transport, CredentialsFinder.of(spec));
      return new VsphereSource(spec, options, session);
    } catch (RuntimeException e) {
      transport.close();
      throw e;
    }
  }
}
