package dev.drover.importers.api;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.drover.mappings.failure.EnvironmentFailed;
import dev.drover.mappings.failure.Failure;
import dev.drover.mappings.failure.UsageFailed;
import dev.drover.mappings.plan.CredentialsRef;
import dev.drover.mappings.plan.SourceSpec;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CredentialsFinderTest {
  @TempDir Path folder;

  private static Credentials find(@Nullable CredentialsRef ref, Map<String, String> environment) {
    SourceSpec spec = new SourceSpec("dc1", "vsphere", "https://vc", ref, null, Map.of());
    return CredentialsFinder.of(spec, environment::get);
  }

  private CredentialsRef file(String text, String permissions) throws IOException {
    Path file = Files.writeString(folder.resolve("login"), text);
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString(permissions));
    return new CredentialsRef.File(file.toString());
  }

  @Test
  void readsTheVariablesOfAPrefix() {
    Credentials found =
        find(new CredentialsRef.Env("DC1"), Map.of("DC1_USERNAME", "me@x", "DC1_PASSWORD", " s: "));
    assertEquals(new Credentials("me@x", " s: "), found);
  }

  @Test
  void namesTheVariableThatIsMissing() {
    Failure failure =
        assertThrows(
            UsageFailed.class,
            () -> find(new CredentialsRef.Env("DC1"), Map.of("DC1_USERNAME", "me")));
    assertTrue(failure.what().contains("DC1_PASSWORD"), failure.toString());
  }

  @Test
  void readsAFileThatOnlyItsOwnerReads() throws IOException {
    CredentialsRef ref = file("# vCenter\r\nusername:  me\r\npassword: a:b c\r\n", "rw-------");
    assertEquals(new Credentials("me", "a:b c"), find(ref, Map.of()));
  }

  @Test
  void refusesAFileThatOthersReadOrThatLacksALine() throws IOException {
    CredentialsRef open = file("username: me\npassword: x\n", "rw-r--r--");
    Failure failure = assertThrows(UsageFailed.class, () -> find(open, Map.of()));
    assertTrue(failure.remedy().contains("chmod 600"), failure.toString());
    CredentialsRef half = file("username: me\n", "rw-------");
    failure = assertThrows(UsageFailed.class, () -> find(half, Map.of()));
    assertTrue(failure.what().contains("password"), failure.toString());
    CredentialsRef none = new CredentialsRef.File(folder.resolve("none").toString());
    assertThrows(EnvironmentFailed.class, () -> find(none, Map.of()));
  }

  @Test
  void refusesASecretWhereNothingReadsThem() {
    Failure failure =
        assertThrows(
            UsageFailed.class, () -> find(new CredentialsRef.Secret("ops", "login"), Map.of()));
    assertTrue(failure.what().contains("Kubernetes Secret"), failure.toString());
    assertThrows(UsageFailed.class, () -> find(null, Map.of()));
  }

  @Test
  void showsNeitherUserNorPassword() {
    String shown = new Credentials("me", "hunter2").toString();
    assertFalse(shown.contains("me@") || shown.contains("hunter2"), shown);
  }
}
