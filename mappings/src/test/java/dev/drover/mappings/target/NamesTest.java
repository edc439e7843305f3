package dev.drover.mappings.target;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.drover.mappings.model.DnsLabel;
import dev.drover.mappings.model.Identity;
import dev.drover.mappings.plan.Naming;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class NamesTest {
  private static Given named(String name) {
    Given given = Given.vm();
    given.identity = Identity.ofName(name);
    return given;
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Web Server 01 (prod)",
        "Bücher_Ünïcode",
        "-web-",
        "日本語",
        "...",
        "../../etc/passwd",
        "a\nb",
        "UPPER",
        "\u0000",
        "🐄",
        "web.example.com"
      })
  void thatAreNoLabelsAreRenamedAndTheOldOneIsKept(String name) {
    Given given = named(name);
    assertTrue(DnsLabel.valid(given.target().name()), given.target().name());
    assertEquals(name, given.target().sourceName());
    assertTrue(given.finding("NAME-002").evidence().contains(given.target().name()));
  }

  @Test
  void thatAreLabelsStayAsTheyAre() {
    assertEquals("web-01", named("web-01").target().name());
    assertTrue(named("web-01").maybe("NAME-002").isEmpty());
  }

  @Test
  void thatAreTooLongAreCut() {
    String name = named("x".repeat(300)).target().name();
    assertEquals(63, name.length());
  }

  @Test
  void getThePlansPrefixAndSuffix() {
    Given given = named("Web");
    given.naming = new Naming("dc1-", "-m");
    assertEquals("dc1-web-m", given.target().name());
  }

  @ParameterizedTest
  @ValueSource(strings = {"Web", "a_b", "-a", "a-", "", "a.b", "..", "a/b"})
  void thatThePlanChoosesWronglyAreABlockerWithTheNearestRightOne(String wanted) {
    Given given = Given.vm();
    given.targetName = wanted;
    assertTrue(given.blocker("NAME-001").remedy().contains("targetName: "));
    assertNull(given.map().vm());
  }

  @ParameterizedTest
  @ValueSource(strings = {"Prod", "a/b", ".."})
  void ofNamespacesThatAreNoneAreABlocker(String namespace) {
    Given given = Given.vm();
    given.settings = Given.settings(namespace, null, null, null, null, null);
    assertEquals(namespace, given.blocker("NAME-003").evidence());
  }

  @Test
  void theNamespaceIsTheVmsOwnElseThePlansElseDefault() {
    Given given = Given.vm();
    assertEquals("default", given.target().namespace());
    given.defaults = Given.settings("shop", null, null, null, null, null);
    assertEquals("shop", given.target().namespace());
    given.settings = Given.settings("lab", null, null, null, null, null);
    assertEquals("lab", given.target().namespace());
  }

  @Test
  void ofLabelsAndAnnotationsThatKubernetesRefusesAreABlocker() {
    Given given = Given.vm();
    given.settings = Given.marks(Map.of("team", "a b"), Map.of());
    given.blocker("NAME-004");
    given.settings = Given.marks(Map.of(), Map.of("/x", "any text: at all"));
    given.blocker("NAME-005");
    given.settings = Given.marks(Map.of(), Map.of("x", "y".repeat(256 * 1024)));
    given.blocker("NAME-006");
    given.settings = Given.marks(Map.of("a.b/c", "", "team", "web"), Map.of("x", "any: text"));
    assertTrue(!given.map().blocked());
  }

  @Test
  void ofALabelTheVmsOwnValueWins() {
    Given given = Given.vm();
    given.defaults = Given.marks(Map.of("team", "all", "tier", "db"), Map.of());
    given.settings = Given.marks(Map.of("team", "web"), Map.of());
    assertEquals(Map.of("team", "web", "tier", "db"), given.target().labels());
  }
}
