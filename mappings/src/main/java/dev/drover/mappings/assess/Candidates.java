package dev.drover.mappings.assess;

import dev.drover.mappings.model.Disposition;
import dev.drover.mappings.model.Finding;
import dev.drover.mappings.model.SourceVm;
import dev.drover.mappings.policy.MigrationPolicy;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Which VMs are candidates, and what becomes of each. */
final class Candidates {
  /** vSphere's cluster services put up VMs of this name by themselves. */
  private static final Pattern OF_THE_HYPERVISOR = Pattern.compile("vCLS([- (].*)?");

  private Candidates() {}

  /** Why it is none, for people; null for a candidate. */
  static @Nullable String not(SourceVm vm) {
    if (vm.identity().template().isYes()) {
      return "template";
    }
    if (vm.identity().placeholder().isYes()) {
      return "placeholder of a replication product";
    }
    if (OF_THE_HYPERVISOR.matcher(vm.name()).matches()) {
      return "the hypervisor's own VM (vCLS)";
    }
    return null;
  }

  /** The policy's word first, then the hypervisor's own, then the worst finding. */
  static Disposition disposition(
      Subject subject, @Nullable String not, List<Finding> findings, MigrationPolicy policy) {
    for (MigrationPolicy.Decision decision : policy.dispositions()) {
      if (decision.vms().picks(subject.vm())) {
        return new Disposition(decision.disposition(), decision.reason());
      }
    }
    if (not != null) {
      return new Disposition(Disposition.Kind.retain, not);
    }
    if (findings.isEmpty()) {
      return new Disposition(Disposition.Kind.ready, "nothing found");
    }
    Finding worst = findings.get(0);
    return switch (worst.severity()) {
      case BLOCKER ->
          findings.stream()
              .filter(f -> f.severity() == Finding.Severity.BLOCKER)
              .filter(f -> f.code().equals(OwnAppliances.SURE.code()))
              .findFirst()
              .map(f -> new Disposition(Disposition.Kind.retain, "blocker " + f.code()))
              .orElse(new Disposition(Disposition.Kind.decision, "blocker " + worst.code()));
      case WARNING ->
          unknown(subject)
              ? new Disposition(
                  Disposition.Kind.decision, "too much is unknown: system, firmware and disks")
              : new Disposition(Disposition.Kind.remedy, "warning " + worst.code());
      case INFO -> new Disposition(Disposition.Kind.ready, "no blocker and no warning");
    };
  }

  private static boolean unknown(Subject subject) {
    return subject.outlook().family() == null
        && subject.vm().firmware().type() == dev.drover.mappings.model.Firmware.Type.UNKNOWN
        && subject.vm().disks().isEmpty();
  }
}
