package dev.drover.kube.cluster;

import dev.drover.mappings.failure.EnvironmentFailed;
import dev.drover.mappings.failure.Retry;
import io.fabric8.kubernetes.client.Config;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509ExtendedTrustManager;
import javax.net.ssl.X509TrustManager;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Whom to believe that it is the upload proxy: the CAs of this machine, the kubeconfig's (an
 * ingress is often signed by it), and CDI's own, which it publishes in a ConfigMap. Everybody only
 * where the kubeconfig says insecure-skip-tls-verify.
 */
final class TrustProxy {
  private static final Logger LOG = LoggerFactory.getLogger(TrustProxy.class);

  /** CDI's namespace, as upstream and as OpenShift install it. */
  private static final List<String> CDI_NAMESPACES = List.of("cdi", "openshift-cnv");

  private static final String BUNDLE = "cdi-uploadproxy-signer-bundle";
  private static final String BUNDLE_KEY = "ca-bundle.crt";

  private final Api api;

  TrustProxy(Api api) {
    this.api = api;
  }

  SSLContext context() {
    Config config = api.client().getConfiguration();
    try {
      SSLContext context = SSLContext.getInstance("TLS");
      TrustManager[] trusted = {
        config.isTrustCerts() ? new Everybody() : trusting(certificates(config))
      };
      context.init(null, trusted, null);
      return context;
    } catch (GeneralSecurityException | IOException e) {
      throw new EnvironmentFailed(
          "the CA certificates of the upload proxy",
          "cannot be read",
          "correct certificate-authority in the kubeconfig, or ConfigMap cdi/" + BUNDLE,
          Retry.POINTLESS,
          e);
    }
  }

  private List<Certificate> certificates(Config config)
      throws GeneralSecurityException, IOException {
    List<Certificate> all = new ArrayList<>();
    for (X509Certificate one : systemManager(null).getAcceptedIssuers()) {
      all.add(one);
    }
    if (config.getCaCertData() != null) {
      all.addAll(parse(Base64.getMimeDecoder().decode(config.getCaCertData())));
    } else if (config.getCaCertFile() != null) {
      all.addAll(parse(Files.readAllBytes(Path.of(config.getCaCertFile()))));
    }
    Optional<String> bundle = CDI_NAMESPACES.stream().flatMap(n -> bundle(n).stream()).findFirst();
    if (bundle.isPresent()) {
      all.addAll(parse(bundle.get().getBytes(StandardCharsets.US_ASCII)));
    }
    return all;
  }

  private Optional<String> bundle(String namespace) {
    try {
      return api.get(Kind.CONFIG_MAP, namespace, BUNDLE)
          .map(m -> m.text("data", BUNDLE_KEY))
          .filter(b -> !b.isBlank());
    } catch (ApiRefused e) {
      LOG.debug("ConfigMap {}/{} cannot be seen: {}", namespace, BUNDLE, e.words());
      return Optional.empty();
    }
  }

  private static List<Certificate> parse(byte[] pem) throws GeneralSecurityException {
    return List.copyOf(
        CertificateFactory.getInstance("X.509")
            .generateCertificates(new ByteArrayInputStream(pem)));
  }

  private static X509TrustManager trusting(List<Certificate> certificates)
      throws GeneralSecurityException, IOException {
    KeyStore store = KeyStore.getInstance(KeyStore.getDefaultType());
    store.load(null, null);
    for (int i = 0; i < certificates.size(); i++) {
      store.setCertificateEntry("ca" + i, certificates.get(i));
    }
    return systemManager(store);
  }

  private static X509TrustManager systemManager(@org.jspecify.annotations.Nullable KeyStore store)
      throws GeneralSecurityException {
    TrustManagerFactory factory =
        TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    factory.init(store);
    return Arrays.stream(factory.getTrustManagers())
        .filter(X509TrustManager.class::isInstance)
        .map(X509TrustManager.class::cast)
        .findFirst()
        .orElseThrow();
  }

  /** Believes everybody, host names included; for insecure-skip-tls-verify alone. */
  private static final class Everybody extends X509ExtendedTrustManager {
    @Override
    public void checkClientTrusted(X509Certificate[] chain, String authType, Socket socket) {}

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String authType, Socket socket) {}

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String authType, SSLEngine engine) {}

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String authType, SSLEngine engine) {}

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String authType) {}

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String authType) {}

    @Override
    public X509Certificate[] getAcceptedIssuers() {
      return new X509Certificate[0];
    }
  }
}
