package dev.drover.mappings.profile;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.drover.mappings.yaml.YamlInvalid;
import dev.drover.mappings.yaml.YamlProblem;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Each mistake with its place and remedy. */
class BadProfileTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "kind: TargetProfile | kind: TargetProfil | 9:7 kind | TargetProfile | TargetProfile",
        "storageClasses: | storageClases: | 19:1 storageClases | one of: | storageClasses",
        "default: yes | default: yess | 22:14 storageClasses[0].default | yes, no, unknown | yes",
        "default: yes | default: 1 | 22:14 storageClasses[0].default | yes, no, unknown | ``",
        "readWriteMany: no | readWriteMany: RWX | 28:20 storageClasses[1].readWriteMany | yes, no | ``",
        "snapshot: yes | snapshots: yes | 27:5 storageClasses[1].snapshots | one of | snapshot",
        "snapshot: yes | default: true | 27:14 storageClasses[1].default | one default | ``",
        "name: archive | name: fast | 25:11 storageClasses[1].name | a name of its own | ``",
        "name: archive | name: Archive | 25:11 storageClasses[1].name | RFC 1123 | ``",
        "free: 40Ti | free: 40 | 24:11 storageClasses[0].free | 512Gi | ``",
        "free: 40Ti | free: 40TB! | 24:11 storageClasses[0].free | 512Gi | ``",
        "free: 40Ti | free: -1Ti | 24:11 storageClasses[0].free | 512Gi | ``",
        "free: 40Ti | free: 99Ei | 24:11 storageClasses[0].free | below 8Ei | ``",
        "largestVolume: 16Ti | largestVolume: 0Ti | 32:20 storageClasses[1].largestVolume | above 0 | ``",
        "default/vlan-10, | vlan-10, | 35:12 networks[0] | NAMESPACE/NAME | ``",
        "count: 6 | count: 0 | 40:12 nodes[0].count | from 1 | ``",
        "threads: 64 | threads: 64.5 | 41:14 nodes[0].threads | whole number | ``",
        "memory: 512Gi | memroy: 512Gi | 42:5 nodes[0].memroy | one of | memory",
        "freeThreads: 300 | freeThreads: 385 | 43:18 nodes[0].freeThreads | of all nodes | ``",
        "freeMemory: 2.5Ti | freeMemory: 3.1Ti | 44:17 nodes[0].freeMemory | of all nodes | ``",
        "u1.medium, | flavor/u1.medium, | 47:17 instanceTypes[0] | kind/name | ``",
        "unseen: [] | unseen: [{what: nodes}] | 51:10 unseen[0].permission | would show it | ``",
      })
  void aMistakeIsToldWithItsPlace(
      String part, String wrong, String place, String expected, String suggestion) {
    String example = ProfileSchema.example();
    assertTrue(example.contains(part), part);
    List<YamlProblem> problems =
        assertThrows(YamlInvalid.class, () -> ProfileReaderTest.read(example.replace(part, wrong)))
            .problems();
    assertEquals(1, problems.size(), problems::toString);
    YamlProblem problem = problems.get(0);
    assertEquals(
        place, problem.line() + ":" + problem.column() + " " + problem.path(), problem::toString);
    assertTrue(problem.expected().contains(expected), problem::toString);
    assertEquals(suggestion, problem.suggestion() == null ? "" : problem.suggestion());
  }
}
