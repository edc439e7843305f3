package dev.drover.mappings.policy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.drover.mappings.model.ByteSize;
import dev.drover.mappings.model.Disposition;
import dev.drover.mappings.model.Finding.Severity;
import dev.drover.mappings.policy.MigrationPolicy.Label;
import dev.drover.mappings.policy.WavesPolicy.Together;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PolicyReaderTest {
  /** Four checks, importers of the letters RVT, and expressions without the word "bad". */
  static final KnownChecks CHECKS =
      new KnownChecks() {
        @Override
        public Set<String> codes() {
          return Set.of("DISK-020", "DISK-021", "NET-040", "FW-001");
        }

        @Override
        public boolean isKnown(String code) {
          return codes().contains(code) || code.startsWith("RVT-");
        }

        @Override
        public Optional<Mistake> mistake(String expression) {
          int at = expression.indexOf("bad");
          return at < 0
              ? Optional.empty()
              : Optional.of(new Mistake(1, at + 1, "there is no \"bad\"", "a field of a VM", null));
        }
      };

  static final Instant NOW = Instant.parse("2026-11-25T12:00:00Z");

  @TempDir Path folder = Path.of("");

  /** The example with every example line in it switched on. */
  static String everything() {
    String example = PolicySchema.example();
    int head = example.indexOf("severities:");
    return example.substring(0, head)
        + example
            .substring(head)
            .replaceAll("(?m): (\\[\\]|\\{\\})$", ":")
            .replaceAll("(?m)^#  ", "  ");
  }

  static MigrationPolicy read(String text) {
    return PolicyReader.read("policy.yaml", text, CHECKS, NOW);
  }

  @Test
  void theExampleSaysWhatHoldsWithoutAPolicy() throws IOException {
    Path file = Files.writeString(folder.resolve("policy.yaml"), PolicySchema.example());
    MigrationPolicy policy = PolicyReader.read(file, CHECKS, NOW);
    assertEquals(64, policy.digest().length());
    assertEquals(
        MigrationPolicy.DEFAULT,
        new MigrationPolicy(
            policy.name(),
            "",
            policy.severities(),
            policy.exceptions(),
            policy.rules(),
            policy.dispositions(),
            policy.labels(),
            policy.storage(),
            policy.sizing(),
            policy.rates(),
            policy.waves()));
  }

  @Test
  void aPolicyThatSaysNothingIsTheDefaultOne() {
    MigrationPolicy policy =
        read("apiVersion: drover.dev/v1alpha1\nkind: MigrationPolicy\nmetadata: {name: default}\n");
    assertEquals(MigrationPolicy.DEFAULT, policy);
  }

  @Test
  void theExampleNamesEveryKeyOfTheLanguage() {
    tools.jackson.databind.JsonNode schema =
        new tools.jackson.databind.json.JsonMapper().readTree(PolicySchema.json());
    String example = PolicySchema.example();
    for (tools.jackson.databind.JsonNode properties : schema.findValues("properties")) {
      for (String key : properties.propertyNames()) {
        assertTrue(example.contains(key), key);
      }
    }
  }

  @Test
  void readsEveryExampleOfTheExample() {
    MigrationPolicy policy = read(everything());
    assertEquals(Map.of("NET-040", Severity.BLOCKER), policy.severities());
    assertEquals(LocalDate.of(2099, 3, 31), policy.exceptions().get(0).expires());
    assertEquals("db-*", policy.exceptions().get(0).vms().name());
    assertEquals("SITE-001", policy.rules().get(0).code());
    assertEquals(Disposition.Kind.retire, policy.dispositions().get(0).disposition());
    assertEquals(new Label(null, "Owner"), policy.labels().owner());
    assertEquals("fast", policy.storage().get(0).storageClass());
    assertEquals(
        new SizingPolicy.Prices("EUR", 350.0, 400.0, 9000.0, 0.0, 300.0), policy.sizing().prices());
    assertEquals(Map.of("fast", 800.0), policy.rates().classMiB());
    assertEquals(Duration.ofHours(1), policy.rates().checks());
    waves(policy.waves());
  }

  private static void waves(WavesPolicy waves) {
    assertEquals(5, waves.together().size());
    assertEquals(new Together(Together.By.name, "^([a-z]+)-"), waves.together().get(4));
    assertEquals("dependencies.csv", waves.dependenciesFile());
    assertEquals(List.of("low", "high"), waves.criticality());
    ZoneId berlin = ZoneId.of("Europe/Berlin");
    assertEquals(
        List.of(
            new WavesPolicy.Window(
                "weekend",
                berlin,
                Set.of(DayOfWeek.FRIDAY, DayOfWeek.SATURDAY),
                LocalTime.of(22, 0),
                Duration.ofHours(8),
                LocalDate.of(2099, 1, 1),
                LocalDate.of(2099, 12, 31)),
            new WavesPolicy.Window(
                "once",
                berlin,
                Set.of(),
                LocalTime.of(8, 0),
                Duration.ofHours(24),
                LocalDate.of(2099, 5, 1),
                null)),
        waves.windows());
    assertEquals(LocalDateTime.of(2100, 1, 5, 6, 0), waves.blackouts().get(0).to());
    assertEquals(
        new WavesPolicy.Caps(
            50, ByteSize.ofGiB(20 << 10), 400, ByteSize.ofGiB(2048), 8, 4, 4, 0.5, 0.25),
        waves.caps());
    assertEquals("vm-42", waves.pins().get(0).vms().id());
  }

  @Test
  void aCodeOfAnImporterThatIsNotThereIsKnownByItsLetters() {
    MigrationPolicy policy = read(everything().replace("NET-040: blocker", "RVT-777: info"));
    assertEquals(Map.of("RVT-777", Severity.INFO), policy.severities());
  }

  @Test
  void whereNobodyKnowsTheChecksEveryCodeIsTaken() {
    String text = everything().replace("NET-040: blocker", "QQQ-777: info");
    MigrationPolicy policy = PolicyReader.read("policy.yaml", text, KnownChecks.ANY, NOW);
    assertEquals(Map.of("QQQ-777", Severity.INFO), policy.severities());
    assertEquals("SITE-001", policy.rules().get(0).code());
  }

  @Test
  void anExceptionThatHasExpiredIsNoMistake() {
    MigrationPolicy policy = read(everything().replace("2099-03-31", "2020-03-31"));
    assertEquals(LocalDate.of(2020, 3, 31), policy.exceptions().get(0).expires());
  }
}
