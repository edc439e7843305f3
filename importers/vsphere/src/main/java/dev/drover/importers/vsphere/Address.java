package dev.drover.importers.vsphere;

import dev.drover.mappings.failure.UsageFailed;
import dev.drover.mappings.plan.SourceSpec;
import java.net.URI;
import java.net.URISyntaxException;
import org.jspecify.annotations.Nullable;

/**
 * Where the API is.
 *
 * @param source the source's name in the plan
 * @param sdk {@code https://vcenter.example/sdk}
 */
record Address(String source, URI sdk) {
  private static final String FORM =
      "write it as https://vcenter.example or https://vcenter.example/sdk";

  /**
   * Reads {@code https://host[:port][/sdk]}; {@code host} alone is taken for {@code
   * https://host/sdk}.
   *
   * @throws UsageFailed for anything else
   */
  static Address of(SourceSpec spec) {
    String text = spec.location().contains("://") ? spec.location() : "https://" + spec.location();
    URI uri;
    try {
      uri = new URI(text.replaceAll("/+$", ""));
    } catch (URISyntaxException e) {
      throw wrong(spec, "the address is no URL");
    }
    if (uri.getHost() == null || uri.getRawQuery() != null || uri.getRawFragment() != null) {
      throw wrong(spec, "the address names no host, or more than a host and a path");
    }
    if (uri.getRawUserInfo() != null) {
      throw new UsageFailed(
          subject(spec.name()),
          "the address holds a user or a password",
          "leave them out, and name credentials: --credentials env:PREFIX");
    }
    String scheme = String.valueOf(uri.getScheme());
    boolean plain = scheme.equals("http");
    if (!plain && !scheme.equals("https")) {
      throw wrong(spec, "the address begins with " + scheme + "://");
    }
    if (plain && !(spec.tls() != null && spec.tls().insecure())) {
      throw new UsageFailed(
          subject(spec.name()),
          "the address is http, which anybody on the way reads and changes",
          "use https; for a simulator on this machine add --insecure (tls: {insecure: true})");
    }
    String path = uri.getRawPath();
    return new Address(spec.name(), path == null || path.isEmpty() ? uri.resolve("/sdk") : uri);
  }

  /** Another path of the same server; {@code rest} begins with a slash and is encoded already. */
  URI at(String rest) {
    return URI.create(sdk.getScheme() + "://" + sdk.getRawAuthority() + rest);
  }

  String host() {
    return sdk.getHost();
  }

  /** What a message names. */
  String subject() {
    return subject(source) + " (" + sdk.getAuthority() + ")";
  }

  private static String subject(@Nullable String source) {
    return "source \"" + source + "\"";
  }

  private static UsageFailed wrong(SourceSpec spec, String what) {
    return new UsageFailed(subject(spec.name()), what + ": " + spec.location(), FORM);
  }
}
