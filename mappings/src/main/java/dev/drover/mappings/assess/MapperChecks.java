package dev.drover.mappings.assess;

import dev.drover.mappings.model.Finding;
import dev.drover.mappings.model.Finding.Severity;
import java.util.ArrayList;
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

  /**
   * The mapper warns of each cut serial number, and of a plan that is right. vSphere shows a guest
   * 32 digits wherever disk.EnableUUID is on, so that before there is a plan nearly every VM of
   * many an estate would be warned of; and hardly a guest mounts by them.
   */
  private static final String CUT_SERIAL = "DISK-011";

  /**
   * What an importer tells of the same thing, with the place in its file: a disk without a size,
   * and disks that are not listed, which is not the same as none.
   */
  private static final Map<String, String> TOLD_BY_IMPORTERS =
      Map.of("DISK-003", "RVT-032", "DISK-006", "RVT-030");

  @Override
  public List<KnownFinding> findings() {
    return KNOWN;
  }

  @Override
  public void look(Subject vm, Told told) {
    List<Finding> cut = new ArrayList<>();
    for (Finding f : vm.outlook().findings()) {
      String twin = TOLD_BY_IMPORTERS.get(f.code());
      if (vm.vm().findings().stream().anyMatch(known -> known.code().equals(twin))) {
        continue;
      }
      if (f.code().equals(CUT_SERIAL)) {
        cut.add(f);
      } else {
        told.add(
            TO_BE_DECIDED.contains(f.code())
                ? new Finding(f.code(), Severity.BLOCKER, f.what(), f.remedy(), f.evidence())
                : f);
      }
    }
    cut(vm, cut, told);
  }

  private static void cut(Subject vm, List<Finding> cut, Told told) {
    if (!cut.isEmpty() && !vm.windows()) {
      String more = cut.size() == 1 ? "" : ", and " + (cut.size() - 1) + " more";
      KNOWN.stream()
          .filter(known -> known.code().equals(CUT_SERIAL))
          .forEach(known -> told.add(known, cut.get(0).evidence() + more));
    }
  }
}
