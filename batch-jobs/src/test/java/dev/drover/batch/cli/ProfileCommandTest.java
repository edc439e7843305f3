package dev.drover.batch.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.drover.batch.cli.terminal.ScreenText;
import dev.drover.mappings.plan.TargetSpec;
import dev.drover.mappings.profile.ProfileReader;
import dev.drover.mappings.profile.TargetProfile;
import dev.drover.mappings.profile.TargetProfile.Unseen;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** The command alone; the look at a cluster is kube-target's ReadProfileTest. */
class ProfileCommandTest {
  private static final TargetProfile PROFILE =
      new TargetProfile(
          "production",
          Map.of("kubernetes", "v1.34.0"),
          null,
          List.of(),
          List.of("web/vlan-10"),
          null,
          null,
          null,
          List.of(
              new Unseen("the nodes", "list nodes"),
              new Unseen("the version of CDI", "none: the cluster has no CDI")));

  @TempDir Path folder = Path.of("");

  private final ScreenText screen = ScreenText.pipe();
  private final List<TargetSpec> asked = new ArrayList<>();

  private int execute(String... arguments) {
    Session session =
        new Session(
            screen.terminal(),
            source -> {
              throw new AssertionError("a profile opens no source");
            },
            new CliRun());
    CommandLine line =
        new CommandLine(
            new ProfileCommand(
                session,
                target -> {
                  asked.add(target);
                  return PROFILE;
                }));
    line.setExecutionExceptionHandler(
        (failure, command, parsed) -> new FailureText(session).report(failure));
    return line.execute(arguments);
  }

  private static TargetSpec cluster(@Nullable String context) {
    return new TargetSpec.Kubernetes(null, context, null, List.of());
  }

  @Test
  void writesAProfileThatCanBeReadAndSaysWhatWasNotSeen() {
    Path file = folder.resolve("target.yaml");
    assertEquals(0, execute("--target", "kubernetes", "-o", file.toString()));
    assertEquals(PROFILE, ProfileReader.read(file));
    assertEquals(List.of(cluster(null)), asked);
    assertTrue(screen.out().contains("0 storage classes, nodes not seen, 1 network"), screen.out());
    assertTrue(screen.err().contains("not seen: the nodes"), screen.err());
    assertTrue(screen.err().contains("allow you to list nodes"), screen.err());
    assertTrue(screen.err().contains("remedy: the cluster has no CDI"), screen.err());
    assertFalse(Files.exists(folder.resolve("target.yaml.partial")));
  }

  @Test
  void printsItAsYamlOrJsonThatCanBeReadBack() throws IOException {
    for (String format : List.of("-", "json")) {
      String before = screen.out();
      assertEquals(0, execute("--target", "kubernetes", "-o", format));
      String printed = screen.out().substring(before.length());
      Path file = Files.writeString(folder.resolve("printed"), printed);
      assertEquals(PROFILE, ProfileReader.read(file), printed);
    }
  }

  @Test
  void aContextCanBeNamedInEitherPlaceAndNotInBothOtherwise() {
    execute("--target", "kubernetes:dc1", "-o", "-");
    execute("--target", "kubernetes", "--context", "dc1", "-o", "-");
    execute("--target", "kubernetes:dc1", "--context", "dc1", "-o", "-");
    assertEquals(List.of(cluster("dc1"), cluster("dc1"), cluster("dc1")), asked);
    assertEquals(2, execute("--target", "kubernetes:dc1", "--context", "dc2", "-o", "-"));
    assertTrue(screen.err().contains("give one of the two"), screen.err());
  }

  @Test
  void aProfileThatIsThereIsReplacedOnlyByForce() throws IOException {
    Path file = Files.writeString(folder.resolve("target.yaml"), "mine");
    assertEquals(2, execute("--target", "kubernetes", "-o", file.toString()));
    assertEquals("mine", Files.readString(file));
    assertEquals(List.of(), asked, "the cluster is not even asked");
    assertEquals(0, execute("--target", "kubernetes", "--force", "-o", file.toString()));
    assertEquals(PROFILE, ProfileReader.read(file));
  }

  @Test
  void aFolderHasNoProfile() {
    CliRun cli = new CliRun();
    assertEquals(2, cli.execute("profile", "--target", "directory:out", "-o", "-"));
    assertTrue(cli.err().contains("kubernetes:CONTEXT"), cli.err());
  }
}
