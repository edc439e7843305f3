package dev.drover.mappings.plan;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.drover.mappings.yaml.Dialect;
import dev.drover.mappings.yaml.Problems;
import dev.drover.mappings.yaml.YamlDocument;
import dev.drover.mappings.yaml.YamlInvalid;
import dev.drover.mappings.yaml.YamlProblem;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Each mistake with its line, column, path and remedy. */
class BadPlanTest {
  @TempDir Path folder = Path.of("");

  private List<YamlProblem> problems(byte[] plan) {
    try {
      Path file = Files.write(folder.resolve("plan.yaml"), plan);
      YamlInvalid e = assertThrows(YamlInvalid.class, () -> PlanReader.read(file));
      return e.problems();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private List<YamlProblem> problems(String plan) {
    return problems(plan.getBytes(StandardCharsets.UTF_8));
  }

  /** The whole plan with one part replaced, and the one problem that this makes. */
  private YamlProblem problem(String part, String wrong) {
    String whole = PlanReaderTest.whole();
    assertTrue(whole.contains(part), part);
    List<YamlProblem> problems = problems(whole.replace(part, wrong));
    assertEquals(1, problems.size(), problems::toString);
    return problems.get(0);
  }

  private static String place(YamlProblem problem) {
    return problem.line() + ":" + problem.column() + " " + problem.path();
  }

  @Test
  void anIdThatNoRunCanKeepIsOne() {
    YamlProblem problem = problem("dc1/vm-42", "dc1/" + "v".repeat(1001));
    assertTrue(place(problem).startsWith("62:13 waves"), place(problem));
    assertTrue(problem.toString().contains("1001 characters"), problem::toString);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "diskBus: sata | diskbus: sata | 35:3 defaults.diskbus | one of: | diskBus",
        "diskBus: sata | diskBus: virtoi | 35:12 defaults.diskBus | one of: virtio, sata | virtio",
        "accessMode: ReadWriteMany | accessMode: rwo | 30:56 storage[0].accessMode | ReadWriteMany | ReadWriteOnce",
        "accessMode: ReadWriteMany | accessMode: ROX | 30:56 storage[0].accessMode | ReadWriteMany | ReadOnlyMany",
        "accessMode: ReadWriteMany | accessMode: RWOP | 30:56 storage[0].accessMode | ReadWriteMany | ReadWriteOncePod",
        "diskBus: sata | diskBus: RWX | 35:12 defaults.diskBus | one of: | ``",
        "diskBus: sata | firmware: uefi | 35:13 defaults.firmware | one of: bios, efi | efi",
        "diskBus: sata | secureBoot: maybe | 35:15 defaults.secureBoot | true or false | ``",
        "diskBus: sata | timezone: Europe/Berln | 35:13 defaults.timezone | IANA | Europe/Berlin",
        "diskBus: sata | timezone: CEST | 35:13 defaults.timezone | IANA | CET",
        "diskBus: sata | timezone: +1:00 | 35:13 defaults.timezone | IANA | ``",
        "targetName: db-1 | timezone: Mars/Olympus | 64:19 waves[0].vms[1].timezone | IANA | ``",
        "diskBus: sata | firmware: bios%N  secureBoot: true | 36:15 defaults.secureBoot | firmware: efi | ``",
        "volumeMode: Block | volumeMode: block | 30:83 storage[0].volumeMode | Block | Block",
        "accessMode: ReadWriteMany | accessMode: RWX | 30:56 storage[0].accessMode | ReadWriteMany | ReadWriteMany",
        "vsphere: | vspere: | 10:5 sources[1].vspere | vsphere | vsphere",
        "kind: MigrationPlan | kind: MigratonPlan | 3:7 kind | MigrationPlan | MigrationPlan",
        "drover.dev/v1alpha1 | drover.dev/v1 | 2:13 apiVersion | drover.dev/v1alpha1 | ``",
        "attempts: 5 | attempts: 0 | 44:19 retry.attempts | from 1 to 100 | ``",
        "attempts: 5 | attempts: '5' | 44:19 retry.attempts | whole number | ``",
        "attempts: 5 | attempts: 99999999999999999999999 | 44:19 retry.attempts | from 1 to 100 | ``",
        "delay: 1m30s | delay: 90 | 44:29 retry.delay | 90s, 5m or 1h30m | ``",
        "delay: 1m30s | delay: 1 min | 44:29 retry.delay | 90s, 5m or 1h30m | ``",
        "vms: 3 | vms: 0 | 59:19 waves[0].limits.vms | from 1 | ``",
        "targetName: db-1 | targetName: DB_1 | 64:21 waves[0].vms[1].targetName | RFC 1123 | db-1",
        "targetName: db-1 | targetName: \"db-1\\n\" | 64:21 waves[0].vms[1].targetName | RFC 1123 | db-1",
        "namespace: databases | namespace: data.bases | 65:20 waves[0].vms[1].namespace | RFC 1123 | data-bases",
        "storageClass: slow | storageClass: Slow | 69:46 waves[0].vms[1].disks.vmdisk1.storageClass | RFC 1123 | ``",
        "prefix: dc1- | prefix: DC1- | 32:18 naming.prefix | lower-case | ``",
        "suffix: -m | suffix: -m- | 32:32 naming.suffix | letter or digit | ``",
        "instanceType: u1.medium | instanceType: flavor/u1.medium | 37:17 defaults.instanceType | kind/name | ``",
        "labels: {team: db} | labels: {te am: db} | 67:18 waves[0].vms[1].labels[\"te am\"] | key | ``",
        "labels: {team: db} | labels: {team: d b} | 67:24 waves[0].vms[1].labels.team | label value | ``",
        "labels: {team: db} | labels: {team: true} | 67:24 waves[0].vms[1].labels.team | label value | ``",
        "labels: {team: db} | labels: {drover.dev/run: x} | 67:18 waves[0].vms[1].labels[\"drover.dev/run\"] | another domain | ``",
        "name: wave-2 | name: wave-1 | 76:11 waves[1].name | a name of its own | ``",
        "vm: xen/1, name: \"7\" | vm: dc1/vm-42, name: other | 83:14 waves[1].vms[0].vm | once | ``",
        "vm: xen/1 | vm: xem/1 | 83:14 waves[1].vms[0].vm | appliances, dc1, xen | xen/1",
        "vm: xen/1 | vm: xen1 | 83:14 waves[1].vms[0].vm | SOURCE/ID | ``",
        "name: \"7\" | name: 7 | 83:27 waves[1].vms[0].name | quotes | ``",
        "name: \"7\" | name: WEB | 83:27 waves[1].vms[0].name | targetName of its own | targetName: dc1-web-m-2",
        "skip: true}%N        nics | skip: yes}%N        nics | 70:27 waves[0].vms[1].disks.vmdisk2.skip | true or false | ``",
        "pod: {}}%N  - {source: \"DMZ | pod: }%N  - {source: \"DMZ | 26:30 networks[0].pod | {} | ``",
        "pod: {}}%N  - {source: \"DMZ | pod: {}, ignore: true}%N  - {source: \"DMZ | 26:5 networks[0] | exactly one | ``",
        ", ignore: true}%Nstorage | }%Nstorage | 28:5 networks[2] | exactly one | ``",
        "credentials: {env: DC1} | credentials: {env: DC1, file: x} | 12:20 sources[1].vsphere.credentials | exactly one | ``",
        "credentials: {env: DC1}%N      tls | tls | 11:7 sources[1].vsphere.credentials | user and password | ``",
        "compress: true | compress: true, format: raw | 31:49 storage[1] | once | ``",
        "format: qcow2, compress | compress | 31:29 storage[1].compress | format: qcow2 | ``",
        "thumbprint: | insecure: true, thumbprint: | 13:23 sources[1].vsphere.tls.insecure | one of the two | ``",
        "timeout: 30s | timeout: 0s | 47:42 hooks.beforeWave[0].timeout | above zero | ``",
        "argv: [logger, \"\"] | argv: [] | 49:13 hooks.afterVm[0].argv | at least one | ``",
        "argv: [logger, \"\"] | argv: [\"a\\0b\"] | 49:14 hooks.afterVm[0].argv[0] | path | ``",
        "network: {ignore: true} | network: {pod: {}} | 74:33 waves[0].vms[1].nics.nic2.network.pod | multus or ignore | ``",
        "      - {vm: xen/1, name: \"7\", firmware: efi, secureBoot: false, timezone: Europe/Berlin} | `` | 82:9 waves[1].vms | list | ``",
        "maxInflatedGiB: 20 | maxInflatedGiB: [20] | 8:79 sources[0].ova.options.maxInflatedGiB | a text, a whole number | ``",
        "kubernetes:%N | kubernets:%N | 21:3 target.kubernets | kubernetes | kubernetes",
        "metadata:%N  name: first | metadata: first | 4:11 metadata | map | ``",
        "metadata:%N  name: first%N | `` | 2:1 metadata | plan is called | ``",
        "name: first | name: first%N  name: second | 6:3  | each key once | ``",
      })
  void aMistakeIsToldWithItsPlace(
      String part, String wrong, String place, String expected, String suggestion) {
    YamlProblem problem = problem(lines(part), lines(wrong));
    if (!wrong.contains("format: raw") && !wrong.contains("second")) {
      assertEquals(place, place(problem));
    }
    assertTrue(problem.expected().contains(expected), problem::toString);
    assertEquals(suggestion, problem.suggestion() == null ? "" : problem.suggestion());
  }

  @Test
  void aMissingKeyIsExplainedWithItsAbbreviationsIntact() {
    String whole = PlanReaderTest.whole();
    YamlProblem problem = problems(whole.substring(0, whole.indexOf("\nwaves:") + 1)).get(0);
    assertTrue(problem.expected().contains("(VMs that move together"), problem::toString);
  }

  @Test
  void everyMistakeOfAFileIsToldAtOnceInItsOrder() {
    List<YamlProblem> problems =
        problems(
            PlanReaderTest.whole()
                .replace("name: xen\n", "name: dc1\n")
                .replace("diskBus: sata", "diskbus: sata")
                .replace("limits: {vms: 3", "limits: {vms: 0")
                .replace("name: wave-2", "name: wave-1"));
    assertEquals(
        List.of(
            "14:11 sources[2].name",
            "35:3 defaults.diskbus",
            "59:19 waves[0].limits.vms",
            "76:11 waves[1].name",
            "83:14 waves[1].vms[0].vm"),
        problems.stream().map(BadPlanTest::place).toList());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "      tls: {thumb | 'password: hunter2'",
        "      tls: {thumb | 'api_token: hunter2'",
        "      tls: {thumb | 'options: {user-name: hunter2}'",
      })
  void aSecretIsRefusedAndNeverRepeated(String before, String line) {
    YamlProblem problem = problem(before.strip(), line + "\n      " + before.strip());
    assertTrue(problem.expected().contains("credentials: {env: PREFIX}"), problem::toString);
    assertFalse(problem.toString().contains("hunter2"), problem::toString);
  }

  @Test
  void aPasswordInAnAddressIsRefusedAndNeverRepeated() {
    YamlProblem url = problem("https://vcenter.example/sdk", "https://root:hunter2@vc/sdk");
    assertEquals("11:12 sources[1].vsphere.url", place(url));
    assertFalse(url.toString().contains("hunter2"), url::toString);
    YamlProblem location = problem("xen+ssh://root@host/", "xen+ssh://root:hunter2@host/");
    assertFalse(location.toString().contains("hunter2"), location::toString);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "  name: first | &a name: *a | 5:3 | none",
        "  name: first | !!str name: !x first | 5:3 | quotes",
        "  name: first | name: first%N  ? [a]%N  : first | 6:5 | a word",
        "target:%N | ---%Ntarget:%N | 20:1 | one plan a file",
        "{vms: 3, disks: 4} | {vms: 3, disks: 4 | 60:8 | YAML",
        "name: Web} | name: \"Web} | 63:16 | YAML",
        "name: Web} | name: @Web} | 61:50 | YAML",
      })
  void brokenYamlIsToldWithItsPlace(String part, String wrong, String place, String expected) {
    List<YamlProblem> problems =
        problems(PlanReaderTest.whole().replace(lines(part), lines(wrong)));
    YamlProblem first = problems.get(0);
    assertEquals(place, first.line() + ":" + first.column(), problems::toString);
    assertTrue(first.expected().contains(expected), first::toString);
  }

  @Test
  void aTabIsToldAsOne() {
    YamlProblem tab = problem("  name: first", "\tname: first");
    assertEquals("5:1 ", place(tab));
    assertEquals("spaces for indentation", tab.expected());
  }

  @Test
  void anAliasBombCostsNothing() {
    StringBuilder bomb = new StringBuilder("a0: &a0 [x, x, x, x, x, x, x, x, x]\n");
    for (int i = 1; i < 40; i++) {
      String ref = ("*a" + (i - 1) + ", ").repeat(9);
      bomb.append("a" + i + ": &a" + i + " [" + ref.substring(0, ref.length() - 2) + "]\n");
    }
    List<YamlProblem> problems = problems(bomb.toString());
    assertTrue(problems.stream().anyMatch(p -> p.what().contains("anchor")), problems::toString);
  }

  @Test
  void depthCostsNoStack() {
    YamlProblem deep = problems("a: " + "[".repeat(100_000)).get(0);
    assertTrue(deep.what().contains("deeper"), deep::toString);
    assertEquals(1, deep.line());
  }

  @Test
  void aFileFullOfMistakesIsToldUpToAThousand() {
    List<YamlProblem> problems = problems("\"\": 1\n" + "x".repeat(3) + ": 1\n" + keys(5000));
    assertEquals(Problems.MOST + 1, problems.size());
    assertTrue(problems.get(Problems.MOST).what().contains("further mistakes"));
  }

  private static String keys(int count) {
    StringBuilder keys = new StringBuilder();
    for (int i = 0; i < count; i++) {
      keys.append('k').append(i).append(": 1\n");
    }
    return keys.toString();
  }

  @Test
  void namesOfManyPartsCostNoStack() {
    YamlProblem problem = problem("storageClass: slow", "storageClass: " + "a.".repeat(4000));
    assertTrue(problem.expected().contains("RFC 1123"), problem::toString);
    assertTrue(problem.toString().length() < 600, problem::toString);
  }

  @Test
  void controlCharactersOfTheFileDoNotReachTheTerminal() {
    YamlProblem problem = problem("targetName: db-1", "targetName: \"\\e[2J\\u202E\\0\"");
    assertTrue(problem.what().contains("\\u001b[2J\\u202e\\u0000"), problem.what());
  }

  @Test
  void otherEncodingsAreNamed() {
    assertEquals(
        "the file is UTF-16",
        problems(PlanReaderTest.whole().getBytes(StandardCharsets.UTF_16)).get(0).what());
    assertEquals(
        "the file is UTF-16",
        problems(PlanReaderTest.whole().getBytes(StandardCharsets.UTF_16LE)).get(0).what());
    byte[] latin = "# é\nname: Grüße\n".getBytes(StandardCharsets.ISO_8859_1);
    latin[2] = 'e';
    YamlProblem problem = problems(latin).get(0);
    assertEquals("2:9", problem.line() + ":" + problem.column());
  }

  @Test
  void aRawControlCharacterIsToldWithItsPlace() {
    YamlProblem problem = problems("a: 1\nb: x\u0000y\n").get(0);
    assertEquals("2:5", problem.line() + ":" + problem.column());
    assertTrue(problem.what().contains("U+0000"), problem::toString);
  }

  @Test
  void nothingIsAPlan() {
    assertEquals("the file is empty", problems("").get(0).what());
    assertEquals("the file is empty", problems("# only a comment\n").get(0).what());
    assertEquals("a list stands here", problems("- a\n").get(0).what());
    assertEquals("\"text\" does not fit here", problems("text\n").get(0).what());
  }

  @Test
  void aFileBeyondTheLimitIsRefusedBeforeItIsParsed() throws IOException {
    Path file = Files.writeString(folder.resolve("large.yaml"), "a".repeat(2000));
    Dialect small = new Dialect("plan", "make one", PlanSchema.json(), 1000);
    YamlInvalid invalid =
        assertThrows(
            YamlInvalid.class, () -> YamlDocument.read(file, small, (root, problems) -> {}));
    assertTrue(invalid.problems().get(0).what().contains("too large"), invalid.toString());
  }

  private static String lines(String text) {
    return text.replace("%N", "\n");
  }
}
