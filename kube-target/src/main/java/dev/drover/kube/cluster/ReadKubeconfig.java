package dev.drover.kube.cluster;

import dev.drover.mappings.failure.EnvironmentFailed;
import dev.drover.mappings.failure.Retry;
import io.fabric8.kubernetes.api.model.AuthInfo;
import io.fabric8.kubernetes.api.model.Cluster;
import io.fabric8.kubernetes.api.model.Config;
import io.fabric8.kubernetes.api.model.Context;
import io.fabric8.kubernetes.api.model.NamedAuthInfo;
import io.fabric8.kubernetes.api.model.NamedCluster;
import io.fabric8.kubernetes.api.model.NamedContext;
import io.fabric8.kubernetes.client.internal.KubeConfigUtils;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Looks into a kubeconfig before fabric8 does, because fabric8 falls back to something else in
 * silence where a context or a server is missing, and starts exec plugins without a word.
 */
final class ReadKubeconfig {
  private ReadKubeconfig() {}

  /**
   * What matters of it.
   *
   * @param file the first that has it
   * @param exec the program that fetches the credentials, or null
   */
  record Chosen(Path file, String context, String server, @Nullable String exec) {}

  /**
   * Chooses a context.
   *
   * @param files first one wins
   * @param wanted null for the current one
   */
  static Chosen choose(List<Path> files, @Nullable String wanted) {
    List<Config> parsed = new ArrayList<>();
    for (Path file : files) {
      parsed.add(parse(file));
    }
    String name = wanted != null ? wanted : current(files, parsed);
    for (int i = 0; i < files.size(); i++) {
      for (NamedContext context : orEmpty(parsed.get(i).getContexts())) {
        if (name.equals(context.getName()) && context.getContext() != null) {
          return chosen(files.get(i), parsed, name, context.getContext());
        }
      }
    }
    throw new EnvironmentFailed(
        "kubeconfig " + names(files),
        "has no context \"" + name + "\"; it has: " + contexts(parsed),
        "correct \"context\" under \"target\" in the plan, or leave it out for the current one");
  }

  private static Chosen chosen(Path file, List<Config> parsed, String name, Context context) {
    String server = "";
    String exec = null;
    for (Config config : parsed) {
      for (NamedCluster cluster : orEmpty(config.getClusters())) {
        Cluster body = cluster.getCluster();
        if (server.isEmpty()
            && Objects.equals(cluster.getName(), context.getCluster())
            && body != null
            && body.getServer() != null) {
          server = body.getServer();
        }
      }
      for (NamedAuthInfo user : orEmpty(config.getUsers())) {
        AuthInfo body = user.getUser();
        if (Objects.equals(user.getName(), context.getUser())
            && body != null
            && body.getExec() != null) {
          exec = body.getExec().getCommand();
        }
      }
    }
    if (server.isEmpty()) {
      throw new EnvironmentFailed(
          "kubeconfig " + file,
          "context \"" + name + "\" names no cluster with a server",
          "add the cluster \"" + context.getCluster() + "\" with its \"server\" to the file");
    }
    return new Chosen(file, name, server, exec);
  }

  private static String current(List<Path> files, List<Config> parsed) {
    for (Config config : parsed) {
      if (config.getCurrentContext() != null && !config.getCurrentContext().isBlank()) {
        return config.getCurrentContext();
      }
    }
    throw new EnvironmentFailed(
        "kubeconfig " + names(files),
        "has no current context; it has: " + contexts(parsed),
        "name one in the plan (target: kubernetes: context), or run: kubectl config use-context");
  }

  private static Config parse(Path file) {
    try {
      Config config = KubeConfigUtils.parseConfig(file.toFile());
      if (config != null) {
        return config;
      }
    } catch (RuntimeException e) {
      // The parser's message quotes the line, and the line may hold a token: only its kind is said.
      throw unreadable(file);
    }
    throw unreadable(file);
  }

  private static EnvironmentFailed unreadable(Path file) {
    return new EnvironmentFailed(
        "kubeconfig " + file,
        "is not the YAML of a kubeconfig",
        "see what is wrong with: kubectl config view --kubeconfig " + file,
        Retry.POINTLESS,
        null);
  }

  private static String contexts(List<Config> parsed) {
    String all =
        parsed.stream()
            .flatMap(c -> orEmpty(c.getContexts()).stream())
            .map(NamedContext::getName)
            .distinct()
            .sorted()
            .collect(Collectors.joining(", "));
    return all.isEmpty() ? "none" : all;
  }

  private static String names(List<Path> files) {
    return files.stream().map(Path::toString).collect(Collectors.joining(", "));
  }

  private static <T> List<T> orEmpty(@Nullable List<T> list) {
    return list == null ? List.of() : list;
  }
}
