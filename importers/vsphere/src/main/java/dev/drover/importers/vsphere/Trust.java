package dev.drover.importers.vsphere;

import dev.drover.mappings.failure.EnvironmentFailed;
import dev.drover.mappings.failure.Retry;
import dev.drover.mappings.failure.UsageFailed;
import dev.drover.mappings.plan.SourceSpec;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.MessageDigest;
import java.security.cert.Certificate;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicReference;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509ExtendedTrustManager;
import org.jspecify.annotations.Nullable;

/**
 * Whom one connection believes: the system's certificate authorities, those of a file, the one
 * certificate that the user pinned, or anybody. Nothing is shared with other connections of this
 * process. The certificate that the server showed last is kept for messages.
 */
final class Trust {
  private final SSLContext context;
  private final AtomicReference<String> seen;

  private final boolean anybody;

  private Trust(SSLContext context, AtomicReference<String> seen, boolean anybody) {
    this.context = context;
    this.seen = seen;
    this.anybody = anybody;
  }

  /**
   * As the source's {@code tls} says; null is the system's store.
   *
   * @throws UsageFailed when the settings contradict each other or make no sense
   */
  static Trust of(String subject, SourceSpec.@Nullable Tls tls) {
    AtomicReference<String> seen = new AtomicReference<>();
    SourceSpec.Tls wanted = tls == null ? new SourceSpec.Tls(null, null, false) : tls;
    int ways =
        (wanted.thumbprint() == null ? 0 : 1)
            + (wanted.caFile() == null ? 0 : 1)
            + (wanted.insecure() ? 1 : 0);
    if (ways > 1) {
      throw new UsageFailed(
          subject,
          "its tls names more than one way to trust",
          "keep one of thumbprint, caFile and insecure");
    }
    try {
      return of(manager(subject, wanted, seen), seen, wanted.insecure());
    } catch (GeneralSecurityException e) {
      throw new EnvironmentFailed(
          subject,
          "TLS cannot be set up",
          "check this Java's security settings",
          Retry.POINTLESS,
          e);
    }
  }

  private static Trust of(TrustManager manager, AtomicReference<String> seen, boolean anybody)
      throws GeneralSecurityException {
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(null, new TrustManager[] {manager}, null);
    return new Trust(context, seen, anybody);
  }

  /**
   * The one certificate that a trusted vCenter named, be it by SHA-1 as its API does. Null where
   * that is no fingerprint.
   */
  static @Nullable Trust pinned(@Nullable String thumbprint) {
    String digits = thumbprint == null ? "" : digits(thumbprint);
    if (!digits.matches("[0-9a-f]{40}|[0-9a-f]{64}")) {
      return null;
    }
    AtomicReference<String> seen = new AtomicReference<>();
    try {
      return of(new Pinned(digits, seen), seen, false);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("this Java connected by TLS before", e);
    }
  }

  private static String digits(String thumbprint) {
    return thumbprint
        .replaceFirst("(?i)^SHA-?(1|256):", "")
        .replaceAll("[:\\s]", "")
        .toLowerCase(Locale.ROOT);
  }

  private static TrustManager manager(
      String subject, SourceSpec.Tls tls, AtomicReference<String> seen)
      throws GeneralSecurityException {
    if (tls.insecure()) {
      return new Pinned(null, seen);
    }
    if (tls.thumbprint() != null) {
      return new Pinned(thumbprint(subject, tls.thumbprint()), seen);
    }
    KeyStore store = tls.caFile() == null ? null : store(subject, Path.of(tls.caFile()));
    TrustManagerFactory factory =
        TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    factory.init(store);
    X509ExtendedTrustManager authorities =
        Arrays.stream(factory.getTrustManagers())
            .filter(X509ExtendedTrustManager.class::isInstance)
            .map(X509ExtendedTrustManager.class::cast)
            .findFirst()
            .orElseThrow(() -> new CertificateException("this Java has no trust manager"));
    return new Watched(authorities, seen);
  }

  private static String thumbprint(String subject, String text) {
    String digits = digits(text);
    if (!digits.matches("[0-9a-f]{64}")) {
      throw new UsageFailed(
          subject,
          "the thumbprint is no SHA-256 fingerprint: " + text,
          "write SHA256: and 64 hexadecimal digits; openssl x509 -noout -fingerprint -sha256 -in"
              + " CERT.pem shows them");
    }
    return digits;
  }

  private static KeyStore store(String subject, Path file) throws GeneralSecurityException {
    try (InputStream in = Files.newInputStream(file)) {
      KeyStore store = KeyStore.getInstance(KeyStore.getDefaultType());
      store.load(null, null);
      int count = 0;
      for (Certificate each : CertificateFactory.getInstance("X.509").generateCertificates(in)) {
        store.setCertificateEntry("ca" + count++, each);
      }
      if (count == 0) {
        throw new CertificateException("it holds no certificate");
      }
      return store;
    } catch (IOException | CertificateException e) {
      throw new UsageFailed(
          subject,
          "the file of certificate authorities " + file + " cannot be used",
          "give a PEM file with at least one certificate",
          Retry.POINTLESS,
          e);
    }
  }

  SSLContext context() {
    return context;
  }

  boolean trustsAnybody() {
    return anybody;
  }

  /** {@code SHA256:AA:BB…} of the certificate that the server showed last, or null. */
  @Nullable String seen() {
    return seen.get();
  }

  private static String fingerprint(X509Certificate certificate, String algorithm)
      throws CertificateException {
    try {
      return HexFormat.of()
          .formatHex(MessageDigest.getInstance(algorithm).digest(certificate.getEncoded()));
    } catch (GeneralSecurityException e) {
      throw new CertificateException(e);
    }
  }

  private static void note(X509Certificate[] chain, AtomicReference<String> seen)
      throws CertificateException {
    seen.set(
        "SHA256:"
            + fingerprint(chain[0], "SHA-256")
                .toUpperCase(Locale.ROOT)
                .replaceAll("(..)(?!$)", "$1:"));
  }

  /**
   * Takes one certificate, or any. It is an extended manager since the JDK adds a check of the
   * host's name to others, which a pin replaces.
   */
  private static final class Pinned extends X509ExtendedTrustManager {
    private final @Nullable String only;
    private final AtomicReference<String> seen;

    Pinned(@Nullable String only, AtomicReference<String> seen) {
      this.only = only;
      this.seen = seen;
    }

    private void check(X509Certificate[] chain) throws CertificateException {
      note(chain, seen);
      String algorithm = only != null && only.length() == 40 ? "SHA-1" : "SHA-256";
      if (only != null && !only.equals(fingerprint(chain[0], algorithm))) {
        throw new CertificateException("not the pinned certificate");
      }
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String type)
        throws CertificateException {
      check(chain);
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String type, Socket socket)
        throws CertificateException {
      check(chain);
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String type, SSLEngine engine)
        throws CertificateException {
      check(chain);
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String type)
        throws CertificateException {
      throw new CertificateException("this is no server");
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String type, Socket socket)
        throws CertificateException {
      throw new CertificateException("this is no server");
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String type, SSLEngine engine)
        throws CertificateException {
      throw new CertificateException("this is no server");
    }

    @Override
    public X509Certificate[] getAcceptedIssuers() {
      return new X509Certificate[0];
    }
  }

  /** Notes what the server shows, and leaves the judgement, host's name included, to the JDK. */
  private static final class Watched extends X509ExtendedTrustManager {
    private final X509ExtendedTrustManager judge;
    private final AtomicReference<String> seen;

    Watched(X509ExtendedTrustManager judge, AtomicReference<String> seen) {
      this.judge = judge;
      this.seen = seen;
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String type)
        throws CertificateException {
      note(chain, seen);
      judge.checkServerTrusted(chain, type);
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String type, Socket socket)
        throws CertificateException {
      note(chain, seen);
      judge.checkServerTrusted(chain, type, socket);
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String type, SSLEngine engine)
        throws CertificateException {
      note(chain, seen);
      judge.checkServerTrusted(chain, type, engine);
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String type)
        throws CertificateException {
      judge.checkClientTrusted(chain, type);
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String type, Socket socket)
        throws CertificateException {
      judge.checkClientTrusted(chain, type, socket);
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String type, SSLEngine engine)
        throws CertificateException {
      judge.checkClientTrusted(chain, type, engine);
    }

    @Override
    public X509Certificate[] getAcceptedIssuers() {
      return judge.getAcceptedIssuers();
    }
  }
}
