package dev.drover.importers.api;

import dev.drover.mappings.failure.EnvironmentFailed;
import dev.drover.mappings.failure.Retry;
import dev.drover.mappings.failure.UsageFailed;
import dev.drover.mappings.plan.CredentialsRef;
import dev.drover.mappings.plan.SourceSpec;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.Map;
import java.util.ServiceLoader;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** Finds what a {@link CredentialsRef} names. */
public final class CredentialsFinder {
  private static final Set<PosixFilePermission> OTHERS =
      EnumSet.of(
          PosixFilePermission.GROUP_READ,
          PosixFilePermission.GROUP_WRITE,
          PosixFilePermission.OTHERS_READ,
          PosixFilePermission.OTHERS_WRITE);

  private final SourceSpec source;
  private final UnaryOperator<@Nullable String> environment;

  private CredentialsFinder(SourceSpec source, UnaryOperator<@Nullable String> environment) {
    this.source = source;
    this.environment = environment;
  }

  /**
   * User and password of a source.
   *
   * @throws UsageFailed when the source names none, or they are not where it says
   */
  public static Credentials of(SourceSpec source) {
    return of(source, System::getenv);
  }

  static Credentials of(SourceSpec source, UnaryOperator<@Nullable String> environment) {
    return new CredentialsFinder(source, environment).find();
  }

  private Credentials find() {
    CredentialsRef ref = source.credentials();
    if (ref == null) {
      throw failed(
          "no credentials are named for it",
          "name them: --credentials env:PREFIX or file:PATH, in a plan credentials: {env: PREFIX}");
    }
    if (ref instanceof CredentialsRef.Env env) {
      return of(
          variable(env.prefix() + "_USERNAME"), variable(env.prefix() + "_PASSWORD"), "is empty");
    } else if (ref instanceof CredentialsRef.File file) {
      return read(Path.of(file.path()));
    }
    return ServiceLoader.load(SecretReader.class)
        .findFirst()
        .orElseThrow(
            () ->
                failed(
                    "its credentials are in a Kubernetes Secret, and nothing here reads those",
                    "name them by environment variables or a file"))
        .read((CredentialsRef.Secret) ref);
  }

  private String variable(String name) {
    String value = environment.apply(name);
    if (value == null || value.isEmpty()) {
      throw failed(
          "the environment variable " + name + " is not set", "set it, and export it to Drover");
    }
    return value;
  }

  private Credentials read(Path file) {
    Map<String, String> lines = new HashMap<>();
    try {
      refuseOpenTo(others(file), file);
      for (String line : Files.readString(file, StandardCharsets.UTF_8).split("\r?\n")) {
        int colon = line.indexOf(':');
        if (colon > 0) {
          lines.putIfAbsent(line.substring(0, colon).strip(), line.substring(colon + 1).strip());
        }
      }
    } catch (IOException e) {
      throw new EnvironmentFailed(
          "source \"" + source.name() + "\"",
          "its credentials file " + file + " cannot be read",
          "check that it is there, in UTF-8, and that this user may read it",
          Retry.POINTLESS,
          e);
    }
    return of(
        lines.getOrDefault("username", ""),
        lines.getOrDefault("password", ""),
        "is missing in " + file + ", or empty");
  }

  private Credentials of(String username, String password, String problem) {
    if (username.isBlank() || password.isEmpty()) {
      throw failed(
          "the " + (username.isBlank() ? "username" : "password") + " " + problem,
          "give both; a file has the lines \"username: …\" and \"password: …\"");
    }
    return new Credentials(username, password);
  }

  /** Null where the file system has no such permissions. */
  private static @Nullable Set<PosixFilePermission> others(Path file) throws IOException {
    try {
      Set<PosixFilePermission> set = EnumSet.noneOf(PosixFilePermission.class);
      set.addAll(Files.getPosixFilePermissions(file));
      set.retainAll(OTHERS);
      return set;
    } catch (UnsupportedOperationException e) {
      return null;
    }
  }

  private void refuseOpenTo(@Nullable Set<PosixFilePermission> others, Path file) {
    if (others != null && !others.isEmpty()) {
      throw failed(
          "its credentials file " + file + " can be read or written by others than its owner",
          "close it: chmod 600 " + file);
    }
  }

  private UsageFailed failed(String what, String remedy) {
    return new UsageFailed("source \"" + source.name() + "\"", what, remedy);
  }
}
