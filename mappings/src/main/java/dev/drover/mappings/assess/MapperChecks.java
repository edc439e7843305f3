package dev.drover.mappings.assess;

import dev.drover.mappings.model.Finding;
import dev.drover.mappings.model.Finding.Severity;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What the mapper sees in a VM whatever a plan says, told in its own words. Its codes are listed in
 * {@code mapper-codes.tsv}, which a test compares with the mapper's sources.
 */
final class MapperChecks implements Check {
  private static final List<KnownFinding> KNOWN =
      Tsv.read("mapper-codes.tsv", 4).stream()
          .map(c -> new KnownFinding(c[0], Severity.valueOf(c[1]), c[2], c[3]))
          .toList();

  /**
   * The mapper can map these away; before there is a plan, somebody has to decide whether the
   * target has such a device.
   */
  private static final Set<String> TO_BE_DECIDED = Set.of("DEV-008", "DEV-009", "DEV-010");

  /** What an importer tells of the same thing, with the place in its file. */
  private static final Map<String, String> TOLD_BY_IMPORTERS = Map.of("DISK-003", "RVT-032");

  @Override
  public List<KnownFinding> findings() {
    return KNOWN;
  }

  @Override
  public void look(Subject vm, Told told) {
    for (Finding f : vm.outlook().findings()) {
      String twin = TOLD_BY_IMPORTERS.get(f.code());
      if (vm.vm().findings().stream().anyMatch(known -> known.code().equals(twin))) {
        continue;
      }
      told.add(
          TO_BE_DECIDED.contains(f.code())
              ? new Finding(f.code(), Severity.BLOCKER, f.what(), f.remedy(), f.evidence())
              : f);
    }
  }
}
