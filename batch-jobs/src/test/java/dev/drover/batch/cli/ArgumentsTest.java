package dev.drover.batch.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.drover.batch.cli.terminal.ScreenText;
import dev.drover.mappings.plan.SourceSpec;
import dev.drover.mappings.plan.TargetSpec;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine.TypeConversionException;

class ArgumentsTest {
  private final CliRun cli = new CliRun();

  @Test
  void aCommandIsNeeded() {
    assertEquals(2, cli.execute());
    assertTrue(cli.err().contains("a command is missing"), cli.err());
  }

  @Test
  void helpTellsEveryCommandAndTheExitCodes() {
    assertEquals(0, cli.execute("--help"));
    for (String word :
        List.of(
            "demo",
            "inventory",
            "profile",
            "plan",
            "validate",
            "run",
            "status",
            "resume",
            "rollback",
            "verify",
            "schema",
            "completion",
            "version",
            "Exit codes:")) {
      assertTrue(cli.out().contains(word), word);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "demo",
        "inventory",
        "profile",
        "plan",
        "validate",
        "run",
        "status",
        "resume",
        "rollback",
        "verify",
        "schema",
        "completion",
        "version"
      })
  void everyCommandHasHelpWithExitCodes(String command) {
    assertEquals(0, cli.execute(command, "--help"));
    assertTrue(cli.out().contains("Usage: drover " + command), cli.out());
    assertTrue(cli.out().contains("Exit codes:"), cli.out());
  }

  @Test
  void aWordThatIsNearlyRightIsSuggested() {
    assertEquals(2, cli.execute("inventry"));
    assertTrue(cli.err().contains("did you mean: inventory"), cli.err());
  }

  @Test
  void wrongArgumentsAreHarmlessWhenTheyArePrinted() {
    assertEquals(2, cli.execute("validate", "--\u001b]0;x\u0007"));
    assertFalse(cli.err().contains("\u001b"), cli.err());
  }

  @Test
  void anOutputFormatThatIsNoneNamesThoseThatAre() {
    assertEquals(2, cli.execute("status", "-o", "yaml"));
    assertTrue(cli.err().contains("json"), cli.err());
  }

  @Test
  void aSourceIsNamedByTheUserOrByItsTypeAndPlace() {
    SourceArgument argument = new SourceArgument();
    assertEquals(
        SourceSpec.of("ova-appliances", "ova", "./appliances"),
        argument.convert("ova:./appliances"));
    assertEquals(
        SourceSpec.of("ova-my-vms-ova", "ova", "/mnt/My VMs.ova/"),
        argument.convert("ova:/mnt/My VMs.ova/"));
    assertEquals(SourceSpec.of("dc1", "ova", "/mnt/a=b"), argument.convert("dc1=ova:/mnt/a=b"));
    assertEquals(
        SourceSpec.of("vsphere-vc", "vsphere", "https://vc/sdk"),
        argument.convert("vsphere:https://vc/sdk"));
    assertEquals("ova", argument.convert("ova:/").name());
    assertThrows(TypeConversionException.class, () -> argument.convert("./appliances"));
    assertThrows(TypeConversionException.class, () -> argument.convert("ova:"));
  }

  @Test
  void aTargetIsAFolderOrACluster() {
    TargetArgument argument = new TargetArgument();
    assertEquals(new TargetSpec.Directory("./out"), argument.convert("directory:./out"));
    assertEquals(
        new TargetSpec.Kubernetes(null, null, null, List.of()), argument.convert("kubernetes"));
    assertEquals(
        new TargetSpec.Kubernetes(null, "a:b", null, List.of()),
        argument.convert("kubernetes:a:b"));
    assertThrows(TypeConversionException.class, () -> argument.convert("directory:"));
    assertThrows(TypeConversionException.class, () -> argument.convert("kubernetes:"));
    assertThrows(TypeConversionException.class, () -> argument.convert("./out"));
  }

  @Test
  void theCompletionScriptIsGoodBash() throws IOException, InterruptedException {
    assertEquals(0, cli.execute("completion", "bash"));
    assertTrue(cli.out().contains("rollback"), "knows the commands");
    assertTrue(cli.out().contains("--dry-run"), "knows the options");
    Process bash = new ProcessBuilder("bash", "-n").redirectErrorStream(true).start();
    bash.getOutputStream().write(cli.out().getBytes(StandardCharsets.UTF_8));
    bash.getOutputStream().close();
    String said = new String(bash.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertEquals(0, bash.waitFor(), said);
  }

  @Test
  void coloursAreSwitchedOffByAnOptionBeforeOrBehindTheCommand() {
    for (List<String> line :
        List.of(List.of("--no-color", "validate", "no"), List.of("validate", "--no-color", "no"))) {
      CliRun coloured = new CliRun().on(ScreenText.colourWindow(80));
      assertEquals(2, coloured.execute(line.toArray(String[]::new)), coloured.err());
      assertFalse(coloured.err().contains("\u001b"), coloured.err());
    }
    CliRun coloured = new CliRun().on(ScreenText.colourWindow(80));
    coloured.execute("validate", "no");
    assertTrue(coloured.err().contains("\u001b[31merror:"), coloured.err());
  }
}
