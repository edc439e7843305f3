package dev.drover.importers.vsphere;

import dev.drover.mappings.failure.Retry;
import dev.drover.mappings.failure.SourceFailed;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Decides for each copy whether it goes straight to the VM's host. Safe for several threads. */
final class Routes {
  private static final Logger LOG = LoggerFactory.getLogger(Routes.class);
  private static final Duration UNASKED = Duration.ofMinutes(10);

  private final Session session;
  private final HostLinks links;
  private final Options.Route wanted;

  /** When hosts that refused may be asked again, in the JVM's nanoseconds. */
  private final Map<String, Long> refused = new ConcurrentHashMap<>();

  Routes(Session session, HostLinks links, Options.Route wanted) {
    this.session = session;
    this.links = links;
    this.wanted = wanted;
  }

  /**
   * The way for one file.
   *
   * @param host its name, or null where nobody knows
   * @return null to ask the source itself
   * @throws SourceFailed when the option asks for the host and the host refuses
   */
  @Nullable HostRoute to(String label, @Nullable String host, URI file) {
    boolean isVcenter = "VirtualCenter".equals(session.content().about.apiType);
    if (wanted == Options.Route.VCENTER || !isVcenter) {
      return null;
    }
    String refusal = "nobody knows its host";
    if (host != null) {
      Long until = refused.get(host);
      if (wanted == Options.Route.AUTO && until != null && System.nanoTime() - until < 0) {
        return null;
      }
      try {
        HostRoute route = new HostRoute(session, links, host, file);
        refusal = route.refusal();
        if (refusal == null) {
          return route;
        }
      } catch (IOException e) {
        refusal = String.valueOf(e.getMessage());
      }
      refused.put(host, System.nanoTime() + UNASKED.toNanos());
    }
    if (wanted == Options.Route.HOST) {
      throw new SourceFailed(
          label,
          "its host " + host + " does not give its file: " + refusal,
          "see that port 443 of the hosts is reachable from here, or set the option route to auto",
          Retry.WORTHWHILE,
          null);
    }
    LOG.info("{}: copied through vCenter, not through the host {}: {}", label, host, refusal);
    return null;
  }
}
