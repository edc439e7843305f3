package dev.drover.batch.run;

import dev.drover.batch.ledger.Ledger;
import dev.drover.batch.steps.Words;
import dev.drover.importers.api.VmSnapshot;
import dev.drover.importers.api.VmSource;
import dev.drover.kube.MigrationTarget;
import dev.drover.kube.MigrationTarget.Health;
import dev.drover.mappings.failure.Failure;
import dev.drover.mappings.failure.Retry;
import dev.drover.mappings.model.Finding;
import dev.drover.mappings.model.VmRef;
import dev.drover.mappings.plan.MigrationPlan;
import dev.drover.mappings.plan.SourceSpec;
import dev.drover.mappings.plan.VmPlan;
import dev.drover.mappings.target.TargetVm;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Looks at VMs that were moved before: whether they are still at the target, and still what the
 * plan asks for. Changes nothing: what is missing is never copied again by itself, since somebody
 * may have taken it away on purpose, or another disk may stand where it was.
 */
final class MovedBefore implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(MovedBefore.class);

  /** Not whole any more. */
  static final String GONE = "RUN-002";

  /** Not what the plan asks for now. */
  static final String OTHER = "RUN-003";

  /** Could not be looked at. */
  static final String UNSEEN = "RUN-004";

  private final Ports ports;
  private final MigrationPlan plan;
  private final MigrationTarget target;
  private final Map<String, VmSource> shared;
  private final Map<String, Optional<VmSource>> own = new HashMap<>();

  /**
   * For one plan.
   *
   * @param sources that are open already; others are opened here, as far as that is possible
   */
  MovedBefore(
      Ports ports, MigrationPlan plan, MigrationTarget target, Map<String, VmSource> sources) {
    this.ports = ports;
    this.plan = plan;
    this.target = target;
    this.shared = sources;
  }

  /**
   * A blocker where the VM is not whole any more, a warning where the plan has changed, or none.
   */
  Optional<Finding> look(VmPlan vm, Ledger ledger) {
    Optional<TargetVm> made = ledger.target(vm.ref());
    if (made.isEmpty()) {
      return Optional.empty();
    }
    Optional<Finding> gone = gone(vm, made.get());
    return gone.isPresent() ? gone : changed(vm, made.get(), ledger);
  }

  private Optional<Finding> gone(VmPlan vm, TargetVm made) {
    try {
      if (target.observe(made) != Health.FAILED) {
        return Optional.empty();
      }
      return Optional.of(
          Finding.blocker(
              GONE,
              "was moved before, and is not whole any more at the target: " + made.path(),
              again()));
    } catch (Failure e) {
      String why = Words.of(vm.sourceName(), e);
      return Optional.of(
          e.retry() == Retry.WORTHWHILE
              ? Finding.warning(
                  UNSEEN, "was moved before, and cannot be looked at now: " + why, e.remedy())
              : Finding.blocker(
                  GONE, "was moved before, and is not whole any more: " + why, e.remedy()));
    }
  }

  private Optional<Finding> changed(VmPlan vm, TargetVm made, Ledger ledger) {
    TargetVm wanted = wanted(vm, ledger);
    if (wanted == null) {
      return Optional.empty();
    }
    List<String> differences = Differences.between(made, wanted);
    return differences.isEmpty()
        ? Optional.empty()
        : Optional.of(
            Finding.warning(
                OTHER,
                "was moved before, and stays as it is, though plan or source say otherwise now: "
                    + String.join("; ", differences),
                again()));
  }

  private static String again() {
    return "leave it if that is right; else take it back with \"drover rollback PLAN --vm NAME\" and"
        + " run the plan again, which copies it anew";
  }

  /** Null where the source is gone or tells nothing that can be mapped: there is no need of it. */
  private @Nullable TargetVm wanted(VmPlan vm, Ledger ledger) {
    Optional<VmSource> source = sourceOf(vm.ref().source());
    if (source.isEmpty()) {
      return null;
    }
    try (VmSnapshot snapshot = source.get().open(vm.ref())) {
      return ports.mapping().map(ledger.asFound(vm.ref(), snapshot.vm()), vm, plan).vm();
    } catch (Failure e) {
      LOG.debug("{} cannot be opened any more", vm.ref(), e);
      return null;
    }
  }

  private Optional<VmSource> sourceOf(String name) {
    VmSource open = shared.get(name);
    return open != null ? Optional.of(open) : own.computeIfAbsent(name, this::open);
  }

  private Optional<VmSource> open(String name) {
    Optional<SourceSpec> spec = plan.source(name);
    try {
      return spec.map(ports.sources());
    } catch (Failure e) {
      LOG.debug("source {} cannot be opened any more", name, e);
      return Optional.empty();
    }
  }

  @Override
  public void close() {
    own.values().forEach(source -> source.ifPresent(VmSource::close));
  }

  /** What a look at many found. */
  static final class Seen {
    private static final int NAMED = 3;

    private final Map<VmRef, Finding> gone = new HashMap<>();
    private final Map<String, List<String>> others = new LinkedHashMap<>();

    void put(VmPlan vm, Finding finding) {
      if (finding.severity() == Finding.Severity.BLOCKER) {
        gone.put(vm.ref(), finding);
      } else {
        String text = finding.what() + "; " + finding.remedy();
        others.computeIfAbsent(text, t -> new ArrayList<>()).add(vm.sourceName());
      }
    }

    /** The VMs that are not whole any more. */
    Map<VmRef, Finding> gone() {
      return gone;
    }

    /** What is to be told of the rest: one line for all VMs of which the same is to be said. */
    void tell(BiConsumer<String, String> warn) {
      others.forEach((text, vms) -> warn.accept(names(vms), text));
    }

    private static String names(List<String> vms) {
      String first = String.join(", ", vms.subList(0, Math.min(NAMED, vms.size())));
      return vms.size() <= NAMED ? first : first + " and " + (vms.size() - NAMED) + " more";
    }
  }
}
