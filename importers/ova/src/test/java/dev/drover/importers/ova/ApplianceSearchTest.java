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
        Listing.of(root).stream().map(d -> ((Discovery.Found) d).vm().ref().id()).toList();
    assertEquals(List.of("a/web.ovf#web", "b/web.ovf#web", "c#1/x.OVF#web"), ids);
    try (var source = Listing.source(root, java.util.Map.of());
        var snapshot = source.open(new dev.drover.mappings.model.VmRef("lab", "c#1/x.OVF#web"))) {
      assertEquals("web", snapshot.vm().name());
    }
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
