package dev.drover.importers.vsphere;

import dev.drover.mappings.failure.UsageFailed;
import java.net.InetSocketAddress;
import java.net.ProxySelector;
import java.net.URI;
import java.util.Locale;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * The HTTP proxy before a source: its option {@code proxy}, else the environment's {@code
 * HTTPS_PROXY} unless {@code NO_PROXY} names the host. Proxies that want a password are not
 * supported.
 */
final class ProxyChoice {
  private ProxyChoice() {}

  /**
   * A selector, or null to go straight.
   *
   * @param option the option's value; null where it is not set, {@code none} to go straight
   * @throws UsageFailed when it names no proxy
   */
  static @Nullable ProxySelector of(
      Address address, @Nullable String option, UnaryOperator<@Nullable String> environment) {
    if (option != null) {
      return option.equals("none") ? null : selector(address, option, "the option proxy");
    }
    String text = either(environment, "HTTPS_PROXY");
    if (text == null || isExempt(address.host(), either(environment, "NO_PROXY"))) {
      return null;
    }
    return selector(address, text, "HTTPS_PROXY");
  }

  private static @Nullable String either(UnaryOperator<@Nullable String> environment, String name) {
    String lower = environment.apply(name.toLowerCase(Locale.ROOT));
    String text = lower != null && !lower.isBlank() ? lower : environment.apply(name);
    return text == null || text.isBlank() ? null : text.strip();
  }

  /** {@code *}, a host, or a domain with or without a dot before it; commas between them. */
  private static boolean isExempt(String host, @Nullable String list) {
    if (list == null) {
      return false;
    }
    for (String each : list.split(",")) {
      String name = each.strip().toLowerCase(Locale.ROOT).replaceFirst("^\\*?\\.", "");
      String lower = host.toLowerCase(Locale.ROOT);
      if (each.strip().equals("*") || lower.equals(name) || lower.endsWith("." + name)) {
        return true;
      }
    }
    return false;
  }

  private static ProxySelector selector(Address address, String text, String where) {
    try {
      URI uri = URI.create(text.contains("://") ? text : "http://" + text);
      if (uri.getHost() != null && uri.getRawUserInfo() == null && "http".equals(uri.getScheme())) {
        int port = uri.getPort() < 0 ? 3128 : uri.getPort();
        return ProxySelector.of(InetSocketAddress.createUnresolved(uri.getHost(), port));
      }
    } catch (IllegalArgumentException e) {
      // Said below.
    }
    throw new UsageFailed(
        address.subject(),
        where + " is no http://HOST:PORT without a user",
        "correct it, or set the source's option proxy to none");
  }
}
