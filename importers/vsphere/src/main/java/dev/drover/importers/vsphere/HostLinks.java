package dev.drover.importers.vsphere;

import java.net.URI;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Ways to the ESXi hosts that a vCenter sends Drover to. A host is believed by the thumbprint that
 * the vCenter gave for it, else as the vCenter itself is. Safe for several threads.
 */
final class HostLinks implements AutoCloseable {
  /** A host behind a firewall that drops everything must not hold a copy up for long. */
  private static final Duration CONNECT = Duration.ofSeconds(5);

  private final Session session;
  private final @Nullable String proxy;
  private final Map<String, HostLink> links = new ConcurrentHashMap<>();

  HostLinks(Session session, @Nullable String proxy) {
    this.session = session;
    this.proxy = proxy;
  }

  /**
   * The way to where an address points.
   *
   * @param thumbprint as the vCenter told it, SHA-1 or SHA-256; null or empty where it did not
   */
  HostLink to(URI address, @Nullable String thumbprint) {
    String authority = String.valueOf(address.getRawAuthority());
    if (authority.equals(session.address().sdk().getRawAuthority())) {
      return session.link();
    }
    Trust pinned = Trust.pinned(thumbprint);
    return links.computeIfAbsent(
        authority + " " + (pinned == null ? "" : thumbprint), key -> open(address, pinned));
  }

  private HostLink open(URI address, @Nullable Trust pinned) {
    Address host = new Address(session.address().source(), address);
    Trust trust = pinned == null ? session.link().trust() : pinned;
    Limits limits = session.transport().limits();
    return new HostLink(
        host,
        trust,
        new Transport(
            trust, ProxyChoice.of(host, proxy, System::getenv), limits.withConnect(CONNECT)));
  }

  @Override
  public void close() {
    links.values().forEach(link -> link.transport().close());
  }
}
