package dev.drover.batch.run;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.drover.importers.api.Credentials;
import dev.drover.importers.api.SecretReader;
import dev.drover.mappings.failure.UsageFailed;
import dev.drover.mappings.plan.CredentialsRef;
import java.util.Map;
import java.util.ServiceLoader;
import org.junit.jupiter.api.Test;

class ClusterSecretReaderTest {
  private static final CredentialsRef.Secret REF = new CredentialsRef.Secret("ops", "login");

  @Test
  void isWhatImportersFind() {
    assertInstanceOf(
        ClusterSecretReader.class,
        ServiceLoader.load(SecretReader.class).findFirst().orElseThrow());
  }

  @Test
  void takesBothKeysWithoutTheLineFeedOfAFile() {
    ClusterSecretReader reader =
        new ClusterSecretReader(
            (namespace, name) ->
                Map.of("username", namespace + "\n", "password", " " + name + "\n"));
    assertEquals(new Credentials("ops", " login"), reader.read(REF));
  }

  @Test
  void namesTheKeyThatIsMissing() {
    ClusterSecretReader reader =
        new ClusterSecretReader((namespace, name) -> Map.of("username", "me"));
    UsageFailed failed = assertThrows(UsageFailed.class, () -> reader.read(REF));
    assertTrue(failed.what().contains("password"), failed.toString());
  }
}
