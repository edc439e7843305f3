package dev.drover.mappings.target;

import dev.drover.mappings.model.Finding;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What the mapping made of a VM.
 *
 * @param vm null where a blocker leaves nothing that could be created
 * @param findings of the mapping, not of the importer
 */
public record MappedVm(@Nullable TargetVm vm, List<Finding> findings) {
  public MappedVm {
    findings = List.copyOf(findings);
  }

  /** Whether a blocker is among the findings. */
  public boolean blocked() {
    return vm == null || findings.stream().anyMatch(f -> f.severity() == Finding.Severity.BLOCKER);
  }
}
