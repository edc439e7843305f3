package dev.drover.importers.vsphere;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.drover.mappings.failure.UsageFailed;
import dev.drover.mappings.plan.SourceSpec;
import dev.drover.mappings.target.Wildcard;
import java.net.ProxySelector;
import java.net.URI;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a user writes about a source, before anything is connected. */
final class OptionsTest {
  private static Address address(String location) {
    return Address.of(SourceSpec.of("dc1", "vsphere", location));
  }

  @ParameterizedTest
  @CsvSource({
    "vc.example,https://vc.example/sdk",
    "https://vc.example,https://vc.example/sdk",
    "https://vc.example/,https://vc.example/sdk",
    "https://vc.example:8989/sdk,https://vc.example:8989/sdk",
    "https://[2001:db8::1]/sdk,https://[2001:db8::1]/sdk"
  })
  void understandsAddresses(String written, String meant) {
    assertEquals(URI.create(meant), address(written).sdk());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"https://me:secret@vc/sdk", "ftp://vc", "https:///sdk", "https://vc/sdk?x", "a b"})
  void refusesAddressesThatAreNone(String written) {
    assertThrows(UsageFailed.class, () -> address(written));
  }

  @ParameterizedTest
  @CsvSource({
    "web*,WEB-1,true", "web?,web1,true", "web?,web12,false", "*db*,my-db-2,true",
        "a*b*c,aXXbYYc,true",
    "a*b*c,aXXbYY,false", "*,'',true", "[a-z],q,false", "[a-z],[A-Z],true", "'','',true"
  })
  void matchesNames(String glob, String name, boolean fits) {
    assertEquals(fits, Wildcard.glob(glob, name));
  }

  @Test
  void matchesHostilePatternsInTime() {
    assertFalse(Wildcard.glob("*a".repeat(200) + "b", "a".repeat(5000)));
  }

  private static @Nullable ProxySelector proxy(
      @Nullable String option, Map<String, String> environment) {
    return ProxyChoice.of(address("https://vc.corp.example"), option, environment::get);
  }

  @Test
  void choosesTheProxy() {
    assertNull(proxy(null, Map.of()));
    assertNotNull(proxy("http://proxy:3128", Map.of()));
    Map<String, String> set = Map.of("HTTPS_PROXY", "http://proxy:3128");
    assertNotNull(proxy(null, set));
    assertNull(proxy("none", set));
    assertNull(proxy(null, Map.of("https_proxy", "proxy:1", "NO_PROXY", "other, .corp.example")));
    assertNotNull(proxy(null, Map.of("https_proxy", "proxy:1", "NO_PROXY", "p.example")));
    assertThrows(UsageFailed.class, () -> proxy("socks5://proxy", Map.of()));
    assertThrows(UsageFailed.class, () -> proxy("http://me:secret@proxy", Map.of()));
  }

  @Test
  void decodesTheNamesOfVcenter() {
    assertEquals("a/b\\c%2f", Tree.decoded("a%2fb%5Cc%252f"));
    assertTrue(Tree.decoded("100%25").endsWith("0%"));
  }
}
