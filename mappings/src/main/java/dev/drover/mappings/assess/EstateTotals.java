package dev.drover.mappings.assess;

import dev.drover.mappings.model.ByteSize;
import dev.drover.mappings.model.Disposition;
import dev.drover.mappings.model.Finding;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import org.jspecify.annotations.Nullable;

/**
 * Sums over the candidates of an estate.
 *
 * @param vms candidates
 * @param notCandidates templates, placeholders and the hypervisor's own VMs
 * @param used null where no VM's is known
 * @param usedOf how many VMs' used bytes are known
 * @param systems VMs by the system's name for people
 * @param sizes VMs by the size of their disks: the upper bound in bytes of the class, exclusive
 * @param findings by code
 * @param gaps by need and class: what the storage cannot do
 */
public record EstateTotals(
    int vms,
    int notCandidates,
    long cpus,
    ByteSize memory,
    long disks,
    ByteSize size,
    @Nullable ByteSize used,
    int usedOf,
    int poweredOn,
    Map<Disposition.Kind, Integer> dispositions,
    SortedMap<String, Integer> systems,
    SortedMap<Long, Integer> sizes,
    List<FindingTotal> findings,
    List<Gap> gaps) {
  /**
   * A finding over the estate.
   *
   * @param what as the first VM has it
   */
  public record FindingTotal(
      String code, Finding.Severity severity, String what, String remedy, int vms) {}

  /**
   * What VMs need and a class lacks, or nobody knows whether it lacks.
   *
   * @param storageClass null where the VMs have no class
   * @param known no where the profile does not say
   */
  public record Gap(
      StorageNeed.Kind need,
      @Nullable String storageClass,
      boolean known,
      int vms,
      ByteSize size,
      String remedy) {}
}
