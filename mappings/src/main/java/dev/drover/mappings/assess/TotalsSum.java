package dev.drover.mappings.assess;

import dev.drover.mappings.model.Answer;
import dev.drover.mappings.model.ByteSize;
import dev.drover.mappings.model.Disposition;
import dev.drover.mappings.model.Finding;
import dev.drover.mappings.model.PowerState;
import dev.drover.mappings.model.VmFacts;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Adds up judged VMs. Not thread-safe. */
final class TotalsSum {
  private static final long GIB = 1L << 30;

  /** Upper bounds of the classes of size; the last holds all larger ones. */
  private static final long[] BOUNDS = {
    50 * GIB,
    100 * GIB,
    250 * GIB,
    500 * GIB,
    1024 * GIB,
    2048 * GIB,
    10240 * GIB,
    20480 * GIB,
    51200 * GIB,
    Long.MAX_VALUE
  };

  /** Hostile names of systems must not fill the memory; what comes later counts as other. */
  private static final int MOST_SYSTEMS = 2000;

  private static final Map<String, KnownFinding> KNOWN =
      CheckCatalogue.findings().stream()
          .collect(Collectors.toUnmodifiableMap(KnownFinding::code, KnownFinding::inGeneral));

  private record GapKey(StorageNeed.Kind need, @Nullable String storageClass, boolean known) {}

  private static final class Counted {
    Finding.Severity severity;
    final String what;
    final String remedy;
    int vms;

    /** In the words of the catalogue; those of importers and policies are not there. */
    Counted(Finding first) {
      KnownFinding known = KNOWN.get(first.code());
      severity = first.severity();
      what = known == null ? first.what() : known.what();
      remedy = known == null ? first.remedy() : known.remedy();
    }
  }

  private static final class GapSum {
    int vms;
    ByteSize size = ByteSize.ZERO;
    String remedy = "";
  }

  private int vms;
  private int notCandidates;
  private long cpus;
  private ByteSize memory = ByteSize.ZERO;
  private long disks;
  private ByteSize size = ByteSize.ZERO;
  private ByteSize used = ByteSize.ZERO;
  private int usedOf;
  private int poweredOn;
  private final Map<Disposition.Kind, Integer> dispositions = new EnumMap<>(Disposition.Kind.class);
  private final SortedMap<String, Integer> systems = new TreeMap<>();
  private final SortedMap<Long, Integer> sizes = new TreeMap<>();
  private final Map<String, Counted> findings = new TreeMap<>();
  private final Map<GapKey, GapSum> gaps = new HashMap<>();

  void add(VmAssessment vm) {
    if (!vm.candidate()) {
      notCandidates++;
      return;
    }
    VmFacts facts = vm.facts();
    vms++;
    cpus += facts.cpus();
    memory = VmFactsMaker.sum(List.of(memory, facts.memory()));
    disks += facts.disks();
    size = VmFactsMaker.sum(List.of(size, facts.size()));
    if (facts.used() != null) {
      used = VmFactsMaker.sum(List.of(used, facts.used()));
      usedOf++;
    }
    poweredOn += facts.power() == PowerState.ON ? 1 : 0;
    dispositions.merge(vm.disposition().kind(), 1, Integer::sum);
    system(facts.os() == null ? "unknown" : facts.os());
    sizes.merge(bound(facts.size()), 1, Integer::sum);
    findings(vm.findings());
    gaps(vm);
  }

  EstateTotals totals() {
    return new EstateTotals(
        vms,
        notCandidates,
        cpus,
        memory,
        disks,
        size,
        usedOf == 0 ? null : used,
        usedOf,
        poweredOn,
        new EnumMap<>(dispositions),
        new TreeMap<>(systems),
        new TreeMap<>(sizes),
        findingTotals(),
        gapTotals());
  }

  private void system(String name) {
    boolean room = systems.containsKey(name) || systems.size() < MOST_SYSTEMS;
    systems.merge(room ? name : "other systems", 1, Integer::sum);
  }

  private static long bound(ByteSize size) {
    for (long bound : BOUNDS) {
      if (size.bytes() < bound) {
        return bound;
      }
    }
    return Long.MAX_VALUE;
  }

  /** A VM counts once for a code, with the worst severity that any VM has it with. */
  private void findings(List<Finding> of) {
    Set<String> seen = new HashSet<>();
    for (Finding finding : of) {
      Counted counted = findings.computeIfAbsent(finding.code(), c -> new Counted(finding));
      if (finding.severity().compareTo(counted.severity) < 0) {
        counted.severity = finding.severity();
      }
      counted.vms += seen.add(finding.code()) ? 1 : 0;
    }
  }

  private void gaps(VmAssessment vm) {
    Set<GapKey> seen = new HashSet<>();
    for (StorageNeed need : vm.needs()) {
      GapKey key = new GapKey(need.kind(), need.storageClass(), need.met() != Answer.UNKNOWN);
      if (need.met() == Answer.YES || !seen.add(key)) {
        continue;
      }
      GapSum sum = gaps.computeIfAbsent(key, k -> new GapSum());
      sum.vms++;
      sum.size = VmFactsMaker.sum(List.of(sum.size, vm.facts().size()));
      sum.remedy = need.remedy();
    }
  }

  private List<EstateTotals.FindingTotal> findingTotals() {
    List<EstateTotals.FindingTotal> all = new ArrayList<>();
    findings.forEach(
        (code, c) ->
            all.add(new EstateTotals.FindingTotal(code, c.severity, c.what, c.remedy, c.vms)));
    all.sort(
        Comparator.comparing(EstateTotals.FindingTotal::severity)
            .thenComparing(Comparator.comparingInt(EstateTotals.FindingTotal::vms).reversed())
            .thenComparing(EstateTotals.FindingTotal::code));
    return List.copyOf(all);
  }

  private List<EstateTotals.Gap> gapTotals() {
    List<EstateTotals.Gap> all = new ArrayList<>();
    gaps.forEach(
        (key, sum) ->
            all.add(
                new EstateTotals.Gap(
                    key.need(), key.storageClass(), key.known(), sum.vms, sum.size, sum.remedy)));
    all.sort(
        Comparator.comparing(EstateTotals.Gap::need)
            .thenComparing(gap -> !gap.known())
            .thenComparing(gap -> gap.storageClass() == null ? "" : gap.storageClass()));
    return List.copyOf(all);
  }
}
