package dev.drover.batch.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.drover.mappings.plan.CredentialsRef;
import dev.drover.mappings.plan.SourceSpec;
import java.util.Map;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** How a command gets into a server. */
class SourceOptionsTest {
  private final CliRun cli = new CliRun();

  private SourceSpec only() {
    assertEquals(1, cli.opened.size(), cli.err());
    return cli.opened.get(0);
  }

  @Test
  void namesAServerAfterItsHostAndLooksForVariablesOfThatName() {
    assertEquals(0, cli.execute("check", "--source", "vsphere:https://vc.example:8443/sdk"));
    assertEquals("vsphere-vc-example", only().name());
    assertEquals(new CredentialsRef.Env("VSPHERE_VC_EXAMPLE"), only().credentials());
    assertNull(only().tls());
  }

  @Test
  void handsCredentialsTrustAndFiltersOn() {
    assertEquals(
        0,
        cli.execute(
            "inventory",
            "--source",
            "dc1=vsphere:https://vc/sdk",
            "--credentials",
            "secret:ops/vc.login",
            "--tls-thumbprint",
            "SHA256:AB",
            "--folder",
            "prod/*",
            "--cluster",
            "c1",
            "--tag",
            "App=shop",
            "--name",
            "web*",
            "--source-option",
            "proxy=none"));
    assertEquals(new CredentialsRef.Secret("ops", "vc.login"), only().credentials());
    assertEquals(new SourceSpec.Tls("SHA256:AB", null, false), only().tls());
    assertEquals(
        Map.of(
            "folder",
            "prod/*",
            "cluster",
            "c1",
            "tag",
            "App=shop",
            "name",
            "web*",
            "proxy",
            "none"),
        only().options());
  }

  @Test
  void takesAFileOfCredentialsAndOfAuthorities() {
    cli.execute(
        "check", "--source", "a=vsphere:vc", "--credentials", "file:/x y", "--ca-file", "/ca.pem");
    assertEquals(new CredentialsRef.File("/x y"), only().credentials());
    assertEquals(new SourceSpec.Tls(null, "/ca.pem", false), only().tls());
  }

  @Test
  void doesNotRepeatAPasswordThatWasGivenInsteadOfItsPlace() {
    assertEquals(2, cli.execute("check", "--source", "a=vsphere:vc", "--credentials", "hunter2"));
    assertTrue(cli.err().contains("env:PREFIX"), cli.err());
    assertFalse(cli.err().contains("hunter2"), cli.err());
  }

  @Test
  void refusesWhatIsForOneServerWhereThereAreTwoOrNone() {
    assertEquals(
        2,
        cli.execute(
            "inventory",
            "--source",
            "a=vsphere:vc1",
            "--source",
            "b=vsphere:vc2",
            "--credentials",
            "env:A"));
    assertTrue(cli.err().contains("are for one server"), cli.err());
    assertEquals(2, cli.execute("inventory", "--source", "ova:x", "--insecure"));
    assertTrue(cli.err().contains("no source is one"), cli.err());
    assertTrue(cli.opened.isEmpty());
  }

  @Test
  void checksASourceThatCanOnlyBeOpened() {
    assertEquals(0, cli.execute("check", "--source", "x=ova:x"));
    assertTrue(cli.out().contains("x: can be opened"), cli.out());
    assertEquals(0, cli.openSources);
  }

  @Test
  void tellsAsJsonWhatWasChecked() {
    assertEquals(0, cli.execute("check", "--source", "x=ova:x", "-o", "json"));
    JsonNode document = new JsonMapper().readTree(cli.out());
    assertEquals("SourceChecks", document.path("kind").asString());
    JsonNode source = document.path("sources").path(0);
    assertEquals("x", source.path("source").asString());
    assertEquals("can be opened", source.path("about").asString());
    assertTrue(source.path("passed").asBoolean());
  }
}
