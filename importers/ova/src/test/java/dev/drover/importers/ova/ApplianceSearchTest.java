package dev.drover.importers.ova;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.drover.importers.api.Discovery;
import dev.drover.mappings.failure.Failure;
import dev.drover.mappings.failure.SourceFailed;
import dev.drover.mappings.failure.UsageFailed;
import dev.drover.mappings.plan.SourceSpec;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Where appliances are looked for. */
final class ApplianceSearchTest {
  @SuppressWarnings("NullAway.Init") // JUnit sets it.
  @TempDir
  Path folder;

  private Path ovf(String text) {
    return Listing.write(folder.resolve("web.ovf"), text);
  }

  @Test
  void searchesFoldersInOrderAndNotBehindLinks() throws IOException {
    Path root = folder.resolve("root");
    for (String name : List.of("b/web.ovf", "a/web.ovf", "c#1/x.OVF", "a/notes.txt")) {
      Listing.write(root.resolve(name), Ovfs.simple("web"));
    }
    Listing.write(folder.resolve("outside/web.ovf"), Ovfs.simple("outside"));
    Files.createSymbolicLink(root.resolve("link"), folder.resolve("outside"));
    Files.createSymbolicLink(root.resolve("link.ovf"), folder.resolve("outside/web.ovf"));
    Files.createSymbolicLink(root.resolve("loop"), root);
    List<String> ids =
        Listing.of(root).stream()
            .filter(Discovery.Found.class::isInstance)
            .map(d -> ((Discovery.Found) d).vm().ref().id())
            .toList();
    assertEquals(List.of("a/web.ovf#web", "b/web.ovf#web", "c#1/x.OVF#web"), ids);
    try (var source = Listing.source(root, java.util.Map.of());
        var snapshot = source.open(new dev.drover.mappings.model.VmRef("lab", "c#1/x.OVF#web"))) {
      assertEquals("web", snapshot.vm().name());
    }
  }

  /** A pipe that nobody writes to would be waited for for ever. */
  @Test
  void tellsWhatHasTheNameOfAnApplianceAndIsNone() throws Exception {
    Path root = Files.createDirectories(folder.resolve("root"));
    Path outside = Listing.write(folder.resolve("outside/web.ovf"), Ovfs.simple("outside"));
    Files.createDirectory(root.resolve("a.ova"));
    Files.createSymbolicLink(root.resolve("b.ova"), folder.resolve("gone"));
    shell(root, "mkfifo c.ova d.ovf");
    Files.createSymbolicLink(root.resolve("e.ovf"), outside);
    List<String> said = said(root);
    assertEquals(5, said.size(), said::toString);
    assertTrue(said.get(0).contains("a.ova: is an empty folder"), said::toString);
    assertTrue(said.get(1).contains("b.ova: is a link that leads nowhere"), said::toString);
    assertTrue(said.get(2).contains("c.ova: is no regular file"), said::toString);
    assertTrue(said.get(3).contains("d.ovf: is no regular file"), said::toString);
    assertTrue(said.get(4).contains("e.ovf: is a link that leads out of"), said::toString);
    for (String pipe : List.of("c.ova", "d.ovf")) {
      assertEquals(
          "is no regular file", Listing.unreadable(root.resolve(pipe)).problem().what(), pipe);
    }
  }

  @Test
  void tellsOfANameThatNoPlanCanHold() throws Exception {
    Path root = Files.createDirectories(folder.resolve("root"));
    Listing.write(root.resolve("web.ovf"), Ovfs.simple("web"));
    shell(root, "cp web.ovf \"$(printf 'caf\\351.ovf')\"; cp web.ovf 'a\\b.ovf'");
    List<String> said = said(root);
    assertEquals(2, said.size(), said::toString);
    for (String each : said) {
      assertTrue(each.contains("cannot be written in a plan"), each);
    }
  }

  private static List<String> said(Path root) {
    return Listing.of(root).stream()
        .filter(Discovery.Unreadable.class::isInstance)
        .map(Discovery.Unreadable.class::cast)
        .map(u -> u.place() + ": " + u.problem().what())
        .toList();
  }

  private static void shell(Path folder, String command) throws Exception {
    Process process =
        new ProcessBuilder("sh", "-c", command).directory(folder.toFile()).inheritIO().start();
    assertEquals(0, process.waitFor());
  }

  @Test
  void opensNothingOutsideItsLocation() {
    Path root = folder.resolve("root");
    Listing.write(root.resolve("a.ovf"), Ovfs.simple("web"));
    ovf(Ovfs.simple("web"));
    try (var source = Listing.source(root, java.util.Map.of())) {
      for (String id : List.of("../web.ovf#web", folder.resolve("web.ovf") + "#web")) {
        var ref = new dev.drover.mappings.model.VmRef("lab", id);
        assertThrows(SourceFailed.class, () -> source.open(ref).close(), id);
      }
    }
  }

  @Test
  void refusesLocationsThatCannotBe() {
    OvaSourceProvider provider = new OvaSourceProvider();
    Failure http =
        assertThrows(
            UsageFailed.class,
            () -> provider.open(SourceSpec.of("lab", "ova", "https://example.org/a.ova")).close());
    assertTrue(http.what().contains("yet"), http.what());
    assertThrows(
        SourceFailed.class,
        () ->
            provider.open(SourceSpec.of("lab", "ova", folder.resolve("gone").toString())).close());
  }

  @Test
  void listsAThousandDescriptorsOneByOne() throws IOException {
    for (int i = 0; i < 1000; i++) {
      Listing.write(folder.resolve("many/vm" + i + "/web.ovf"), Ovfs.simple("web" + i));
    }
    try (var source = Listing.source(folder.resolve("many"), java.util.Map.of());
        var all = source.list()) {
      assertEquals(1000, all.filter(Discovery.Found.class::isInstance).count());
    }
  }
}
