package dev.drover.kube.cluster;

import dev.drover.mappings.failure.EnvironmentFailed;
import dev.drover.mappings.failure.Failure;
import dev.drover.mappings.failure.Retry;
import dev.drover.mappings.failure.TargetFailed;
import dev.drover.mappings.plan.TargetSpec;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.jdkhttp.JdkHttpClientFactory;
import java.nio.file.Path;
import java.util.List;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Connects to the cluster that a plan names, and makes sure that it answers. */
final class Connect {
  private static final Logger LOG = LoggerFactory.getLogger(Connect.class);

  /**
   * fabric8 repeats a request that was answered by 429 or 5xx, or not at all, this many times, and
   * heeds Retry-After. With the pause doubling from {@link #FIRST_PAUSE_MILLIS} that is some six
   * seconds in all: enough for a rolling restart of one API server of three. What lasts longer is
   * for the plan's retry policy, which the user sees at work.
   */
  private static final int REPEATS = 5;

  static final int FIRST_PAUSE_MILLIS = 200;
  private static final int CONNECT_MILLIS = 10_000;
  private static final int REQUEST_MILLIS = 30_000;

  private final FindKubeconfig find;
  private final int firstPauseMillis;

  /**
   * @param firstPauseMillis before fabric8's first repetition; {@link #FIRST_PAUSE_MILLIS}
   */
  Connect(FindKubeconfig find, int firstPauseMillis) {
    this.find = find;
    this.firstPauseMillis = firstPauseMillis;
  }

  /**
   * A connection that has answered once.
   *
   * @param stop whether somebody asked to stop
   * @throws EnvironmentFailed naming the file or the server
   */
  Api to(TargetSpec.Kubernetes spec, BooleanSupplier stop) {
    List<Path> files = find.find(spec.kubeconfig());
    Config config = files.isEmpty() ? inCluster() : fromFiles(files, spec);
    if (spec.impersonateUser() != null) {
      config.setImpersonateUsername(spec.impersonateUser());
      config.setImpersonateGroups(spec.impersonateGroups().toArray(String[]::new));
    }
    config.setConnectionTimeout(CONNECT_MILLIS);
    config.setRequestTimeout(REQUEST_MILLIS);
    config.setRequestRetryBackoffLimit(REPEATS);
    config.setRequestRetryBackoffInterval(firstPauseMillis);
    config.setUserAgent("drover");
    // API servers answer whom they do not know with GOAWAY (UnauthenticatedHTTP2DOSMitigation), and
    // others now and then to spread their load. The JDK's HTTP/2 client then fails the requests
    // under way, and an expired token would show as a broken connection instead of a 401.
    config.setHttp2Disable(true);
    if (config.isTrustCerts()) {
      LOG.warn(
          "The kubeconfig says insecure-skip-tls-verify: certificates of {} are not verified",
          config.getMasterUrl());
    }
    warnOfPlainHttp(config);
    Api api = new Api(client(config), stop);
    try {
      greet(api);
      return api;
    } catch (RuntimeException e) {
      api.close();
      throw e;
    }
  }

  private static KubernetesClient client(Config config) {
    try {
      return new KubernetesClientBuilder()
          .withConfig(config)
          .withHttpClientFactory(new JdkHttpClientFactory())
          .build();
    } catch (KubernetesClientException | IllegalArgumentException e) {
      throw new EnvironmentFailed(
          "cluster " + config.getMasterUrl(),
          "no connection can be made of what the kubeconfig says",
          "correct the server's address, the certificates and the key there; try it with: kubectl"
              + " get namespaces",
          Retry.POINTLESS,
          e);
    }
  }

  private static void warnOfPlainHttp(Config config) {
    String url = String.valueOf(config.getMasterUrl());
    if (url.startsWith("http:") && !url.matches("http://(localhost|127\\..*|\\[::1\\].*)")) {
      LOG.warn("The credentials go to {} without TLS: whoever is on the way can read them", url);
    }
  }

  private static Config inCluster() {
    LOG.info("Connecting with the service account of this pod");
    return Config.autoConfigure(null);
  }

  private static Config fromFiles(List<Path> files, TargetSpec.Kubernetes spec) {
    ReadKubeconfig.Chosen chosen = ReadKubeconfig.choose(files, spec.context());
    LOG.info(
        "Connecting to {} with context {} of {}", chosen.server(), chosen.context(), chosen.file());
    if (chosen.exec() != null) {
      LOG.info("The kubeconfig has credentials fetched by a program; starting {}", chosen.exec());
    }
    try {
      // A file alone is taken as it is; only several make fabric8's merging necessary, which also
      // looks at environment and system properties.
      Config config =
          files.size() == 1
              ? Config.fromKubeconfig(chosen.context(), files.get(0).toFile())
              : Config.autoConfigure(chosen.context());
      if (chosen.exec() != null && withoutCredentials(config)) {
        // fabric8 goes on as nobody where the program is missing or fails.
        throw unusable(chosen, null);
      }
      return config;
    } catch (KubernetesClientException | IllegalArgumentException e) {
      throw unusable(chosen, e);
    }
  }

  private static boolean withoutCredentials(Config config) {
    return config.getAutoOAuthToken() == null
        && config.getOauthToken() == null
        && config.getClientCertData() == null
        && config.getClientCertFile() == null;
  }

  private static EnvironmentFailed unusable(
      ReadKubeconfig.Chosen chosen, @Nullable Exception cause) {
    return new EnvironmentFailed(
        "kubeconfig " + chosen.file(),
        chosen.exec() == null
            ? "cannot be used"
            : "the program \"" + chosen.exec() + "\" gave no credentials",
        "try it with: kubectl --context " + chosen.context() + " get namespaces",
        Retry.POINTLESS,
        cause);
  }

  private static void greet(Api api) {
    String server = "cluster " + api.client().getConfiguration().getMasterUrl();
    try {
      Resource version = ExplainRefusal.during(server, api::version);
      LOG.info("Connected; Kubernetes {}", version.text("gitVersion"));
    } catch (TargetFailed e) {
      throw asEnvironment(e);
    }
  }

  private static EnvironmentFailed asEnvironment(Failure e) {
    return new EnvironmentFailed(e.subject(), e.what(), e.remedy(), e.retry(), e);
  }
}
