package dev.drover.mappings.plan;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.drover.mappings.yaml.YamlInvalid;
import dev.drover.mappings.yaml.YamlProblem;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** {@code rateLimits} of a plan. */
class RateLimitsTest {
  private static final String LIMITS =
      """
      rateLimits:
        disk: 50MB/s
        wave: 1.5GiB/s
        zone: Europe/Berlin
        hours:
          - {days: [friday], from: "20:00", to: "06:00", wave: none, host: 2GB/s}
          - {from: "08:00", to: "18:00", wave: 10 MB/s}
      waves:
      """;

  @TempDir Path folder = Path.of(".");

  private MigrationPlan plan(String part, String other) throws IOException {
    String text = PlanReaderTest.whole().replace("\nwaves:\n", "\n" + LIMITS.replace(part, other));
    return PlanReader.read(Files.writeString(folder.resolve("plan.yaml"), text));
  }

  /** 2027-01-15 is a Friday; Berlin is an hour ahead of UTC. */
  @ParameterizedTest
  @CsvSource({
    "2027-01-15T12:00:00Z, 50000000, , 10000000",
    "2027-01-15T06:59:59Z, 50000000, , 1610612736",
    "2027-01-15T07:00:00Z, 50000000, , 10000000",
    "2027-01-15T17:00:00Z, 50000000, , 1610612736",
    "2027-01-15T19:00:00Z, 50000000, 2000000000, 0",
    "2027-01-16T04:59:59Z, 50000000, 2000000000, 0",
    "2027-01-16T05:00:00Z, 50000000, , 1610612736",
    "2027-01-16T22:00:00Z, 50000000, , 1610612736",
  })
  void countAtTheirHours(String moment, Long disk, Long host, Long wave) throws IOException {
    RateLimits limits = plan("", "").rateLimits();
    assertEquals(new RateLimits.Rates(disk, host, wave), limits.at(Instant.parse(moment)));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "disk: 50MB/s | disk: 50MB | rateLimits.disk | 9 | like 50MB/s",
        "disk: 50MB/s | disk: 0MB/s | rateLimits.disk | 9 | above 0",
        "disk: 50MB/s | disk: 99999999999EB/s | rateLimits.disk | 9 | above 0",
        "disk: 50MB/s | dsk: 50MB/s | rateLimits.dsk | 3 | disk, host, wave",
        "Europe/Berlin | Europe/Berln | rateLimits.zone | 9 | IANA",
        "zone: Europe/Berlin | host: 1GB/s | rateLimits | 3 | zone: Europe/Berlin",
        "wave: 10 MB/s | days: [monday] | rateLimits.hours[1] | 7 | disk, host or wave",
        "to: \"18:00\" | to: \"08:00\" | rateLimits.hours[1].to | 27 | another time",
        "to: \"18:00\" | to: \"24:00\" | rateLimits.hours[1].to | 27 | time of the day",
        "friday | fryday | rateLimits.hours[0].days[0] | 15 | friday",
      })
  void aMistakeIsToldWithItsPlace(
      String part, String wrong, String path, int column, String expected) {
    YamlInvalid e = assertThrows(YamlInvalid.class, () -> plan(part, wrong));
    assertEquals(1, e.problems().size(), () -> e.problems().toString());
    YamlProblem problem = e.problems().get(0);
    assertEquals(path, problem.path());
    assertEquals(column, problem.column(), problem::toString);
    assertTrue(problem.line() > 50, problem::toString);
    assertTrue(problem.expected().contains(expected), problem::toString);
  }
}
