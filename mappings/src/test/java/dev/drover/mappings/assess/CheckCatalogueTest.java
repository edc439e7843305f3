package dev.drover.mappings.assess;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class CheckCatalogueTest {
  private static final Pattern CODE = Pattern.compile("\"([A-Z]{2,5}-\\d{3})\"");

  @Test
  void aCodeIsThereOnce() {
    List<String> all = CheckCatalogue.findings().stream().map(KnownFinding::code).toList();
    assertEquals(new TreeSet<>(all).size(), all.size(), all.toString());
  }

  @Test
  void textsAreForPeople() {
    for (KnownFinding known : CheckCatalogue.findings()) {
      assertTrue(known.code().matches("[A-Z]{2,5}-\\d{3}"), known.code());
      assertFalse(known.what().isBlank() || known.remedy().isBlank(), known.code());
      assertFalse((known.what() + known.remedy()).matches("(?s).*[\\n\\r\\t].*"), known.code());
      assertTrue(Character.isLowerCase(known.remedy().charAt(0)), known.code());
      assertFalse(known.remedy().endsWith("."), known.code());
    }
  }

  @Test
  void theMappersCodesAreThoseOfItsSources() throws IOException {
    Set<String> inSources = new TreeSet<>();
    try (Stream<Path> files = Files.list(Path.of("src/main/java/dev/drover/mappings/target"))) {
      for (Path file : files.toList()) {
        // It names two to leave them out.
        if (!file.endsWith("SourceOutlook.java")) {
          Matcher code = CODE.matcher(Files.readString(file));
          while (code.find()) {
            inSources.add(code.group(1));
          }
        }
      }
    }
    Set<String> listed = new TreeSet<>();
    new MapperChecks().findings().forEach(f -> listed.add(f.code()));
    // Both tell of it, in one estate or in one plan; the catalogue has it once.
    listed.add(SharedIdentity.MAC.code());
    assertEquals(inSources, listed);
  }

  @Test
  void aPolicyMayNameImportersCodes() {
    assertTrue(CheckCatalogue.known("RVT-001"));
    assertTrue(CheckCatalogue.known("OVF-105"));
    assertTrue(CheckCatalogue.known("DISK-020"));
    assertFalse(CheckCatalogue.known("DISK-999"));
    assertFalse(CheckCatalogue.known("RVT-1"));
    assertFalse(CheckCatalogue.known("SHOP-001"));
  }

  /** {@code -Ddrover.docs.update=true} writes the page. */
  @Test
  void thePageIsWhatTheCatalogueSays() throws IOException {
    Path page = Path.of("../docs/checks.md");
    String markdown = ChecksPage.markdown();
    if (Boolean.getBoolean("drover.docs.update")) {
      Files.writeString(page, markdown);
    }
    assertEquals(Files.readString(page), markdown, "run the test with -Ddrover.docs.update=true");
  }
}
