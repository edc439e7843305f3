package dev.drover.mappings.plan;

import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What is to be moved, where to, how and in which order: the document that people read, edit and
 * keep in git. This record holds the plan after its defaults are filled in; {@code PlanReader}
 * finds the mistakes before one exists.
 *
 * @param name of the plan
 * @param digest SHA-256 in hexadecimal over the plan's file bytes, and where waves have files of
 *     their own over the digests of all; it identifies a run
 * @param networks in the order of the file: the first that matches a NIC's network wins
 * @param storage in the order of the file: the first that matches a disk's datastore wins
 * @param waves in the order in which they run
 * @param planning what the waves were made of; null where the plan does not say
 * @param rateLimits how fast disks are copied
 */
public record MigrationPlan(
    String name,
    String digest,
    List<SourceSpec> sources,
    TargetSpec target,
    List<NetworkMapping> networks,
    List<StorageMapping> storage,
    Naming naming,
    VmSettings defaults,
    List<Wave> waves,
    Hooks hooks,
    RetryPolicy retry,
    @Nullable PlanInputs planning,
    RateLimits rateLimits) {
  public MigrationPlan {
    sources = List.copyOf(sources);
    networks = List.copyOf(networks);
    storage = List.copyOf(storage);
    waves = List.copyOf(waves);
  }

  /** A plan of which nobody says what it was made of. */
  public MigrationPlan(
      String name,
      String digest,
      List<SourceSpec> sources,
      TargetSpec target,
      List<NetworkMapping> networks,
      List<StorageMapping> storage,
      Naming naming,
      VmSettings defaults,
      List<Wave> waves,
      Hooks hooks,
      RetryPolicy retry) {
    this(
        name,
        digest,
        sources,
        target,
        networks,
        storage,
        naming,
        defaults,
        waves,
        hooks,
        retry,
        null,
        RateLimits.NONE);
  }

  /** What may be done to a VM at its source; its own word wins over the defaults'. */
  public SourceRule sourceRule(VmPlan vm) {
    return vm.settings().source().or(defaults.source());
  }

  /** The source of that name. */
  public Optional<SourceSpec> source(String sourceName) {
    return sources.stream().filter(s -> s.name().equals(sourceName)).findFirst();
  }

  /** The wave of that name. */
  public Optional<Wave> wave(String waveName) {
    return waves.stream().filter(w -> w.name().equals(waveName)).findFirst();
  }
}
