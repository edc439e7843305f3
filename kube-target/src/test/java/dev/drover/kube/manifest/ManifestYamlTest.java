package dev.drover.kube.manifest;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

final class ManifestYamlTest {
  private static Object load(String yaml) {
    return new Load(LoadSettings.builder().build()).loadFromString(yaml);
  }

  @ParameterizedTest
  @MethodSource("dev.drover.kube.manifest.GoldenManifestsTest#varieties")
  void readsBackAsItWasWritten(String variety) {
    for (Manifest manifest : GoldenManifestsTest.manifests(variety)) {
      assertEquals(manifest.body(), load(ManifestYaml.write(manifest)));
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "on",
        "No",
        "y",
        "~",
        "null",
        "1e3",
        "0777",
        "0x1f",
        "52:54:00:12:34:56",
        "2026-11-25",
        ".inf",
        "",
        " ",
        "- a",
        "a: b",
        "a #b",
        "{}",
        "!tag",
        "&anchor",
        "*alias",
        "@at",
        "%",
        "`",
        "a\nb",
        "\u0000",
        "\u2028",
        "\ufeff",
        "'",
        "\"",
        "\\"
      })
  void quotesWhatAYaml11ReaderWouldNotTakeForAString(String text) {
    String yaml = ManifestYaml.write(Map.of("key", text));
    assertTrue(yaml.startsWith("key: \""), yaml);
    assertEquals(Map.of("key", text), load(yaml));
  }

  @Test
  void writesNoAliasForAValueThatStandsTwice() {
    Map<String, Object> shared = Map.of("enabled", true);
    String yaml = ManifestYaml.write(Map.of("list", List.of(shared, shared)));
    assertFalse(yaml.contains("&") || yaml.contains("*"), yaml);
  }

  @Test
  void breaksNoLongLine() {
    String text = "word ".repeat(500);
    assertEquals(1, ManifestYaml.write(Map.of("key", text)).lines().count());
  }
}
