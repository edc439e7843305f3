package dev.drover.mappings.plan;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.drover.mappings.model.DnsLabel;
import dev.drover.mappings.yaml.NearestWord;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NamesTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "web | web",
        "WEB_01.example.org | web-01-example-org",
        "--a  b-- | a-b",
        "Grüße | gru-e",
        "Ünïx | unix",
        "７３ | 73",
        "日本 | vm",
        "`` | vm",
        "... | vm",
        "İstanbul | istanbul",
      })
  void aNameBecomesTheNearestLabel(String name, String label) {
    assertEquals(label, DnsLabel.of(name));
  }

  @Test
  void whateverTheNameTheResultIsALabelAndItsOwnLabel() {
    Random random = new Random(7);
    for (int i = 0; i < 20_000; i++) {
      String name =
          random
              .ints(random.nextInt(90), 0, i % 2 == 0 ? 0x100 : 0x11000)
              .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
              .toString();
      String label = DnsLabel.of(name);
      assertTrue(label.matches("[a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?"), label);
      assertEquals(label, DnsLabel.of(label));
    }
  }

  @Test
  void aLongNameIsCutAndNeverItsPrefixOrSuffix() {
    String name = Names.derived(new Naming("dc1-", "-new"), "X".repeat(100));
    assertEquals("dc1-" + "x".repeat(55) + "-new", name);
  }

  @ParameterizedTest
  @CsvSource({
    "diskbus, diskBus",
    "disk_bus, diskBus",
    "dikBus, diskBus",
    "nodel, model",
    "zzz, ''",
    "'', ''",
  })
  void theNearestWordIsWhatWasMeant(String typed, String meant) {
    String nearest = NearestWord.of(typed, java.util.List.of("diskBus", "model", "name"));
    assertEquals(meant, nearest == null ? "" : nearest);
  }
}
