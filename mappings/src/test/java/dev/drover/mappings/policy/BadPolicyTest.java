package dev.drover.mappings.policy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.drover.mappings.yaml.YamlInvalid;
import dev.drover.mappings.yaml.YamlProblem;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Each mistake with its place and remedy. */
class BadPolicyTest {
  private static List<YamlProblem> problems(String policy) {
    return assertThrows(YamlInvalid.class, () -> PolicyReaderTest.read(policy)).problems();
  }

  /** The whole policy with one part replaced, and the one problem that this makes. */
  private static YamlProblem problem(String part, String wrong) {
    String whole = PolicyReaderTest.everything();
    assertTrue(whole.contains(part), part);
    String text = whole.replace(part, wrong);
    List<YamlProblem> problems = problems(text);
    assertEquals(1, problems.size(), problems::toString);
    YamlProblem problem = problems.get(0);
    String[] lines = text.split("\n", -1);
    assertTrue(problem.line() >= 1 && problem.line() <= lines.length, problem::toString);
    return problem;
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "dispositions: | disposition: | disposition | one of: | dispositions",
        "kind: MigrationPolicy | kind: MigrationPlan | kind | MigrationPolicy | MigrationPolicy",
        "NET-040: blocker | NET-04: blocker | severities[\"NET-04\"] | NET-040 | NET-040",
        "NET-040: blocker | net-040: blocker | severities[\"net-040\"] | as the assessment shows it | NET-040",
        "NET-040: blocker | QQQ-999: blocker | severities[\"QQQ-999\"] | as the assessment shows it | ``",
        "NET-040: blocker | NET-040: block | severities[\"NET-040\"] | blocker, warning, info | ``",
        "NET-040: blocker | NET-040: warnin | severities[\"NET-040\"] | blocker, warning, info | warning",
        "code: DISK-020 | code: DISC-020 | exceptions[0].code | as the assessment shows it | DISK-020",
        "code: DISK-020 | code: DISK-029 | exceptions[0].code | DISK-020, DISK-021 | DISK-020",
        "code: SITE-001 | code: FW-001 | rules[0].code | of your own | ``",
        "code: SITE-001 | code: RVT-001 | rules[0].code | of your own | ``",
        "code: SITE-001 | code: site-1 | rules[0].code | three digits | ``",
        "when: vm.memory > | when: vm.bad > | rules[0].when | a field of a VM | ``",
        "expires: 2099-03-31 | expires: 2099-02-30 | exceptions[0].expires | a day that there is | ``",
        "expires: 2099-03-31 | expires: 31.3.2099 | exceptions[0].expires | 2027-03-31 | ``",
        "name: \"db-*\"}%N    reason: the storage | nmae: \"db-*\"}%N    reason: the storage | exceptions[0].vms.nmae | one of: | name",
        "%N    reason: the storage team moves these disks by hand | `` | exceptions[0].reason | a line | ``",
        "folder: \"*/lab/*\" | attribute: lab | dispositions[0].vms.attribute | KEY=VALUE | ``",
        "disposition: retire | disposition: retired | dispositions[0].disposition | retire | retire",
        "application: {tag: Application} | application: {tag: Application, attribute: App} | labels.application | exactly one | ``",
        "storageClass: fast} | storageClass: Fast} | storage[0].storageClass | RFC 1123 | ``",
        "storageClass: fast} | storageClass: fast}%N  - {source: \"ssd-*\", storageClass: slow} | storage[1].source | first line that matches | ``",
        "cpuOvercommit: 4 | cpuOvercommit: 0.5 | sizing.cpuOvercommit | from 1 to 100 | ``",
        "cpuOvercommit: 4 | cpuOvercommit: '4' | sizing.cpuOvercommit | without quotes | ``",
        "cpuOvercommit: 4 | cpuOvercommit: 4:1 | sizing.cpuOvercommit | from 1 to 100 | ``",
        "cpuOvercommit: 4 | cpuOvercomit: 4 | sizing.cpuOvercomit | one of | cpuOvercommit",
        "fill: 0.8 | fill: 0 | sizing.fill | above 0 | ``",
        "fill: 0.8 | fill: 80 | sizing.fill | at most 1 | ``",
        "spareNodes: 2 | spareNodes: -1 | sizing.spareNodes | from 0 | ``",
        "storageReserve: 0.2 | storageReserve: 1 | sizing.storageReserve | below 1 | ``",
        "nodeMemory: 512Gi | nodeMemory: 512 | sizing.nodeMemory | 512Gi | ``",
        "nodeMemory: 512Gi | nodeMemory: 0Gi | sizing.nodeMemory | above 0 | ``",
        "nodeMemory: 512Gi | nodeMemory: 512 gigs | sizing.nodeMemory | 512Gi | ``",
        "nodeMemory: 512Gi | nodeMemory: 9Ei | sizing.nodeMemory | below 8Ei | ``",
        "targetTebibyte: 300 | targetTebibyte: -1 | sizing.prices.targetTebibyte | from 0 | ``",
        "linkMbit: 620 | linkMbit: 0 | rates.linkMbit | above 0 | ``",
        "spread: 1.5 | spread: 0.9 | rates.spread | from 1 | ``",
        "boot: 3m | boot: 3 min | rates.boot | 90s, 5m | ``",
        "classMiB: {fast | classMiB: {Fa st | rates.classMiB[\"Fa st\"] | RFC 1123 | ``",
        "by: sharedDisk | by: shareddisks | waves.together[0].by | one of: | sharedDisk",
        "- by: sharedDisk | - {by: folder, key: x} | waves.together[0].key | nothing here | ``",
        "- by: sharedDisk | - by: affinity | waves.together[2] | each once | ``",
        "{by: tag, key: Application} | {by: tag} | waves.together[3] | its name | ``",
        "\"^([a-z]+)-\" | \"^[a-z]+-\" | waves.together[4].key | parentheses | ``",
        "\"^([a-z]+)-\" | \"^([a-z]+-\" | waves.together[4].key | Java's Pattern | ``",
        "name: domain controllers, vms | vms | waves.apart[0].name | a line | ``",
        "need: {name: \"db-*\"} | need: {name: \"web-*\"} | waves.dependencies[0].need | other VMs | ``",
        "  criticality: {tag: Criticality}%N | `` | waves.criticality | labels: {criticality | ``",
        "- low%N    - high | - low%N    - low | waves.criticality | each once | ``",
        "byOwner: false | byOwner: maybe | waves.byOwner | true or false | ``",
        "zone: Europe/Berlin%N      days | zone: Europe/Berln%N      days | waves.windows[0].zone | IANA | Europe/Berlin",
        "zone: Europe/Berlin%N      days | zone: CEST%N      days | waves.windows[0].zone | IANA | CET",
        "zone: Europe/Berlin%N      days | zone: +01:00%N      days | waves.windows[0].zone | IANA | ``",
        "[friday, saturday] | [friday, saterday] | waves.windows[0].days[1] | one of: monday | saturday",
        "[friday, saturday] | [friday, friday] | waves.windows[0].days | each once | ``",
        "[friday, saturday] | [] | waves.windows[0].days | at least one | ``",
        "length: 8h | length: 0h | waves.windows[0].length | 8h | ``",
        "length: 8h | length: 168h1s | waves.windows[0].length | at most 168h | ``",
        "from: 22:00 | from: 24:00 | waves.windows[0].from | 22:00 | ``",
        "from: 22:00 | from: 2200 | waves.windows[0].from | 22:00 | ``",
        "last: 2099-12-31 | last: 2098-12-31 | waves.windows[0].last | after first | ``",
        "first: 2099-01-01      # may be left out, as may last%N      last: 2099-12-31 | last: 2026-11-20 | waves.windows[0].last | a day to come | ``",
        "first: 2099-05-01 | first: 2026-11-23 | waves.windows[1].first | a day to come | ``",
        "first: 2099-05-01, from | from | waves.windows[1] | days: [saturday] | ``",
        "first: 2099-05-01, from | first: 2099-05-01, last: 2099-05-02, from | waves.windows[1].last | days: | ``",
        "name: once | name: weekend | waves.windows[1].name | a name of its own | ``",
        "to: 2100-01-05T06:00 | to: 2099-12-20T00:00 | waves.blackouts[0].to | a later time | ``",
        "to: 2100-01-05T06:00 | to: 2100-01-32T06:00 | waves.blackouts[0].to | a day that there is | ``",
        "vms: 50 | vms: 0 | waves.caps.vms | from 1 | ``",
        "data: 20Ti | data: 20 | waves.caps.data | 512Gi | ``",
        "copies: 8 | copies: 2.5 | waves.caps.copies | whole number | ``",
        "reserve: 0.25 | reserve: 1.0 | waves.caps.reserve | below 1 | ``",
        "{wave: wave-3, vms: {source: dc1, id: vm-42}} | {wave: wave-3, vms: {source: dc1, id: vm-42}}%N    - {wave: wave-4, vms: {id: vm-42, source: dc1}} | waves.pins[1].vms | one wave | ``",
        "wave: wave-3 | wave: wave 3 | waves.pins[0].wave | letters, digits | ``",
      })
  void aMistakeIsToldWithItsPlace(
      String part, String wrong, String path, String expected, String suggestion) {
    YamlProblem problem = problem(lines(part), lines(wrong));
    assertEquals(path, problem.path(), problem::toString);
    assertTrue(problem.expected().contains(expected), problem::toString);
    assertEquals(suggestion, problem.suggestion() == null ? "" : problem.suggestion());
  }

  @Test
  void anUnknownCodeIsToldWithLineAndColumn() {
    YamlProblem problem = problem("NET-040: blocker", "NET-O40: blocker");
    String whole = PolicyReaderTest.everything();
    int line = (int) whole.substring(0, whole.indexOf("NET-040")).lines().count();
    assertEquals(line + ":3", problem.line() + ":" + problem.column());
    assertEquals("NET-040", problem.suggestion());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "vm.bad > 256",
        "'vm.name == ''x'' && vm.bad > 256'",
        "\"vm.name == \\\"x\\\" && vm.bad > 256\"",
        "|\n      vm.name == 'x'\n      && vm.bad > 256",
        ">-\n      vm.name == 'x' &&\n      vm.bad > 256"
      })
  void aBadExpressionIsToldWithItsPlaceInTheFileHoweverItIsWritten(String when) {
    String before = "vm.memory > 256";
    YamlProblem problem = problem(before, when);
    String text = PolicyReaderTest.everything().replace(before, when);
    int at = text.indexOf("bad > 256");
    String upTo = text.substring(0, at);
    assertEquals(
        (upTo.chars().filter(c -> c == '\n').count() + 1) + ":" + (at - upTo.lastIndexOf('\n')),
        problem.line() + ":" + problem.column(),
        problem::toString);
    assertEquals("there is no \"bad\"", problem.what());
  }

  @Test
  void aWindowWithoutOneOfItsDaysIsAMistake() {
    YamlProblem problem =
        problem(
            "first: 2099-01-01      # may be left out, as may last\n      last: 2099-12-31",
            "first: 2099-01-04\n      last: 2099-01-07");
    assertEquals("waves.windows[0].last", problem.path());
    assertTrue(problem.what().contains("no friday, saturday lies between"), problem::toString);
  }

  @Test
  void aWindowThatIsUnderWayIsNoMistake() {
    String whole = PolicyReaderTest.everything();
    String today =
        whole.replace("first: 2099-05-01, from: 08:00", "first: 2026-11-25, from: 08:00");
    assertFalse(today.equals(whole));
    assertEquals(2, PolicyReaderTest.read(today).waves().windows().size());
  }

  @Test
  void twoRulesOfOneCodeAreAMistake() {
    String rule =
        "  - {code: SITE-001, severity: info, when: a, what: b, remedy: c}\n"
            + "  - {code: SITE-002, severity: info, when: a, what: b, remedy: c}\n";
    YamlProblem problem = problem("rules:\n", "rules:\n" + rule);
    assertEquals("rules[2].code", problem.path());
  }

  @Test
  void aRuleOfThePolicyCanBeExcepted() {
    String own = PolicyReaderTest.everything().replace("code: DISK-020", "code: SITE-001");
    assertEquals("SITE-001", PolicyReaderTest.read(own).exceptions().get(0).code());
  }

  @Test
  void labelsThatTheWavesNeedMustBeThere() {
    String byOwner = PolicyReaderTest.everything().replace("byOwner: false", "byOwner: true");
    assertTrue(PolicyReaderTest.read(byOwner).waves().byOwner());
    List<YamlProblem> problems =
        problems(
            byOwner
                .replace("  owner: {attribute: Owner}\n", "")
                .replace("  application: {tag: Application}\n", "")
                .replace("- by: sharedDisk", "- by: application"));
    assertEquals(
        List.of("waves.together[0].by", "waves.byOwner"),
        problems.stream().map(YamlProblem::path).toList());
  }

  @Test
  void everyMistakeIsToldAtOnceInTheOrderOfTheFile() {
    List<YamlProblem> problems =
        problems(
            PolicyReaderTest.everything()
                .replace("NET-040: blocker", "NET-041: blocker")
                .replace("fill: 0.8", "fill: 8")
                .replace("length: 8h", "length: 0s")
                .replace("copies: 8 ", "copys: 8 ")
                .replace("2100-01-05", "2090-01-05"));
    assertEquals(
        List.of(
            "severities[\"NET-041\"]",
            "sizing.fill",
            "waves.windows[0].length",
            "waves.blackouts[0].to",
            "waves.caps.copys"),
        problems.stream().map(YamlProblem::path).toList());
  }

  private static String lines(String text) {
    return text.replace("%N", "\n");
  }
}
